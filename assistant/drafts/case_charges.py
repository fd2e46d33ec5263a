"""What a business case costs: the figures stated, the agreement's own prices and terms, fees of the services concerned, guidance on prices."""

from assistant.drafts import agreements, said
from assistant.drafts.case_terms import stated_items
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.relevance import on_topic
from assistant.drafts.sections import section
from assistant.drafts.wording import matcher

TOPICS = ("charges", "payment")


def charges(dossier: Dossier) -> Section:
    """Costs and charges as stated, or as a clause prices the quantity asked for; then fees and clauses about the topic, and guidance on prices."""
    terms = on_topic(dossier, agreements.clauses(dossier, TOPICS, 6), 4)
    fees = on_topic(dossier, agreements.fees(dossier), 3)
    return section(dossier, "charges", [*stated_items(dossier, "outlay"), *terms, *fees, *guidance(dossier)])


def guidance(dossier: Dossier) -> list[Line]:
    """Internal guidance on prices and discounts that names this customer or nobody in particular."""
    if dossier.for_customer:
        return []
    lines = []
    for document, passages in dossier.guidance():
        found = [one for one in said.tellings(dossier, passages) if matcher("internal.price").search(one.text)]
        for one in sorted(found, key=lambda one: -one.score)[:3]:
            evidence = dossier.passages([one.passage.id or 0])
            if evidence:
                dossier.note_used(one.text)
                lines.append(said.quotation(dossier, document, [one], evidence))
    return lines[:4]

"""What a business case costs: the figures stated, the agreement's own prices and terms, fees of the services concerned, guidance on prices."""

from assistant.drafts import agreements, said
from assistant.drafts.case_terms import stated_items
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.relevance import on_topic, prose, telling
from assistant.drafts.sections import section
from assistant.drafts.wording import matcher
from knowledge.language.concepts import concept_names
from knowledge.language.money import find_money

TOPICS = ("charges", "payment")


def charges(dossier: Dossier) -> Section:
    """Costs and charges as stated, or as a clause prices the quantity asked for; then fees and clauses about the topic, and guidance on prices."""
    terms = on_topic(dossier, prose(agreements.clauses(dossier, TOPICS, 6)), 4)
    held = agreements.fees(dossier)
    fees = on_topic(dossier, held, 3) or held[:4]
    return section(dossier, "charges", [*stated_items(dossier, "outlay"), *terms, *fees, *said_of_price(dossier), *guidance(dossier)])


def said_of_price(dossier: Dossier) -> list[Line]:
    """What was said and written of its price in the last year: sentences with an amount in documents that name the topic, newest first."""
    names, lines = telling(dossier), []
    for document, passages in dossier.documents(said.FOR_CUSTOMERS if dossier.for_customer else said.TALKS, dossier.months_ago(12)) if names else []:
        if not names & concept_names(" ".join([document.title, *(one.text for one in passages)])):
            continue
        found = [one for one in said.tellings(dossier, passages) if find_money(one.text) and not dossier.is_used(one.text)]
        for one in sorted(found, key=lambda one: -len(names & concept_names(one.text)))[:1]:
            dossier.note_used(one.text)
            if evidence := dossier.passages([one.passage.id or 0]):
                lines.append(said.quotation(dossier, document, [one], evidence))
    return lines[:3]


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

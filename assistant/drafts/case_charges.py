"""What a business case costs: the figures stated, the agreement's own prices and terms, fees of the services concerned, guidance on prices."""

from assistant.drafts import agreements, said
from assistant.drafts.case_terms import stated_items
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import is_done
from assistant.drafts.relevance import on_topic, prose, telling
from assistant.drafts.row_amounts import cite_amounts, told_amounts
from assistant.drafts.sections import joined, line, section
from assistant.drafts.wording import matcher, phrase
from knowledge.language.concepts import concept_names
from knowledge.language.money import find_money
from knowledge.records.services import Service

TOPICS = ("charges", "payment")


def charges(dossier: Dossier) -> Section:
    """Costs and charges as stated, or as a clause prices the quantity asked for; then fees and clauses about the topic, and guidance on prices."""
    terms = on_topic(dossier, prose(agreements.clauses(dossier, TOPICS, 6)), 4)
    held = agreements.fees(dossier)
    fees = on_topic(dossier, held, 3) or held[:4]
    return section(dossier, "charges", [*stated_items(dossier, "outlay"), *terms, *catalogue(dossier), *fees, *said_of_price(dossier), *guidance(dossier)])


def catalogue(dossier: Dossier) -> list[Line]:
    """Prices of the services of the catalogue that the topic names; ours to read."""
    if dossier.for_customer or not dossier.topic.names:
        return []
    lines = []
    for one in dossier.records(Service, anyone=True):
        if (told := told_amounts(dossier, one)) and not is_done(one.status):
            units = "; ".join(f"{name}: {value}" for name, value in one.extra.items() if isinstance(value, str) and matcher("catalogue.unit").fullmatch(name.strip()))
            text = joined(told, units, phrase("business_case.from_catalogue", dossier.language))
            lines.append(line(text, cite_amounts(dossier, one), lead=f"{dossier.service(one.key) or one.name}:"))
    about = telling(dossier)
    return on_topic(dossier, [made for made in lines if about & concept_names(f"{made.lead} {made.text}")], 2)


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

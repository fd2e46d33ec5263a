"""May we promise this? The value that is to be promised against what suppliers and our own teams owe us for the same thing."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.agreements.supporting import INDICATORS, KINDS, PRIORITY
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.access import passage_clause
from knowledge.documents.passages import sentences
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.durations import find_durations
from knowledge.language.numbers import find_percentages
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import section_pattern
from knowledge.records.documents import Document, Passage

_MINUTES = {**MINUTES_IN, "business_day": MINUTES_IN["day"]}
_MOST_PASSAGES = 600
_SHARED = 2
"""So many of the question's words, or half of them, must be what the sentence is about."""
_SHARE = 0.5


@dataclass(frozen=True)
class Amount:
    """A length of time in minutes, or a share in percent, with its words."""

    value: Decimal
    percent: bool
    text: str


@dataclass
class Behind:
    """What stands behind a promise: the sentence of an OLA or underpinning contract, and whether it is at least as strict."""

    promised: Amount
    given: Amount
    sentence: str
    evidence: Evidence
    carries: bool


_pattern = partial(section_pattern, __file__, "promising")


def asks_to_promise(question: str) -> bool:
    """Whether a question asks if something with a value may be promised."""
    may = _pattern("may").search(question)
    return bool(may and _pattern("promise").search(question) and _amounts(question)) and not _pattern("prices").search(question)


def behind_promise(desk: Desk, question: str) -> list[Behind]:
    """The sentences of OLAs and underpinning contracts about what the question would promise, one a document, those that do not carry
    it first; empty where none is about it or may be seen."""
    if not asks_to_promise(question):
        return []
    promised = _amounts(question)[-1]
    spans = [(mention.start, mention.end) for mention in desk.linker.customers(question)]
    topics = [
        concept.names
        for concept in concepts(question)
        if not any(start < concept.end and concept.start < end for start, end in spans)
        and not _pattern("may").fullmatch(concept.text) and not _pattern("promise").fullmatch(concept.text)
        and not re.search(re.escape(concept.text), promised.text, re.IGNORECASE)
    ]  # fmt: skip
    level = {match[1] for match in PRIORITY.finditer(question)}
    services = _named_services(desk, question)
    availability = promised.percent and bool(INDICATORS["availability"] & concept_names(question))
    speaks_of_them = cache(partial(_speaks_of, desk, services))
    best: dict[int, tuple[int, Passage, str, Amount]] = {}
    for passage, text in _sentences(desk):
        for given in _amounts(text):
            told = {match[1] for match in PRIORITY.finditer(text)}
            if given.percent != promised.percent or level and told and not level & told:
                continue
            words = concept_names(f"{passage.context.rsplit(' > ', 1)[-1]} {text}")
            shared = sum(bool(names & words) for names in topics)
            own = sum(bool(names & concept_names(text)) for names in topics)
            same = availability and bool(services) and bool(INDICATORS["availability"] & concept_names(text)) and speaks_of_them(passage.document_id)
            if same or own and (shared >= _SHARED or shared >= _SHARE * len(topics)):
                known = best.get(passage.document_id or 0)
                if known is None or shared + own > known[0]:
                    best[passage.document_id or 0] = shared + own, passage, text, given
    found = []
    for score, passage, text, given in sorted(best.values(), key=lambda each: -each[0]):
        if score < max(each[0] for each in best.values()) - 1:
            continue
        evidence = passages_as_evidence(desk.session, desk.viewer, [passage.id or 0]).get(passage.id or 0)
        if evidence is not None:
            carries = given.value >= promised.value if promised.percent else given.value <= promised.value
            found.append(Behind(promised, given, text, desk.keep(evidence), carries))
    for amount in (promised, *(each.given for each in found)):
        desk.computed.quantities.add(Quantity(amount.value.normalize(), "percent" if amount.percent else "minute"))
    return sorted(found, key=lambda each: each.carries)


def promised_amount(question: str) -> Amount | None:
    """The value that a question would promise: the last that it names."""
    found = _amounts(question)
    return found[-1] if found else None


def _named_services(desk: Desk, question: str) -> set[str]:
    """Every name of the services that a question names."""
    return {name.casefold() for service in desk.linker.services(question) for name in (*service.codes, service.text, *service.names) if len(name) > 2}


def _speaks_of(desk: Desk, services: set[str], document_id: int | None) -> bool:
    """Whether what the viewer may see of a document names one of these services."""
    texts = desk.session.execute(select(col(Passage.text)).where(col(Passage.document_id) == document_id, passage_clause(desk.viewer))).scalars()
    whole = " ".join(texts).casefold()
    return any(name in whole for name in services)


def _sentences(desk: Desk) -> list[tuple[Passage, str]]:
    query = (
        select(Passage)
        .join(Document, col(Passage.document_id) == col(Document.id))
        .where(col(Document.kind).in_(list(KINDS)), passage_clause(desk.viewer), col(Passage.superseded_by_id).is_(None))
        .order_by(col(Passage.id))
        .limit(_MOST_PASSAGES)
    )
    return [(passage, passage.text[start:end]) for passage in desk.session.execute(query).scalars() for start, end in sentences(passage.text)]


def _amounts(text: str) -> list[Amount]:
    """Lengths of time up to weeks, and shares, in reading order."""
    found = [(span.start, Amount(Decimal(str(span.value)) * _MINUTES[span.unit], False, span.text)) for span in find_durations(text) if span.unit in _MINUTES]
    found += [(span.start, Amount(Decimal(str(span.value)), True, span.text)) for span in find_percentages(text)]
    return [amount for _, amount in sorted(found, key=lambda pair: pair[0])]

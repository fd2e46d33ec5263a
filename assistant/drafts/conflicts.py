"""Where sources disagree, or parts of the same customer want different things: shown, dated, with who said it; never averaged."""

import re
from datetime import date

from sqlmodel import col

from assistant.drafts.audience import agreement_allowed
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.performance import is_percent, label, series
from assistant.drafts.said import FOR_CUSTOMERS, TALKS
from assistant.drafts.sections import day, line, number, quoted, section
from assistant.drafts.wording import matcher, phrase
from assistant.models.builtin.phrasing import document_word
from knowledge.documents.sentences import sentences
from knowledge.language.concepts import concept_names
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.documents import Document, Passage

LIMIT = 6
_CUE = re.compile(r"\b(?:menurut|according to|mengira|mengingat|berpendapat|believes?|thinks?|recalls?|remembers?|understood)\b", re.IGNORECASE)


def conflicts(dossier: Dossier) -> Section:
    """Wishes of different people of the customer that oppose each other; what talks say against the agreement; tables against it."""
    return section(dossier, "conflicts", [*_opposed(dossier), *_claims(dossier), *_tables(dossier)][:LIMIT])


def _talks(dossier: Dossier) -> list[tuple[Document, list[Passage]]]:
    kinds = FOR_CUSTOMERS if dossier.for_customer else TALKS
    return dossier.documents(kinds, dossier.months_ago(12))


def _opposed(dossier: Dossier) -> list[Line]:
    """A passage in which one person of the customer wants something and another refuses it."""
    lines = []
    for document, passages in _talks(dossier):
        for passage in passages:
            if passage.kind in ("heading", "metadata", "quote") or not matcher("informative.refusal").search(passage.text) or not matcher("informative.wish").search(passage.text):
                continue
            own = {mention.person_id for mention in dossier.desk.linker.people(passage.text) if dossier.customer.id in mention.customer_ids}
            if len(own) < 2 or not dossier.may_quote(passage.text):
                continue
            evidence = dossier.passages([passage.id or 0])
            if evidence:
                lines.append(line(quoted(passage.text, 320), *evidence, lead=_lead(dossier, document)))
    return lines[:3]


def _claims(dossier: Dossier) -> list[Line]:
    """What somebody recalls or believes beside what the agreement says of the same thing."""
    lines = []
    clauses = [c for c in dossier.records(Clause) if c.text and not (c.amended_by_id and (c.amended_from is None or c.amended_from <= dossier.today))]
    allowed = {a.id for a in dossier.records(Agreement) if agreement_allowed(a, dossier.request.audience)}
    for document, passages in _talks(dossier):
        for passage in passages:
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                if not _CUE.search(text) or not re.search(r"\d", text) or not dossier.may_quote(text):
                    continue
                rival = _closest(text, [c for c in clauses if c.agreement_id in allowed])
                evidence = dossier.passages([passage.id or 0])
                cited = dossier.cite(rival) if rival else None
                if rival and evidence and cited and dossier.may_quote(rival.text):
                    said = phrase("conflicts.prevails", dossier.language, said=quoted(text), number=rival.number, clause=quoted(rival.text, 200))
                    lines.append(line(said, *evidence, cited, lead=_lead(dossier, document)))
    return lines[:3]


def _closest(text: str, clauses: list[Clause]) -> Clause | None:
    """The clause that speaks most of the same things, if it says another number."""
    names = {name for name in concept_names(text) if not name.isdigit()}
    rated = sorted(((len(names & concept_names(c.text)), c) for c in clauses), key=lambda pair: -pair[0])
    if not rated or rated[0][0] < 3:
        return None
    numbers = set(re.findall(r"\d+(?:[.,]\d+)?", text))
    return rated[0][1] if not numbers & set(re.findall(r"\d+(?:[.,]\d+)?", rated[0][1].text)) else None


def _tables(dossier: Dossier) -> list[Line]:
    """The master table's end of contract against the agreement's; a table's target against the agreement's."""
    language, lines = dossier.language, []
    own = dossier.customer
    ends = [a for a in dossier.records(Agreement, col(Agreement.kind) == "contract") if a.ends_on and agreement_allowed(a, dossier.request.audience)]
    newest = max(ends, key=lambda a: a.ends_on or date.min, default=None)
    if own.contract_end and newest and newest.ends_on != own.contract_end and not dossier.for_customer:
        text = phrase("conflicts.end", language, table=day(own.contract_end, language), agreement=day(newest.ends_on, language))
        lines.append(line(text, dossier.cite(own), dossier.cite(newest)))
    current = [t for t in dossier.records(Target) if not t.superseded and t.indicator == "availability" and t.unit == "percent" and t.service]
    for one in series(dossier):
        month = one.months[-1]
        if one.indicator != "availability" or not is_percent(month) or month.target is None:
            continue
        names = {one.service.lower(), dossier.service(one.service).lower()}
        agreed = [t for t in current if {(t.service or "").lower(), dossier.service(t.service).lower()} & names]
        if agreed and all(t.value != month.target for t in agreed):
            text = phrase("conflicts.target", language, name=label(dossier, one), table=number(month.target, language), agreement=number(agreed[0].value, language))
            lines.append(line(text, dossier.cite(month), dossier.cite(agreed[0])))
    return lines


def _lead(dossier: Dossier, document: Document) -> str:
    kind = document_word(document.kind, dossier.language)
    return f"{day(document.dated, dossier.language)} — {kind}:" if document.dated else f"{kind}:"

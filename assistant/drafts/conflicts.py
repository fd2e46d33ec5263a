"""Where sources disagree, or parts of the same customer want different things: shown, dated, with who said it; never averaged."""

import re
from datetime import date
from decimal import Decimal

from sqlmodel import col

from assistant.drafts import agreements
from assistant.drafts.audience import agreement_allowed
from assistant.drafts.dossier import Dossier
from assistant.drafts.informative import whole_sentences
from assistant.drafts.model import Line, Section
from assistant.drafts.performance import is_percent, label, series
from assistant.drafts.said import FOR_CUSTOMERS, TALKS
from assistant.drafts.sections import dated, day, line, number, quoted, section
from assistant.drafts.wording import matcher, phrase
from assistant.models.builtin.sentences.phrasing import document_word
from assistant.tools.agreements.dates import AgreementDates
from knowledge.documents.sentences import sentences
from knowledge.language.durations import find_durations
from knowledge.language.formats import format_duration
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.documents import Document, Passage

PAYMENT = ("payment", "charges", "late_payment")
"""Topics of clauses that may say within how long invoices are paid."""
LIMIT = 6
_PRIORITY = re.compile(r"\bP[1-5]\b", re.IGNORECASE)


def conflicts(dossier: Dossier) -> Section:
    """Wishes of different people of the customer that oppose each other; what talks say against the agreement; tables against it."""
    return section(dossier, "conflicts", [*_opposed(dossier), *_claims(dossier), *_tables(dossier)][:LIMIT])


def _talks(dossier: Dossier) -> list[tuple[Document, list[Passage]]]:
    kinds = FOR_CUSTOMERS if dossier.for_customer else TALKS
    return dossier.documents(kinds, dossier.months_ago(12))


def _opposed(dossier: Dossier) -> list[Line]:
    """One person of the customer wants something and, in the same sentence or soon after, another one refuses it or wants the contrary."""
    lines = []
    for document, passages in _talks(dossier):
        spoken = [(passage, passage.text[start:end]) for passage in passages if passage.kind not in ("heading", "metadata", "quote") for start, end in whole_sentences(passage.text)]
        for at, (passage, text) in enumerate(spoken):
            mine = _own_people(dossier, text)
            if not mine or not matcher("informative.wish").search(text):
                continue
            if len(mine) > 1 and (len(matcher("informative.wish").findall(text)) > 1 or matcher("informative.contrast").search(text)):
                chosen = [(passage, text)]
            else:
                answer = next(((other, words) for other, words in spoken[at + 1 : at + 3] if _own_people(dossier, words) - mine and matcher("informative.contrast").search(words)), None)
                chosen = [(passage, text), answer] if answer else []
            if chosen and all(dossier.may_quote(words) for _, words in chosen):
                evidence = dossier.passages(dict.fromkeys(other.id or 0 for other, _ in chosen))
                if evidence:
                    dossier.note_used(*(words for _, words in chosen))
                    dossier.raise_point("conflict", 2.6, *evidence, what=quoted(chosen[0][1], 70))
                    lines.append(line(" ".join(quoted(words) for _, words in chosen), *evidence, lead=dated(document, dossier.language)))
    return lines[:3]


def _own_people(dossier: Dossier, text: str) -> set[int]:
    return set(dossier.own_people(text))


def _claims(dossier: Dossier) -> list[Line]:
    """What somebody recalls or states of notice or of a target, where the agreement in force has another value."""
    language, lines = dossier.language, []
    targets = [t for t in dossier.records(Target) if not t.superseded and t.value is not None and (t.valid_from is None or t.valid_from <= dossier.today)]
    dates = agreements.dates_of(dossier)
    payments = _payments(dossier)
    for document, passages in _talks(dossier):
        for passage in passages:
            for start, end in sentences(passage.text):
                text = passage.text[start:end]
                rival = _rival(text, targets, dates) or _paid_otherwise(text, payments) if matcher("claims.recalled").search(text) and dossier.may_quote(text) else None
                evidence = dossier.passages([passage.id or 0]) if rival else []
                if rival is None or not evidence:
                    continue
                value, source = rival
                dossier.note_used(text)
                proof = source.notice_evidence if isinstance(source, AgreementDates) else dossier.cite(source)
                shown = format_duration(*value, language) if value[1] != "percent" else f"{number(value[0], language)}%"
                own = source.agreement if isinstance(source, AgreementDates) else dossier.desk.session.get(Agreement, source.agreement_id)
                title = (own.number or own.title) if own else ""
                dossier.raise_point("claim", 2.4, *evidence, proof, what=quoted(text, 70), title=title or document_word("agreement", language), value=shown)
                lines.append(line(phrase("conflicts.claim", language, said=quoted(text), title=title or document_word("agreement", language), value=shown), *evidence, proof, lead=dated(document, language)))
    return lines[:4]


def _rival(text: str, targets: list[Target], dates: list[AgreementDates]) -> tuple[tuple[Decimal, str], Target | AgreementDates] | None:
    """The agreement's own value where the text states another one for the same thing."""
    spans = [(Decimal(str(span.value)), span.unit) for span in find_durations(text)]
    if matcher("claims.notice").search(text) and spans:
        for item in dates:
            if item.notice_value and item.notice_unit and not any(_same(span, (Decimal(item.notice_value), item.notice_unit)) for span in spans):
                return (Decimal(item.notice_value), item.notice_unit), item
    for indicator in ("response", "resolution"):
        level = _PRIORITY.search(text)
        if spans and level and matcher(f"claims.{indicator}").search(text):
            agreed = [t for t in targets if t.indicator == indicator and (t.priority or "").upper() == level[0].upper() and t.unit]
            if agreed and not any(_same(span, (t.value or Decimal(0), t.unit or "")) for span in spans for t in agreed):
                return (agreed[0].value or Decimal(0), agreed[0].unit or ""), agreed[0]
    return None


def _payments(dossier: Dossier) -> list[tuple[tuple[Decimal, str], Clause]]:
    """Within how long invoices are paid by the customer's agreements, with the clauses in force that say so."""
    with_them = {own.id for own in dossier.records(Agreement) if agreements.is_with_customer(own) and agreement_allowed(own, dossier.request.audience)}
    clauses = [one for one in dossier.records(Clause, col(Clause.topic).in_(PAYMENT)) if one.agreement_id in with_them and dossier.is_current(one)]
    told = [(_term_of_payment(one.text[start:end]), one) for one in clauses for start, end in sentences(one.text)]
    return [(term, one) for term, one in told if term is not None]


def _term_of_payment(text: str) -> tuple[Decimal, str] | None:
    """The one length of a sentence about paying what is billed; nothing of sentences about paying late."""
    if not matcher("claims.payment").search(text) or matcher("claims.late").search(text):
        return None
    spans = [span for span in find_durations(text) if span.unit in ("day", "business_day", "month")]
    return (Decimal(str(spans[0].value)), spans[0].unit) if len(spans) == 1 else None


def _paid_otherwise(text: str, payments: list[tuple[tuple[Decimal, str], Clause]]) -> tuple[tuple[Decimal, str], Clause] | None:
    """The agreement's own term of payment where the text states another one."""
    stated = _term_of_payment(text) if payments else None
    return payments[0] if stated and not any(_same(stated, term) for term, _ in payments) else None


def _same(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> bool:
    minutes = {"minute": 1, "hour": 60}
    if one[1] in minutes and other[1] in minutes:
        return one[0] * minutes[one[1]] == other[0] * minutes[other[1]]
    return one == other


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

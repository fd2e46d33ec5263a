"""The agreement: term, renewal, last day for notice, services and fees, current targets, credits and amendments."""

from collections import defaultdict
from datetime import date

from sqlmodel import col

from assistant.drafts.audience import INTERNAL_AGREEMENTS, agreement_allowed
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, money, number, priority, quoted, section
from assistant.drafts.states import state_word
from assistant.drafts.wording import phrase, word
from assistant.models.builtin.sentences.phrasing import document_word
from assistant.tools.agreements.dates import AgreementDates, agreement_dates
from knowledge.language.calendar import deadline_before
from knowledge.language.dates import find_dates
from knowledge.language.formats import format_duration
from knowledge.language.letter_case import calm
from knowledge.language.vocabulary import Language
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.services import Subscription

CLAUSES = ("credit", "renewal", "charges")
LIMIT = 7


def dates_of(dossier: Dossier) -> list[AgreementDates]:
    """The dates of the customer's agreements that this audience may know and that have not ended long ago."""
    found = agreement_dates(dossier.desk, (dossier.customer.id or 0,), "")
    own = [item for item in found if item.agreement.customer_id == dossier.customer.id and is_with_customer(item.agreement) and agreement_allowed(item.agreement, dossier.request.audience)]
    for item in own:
        _amend(dossier, item)
    return [item for item in own if item.ends_on >= dossier.months_ago(6)]


def is_with_customer(agreement: Agreement) -> bool:
    """Whether the customer is a party: what we agree with suppliers and among ourselves binds us and promises them nothing."""
    return agreement.kind not in INTERNAL_AGREEMENTS


def _amend(dossier: Dossier, item: AgreementDates) -> None:
    """Take the end from the amendment where one in force changes the clause that the end rests on, and its words name one new day."""
    clause = dossier.desk.session.get(Clause, item.agreement.ends_on_clause_id) if item.agreement.ends_on_clause_id else None
    newer = dossier.amending(clause) if clause else None
    end = amended_end(clause.text, newer.text, dossier.today) if clause and newer else None
    evidence = dossier.cite(newer) if newer and end else None
    if end is None or evidence is None or end == item.ends_on:
        return
    item.ends_on, item.end_evidence = end, evidence
    if item.notice_value and item.notice_unit:
        item.deadline = deadline_before(end, item.notice_value, item.notice_unit, item.holidays)
        dossier.computed(item.deadline)


def amended_end(amended: str, amending: str, today: date) -> date | None:
    """The one day that an amending clause names and the clause that it amends does not; None where that is not clear."""
    old = {moment for span in find_dates(amended, today) for moment in (span.value, span.until)}
    new = {moment for span in find_dates(amending, today) if span.precision in ("day", "range") for moment in (span.value, span.until or span.value)} - old
    return new.pop() if len(new) == 1 else None


def agreement(dossier: Dossier) -> Section:
    """Term and notice of each agreement, amendments in force, services with fees, clauses on credits and renewal as they stand now."""
    lines = [*terms(dossier), *amendments(dossier), *fees(dossier)]
    lines += clauses(dossier, CLAUSES, 4)
    return section(dossier, "agreement", lines)


def terms(dossier: Dossier) -> list[Line]:
    """When each agreement ends, the last day for notice with the days left, and whether it renews by itself."""
    language, lines = dossier.language, []
    for item in dates_of(dossier):
        own = item.agreement
        title = calm(own.title or "") or document_word(own.kind, language)
        lead = title if own.number and own.number in title else joined(title, own.number, by=" ")
        text = phrase("agreement.ends", language, day=day(item.ends_on, language))
        evidence = [item.end_evidence]
        if item.deadline and item.notice_value and item.notice_unit:
            left = item.days_left(dossier.today) or 0
            dossier.computed(abs(left))
            notice = format_duration(item.notice_value, item.notice_unit, language)
            text += phrase("agreement.notice" if left >= 0 else "agreement.notice_past", language, deadline=day(item.deadline, language), days=abs(left), notice=notice)
            evidence += [item.notice_evidence] if item.notice_evidence else []
        if record := dossier.cite(own):
            evidence.append(record)
        if item.renewal in ("automatic", "none"):
            text += phrase(f"agreement.renewal_{item.renewal}", language)
        lines.append(line(text, *evidence, lead=f"{lead}:"))
    return lines


def amendments(dossier: Dossier) -> list[Line]:
    """Amendments in force, the newest first."""
    language = dossier.language
    found = dossier.records(Agreement, col(Agreement.kind) == "amendment")
    lines = []
    for own in sorted(found, key=lambda one: one.effective_from or one.signed_on or dossier.today, reverse=True)[:3]:
        if not agreement_allowed(own, dossier.request.audience):
            continue
        since = own.effective_from or own.signed_on
        text = phrase("agreement.amendment", language, title=joined(own.title, own.number, by=" "), day=day(since, language)) if since else joined(own.title, own.number, by=" ")
        lines.append(line(text, dossier.cite(own)))
    return lines


def fees(dossier: Dossier) -> list[Line]:
    """Services taken with their fees; a fee that an amendment has replaced is left to the amendment's own words."""
    language, lines = dossier.language, []
    for own in dossier.records(Subscription):
        if own.end and own.end < dossier.today:
            continue
        name = dossier.service(own.service) or own.service_name or ""
        fee = ""
        if own.fee is not None:
            fee = money(own.fee, own.currency, language)
            per = word("per", own.fee_per or "month", language)
            fee = phrase("agreement.fee_replaced", language) if dossier.states_superseded(_plain(own.fee, "id")) or dossier.states_superseded(_plain(own.fee, "en")) else f"{fee} {per}"
        lines.append((priority(dossier, name), line(joined(fee, own.level, state_word(own.status, language), by=", ") or phrase("agreement.no_fee", language), dossier.cite(own), lead=f"{name}:")))
    lines.sort(key=lambda pair: -pair[0])
    return [made for _, made in lines[:LIMIT]]


def _plain(amount: object, language: str) -> str:
    return number(amount, language)


def clauses(dossier: Dossier, topics: tuple[str, ...], limit: int) -> list[Line]:
    """Clauses on these topics as they stand today: the amending words in place of what they replace."""
    language = dossier.language
    agreements = {own.id: own for own in dossier.records(Agreement) if is_with_customer(own) and agreement_allowed(own, dossier.request.audience)}
    found = [clause for clause in dossier.records(Clause) if clause.agreement_id in agreements and dossier.is_current(clause) and clause.text.strip()]
    amending = {clause.amended_by_id for clause in dossier.records(Clause) if clause.amended_by_id}
    chosen = [clause for clause in found if clause.topic in topics or (clause.id in amending and topics == CLAUSES)]
    chosen.sort(key=lambda clause: (-priority(dossier, clause.text), clause.id not in amending, topics.index(clause.topic) if clause.topic in topics else len(topics), clause.id))
    lines = []
    for clause in chosen:
        own = agreements[clause.agreement_id]
        evidence = dossier.cite(clause, agreement=joined(own.title, own.number))
        if evidence is None or dossier.is_used(clause.text) or not dossier.may_quote(clause.text):
            continue
        dossier.note_used(clause.text)
        lines.append(line(quoted(clause.text, 320), evidence, lead=f"{clause_name(own, clause, language)}:"))
        if len(lines) >= limit:
            break
    return lines


def clause_name(own: Agreement, clause: Clause, language: Language) -> str:
    """ "PKS 7, Pasal 4"; the agreement alone where its clauses have no numbers."""
    title = own.number or own.title or document_word(own.kind, language)
    return phrase("agreement.clause", language, number=clause.number, title=title) if clause.number else title


def targets(dossier: Dossier) -> Section:
    """The targets agreed, as they stand now, by service and indicator."""
    language = dossier.language
    grouped: dict[tuple[str, str], list[tuple[str, Target]]] = defaultdict(list)
    others = {own.id for own in dossier.records(Agreement) if not is_with_customer(own)}
    current = [one for one in dossier.records(Target) if not one.superseded and one.value is not None and one.agreement_id not in others and (one.valid_from is None or one.valid_from <= dossier.today)]
    for one in current:
        unit = one.unit or ""
        value = f"{number(one.value, language)}%" if unit == "percent" else format_duration(one.value or 0, unit, language) if unit in ("minute", "hour", "day", "business_day", "month") else number(one.value, language)
        grouped[(one.service or "", one.indicator)].append((joined(one.priority, value, by=" "), one))
    lines = []
    for (service, indicator), values in grouped.items():
        if indicator == "other":
            lines += [line(quoted(one.quote), dossier.cite(one), lead=f"{dossier.service(service)}:" if service else "") for _, one in values[:2] if one.quote and dossier.may_quote(one.quote)]
            continue
        name = joined(dossier.service(service), word("indicators", indicator, language), by=" — ")
        shown: dict[str, Target] = {}
        for text, one in values:
            shown.setdefault(text, one)
        lines.append(line(", ".join(list(shown)[:6]), *[dossier.cite(one) for one in list(shown.values())[:6]], lead=f"{name}:"))
    lines.sort(key=lambda made: -priority(dossier, made.lead))
    return section(dossier, "targets", lines[:9])

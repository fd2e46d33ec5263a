"""Dates that follow from an agreement's own words: its end, and the last day on which notice is still in time."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.clause_history import evidence_of, histories_of
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence, record_as_evidence
from knowledge.access import passage_clause, record_clause
from knowledge.intake.prose.bases import bare_number
from knowledge.language.calendar import add_months, days_between, deadline_before
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations
from knowledge.language.letter_case import calm
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage
from knowledge.rules.working_days import own_holidays

NAME = re.compile(r"\b(?:PT|CV|UD|Yayasan)\.?\s+((?:[A-Z]\w+\s?){1,4})")


@dataclass
class AgreementDates:
    """What an agreement says of its end. `ends_before`: the end before an amendment moved it. `deadline` is the last day of the notice; evidence ids say where each part stands."""

    agreement: Agreement
    ends_on: date
    end_evidence: Evidence
    deadline: date | None = None
    notice_value: int | None = None
    notice_unit: str | None = None
    notice_evidence: Evidence | None = None
    renewal: str | None = None
    before: dict[str, object] | None = None
    ends_before: date | None = None
    before_evidence: Evidence | None = None
    master_end: date | None = None
    master_evidence: Evidence | None = None
    first_end: date | None = None
    """The end of its first term, where it has gone on by itself since; `renewal_evidence`: the clause that says so."""
    renewal_evidence: Evidence | None = None
    customer: str = ""
    holidays: frozenset[date] | None = None
    """What its working days leave out, for knowledge.language.calendar."""

    @property
    def title(self) -> str:
        """The agreement's title or number, with the customer's name where it does not say whose it is."""
        title = calm(self.agreement.title or self.agreement.number or "")
        return title if not self.customer or self.customer.lower() in title.lower() else f"{title} ({self.customer})"

    def days_left(self, today: date) -> int | None:
        return days_between(today, self.deadline) if self.deadline else None


def agreement_dates(desk: Desk, customers: tuple[int, ...], question: str) -> list[AgreementDates]:
    """The dates of the agreements of these customers, or of those whose number, title or counterparty the question names."""
    query = select(Agreement).where(
        col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Agreement), col(Agreement.ends_on).is_not(None), col(Agreement.kind) != "amendment"
    )
    agreements = list(desk.session.execute(query).scalars())
    asked = concept_names(question)
    named = [agreement for agreement in agreements if _named(desk, agreement, question, asked)]
    if customers:
        chosen = []
        for customer in customers:
            own = [agreement for agreement in agreements if agreement.customer_id == customer]
            chosen += [agreement for agreement in named if agreement in own] or own
        chosen = chosen or named
    else:
        chosen = named
    answers = [dates for agreement in _own_words_first(chosen) if (dates := _dates_of(desk, agreement, agreements))]
    answers.sort(key=lambda item: (item.agreement.kind != "contract", item.deadline is None, -item.ends_on.toordinal()))
    return answers


def _own_words_first(chosen: list[Agreement]) -> list[Agreement]:
    """Of an agreement that is on file as its own text and as a row of a register, the text; else what there is."""
    written = {(bare_number(item.number), item.customer_id) for item in chosen if item.number and _written(item)}
    return [item for item in chosen if _written(item) or (bare_number(item.number), item.customer_id) not in written]


def _written(agreement: Agreement) -> bool:
    return agreement.origin == "prose"


def _named(desk: Desk, agreement: Agreement, question: str, asked: frozenset[str]) -> bool:
    """Whether the question names the agreement by its number, or its other party by a name of their own."""
    if agreement.number and agreement.number.lower() in question.lower():
        return True
    parties = f"{agreement.counterparty or ''} {opening_words(desk, agreement)}"
    provider = {name for text in desk.linker.provider_names for name in concept_names(text)}
    words = {name for name in concept_names(" ".join(NAME.findall(parties))) if not name.startswith("#") and len(name) > 3}
    if agreement.customer_id is None:  # a supplier's: known by the name in its title
        words |= own_names(agreement.title or "") & own_names(question)
    return bool((words - provider) & asked)


def own_names(text: str) -> frozenset[str]:
    """Words written as names that mean nothing else in either language, lower case: "Orbita", not "Services"."""
    return frozenset(word.lower() for word in _NAME_WORD.findall(text) if concept_names(word) == frozenset({word.lower()}))


_NAME_WORD = re.compile(r"\b[A-Z]\w{3,}")


def opening_words(desk: Desk, agreement: Agreement) -> str:
    """How an agreement's document begins, which is where it names its parties."""
    opening = select(col(Passage.text)).where(col(Passage.document_id) == agreement.document_id, passage_clause(desk.viewer)).order_by(col(Passage.ordinal)).limit(2)
    return " ".join(desk.session.execute(opening).scalars())


def _dates_of(desk: Desk, agreement: Agreement, on_file: list[Agreement]) -> AgreementDates | None:
    end = _end_evidence(desk, agreement) or _agreement_evidence(desk, agreement)
    if end is None or agreement.ends_on is None:
        return None
    dates = AgreementDates(agreement, agreement.ends_on, end, renewal=agreement.renewal, before=agreement.extra.get("before"))
    _set_end_before(desk, dates)
    _go_on(desk, dates)
    if agreement.notice_value and agreement.notice_unit:
        dates.notice_value, dates.notice_unit = agreement.notice_value, agreement.notice_unit
        dates.notice_evidence = _notice_evidence(desk, agreement) or end
        dates.holidays = own_holidays(desk.session, agreement)
        dates.deadline = deadline_before(dates.ends_on, agreement.notice_value, agreement.notice_unit, dates.holidays)
        desk.computed.dates.add(dates.deadline)
        desk.computed.numbers |= {Decimal(abs(days_between(desk.today, dates.deadline))), Decimal(agreement.notice_value)}
    desk.computed.dates |= {agreement.ends_on, dates.ends_on}
    customer = desk.session.get(Customer, agreement.customer_id) if agreement.customer_id else None
    if customer is not None and desk.viewer.may_see(customer.id):
        dates.customer = customer.name
    if customer is not None and customer.contract_end and desk.viewer.may_see(customer.id):
        found = record_as_evidence(desk.session, desk.viewer, "customer", customer.id or 0)
        dates.master_end, dates.master_evidence = customer.contract_end, desk.keep(found) if found else None
    _compare_register(desk, dates, on_file)
    return dates


def _go_on(desk: Desk, dates: AgreementDates) -> None:
    """An agreement that renews by itself and whose term is over runs on, term by term, to the first end that is still ahead."""
    agreement = dates.agreement
    if agreement.renewal != "automatic" or not agreement.renewal_months or dates.ends_on >= desk.today:
        return
    dates.first_end, start, terms = dates.ends_on, dates.ends_on + timedelta(days=1), 0
    while dates.ends_on < desk.today:
        terms += 1
        dates.ends_on = add_months(start, terms * agreement.renewal_months) - timedelta(days=1)
    number = agreement.extra.get("renewal_clause")
    renewing = select(Clause).where(col(Clause.agreement_id) == agreement.id, col(Clause.number) == number, col(Clause.withdrawn).is_(False))
    clause = desk.session.execute(renewing).scalars().first() if number else None
    dates.renewal_evidence = _clause_evidence(desk, clause.id) if clause else None
    desk.computed.numbers.add(Decimal(agreement.renewal_months))


def _compare_register(desk: Desk, dates: AgreementDates, on_file: list[Agreement]) -> None:
    """The end that a register of agreements has for the same one, unless the table of customers has told one already."""
    if dates.master_evidence is not None or not _written(dates.agreement):
        return
    own = bare_number(dates.agreement.number)
    row = next((item for item in on_file if own and not _written(item) and bare_number(item.number) == own and item.customer_id == dates.agreement.customer_id), None)
    found = record_as_evidence(desk.session, desk.viewer, "agreement", row.id or 0) if row else None
    if row is not None and found is not None:
        dates.master_end, dates.master_evidence = row.ends_on, desk.keep(found)


def _set_end_before(desk: Desk, dates: AgreementDates) -> None:
    """The end that the agreement itself states, with its clause, where an amendment moved it."""
    before = dates.before or {}
    if not before.get("ends_on"):
        return
    clause = before.get("ends_on_clause_id")
    evidence = _clause_evidence(desk, int(str(clause))) if clause else _agreement_evidence(desk, dates.agreement)
    if evidence is not None:
        dates.ends_before, dates.before_evidence = date.fromisoformat(str(before["ends_on"])), evidence
        desk.computed.dates.add(dates.ends_before)


def _notice_evidence(desk: Desk, agreement: Agreement) -> Evidence | None:
    """The clause that states the length of notice: of an amended one, the amendment's."""
    wanted = (agreement.notice_value, agreement.notice_unit)
    return _stated(desk, agreement, agreement.notice_clause_id, lambda text: wanted in {(int(span.value), span.unit) for span in find_durations(text)})


def _end_evidence(desk: Desk, agreement: Agreement) -> Evidence | None:
    """The clause that states the end: not the amendment of another part of it."""
    return _stated(desk, agreement, agreement.ends_on_clause_id, lambda text: agreement.ends_on in {day for span in find_dates(text, desk.today) for day in (span.value, span.until)})


def _stated(desk: Desk, agreement: Agreement, clause_id: int | None, holds: Callable[[str], bool]) -> Evidence | None:
    """A clause that states a value, or the newest wording of it that does; the clause itself where none does."""
    stated = _clause_evidence(desk, clause_id)
    if clause_id is None or stated is not None and holds(stated.quote):
        return stated
    for history in histories_of(desk, [agreement.id or 0]):
        told = [version for version in history.versions if (version.since is None or version.since <= desk.today) and holds(version.clause.text)]
        if told and any(version.clause.id == clause_id for version in history.versions):
            return evidence_of(desk, told[-1].clause)
    return stated


def _agreement_evidence(desk: Desk, agreement: Agreement) -> Evidence | None:
    found = record_as_evidence(desk.session, desk.viewer, "agreement", agreement.id or 0)
    return desk.keep(found) if found else None


def _clause_evidence(desk: Desk, clause_id: int | None) -> Evidence | None:
    clause = desk.session.get(Clause, clause_id) if clause_id else None
    if clause is None or clause.passage_id is None:
        return None
    found = passages_as_evidence(desk.session, desk.viewer, [clause.passage_id])
    return desk.keep(found[clause.passage_id]) if clause.passage_id in found else None

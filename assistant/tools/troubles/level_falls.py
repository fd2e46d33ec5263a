"""Why did a service level fall? What was measured, and what the records show of that time: incidents, changes, known errors, words of minutes.

Nothing here says that one thing brought about another, unless a record or a document says so in its own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import or_, select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credits.due import customer_meant
from assistant.tools.credits.excluded_downtime import minutes_down
from assistant.tools.credits.inputs import measurements_of
from assistant.tools.credits.services import KnownService, service_named, services_of
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import known_error_clause, record_clause
from knowledge.documents.passages import sentences
from knowledge.language.calendar import month_end
from knowledge.language.concepts import concept_names
from knowledge.language.periods import Period, find_period
from knowledge.language.tokens import codes
from knowledge.language.vocabulary import section_pattern
from knowledge.masking import Masks
from knowledge.records.customers import Customer
from knowledge.records.operations import Change, KnownError, Measurement, Ticket

_BEFORE = timedelta(days=3)
"""A change so shortly before the period belongs to it as well."""
_MOST = 5
_TOLD_UNTIL = timedelta(days=60)


@dataclass
class Told:
    """Something on record: `what` names it, `why` what the record itself says of the cause."""

    key: str
    day: date | None
    what: str
    evidence: Evidence
    minutes: Decimal | None = None
    why: str = ""
    note: str = ""


@dataclass
class LevelFall:
    """One service in one period. earlier: what was measured before it; nothing: no record of that time is about the service."""

    customer: str
    service: str
    period: Period
    measured: list[tuple[Measurement, Evidence]] = field(default_factory=list)
    earlier: tuple[Measurement, Evidence] | None = None
    incidents: list[Told] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)
    errors: list[Told] = field(default_factory=list)
    words: list[tuple[str, Evidence]] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.incidents or self.changes or self.errors or self.words)

    @property
    def evidence(self) -> list[Evidence]:
        found = [item for _, item in self.measured] + ([self.earlier[1]] if self.earlier else [])
        return found + [told.evidence for told in (*self.incidents, *self.changes, *self.errors)] + [item for _, item in self.words]


_pattern = partial(section_pattern, __file__, "level_falls")


def asks_why_fallen(question: str) -> bool:
    """Whether a question asks why a service level fell or was missed."""
    return all(_pattern(section).search(question) for section in ("why", "level", "fall"))


def level_fall(desk: Desk, question: str, customers: tuple[int, ...], passages: Sequence[Evidence] = ()) -> LevelFall | None:
    """What the records show of the time in which a level fell; None where the question is about no one customer that was measured.

    Without a period, the last month in which the service missed its target.
    """
    if len(customers) > 1 or not asks_why_fallen(question):
        return None
    customer = desk.session.get(Customer, customers[0]) if customers else customer_meant(desk, question)
    if customer is None or customer.id is None:
        return None
    measurements = measurements_of(desk, customer.id)
    services = services_of(desk, customer.id, measurements)
    service = service_named(services, question)
    if service is None:
        return None
    own = sorted((row for row in measurements if _of(row.service, service, services) and row.period_start), key=lambda row: row.period_start or date.min)
    period = find_period(question, desk.today) or _last_missed(own)
    if period is None:
        return None
    called = service.code if service.code.casefold() in question.casefold() else service.name
    found = LevelFall(customer.name, called, period)
    within = [row for row in own if row.period_start and period.start <= row.period_start <= period.end]
    found.measured = [(row, item) for row in within[-_MOST:] if (item := _kept(desk, "measurement", row.id))]
    before = next((row for row in reversed(own) if row.period_start and row.period_start < period.start), None)
    if before is not None and (item := _kept(desk, "measurement", before.id)):
        found.earlier = before, item
    found.incidents = _incidents(desk, customer.id, service, services, period)
    found.changes = _changes(desk, customer.id, service, services, period)
    found.errors = _errors(desk, service, services, period, found.incidents)
    found.words = _words(passages, service, period, {told.key for told in (*found.incidents, *found.changes)})
    _register(desk, found)
    return found


def _last_missed(rows: Sequence[Measurement]) -> Period | None:
    missed = [row for row in rows if row.met is False or row.value is not None and row.target is not None and row.value < row.target]
    start = missed[-1].period_start if missed else None
    return Period(start, month_end(start), "") if start else None


def _of(name: str | None, service: KnownService, services: Sequence[KnownService]) -> bool:
    return bool(name) and ((name or "").casefold() == service.code.casefold() or service_named(services, name or "") is service)


def _incidents(desk: Desk, customer: int, service: KnownService, services: Sequence[KnownService], period: Period) -> list[Told]:
    rows = desk.session.execute(
        select(Ticket)
        .where(
            col(Ticket.customer_id) == customer, col(Ticket.withdrawn).is_(False), record_clause(desk.viewer, Ticket),
            col(Ticket.opened_at) >= period.start, col(Ticket.opened_at) < period.end + timedelta(days=1),
        )
        .order_by(col(Ticket.opened_at), col(Ticket.id))
    ).scalars()  # fmt: skip
    found = []
    for row in rows:
        if _of(row.service, service, services) and (item := _kept(desk, "ticket", row.id)):
            day = row.opened_at.date() if row.opened_at else None
            found.append(Told(row.key or "", day, " ".join(part for part in (row.priority, row.subject) if part), item, minutes_down(row), row.notes or "", row.known_error or ""))
    found.sort(key=lambda told: -(told.minutes or 0))
    return sorted(found[:_MOST], key=lambda told: told.day or date.min)


def _changes(desk: Desk, customer: int, service: KnownService, services: Sequence[KnownService], period: Period) -> list[Told]:
    rows = desk.session.execute(
        select(Change)
        .where(or_(col(Change.customer_id) == customer, col(Change.customer_id).is_(None)), col(Change.withdrawn).is_(False), record_clause(desk.viewer, Change))
        .order_by(col(Change.id))
    ).scalars()
    found = []
    for row in rows:
        day = row.implemented_on or row.planned_on
        if day and period.start - _BEFORE <= day <= period.end and _of(row.service, service, services) and (item := _kept(desk, "change", row.id)):
            result = next((str(value) for heading, value in row.extra.items() if value and _pattern("outcome").fullmatch(heading)), row.notes or "")
            found.append(Told(row.key or "", day, row.title, item, why=result, note=row.status or ""))
    return found[:_MOST]


def _errors(desk: Desk, service: KnownService, services: Sequence[KnownService], period: Period, incidents: Sequence[Told]) -> list[Told]:
    """Known errors that an incident of the time names, else those of the service that were on file then."""
    rows = list(desk.session.execute(select(KnownError).where(col(KnownError.withdrawn).is_(False), known_error_clause(desk.viewer))).scalars())
    named = {code for told in incidents for code in codes(f"{told.note} {told.why} {told.what}")}
    chosen = [row for row in rows if row.key and row.key in named]
    if incidents and not chosen:
        chosen = [row for row in rows if _of(row.service, service, services) and (row.logged_on is None or row.logged_on <= period.end)]
    masks = Masks.of(desk.session, desk.viewer, (row.passage_id for row in chosen[:2]))
    return [
        Told(row.key or "", None, masks.apply(row.passage_id, row.title), item, why=masks.apply(row.passage_id, row.root_cause or ""))
        for row in chosen[:2]
        if (item := _kept(desk, "known_error", row.id))
    ]


def _words(passages: Sequence[Evidence], service: KnownService, period: Period, keys: set[str]) -> list[tuple[str, Evidence]]:
    """Sentences of minutes, letters and reports of that time that tell a cause and speak of the service or one of the incidents."""
    for item in passages:
        if item.record or item.doc_kind in ("table", "master_table") or item.dated is None or not period.start <= item.dated <= period.end + _TOLD_UNTIL:
            continue
        for start, end in sentences(item.quote):
            text = item.quote[start:end]
            about = any(key and key in text for key in keys) or len(service.words & concept_names(text)) >= min(2, len(service.words))
            if about and _pattern("cause").search(text):
                return [(text, item)]
    return []


def _kept(desk: Desk, kind: str, number: int | None) -> Evidence | None:
    found = record_as_evidence(desk.session, desk.viewer, kind, number or 0)
    return desk.keep(found) if found else None


def _register(desk: Desk, found: LevelFall) -> None:
    computed = desk.computed
    computed.dates |= {found.period.start, found.period.end} | {told.day for told in (*found.incidents, *found.changes) if told.day}
    rows = [row for row, _ in found.measured] + ([found.earlier[0]] if found.earlier else [])
    computed.dates |= {row.period_start for row in rows if row.period_start}
    computed.quantities |= {Quantity(value.normalize(), "%") for row in rows for value in (row.value, row.target) if value is not None}
    computed.quantities |= {Quantity(told.minutes.normalize(), "minute") for told in found.incidents if told.minutes is not None}

"""Downtime that an agreement does not count: what its clause excludes, and the incidents of a month that the records mark so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.credits.services import KnownService, service_named
from assistant.tools.credits.terms import Terms
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.documents.passages import sentences
from knowledge.language.calendar import add_months
from knowledge.language.durations import find_durations
from knowledge.language.numbers import read_number
from knowledge.language.vocabulary import section_pattern
from knowledge.records.operations import Ticket
from knowledge.rules.availability import without_excluded

CAUSES = ("maintenance", "customer", "force_majeure", "third_party")
_MINUTES_A_DAY = 1440
_UNITS = {"minute": 1, "hour": 60, "day": _MINUTES_A_DAY}
_SHORT = 4
"""Words of a cell that names a cause and tells no story."""


@dataclass
class Exclusion:
    """What a clause does not count. sentence: its words; notice: it wants maintenance to be notified or agreed before."""

    causes: frozenset[str]
    sentence: str
    evidence: Evidence
    notice: bool


@dataclass
class Marked:
    """An incident that the records mark with a cause the clause excludes; minutes: None where the record does not tell how long."""

    key: str
    cause: str
    minutes: Decimal | None
    evidence: Evidence


@dataclass
class TakenOut:
    """Excluded downtime of one service in one month.

    value: the availability without it, in points; None where nothing can be taken out: no minutes are told, or more than were
    measured (`too_much`), as where the measurement has left them out already.
    """

    exclusion: Exclusion
    marked: list[Marked] = field(default_factory=list)
    value: Decimal | None = None
    too_much: bool = False

    @property
    def counted(self) -> list[Marked]:
        return [one for one in self.marked if one.minutes is not None]

    @property
    def untold(self) -> list[Marked]:
        return [one for one in self.marked if one.minutes is None]

    @property
    def minutes(self) -> Decimal:
        return sum((one.minutes for one in self.marked if one.minutes is not None), Decimal(0))

    @property
    def evidence(self) -> list[Evidence]:
        return [self.exclusion.evidence, *(one.evidence for one in self.marked)]


_pattern = partial(section_pattern, __file__, "excluded_downtime")


def excluded_causes(text: str) -> frozenset[str]:
    """The causes that a sentence of an agreement leaves out of availability; empty where it is about something else."""
    if not (_pattern("excludes").search(text) and _pattern("downtime").search(text)):
        return frozenset()
    return frozenset(cause for cause in CAUSES if _pattern(cause).search(text))


def exclusion_in(terms: Terms) -> Exclusion | None:
    """The clause in force that says what does not count; of several the one that names most causes."""
    found: Exclusion | None = None
    for agreement in terms.agreements:
        for wording in terms.in_force(agreement):
            text = wording.worked_out or wording.clause.text
            for sentence in [text[start:end] for start, end in sentences(text)]:
                causes = excluded_causes(sentence)
                if causes and (found is None or len(causes) > len(found.causes)) and (item := terms.evidence(wording.clause)):
                    found = Exclusion(causes, sentence, item, bool(_pattern("notified").search(sentence)))
    return found


def taken_out(terms: Terms, customer_id: int, service: KnownService, services: Sequence[KnownService], month: date, measured: Decimal) -> TakenOut | None:
    """What is to be left out of a month's availability; None where no clause excludes anything or no record is marked so."""
    desk, exclusion = terms.desk, exclusion_in(terms)
    if exclusion is None:
        return None
    found = TakenOut(exclusion)
    for ticket in _tickets(desk, customer_id, month):
        named = ticket.service or ""
        if named.casefold() != service.code.casefold() and service_named(services, named) is not service:
            continue
        cause = cause_of(ticket)
        if cause in exclusion.causes and (item := record_as_evidence(desk.session, desk.viewer, "ticket", ticket.id or 0)):
            found.marked.append(Marked(ticket.key or ticket.subject or "", cause, minutes_down(ticket), desk.keep(item)))
    if not found.marked:
        return None
    whole = Decimal((add_months(month, 1) - month).days * _MINUTES_A_DAY)
    if found.counted:
        found.value = without_excluded(measured, whole, found.minutes)
        found.too_much = found.value is None
    return found


def cause_of(ticket: Ticket) -> str:
    """The excluded cause that a record is marked with (of CAUSES), or "": only what its columns of cause say counts."""
    for text, whole in _cause_cells(ticket):
        if _pattern("provider_cause").search(text) and len(text.split()) <= _SHORT:
            return ""
        for cause in ("force_majeure", "maintenance", "customer", "third_party"):
            if _says(cause, text, whole=whole):
                return cause
    return ""


def _says(cause: str, text: str, *, whole: bool) -> bool:
    """Whether a cell names the cause; a single word for it must be all that the cell says before any mark ("Customer: power")."""
    if cause != "customer" and _pattern(cause).search(text):
        return True
    if cause not in ("customer", "maintenance"):
        return False
    lead = re.split(r"[-–:/(,;]", text, maxsplit=1)[0].strip()
    return bool(whole and _pattern(f"{cause}_cause").fullmatch(lead)) or cause == "customer" and bool(_pattern("customer_fault").search(text))


def minutes_down(ticket: Ticket) -> Decimal | None:
    """How many minutes a record says that it was down: its column of downtime, else how long the ticket took."""
    for heading, value in ticket.extra.items():
        if _pattern("minutes_heading").search(heading) and (minutes := _minutes(heading, value)) is not None:
            return minutes
    if ticket.resolution_minutes is not None:
        return ticket.resolution_minutes
    if ticket.opened_at and ticket.closed_at and ticket.closed_at > ticket.opened_at and ticket.opened_at.time() != ticket.closed_at.time():
        return Decimal(int((ticket.closed_at - ticket.opened_at).total_seconds() // 60))
    return None


def _minutes(heading: str, value: Any) -> Decimal | None:
    number = read_number(str(value))
    if number is not None:
        return Decimal(str(number)) * (60 if _pattern("hours").search(heading) else 1)
    spans = find_durations(str(value))
    return sum((Decimal(str(span.value)) * _UNITS[span.unit] for span in spans), Decimal(0)) if spans and all(span.unit in _UNITS for span in spans) else None


def _cause_cells(ticket: Ticket) -> Iterator[tuple[str, bool]]:
    """The texts that say why, the shortest first, each with whether it stands in a column of causes."""
    cells = [(str(value), True) for heading, value in ticket.extra.items() if value and _pattern("cause_heading").search(heading)]
    cells += [(text, True) for text in (ticket.category, ticket.notes) if text]
    yield from sorted(cells, key=lambda cell: len(cell[0]))
    if ticket.subject:
        yield ticket.subject, False


def _tickets(desk: Desk, customer_id: int, month: date) -> list[Ticket]:
    rows = desk.session.execute(
        select(Ticket)
        .where(
            col(Ticket.customer_id) == customer_id,
            col(Ticket.withdrawn).is_(False),
            col(Ticket.opened_at) >= month,
            col(Ticket.opened_at) < add_months(month, 1),
            record_clause(desk.viewer, Ticket),
        )
        .order_by(col(Ticket.opened_at), col(Ticket.id))
    ).scalars()
    return list(rows)

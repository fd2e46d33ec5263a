"""May we promise this? Three things weighed: what the customer's agreement says, what stands behind it, what was measured lately."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.agreements.promising import Amount, Behind, asks_to_promise, behind_promise, promised_amount
from assistant.tools.agreements.supporting import INDICATORS, PRIORITY
from assistant.tools.credits.excluded_downtime import minutes_down
from assistant.tools.credits.inputs import measurements_of
from assistant.tools.credits.services import KnownService, service_named, services_of
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence, records_as_evidence
from knowledge.access import record_clause
from knowledge.language.calendar import add_months
from knowledge.language.concepts import concept_names
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import section_pattern
from knowledge.records.agreements import Agreement, Target
from knowledge.records.operations import Measurement, Ticket
from knowledge.records.schema import schema

_MONTHS, _MONTHS_OF_TICKETS = 3, 6
_MOST_SHOWN = 4


@dataclass
class Agreed:
    """What the agreement in force promises the customer for the same thing."""

    value: Decimal
    unit: str
    evidence: Evidence


@dataclass
class Reached:
    """What was measured, latest last: months with a percentage, or incidents with minutes. held: how many would have kept the promise."""

    percent: bool
    values: list[tuple[str, Decimal, Evidence]]
    held: int

    @property
    def all_held(self) -> bool:
        return self.held == len(self.values)

    def shown(self) -> list[tuple[str, Decimal, Evidence]]:
        """Those to name: the months, or the slowest incidents."""
        if self.percent:
            return self.values
        return sorted(self.values, key=lambda each: -each[1])[:_MOST_SHOWN]


@dataclass
class Weighed:
    """verdict: yes | no | unsure (what was measured would do, but nothing stands behind it)."""

    promised: Amount
    behind: list[Behind] = field(default_factory=list)
    agreed: Agreed | None = None
    reached: Reached | None = None

    @property
    def verdict(self) -> str:
        if any(not item.carries for item in self.behind) or self.reached and not self.reached.all_held:
            return "no"
        return "yes" if self.behind else "unsure"

    @property
    def evidence(self) -> list[Evidence]:
        found = [item.evidence for item in self.behind] + ([self.agreed.evidence] if self.agreed else [])
        return found + ([item for _, _, item in self.reached.values] if self.reached else [])


def weigh_promise(desk: Desk, question: str, customers: tuple[int, ...]) -> Weighed | None:
    """What speaks for and against a promise; None where a question asks for none, or nothing on file is about it."""
    promised = promised_amount(question)
    if promised is None or not asks_to_promise(question):
        return None
    weighed = Weighed(promised, behind_promise(desk, question))
    indicator = _indicator(question, promised)
    if len(customers) == 1 and indicator:
        services = services_of(desk, customers[0], measurements_of(desk, customers[0]))
        service = service_named(services, question)
        weighed.agreed = _agreed(desk, customers[0], indicator, service, services, question)
        weighed.reached = _reached(desk, customers[0], indicator, service, promised, question)
    if not weighed.behind and weighed.reached is None and weighed.agreed is None:
        return None
    _register(desk, weighed)
    return weighed


def _indicator(question: str, promised: Amount) -> str:
    """availability | response | resolution, as the question names it."""
    names = concept_names(question)
    if promised.percent:
        return "availability" if INDICATORS["availability"] & names or not PRIORITY.search(question) else ""
    if INDICATORS["response"] & names:
        return "response"
    return "resolution" if (INDICATORS["resolution"] | INDICATORS["rto"]) & names or _restored().search(question) else ""


_restored = partial(section_pattern, __file__, "promising", "restored")


def _levels(question: str) -> set[str]:
    """The priorities that a question names by number or word ("P1", "gangguan gawat"), as tickets have them."""
    known = schema("ticket").fields["priority"]
    words = (known.canonical(word) for word in re.findall(r"[^\W\d_]{3,}", question))
    return {f"P{match[1]}" for match in PRIORITY.finditer(question)} | {str(level) for level in words if level}


def _agreed(desk: Desk, customer: int, indicator: str, service: KnownService | None, services: Sequence[KnownService], question: str) -> Agreed | None:
    """The target in force for the same indicator, priority and service; None where none or several fit alike."""
    level = _levels(question)
    rows = desk.session.execute(
        select(Target)
        .join(Agreement, col(Target.agreement_id) == col(Agreement.id))
        .where(
            col(Target.customer_id) == customer, col(Target.indicator) == indicator, col(Target.withdrawn).is_(False), col(Target.superseded).is_(False),
            col(Target.value).is_not(None), col(Agreement.internal).is_(False), record_clause(desk.viewer, Target),
        )
    ).scalars()  # fmt: skip
    fitting = [row for row in rows if (row.valid_from is None or row.valid_from <= desk.today) and (not row.priority or not level or row.priority in level)]
    own = [row for row in fitting if service and row.service and service_named(services, row.service) is service]
    fitting = own or [row for row in fitting if not row.service]
    gravest = min((row.priority or "" for row in fitting), default="")
    fitting = [row for row in fitting if (row.priority or "") == gravest]  # without a level: of the gravest
    newest = max(fitting, key=lambda row: (row.valid_from or date.min, row.id or 0), default=None)
    found = record_as_evidence(desk.session, desk.viewer, "target", newest.id or 0) if newest else None
    if newest is None or newest.value is None or found is None:
        return None
    return Agreed(newest.value, str(newest.unit), desk.keep(found))


def _reached(desk: Desk, customer: int, indicator: str, service: KnownService | None, promised: Amount, question: str) -> Reached | None:
    if indicator == "availability":
        values = _months(desk, customer, service) if service else []
        held = sum(value >= promised.value for _, value, _ in values)
    else:
        values = _incidents(desk, customer, indicator, service, question)
        held = sum(value <= promised.value for _, value, _ in values)
    return Reached(promised.percent, values, held) if values else None


def _months(desk: Desk, customer: int, service: KnownService) -> list[tuple[str, Decimal, Evidence]]:
    """The last months of one service, with what was measured."""
    names = concept_names("ketersediaan availability uptime tersedia")
    rows = [
        row
        for row in measurements_of(desk, customer)
        if (row.service or "").casefold() == service.code.casefold() and row.period_start and row.period_start <= desk.today and names & concept_names(row.indicator)
    ]
    rows = sorted(rows, key=lambda row: (row.period_start or date.min, row.id or 0))[-_MONTHS:]
    return [(row.period_start.isoformat(), row.value, item) for row in rows if row.period_start and row.value is not None and (item := _kept(desk, "measurement", row))]


def _incidents(desk: Desk, customer: int, indicator: str, service: KnownService | None, question: str) -> list[tuple[str, Decimal, Evidence]]:
    """Incidents of the last months of the priority that is asked about, with how long they took."""
    level = _levels(question)
    rows = desk.session.execute(
        select(Ticket)
        .where(
            col(Ticket.customer_id) == customer, col(Ticket.withdrawn).is_(False), record_clause(desk.viewer, Ticket),
            col(Ticket.opened_at) >= add_months(desk.today.replace(day=1), -_MONTHS_OF_TICKETS), col(Ticket.opened_at) <= desk.today,
        )
        .order_by(col(Ticket.opened_at), col(Ticket.id))
    ).scalars()  # fmt: skip
    timed = []
    for row in rows:
        minutes = row.response_minutes if indicator == "response" else minutes_down(row)
        if minutes is None or level and row.priority not in level or service and (row.service or "").casefold() != service.code.casefold():
            continue
        timed.append((row, minutes))
    items = records_as_evidence(desk.session, desk.viewer, [("ticket", row.id or 0) for row, _ in timed])
    return [(row.key or row.subject or "", minutes, desk.keep(item)) for row, minutes in timed if (item := items.get(("ticket", row.id or 0)))]


def _kept(desk: Desk, kind: str, row: Measurement) -> Evidence | None:
    found = record_as_evidence(desk.session, desk.viewer, kind, row.id or 0)
    return desk.keep(found) if found else None


def _register(desk: Desk, weighed: Weighed) -> None:
    computed, unit = desk.computed, "percent" if weighed.promised.percent else "minute"
    computed.quantities.add(Quantity(weighed.promised.value.normalize(), unit))
    if weighed.reached:
        computed.numbers |= {Decimal(weighed.reached.held), Decimal(len(weighed.reached.values))}
        computed.quantities |= {Quantity(value.normalize(), unit) for _, value, _ in weighed.reached.values}
        computed.dates |= {date.fromisoformat(name) for name, _, _ in weighed.reached.values if weighed.reached.percent}
    if weighed.agreed:
        minutes = weighed.agreed.value * MINUTES_IN.get(weighed.agreed.unit, 1)
        computed.quantities.add(Quantity(minutes.normalize(), unit))

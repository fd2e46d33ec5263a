"""The service levels that several customers' agreements promise, side by side, as in force today."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.agreements.supporting import INDICATORS, PRIORITY
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.concepts import concept_names
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import section_pattern
from knowledge.records.agreements import Agreement, Target
from knowledge.records.customers import Customer

_SHOWN = ("response", "resolution", "availability", "rto", "rpo", "first_contact")
_MOST = 6


@dataclass
class TheirTargets:
    """One customer's targets that a question means; none where no agreement on file has one."""

    customer: str
    targets: list[tuple[Target, Evidence]] = field(default_factory=list)


_pattern = partial(section_pattern, __file__, "targets_compared")


def asks_to_compare_targets(question: str) -> bool:
    """Whether a question holds the service levels of two customers against each other."""
    return bool(_pattern("compare").search(question) and _pattern("level").search(question) and not _pattern("reached").search(question))


def targets_compared(desk: Desk, question: str, customers: tuple[int, ...]) -> list[TheirTargets]:
    """Each customer's targets of the priority, measure and service that the question names; empty where fewer than two have any."""
    if len(customers) < 2 or not asks_to_compare_targets(question):
        return []
    levels = {f"P{match[1]}" for match in PRIORITY.finditer(question)}
    names = concept_names(question)
    measures = {measure for measure, words in INDICATORS.items() if words & names}
    if not levels and not measures:
        return []
    found = [TheirTargets(customer.name, _targets(desk, number, levels, measures)) for number in customers if (customer := desk.session.get(Customer, number))]
    if sum(bool(each.targets) for each in found) < 2:
        return []
    for target, _ in (pair for each in found for pair in each.targets):
        if target.value is not None:
            unit = "percent" if target.unit == "percent" else "minute"
            desk.computed.quantities.add(Quantity((target.value * MINUTES_IN.get(str(target.unit), 1)).normalize(), unit))
    return found


def _targets(desk: Desk, customer: int, levels: set[str], measures: set[str]) -> list[tuple[Target, Evidence]]:
    rows = desk.session.execute(
        select(Target)
        .join(Agreement, col(Target.agreement_id) == col(Agreement.id))
        .where(
            col(Target.customer_id) == customer, col(Target.withdrawn).is_(False), col(Target.superseded).is_(False), col(Target.value).is_not(None),
            col(Agreement.internal).is_(False), col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Target),
        )
        .order_by(col(Target.id))
    ).scalars()  # fmt: skip
    newest: dict[tuple[str, str, str], Target] = {}
    for row in rows:
        if row.valid_from and row.valid_from > desk.today or levels and row.priority not in levels or measures and row.indicator not in measures:
            continue
        key = row.indicator, row.priority or "", (row.service or "").casefold()
        known = newest.get(key)
        if known is None or (row.valid_from or date.min) >= (known.valid_from or date.min):
            newest[key] = row
    ordered = sorted(newest.values(), key=lambda row: (row.priority or "", _SHOWN.index(row.indicator) if row.indicator in _SHOWN else len(_SHOWN), row.service or ""))
    found = []
    for row in ordered[:_MOST]:
        item = record_as_evidence(desk.session, desk.viewer, "target", row.id or 0)
        if item is not None:
            found.append((row, desk.keep(item)))
    return found

"""What the values of records need to be understood: currencies, units, the names of services."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.queries.results import RecordRef
from knowledge.queries.spec import QuerySpec
from knowledge.records.kinds import KINDS
from knowledge.records.services import Service

ADDED_UP = {"subscription": ("fee",), "opportunity": ("value",), "project": ("budget", "spent")}
"""Money of which a list also gives the sum."""


def service_names(session: Session) -> dict[str, dict[str, str]]:
    found = {}
    for service in session.execute(select(Service).where(col(Service.key).is_not(None))).scalars():
        local = service.name_id or next((str(value) for name, value in service.extra.items() if name.lower() == "nama" and value), None)
        found[str(service.key)] = {"id": local or service.name, "en": service.name_en or service.name}
    return found


def units_of(session: Session, refs: Iterable[RecordRef]) -> dict[tuple[str, int], dict[str, Any]]:
    """Currency and unit of records, which their amounts need to be understood, by (kind, id); one query a kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for kind, ids in by_kind.items():
        model: Any = KINDS.get(kind)
        names = [name for name in ("currency", "unit", "notice_unit", "period_end") if hasattr(model, name)]
        if names:
            rows = session.execute(select(model.id, *(getattr(model, name) for name in names)).where(model.id.in_(ids)))
            found |= {(kind, number): dict(zip(names, values, strict=True)) for number, *values in rows}
    return found


def with_unit(units: dict[tuple[str, int], dict[str, Any]], ref: RecordRef | None, values: dict[str, Any]) -> dict[str, Any]:
    """The row's values, with the record's currency and unit."""
    extra = units.get((ref.kind, ref.id), {}) if ref else {}
    return values | {name: value for name, value in extra.items() if value and name not in values}


def totals(spec: QuerySpec, rows: Sequence[dict[str, Any]], n: int) -> dict[str, Decimal]:
    """Sums of the one money field that a complete list gives, unless the rows repeat or overlap in time."""
    money = [name for name in spec.select if name in ADDED_UP.get(spec.target, ())]
    if spec.aggregates or spec.limit or len(money) != 1 or len(rows) < 2 or n != len(rows):
        return {}
    totals: dict[str, Decimal] = {}
    for values in rows:
        amount, currency = values.get(money[0]), values.get("currency")
        if not isinstance(amount, (int, float, Decimal)) or not currency:
            return {}
        totals[str(currency)] = totals.get(str(currency), Decimal(0)) + Decimal(str(amount))
    return totals

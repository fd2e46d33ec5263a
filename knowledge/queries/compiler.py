"""QuerySpec + viewer → SQL → QueryResult. The viewer's rule stands in every WHERE (conditions.py)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, func, not_, or_, select
from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.queries.changes import changed
from knowledge.queries.conditions import condition, conditions, date_field, filled
from knowledge.queries.expressions import (
    MAX_CONTRIBUTING,
    MAX_ROWS,
    cut,
    from_clause,
    measured,
    needed_fields,
    ordering_of,
)
from knowledge.queries.grouping import fill_grouped
from knowledge.queries.record_rows import number_of_records, read_records
from knowledge.queries.results import QueryResult, ResultRow
from knowledge.queries.spec import Period, QuerySpec
from knowledge.queries.tables import SheetSource, Source, open_target


def run(session: Session, viewer: Viewer, spec: QuerySpec, today: date) -> QueryResult:
    """Compute a spec for a viewer on a day. Raises UnknownTarget and UnknownField (both LookupError)."""
    source = open_target(session, spec.target, today, spec.fields)
    if spec.change is not None:
        return changed(lambda side: run(session, viewer, side, today), spec)
    if spec.compare_periods:
        return _compared(session, viewer, spec, today)
    result = QueryResult(spec=spec)
    _fill = fill_grouped if spec.aggregates else _listed
    _fill(session, viewer, source, spec, result)
    result.null_count = _count_empty(session, viewer, source, spec)
    if spec.period:
        result.known_range = _known_range(session, viewer, source, spec)
    if not result.n:
        everywhere = _known_range(session, viewer, source, spec.model_copy(update={"customer_ids": ()})) if spec.period else None
        result.reason = "no_rows_in_period" if spec.period and all(_outside(each, everywhere) for each in (spec.period, *spec.further_periods)) else "no_rows"
    elif not any(value not in (None, "") for row in result.rows for value in row.values.values()):
        result.reason = "empty_field"
    return result


def count(session: Session, viewer: Viewer, spec: QuerySpec, today: date) -> int:
    """`n` of `run`, and nothing else: how many records a spec without periods to compare is about."""
    source = open_target(session, spec.target, today, spec.fields)
    where = and_(*conditions(source, spec, viewer), *needed_fields(source, spec))
    return int(session.execute(select(func.count()).select_from(from_clause(source, spec, viewer)).where(where)).scalar_one())


def _outside(period: Period, known: Period | None) -> bool:
    return known is None or period[0] > known[1] or period[1] < known[0]


def _known_range(session: Session, viewer: Viewer, source: Source, spec: QuerySpec) -> Period | None:
    """First and last date that the store has for the same customers, whatever the filters."""
    column = source.expression(date_field(source, spec))
    bare = spec.model_copy(update={"period": None, "further_periods": (), "filters": ()})
    first, last = session.execute(select(func.min(column), func.max(column)).where(*conditions(source, bare, viewer))).one()
    if first is None:
        return None
    days = [_as_day(value) for value in (first, last)]
    if source.date_field == "period_start" and spec.date_field in (None, "period_start"):
        end = session.execute(select(func.max(source.expression("period_end"))).where(*conditions(source, bare, viewer))).scalar()
        days[1] = max(days[1], end) if end else days[1]
    return days[0], days[1]


def _as_day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _listed(session: Session, viewer: Viewer, source: Source, spec: QuerySpec, result: QueryResult) -> None:
    fields = spec.select or (() if spec.measures else tuple(source.columns))
    columns = {name: source.expression(name) for name in fields} | {m.name: measured(source, m) for m in spec.measures}
    where = and_(*conditions(source, spec, viewer), *needed_fields(source, spec))
    base = from_clause(source, spec, viewer)
    rows = read_records(session, source, base, where, columns, ordering_of(source, spec), fields, spec)
    result.truncated = len(rows) > MAX_ROWS
    result.n = number_of_records(session, base, where, rows)
    shown = cut(rows[:MAX_ROWS], spec, lambda pair: pair[1])
    result.rows = [row for row, _ in shown]
    result.contributing = [row.record for row in result.rows[:MAX_CONTRIBUTING] if row.record]
    if len(result.rows) == 1 and len(columns) == 1:
        result.value = next(iter(result.rows[0].values.values()))
    _name_units(session, source, spec, result, where, base)


def _name_units(session: Session, source: Source, spec: QuerySpec, result: QueryResult, where: Any, base: Any) -> None:
    """Currency (or the sheet column's) and unit of a single value."""
    names = [field for measure in spec.measures for field in measure.fields] or list(spec.select)
    if isinstance(source, SheetSource):
        currency = next((source.columns[name].currency for name in names if name in source.columns and source.columns[name].currency), None)
        if currency and isinstance(result.value, int | Decimal):
            result.currencies = {currency: Decimal(result.value)}
        return
    money = next((column for name in names if (column := source.currency_of(name)) is not None), None)
    if money is not None and isinstance(result.value, int | Decimal):
        currency = session.execute(select(money).select_from(base).where(where).limit(1)).scalar()
        if currency:
            result.currencies = {currency: Decimal(result.value)}
    if "value" in names and "unit" in source.columns and result.n:
        result.unit = session.execute(select(source.expression("unit")).select_from(base).where(where).limit(1)).scalar()


def _count_empty(session: Session, viewer: Viewer, source: Source, spec: QuerySpec) -> int:
    """Records that would count if a measured or compared field were filled in."""
    tests = [item for item in spec.filters if item.op not in ("is_null", "not_null", "valid_on")]
    needed = needed_fields(source, spec)
    if not needed and not tests:
        return 0
    rest = spec.model_copy(update={"filters": tuple(item for item in spec.filters if item not in tests)})
    empty = [not_(filled(source, item.field)) for item in tests]
    passes = [or_(condition(source, item), gap) for item, gap in zip(tests, empty, strict=True)]
    gaps = [*empty, *(not_(clause) for clause in needed)]
    statement = select(func.count()).select_from(from_clause(source, spec, viewer)).where(*conditions(source, rest, viewer), *passes, or_(*gaps))
    return int(session.execute(statement).scalar_one())


def _compared(session: Session, viewer: Viewer, spec: QuerySpec, today: date) -> QueryResult:
    """One row a period; a group in it has the period beside its dimensions."""
    whole = QueryResult(spec=spec)
    for start, end in spec.compare_periods:
        part = run(session, viewer, spec.model_copy(update={"compare_periods": (), "period": (start, end), "further_periods": ()}), today)
        period = f"{start.isoformat()}/{end.isoformat()}"
        if not part.rows and part.value is not None and spec.measures:
            part.rows = [ResultRow(values={spec.measures[0].name: part.value})]
        whole.rows += [row.model_copy(update={"values": {"period": period} | row.values}) for row in part.rows]
        whole.contributing = list(dict.fromkeys([*whole.contributing, *part.contributing]))[:MAX_CONTRIBUTING]
        whole.n += part.n
        whole.null_count += part.null_count
        whole.unit, whole.known_range = whole.unit or part.unit, part.known_range
    if not whole.n:
        whole.reason = "no_rows_in_period"
    return whole

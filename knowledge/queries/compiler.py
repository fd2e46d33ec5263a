"""QuerySpec + viewer → SQL → QueryResult. The viewer's rule stands in every WHERE (conditions.py)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, extract, func, not_, or_, select
from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.queries.conditions import condition, conditions, date_field, filled
from knowledge.queries.results import QueryResult, RecordRef, ResultRow, Value
from knowledge.queries.spec import Filter, Measure, Order, Period, QuerySpec
from knowledge.queries.tables import SheetSource, Source, UnknownField, open_target

MAX_ROWS = 1000
MAX_CONTRIBUTING = 200
_HIDDEN = "\0"
_STEPS = ("month", "quarter", "year")
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "*": lambda a, b: a * b, "-": lambda a, b: a - b, "+": lambda a, b: a + b, "/": lambda a, b: a / func.nullif(b, 0),
}  # fmt: skip
_AGGREGATES: dict[str, Callable[[Any], Any]] = {"sum": func.sum, "avg": func.avg, "min": func.min, "max": func.max, "count": func.count}
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}  # fmt: skip


def run(session: Session, viewer: Viewer, spec: QuerySpec, today: date) -> QueryResult:
    """Compute a spec for a viewer on a day. Raises UnknownTarget and UnknownField (both LookupError)."""
    source = open_target(session, spec.target, today, spec.fields)
    if spec.compare_periods:
        return _compared(session, viewer, spec, today)
    result = QueryResult(spec=spec)
    _fill = _grouped if spec.aggregates else _listed
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
    where = and_(*conditions(source, spec, viewer), *_needed(source, spec))
    return int(session.execute(select(func.count()).select_from(_from(source, spec, viewer)).where(where)).scalar_one())


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


# ---------------------------------------------------------------- expressions


def _measured(source: Source, measure: Measure) -> ColumnElement[Any]:
    if measure.field is None:
        return source.number()
    expression = source.expression(measure.field)
    if measure.operator and measure.other:
        expression = _ARITHMETIC[measure.operator](expression, source.expression(measure.other))
    if measure.agg == "count_distinct":
        return func.count(expression.distinct())
    computed = expression if measure.agg == "none" else _AGGREGATES[measure.agg](expression)
    return computed * measure.times if measure.times != 1 else computed


def _dimension(source: Source, name: str) -> ColumnElement[Any]:
    """A group_by entry; with a step a whole number that `_step_label` reads: month 202609, quarter 20263, year 2026."""
    field, _, step = name.rpartition(":")
    if step not in _STEPS or not field:
        return source.expression(name)
    column = source.expression(field)
    if isinstance(source, SheetSource):
        year, month = cast(func.substr(column, 1, 4), Integer), cast(func.substr(column, 6, 2), Integer)
    else:
        year, month = extract("year", column), extract("month", column)  # type: ignore[assignment]
    return {"year": year, "month": year * 100 + month, "quarter": year * 10 + (month + 2) // 3}[step]


def _read(source: Source, name: str, value: Any) -> Value:
    """A database value in its own type: numbers as Decimal, dates as dates, steps of time as "2026-09", "2026-Q3", "2026"."""
    field, _, step = name.rpartition(":")
    if step in _STEPS and field:
        if value is None:
            return None
        number = int(value)
        return {"year": f"{number}", "month": f"{number // 100}-{number % 100:02}", "quarter": f"{number // 10}-Q{number % 10}"}[step]
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float | Decimal):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if (isinstance(source, SheetSource) or name.startswith("extra.")) and isinstance(value, str) and field == "" and name in source.columns:
        if source.type_of(name) == "date":
            return date.fromisoformat(value[:10]) if _is_iso(value) else value
        if source.type_of(name) == "datetime":
            return _moment(datetime.fromisoformat(value)) if _is_iso(value) else value
    return value


def _moment(value: datetime) -> datetime | date:
    """A cell's time; midnight is a day without one."""
    return value.date() if value.time() == time.min else value


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def plain_number(value: float | Decimal) -> Decimal:
    """A Decimal without float noise, trailing zeros or exponent; six places."""
    number = round(Decimal(str(value)), 6).normalize()
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]


def _splitters(source: Source, measures: Sequence[Measure]) -> dict[str, ColumnElement[Any]]:
    """What a sum must not run across: currency, unit, and the indicator or metric that gives a bare `value` its meaning."""
    if not any(measure.agg in ("sum", "avg", "min", "max") for measure in measures) or isinstance(source, SheetSource):
        return {}
    names = ["currency"] if any(source.currency_of(field) is not None for measure in measures for field in measure.fields) else []
    if any("value" in measure.fields for measure in measures):
        names += [name for name in ("unit", "metric", "indicator") if name in source.columns]
    return {name: source.expression(name) for name in names}


def _order_expression(source: Source, spec: QuerySpec, order: Order) -> ColumnElement[Any]:
    measure = next((m for m in spec.measures if m.name == order.by), None)
    return _measured(source, measure) if measure else _dimension(source, order.by)


def _ordering(source: Source, spec: QuerySpec) -> list[Any]:
    return [
        expression.asc().nulls_last() if order.direction == "asc" else expression.desc().nulls_last()
        for order in spec.order_by
        for expression in [_order_expression(source, spec, order)]
    ]


def _cut(rows: list[Any], spec: QuerySpec, key: Callable[[Any], Any]) -> list[Any]:
    """The first `limit` rows and those that tie with the last of them."""
    if spec.limit is None or len(rows) <= spec.limit:
        return rows
    if not spec.order_by:
        return rows[: spec.limit]
    last = key(rows[spec.limit - 1])
    return rows[: spec.limit] + [row for row in rows[spec.limit :] if key(row) == last]


def _cut_each(rows: list[Any], spec: QuerySpec, key: Callable[[Any], Any], split: int | None) -> list[Any]:
    """`_cut` within each value of a column: amounts of two currencies have no common order."""
    if split is None:
        return _cut(rows, spec, key)
    kinds = dict.fromkeys(row[split] for row in rows)
    return [row for kind in kinds for row in _cut([each for each in rows if each[split] == kind], spec, key)]


def _needed(source: Source, spec: QuerySpec) -> list[ColumnElement[bool]]:
    """Fields that must have a value for a record to count: measured ones, and those that a limited order goes by."""
    names = [field for measure in spec.measures for field in measure.fields]
    if spec.limit is not None and not spec.aggregates:
        names += [order.by for order in spec.order_by if not any(order.by == measure.name for measure in spec.measures)]
    return [filled(source, name) for name in dict.fromkeys(names)]


# ---------------------------------------------------------------- records


def _from(source: Source, spec: QuerySpec, viewer: Viewer) -> Any:
    fields = [*spec.select, *spec.group_by, *(f for m in spec.measures for f in m.fields), *(item.field for item in spec.filters)]
    return source.source(viewer, source.needs_link(fields))


def _listed(session: Session, viewer: Viewer, source: Source, spec: QuerySpec, result: QueryResult) -> None:
    fields = spec.select or (() if spec.measures else tuple(source.columns))
    columns = {name: source.expression(name) for name in fields} | {m.name: _measured(source, m) for m in spec.measures}
    where = and_(*conditions(source, spec, viewer), *_needed(source, spec))
    base = _from(source, spec, viewer)
    rows = _records(session, source, base, where, columns, _ordering(source, spec), fields, spec)
    result.truncated = len(rows) > MAX_ROWS
    result.n = _number(session, base, where, rows)
    shown = _cut(rows[:MAX_ROWS], spec, lambda pair: pair[1])
    result.rows = [row for row, _ in shown]
    result.contributing = [row.record for row in result.rows[:MAX_CONTRIBUTING] if row.record]
    if len(result.rows) == 1 and len(columns) == 1:
        result.value = next(iter(result.rows[0].values.values()))
    _name_units(session, source, spec, result, where, base)


def _number(session: Session, base: Any, where: Any, rows: Sequence[Any]) -> int:
    """How many records there are, of which `rows` were read: all of them, or the first MAX_ROWS and one."""
    if len(rows) <= MAX_ROWS:
        return len(rows)
    return int(session.execute(select(func.count()).select_from(base).where(where)).scalar_one())


def _records(
    session: Session, source: Source, base: Any, where: Any, columns: dict[str, Any], ordering: list[Any], fields: Sequence[str], spec: QuerySpec
) -> list[tuple[ResultRow, tuple[Any, ...]]]:
    """Records with their values, and what they were ordered by."""
    origins = source.origins(fields)
    keys = [_order_expression(source, spec, order) for order in spec.order_by] if ordering else []
    wanted = [source.id, source.document_id, source.locator, source.quote, *columns.values(), *origins.values(), *keys]
    labelled = [column.label(f"c{number}") for number, column in enumerate(wanted)]
    statement = select(*labelled).select_from(base).where(where).order_by(*ordering, source.id).limit(MAX_ROWS + 1)
    found = []
    for record_id, document, locator, quote, *rest in session.execute(statement):
        values = {name: _read(source, name.removeprefix(_HIDDEN), value) for name, value in zip(columns, rest, strict=False)}
        given = zip(origins, rest[len(columns) :], strict=False)
        sources = {name: RecordRef(kind=source.target, id=other) for name, other in given if other is not None}
        reference = RecordRef(kind=source.target, id=record_id)
        row = ResultRow(values=values, record=reference, source=document, locator=locator or {}, quote=quote or "", sources=sources)
        found.append((row, tuple(rest[len(columns) + len(origins) :])))
    return found


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


# ---------------------------------------------------------------- groups


def _grouped(session: Session, viewer: Viewer, source: Source, spec: QuerySpec, result: QueryResult) -> None:
    splitters = {name: column for name, column in _splitters(source, spec.measures).items() if name not in spec.group_by}
    dimensions = {name: _dimension(source, name) for name in spec.group_by} | splitters
    measures = {m.name: _measured(source, m) for m in spec.measures} or {"count(*)": source.number()}
    where = and_(*conditions(source, spec, viewer), *_needed(source, spec))
    base = _from(source, spec, viewer)
    details = [name for name in spec.select if name not in spec.group_by]
    columns = {name: source.expression(name) for name in details} | {_HIDDEN + name: column for name, column in dimensions.items()}
    rows = _records(session, source, base, where, columns, [], details, spec.model_copy(update={"order_by": ()}))
    result.n = _number(session, base, where, rows)

    labelled = [column.label(f"c{number}") for number, column in enumerate([*dimensions.values(), *measures.values()])]
    statement = select(*labelled).select_from(base).where(where).group_by(*dimensions.values())
    if spec.having:
        statement = statement.having(*(_having(measures, item) for item in spec.having))
    ordering = _ordering(source, spec) or [column.asc().nulls_last() for column in dimensions.values()]
    found = session.execute(statement.order_by(*ordering).limit(MAX_ROWS + 1)).all() if result.n else []
    result.truncated = len(found) > MAX_ROWS
    names = [*dimensions, *measures]
    by = [names.index(order.by) for order in spec.order_by if order.by in names]
    currency = names.index("currency") if "currency" in splitters else None
    groups = _cut_each([tuple(row) for row in found[:MAX_ROWS]], spec, lambda row: tuple(row[index] for index in by), currency)
    result.rows = [ResultRow(values={name: _read(source, name, value) for name, value in zip(names, row, strict=True)}) for row in groups]

    keys = {row[: len(dimensions)] for row in groups}
    _attach_records(source, spec, result, rows, dimensions, keys, groups)
    _settle(source, spec, result, list(splitters), list(measures))
    if result.unit is None and spec.target.startswith("sheet:") and any(m.field and source.type_of(m.field) == "percent" for m in spec.measures):
        result.unit = "percent"  # a column of shares is kept as numbers


def _having(measures: dict[str, Any], item: Filter) -> ColumnElement[bool]:
    if item.field not in measures or item.op not in _COMPARE:
        raise UnknownField(f"having {item.field} {item.op}")
    return _COMPARE[item.op](measures[item.field], item.value)


def _attach_records(
    source: Source, spec: QuerySpec, result: QueryResult, rows: list[tuple[ResultRow, tuple[Any, ...]]], dimensions: dict[str, Any],
    keys: set[tuple[Any, ...]], groups: list[tuple[Any, ...]],
) -> None:  # fmt: skip
    """The records behind the groups; where fields beyond the groups are selected, they become the rows."""
    kept: list[tuple[tuple[Any, ...], ResultRow]] = []
    known = {tuple(_read(source, name, value) for name, value in zip(dimensions, key, strict=True)) for key in keys}
    for row, _ in rows:
        key = tuple(row.values.pop(_HIDDEN + name) for name in dimensions)
        if key in known:
            kept.append((key, row))
    result.contributing = list(dict.fromkeys(row.record for _, row in kept if row.record))[:MAX_CONTRIBUTING]
    if set(spec.select) - set(spec.group_by) and spec.group_by:
        order = {tuple(_read(source, name, value) for name, value in zip(dimensions, group, strict=False)): at for at, group in enumerate(groups)}
        kept.sort(key=lambda pair: order[pair[0]])
        for key, row in kept:
            row.values = dict(zip(dimensions, key, strict=True)) | row.values
        result.rows = [row for _, row in kept]


def _settle(source: Source, spec: QuerySpec, result: QueryResult, splitters: list[str], measures: list[str]) -> None:
    """The single value, the amounts by currency and the unit of an ungrouped aggregate."""
    if spec.group_by:
        if len(result.rows) == 1 and len(measures) == 1 and measures[0] in result.rows[0].values:
            result.value = result.rows[0].values[measures[0]]
        return
    if not result.rows:
        result.value = 0 if measures[0].startswith("count") else None
        return
    if len(result.rows) == 1 and len(measures) == 1:
        result.value = result.rows[0].values[measures[0]]
        result.unit = result.rows[0].values.get("unit")
    amounts = [(row.values.get("currency"), row.values[measures[0]]) for row in result.rows] if "currency" in splitters else []
    if isinstance(source, SheetSource) and result.value is not None:
        fields = [field for measure in spec.measures for field in measure.fields]
        amounts = [(source.columns[field].currency, result.value) for field in fields[:1] if field in source.columns]
    if len({currency for currency, _ in amounts}) == len(amounts):
        result.currencies = {currency: amount for currency, amount in amounts if currency and isinstance(amount, Decimal)}


def _count_empty(session: Session, viewer: Viewer, source: Source, spec: QuerySpec) -> int:
    """Records that would count if a measured or compared field were filled in."""
    tests = [item for item in spec.filters if item.op not in ("is_null", "not_null", "valid_on")]
    needed = _needed(source, spec)
    if not needed and not tests:
        return 0
    rest = spec.model_copy(update={"filters": tuple(item for item in spec.filters if item not in tests)})
    empty = [not_(filled(source, item.field)) for item in tests]
    passes = [or_(condition(source, item), gap) for item, gap in zip(tests, empty, strict=True)]
    gaps = [*empty, *(not_(clause) for clause in needed)]
    statement = select(func.count()).select_from(_from(source, spec, viewer)).where(*conditions(source, rest, viewer), *passes, or_(*gaps))
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

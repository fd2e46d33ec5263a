"""Groups of records with their measures, and the records behind them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.queries.conditions import conditions
from knowledge.queries.expressions import (
    HIDDEN,
    MAX_CONTRIBUTING,
    MAX_ROWS,
    cut_each,
    dimension_expression,
    from_clause,
    measured,
    needed_fields,
    ordering_of,
    read_value,
    splitters_of,
)
from knowledge.queries.record_rows import number_of_records, read_records
from knowledge.queries.results import QueryResult, ResultRow
from knowledge.queries.spec import Filter, QuerySpec
from knowledge.queries.tables import SheetSource, Source, UnknownField

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}  # fmt: skip


def fill_grouped(session: Session, viewer: Viewer, source: Source, spec: QuerySpec, result: QueryResult) -> None:
    splitters = {name: column for name, column in splitters_of(source, spec.measures).items() if name not in spec.group_by}
    dimensions = {name: dimension_expression(source, name) for name in spec.group_by} | splitters
    measures = {m.name: measured(source, m) for m in spec.measures} or {"count(*)": source.number()}
    where = and_(*conditions(source, spec, viewer), *needed_fields(source, spec))
    base = from_clause(source, spec, viewer)
    details = [name for name in spec.select if name not in spec.group_by]
    columns = {name: source.expression(name) for name in details} | {HIDDEN + name: column for name, column in dimensions.items()}
    rows = read_records(session, source, base, where, columns, [], details, spec.model_copy(update={"order_by": ()}))
    result.n = number_of_records(session, base, where, rows)

    labelled = [column.label(f"c{number}") for number, column in enumerate([*dimensions.values(), *measures.values()])]
    statement = select(*labelled).select_from(base).where(where).group_by(*dimensions.values())
    if spec.having:
        statement = statement.having(*(_having(measures, item) for item in spec.having))
    ordering = ordering_of(source, spec) or [column.asc().nulls_last() for column in dimensions.values()]
    found = session.execute(statement.order_by(*ordering).limit(MAX_ROWS + 1)).all() if result.n else []
    result.truncated = len(found) > MAX_ROWS
    names = [*dimensions, *measures]
    by = [names.index(order.by) for order in spec.order_by if order.by in names]
    currency = names.index("currency") if "currency" in splitters else None
    groups = cut_each([tuple(row) for row in found[:MAX_ROWS]], spec, lambda row: tuple(row[index] for index in by), currency)
    result.rows = [ResultRow(values={name: read_value(source, name, value) for name, value in zip(names, row, strict=True)}) for row in groups]

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
    known = {tuple(read_value(source, name, value) for name, value in zip(dimensions, key, strict=True)) for key in keys}
    for row, _ in rows:
        key = tuple(row.values.pop(HIDDEN + name) for name in dimensions)
        if key in known:
            kept.append((key, row))
    result.contributing = list(dict.fromkeys(row.record for _, row in kept if row.record))[:MAX_CONTRIBUTING]
    if set(spec.select) - set(spec.group_by) and spec.group_by:
        order = {tuple(read_value(source, name, value) for name, value in zip(dimensions, group, strict=False)): at for at, group in enumerate(groups)}
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
    if isinstance(source, SheetSource) and result.value is not None and "currency" not in splitters:
        fields = [field for measure in spec.measures for field in measure.fields]
        amounts = [(source.columns[field].currency, result.value) for field in fields[:1] if field in source.columns]
    if len({currency for currency, _ in amounts}) == len(amounts):
        result.currencies = {currency: amount for currency, amount in amounts if currency and isinstance(amount, Decimal)}

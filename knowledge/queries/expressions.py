"""Measures, dimensions and orders as SQL expressions, and values read back from SQL."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, extract, func

from knowledge.access import Viewer
from knowledge.queries.conditions import filled
from knowledge.queries.results import Value
from knowledge.queries.spec import Measure, Order, QuerySpec
from knowledge.queries.tables import SheetSource, Source
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import read_words

MAX_ROWS = 1000
MAX_CONTRIBUTING = 200
HIDDEN = "\0"
_STEPS = ("month", "quarter", "year")
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "*": lambda a, b: a * b, "-": lambda a, b: a - b, "+": lambda a, b: a + b, "/": lambda a, b: a / func.nullif(b, 0),
}  # fmt: skip
_AGGREGATES: dict[str, Callable[[Any], Any]] = {"sum": func.sum, "avg": func.avg, "min": func.min, "max": func.max, "count": func.count}


def measured(source: Source, measure: Measure) -> ColumnElement[Any]:
    if measure.field is None:
        return source.number()
    expression = source.expression(measure.field)
    if measure.operator and measure.other:
        expression = _ARITHMETIC[measure.operator](expression, source.expression(measure.other))
    if measure.agg == "count_distinct":
        return func.count(expression.distinct())
    computed = expression if measure.agg == "none" else _AGGREGATES[measure.agg](expression)
    return computed * measure.times if measure.times != 1 else computed


def dimension_expression(source: Source, name: str) -> ColumnElement[Any]:
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


def read_value(source: Source, name: str, value: Any) -> Value:
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


def splitters_of(source: Source, measures: Sequence[Measure]) -> dict[str, ColumnElement[Any]]:
    """What a sum must not run across: currency, unit, and the indicator or metric that gives a bare `value` its meaning."""
    if not any(measure.agg in ("sum", "avg", "min", "max") for measure in measures):
        return {}
    if isinstance(source, SheetSource):
        amounts = any(is_amount(field, source.type_of(field)) for measure in measures for field in measure.fields)
        return {"currency": source.expression(source.currency_field)} if amounts and source.currency_field else {}
    names = ["currency"] if any(source.currency_of(field) is not None for measure in measures for field in measure.fields) else []
    if any("value" in measure.fields for measure in measures):
        names += [name for name in ("unit", "metric", "indicator") if name in source.columns]
    return {name: source.expression(name) for name in names}


def is_amount(heading: str, sort: str) -> bool:
    """Whether a column of a sheet holds amounts of money: by its type, or by a heading such as "Amount", "Tagihan"."""
    said = {word.norm for word in read_words(heading)}
    named = (word.norm for section in ("amount", "fee_word", "money_document") for wanted in phrases(section) for word in wanted.words)
    return sort == "money" or sort == "number" and not said.isdisjoint(named)


def order_expression(source: Source, spec: QuerySpec, order: Order) -> ColumnElement[Any]:
    measure = next((m for m in spec.measures if m.name == order.by), None)
    return measured(source, measure) if measure else dimension_expression(source, order.by)


def ordering_of(source: Source, spec: QuerySpec) -> list[Any]:
    return [
        expression.asc().nulls_last() if order.direction == "asc" else expression.desc().nulls_last()
        for order in spec.order_by
        for expression in [order_expression(source, spec, order)]
    ]


def cut(rows: list[Any], spec: QuerySpec, key: Callable[[Any], Any]) -> list[Any]:
    """The first `limit` rows and those that tie with the last of them."""
    if spec.limit is None or len(rows) <= spec.limit:
        return rows
    if not spec.order_by:
        return rows[: spec.limit]
    last = key(rows[spec.limit - 1])
    return rows[: spec.limit] + [row for row in rows[spec.limit :] if key(row) == last]


def cut_each(rows: list[Any], spec: QuerySpec, key: Callable[[Any], Any], split: int | None) -> list[Any]:
    """`cut` within each value of a column: amounts of two currencies have no common order."""
    if split is None:
        return cut(rows, spec, key)
    kinds = dict.fromkeys(row[split] for row in rows)
    return [row for kind in kinds for row in cut([each for each in rows if each[split] == kind], spec, key)]


def needed_fields(source: Source, spec: QuerySpec) -> list[ColumnElement[bool]]:
    """Fields that must have a value for a record to count: measured ones, and those that a limited order goes by."""
    names = [field for measure in spec.measures for field in measure.fields]
    if spec.limit is not None and not spec.aggregates:
        names += [order.by for order in spec.order_by if not any(order.by == measure.name for measure in spec.measures)]
    return [filled(source, name) for name in dict.fromkeys(names)]


def from_clause(source: Source, spec: QuerySpec, viewer: Viewer) -> Any:
    fields = [*spec.select, *spec.group_by, *(f for m in spec.measures for f in m.fields), *(item.field for item in spec.filters)]
    return source.source(viewer, source.needs_link(fields))

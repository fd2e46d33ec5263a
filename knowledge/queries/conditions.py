"""The WHERE of a spec: what the viewer may see, the customers, the filters, the period. Every value is a bound parameter."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from knowledge.access import Viewer
from knowledge.queries.spec import Filter, QuerySpec
from knowledge.queries.tables import TEMPORAL, RecordTable, Source, UnknownField


def conditions(source: Source, spec: QuerySpec, viewer: Viewer) -> list[ColumnElement[bool]]:
    """All conditions of a spec for a viewer."""
    clauses = source.visible(viewer)
    if spec.customer_ids:
        clauses.append(source.about(spec.customer_ids))
    if spec.except_customers:
        clauses.append(not_(source.about(spec.except_customers)))
    if isinstance(source, RecordTable):
        clauses += [source.table.c.id.not_in(_customers_of(source, spec.without, viewer))] if spec.without is not None else []
        clauses += [source.table.c.id.in_(_customers_of(source, spec.among, viewer))] if spec.among is not None else []
    clauses += [condition(source, item) for item in spec.filters]
    if spec.period:
        field = date_field(source, spec)
        clauses.append(or_(*(source.within(*each, field) for each in (spec.period, *spec.further_periods))))
    return clauses


def _customers_of(source: RecordTable, spec: QuerySpec, viewer: Viewer) -> Any:
    """The customers of whom a spec finds something."""
    other = RecordTable(spec.target, source.today, source.dialect)
    return select(other.table.c.customer_id).where(other.table.c.customer_id.is_not(None), *conditions(other, spec, viewer))


def date_field(source: Source, spec: QuerySpec) -> str:
    """The date that the spec's period is about. Raises UnknownField where the target has none."""
    field = spec.date_field or source.date_field
    if field is None:
        raise UnknownField(f"{spec.target} has no date")
    return field


def condition(source: Source, item: Filter) -> ColumnElement[bool]:
    """One filter as SQL. Text compares without regard to (ASCII) case; an empty text is no value; NULL matches only is_null."""
    column, kind, value = source.expression(item.field), source.type_of(item.field), item.value
    match item.op:
        case "valid_on":
            if not isinstance(value, date):
                raise UnknownField("valid_on needs a date")
            return source.valid_on(item.field, value)
        case "is_null":
            return or_(column.is_(None), column == "") if kind == "text" else column.is_(None)
        case "not_null":
            return and_(column.is_not(None), column != "") if kind == "text" else column.is_not(None)
        case "in":
            return or_(*(_equals(source, column, kind, one, item.field) for one in value if one is not None))  # type: ignore[union-attr]
        case "eq":
            return _equals(source, column, kind, value, item.field)
        case "ne":
            filled = and_(column.is_not(None), column != "") if kind == "text" else column.is_not(None)
            return and_(filled, ~_equals(source, column, kind, value, item.field))
        case "leave_out":
            return or_(column.is_(None), ~_equals(source, column, kind, value, item.field))
        case "contains":
            return func.lower(column).contains(str(value).lower(), autoescape=True)
        case "between":
            low, high = value  # type: ignore[misc, str-unpack]
            return and_(
                condition(source, Filter(field=item.field, op="ge", value=low)), condition(source, Filter(field=item.field, op="le", value=high))
            )
    bound = source.bound(value, item.field)
    if kind == "datetime" and type(value) is date and item.op in ("le", "gt"):
        until = source.within(date.min, value, item.field)
        return until if item.op == "le" else and_(column.is_not(None), ~until)
    return {"lt": column < bound, "le": column <= bound, "gt": column > bound, "ge": column >= bound}[item.op]


def _equals(source: Source, column: Any, kind: str, value: Any, field: str) -> ColumnElement[bool]:
    if kind == "bool":
        return column.is_(bool(value))
    if kind in TEMPORAL and type(value) is date:
        return source.within(value, value, field)
    if kind == "text":
        return or_(column == str(value), func.lower(column) == str(value).lower())
    return column == source.bound(value, field)


def filled(source: Source, field: str) -> ColumnElement[bool]:
    """The field has a value."""
    return condition(source, Filter(field=field, op="not_null"))



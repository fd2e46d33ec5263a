"""Columns of what can be queried: their types, and how cells kept as JSON are read in SQL."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.sql.selectable import ScalarSelect

from knowledge.records.customers import Customer

ColumnType = Literal["text", "number", "money", "percent", "date", "datetime", "bool"]
NUMERIC: frozenset[ColumnType] = frozenset({"number", "money", "percent"})
TEMPORAL: frozenset[ColumnType] = frozenset({"date", "datetime"})

ABOUT_CUSTOMER = {"customer": "name", "account_manager": "account_manager"}
"""Fields that every record has of its customer: the field here → the customer's own."""


class UnknownField(LookupError):
    """The target has no such field."""


class UnknownTarget(LookupError):
    """There is no such record kind or sheet."""


@dataclass(frozen=True)
class Column:
    name: str
    type: ColumnType
    currency: str | None = None


def of_customer(field: str, customer_id: Any, table: Any) -> ScalarSelect[Any]:
    """What is known of a row's customer. customer_id: the expression of whose it is; table: that of the row."""
    known = getattr(Customer, ABOUT_CUSTOMER[field])
    return select(known).where(Customer.id == customer_id).correlate(table).scalar_subquery()


def json_value(column: Any, name: str, dialect: str) -> ColumnElement[Any]:
    """A member of a JSON object: text on PostgreSQL, a plain SQL value on SQLite."""
    if dialect == "sqlite":
        found = [func.json_extract(column, path) for path in _paths(name)]
        return found[0] if len(found) == 1 else func.coalesce(*found)
    return column[name].as_string()


def json_type(column: Any, name: str, dialect: str) -> ColumnElement[str]:
    """What kind of value a member of a JSON object is."""
    if dialect == "sqlite":
        found = [func.json_type(column, path) for path in _paths(name)]
        return found[0] if len(found) == 1 else func.coalesce(*found)
    return func.json_typeof(column[name])


def _paths(name: str) -> tuple[str, ...]:
    """SQLite compares a path with a key as it is written: with non-ASCII letters escaped, or not."""
    return tuple(dict.fromkeys((f'$."{json.dumps(name)[1:-1]}"', f'$."{name}"')))

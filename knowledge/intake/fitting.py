"""Values as columns and JSON take them."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlmodel import SQLModel


def as_json(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [as_json(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def typed(model: type[SQLModel], name: str, value: Any) -> Any:
    """An edit's JSON value as its column's type: ISO dates and numbers written as text are read."""
    if value is None or not isinstance(value, str):
        return Decimal(str(value)) if isinstance(value, int | float) and python_type(model, name) is Decimal else value
    kind = python_type(model, name)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value[:10])
    return Decimal(value) if kind is Decimal else value


def fitted(model: type[SQLModel], name: str, value: Any) -> Any:
    """A value as its column takes it: whole numbers as int, days as date, anything in a text column as text."""
    kind = python_type(model, name)
    if value is None or kind is None or (isinstance(value, kind) and kind is not date):
        return value
    if kind is date and isinstance(value, datetime):
        return value.date()
    if kind is int and isinstance(value, Decimal | float):
        return int(value)
    if kind is Decimal and isinstance(value, int | float):
        return Decimal(str(value))
    if kind is str:
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return value


@cache
def python_type(model: type[SQLModel], name: str) -> Any:
    """The Python type of a column's values, or None."""
    try:
        return model.__table__.c[name].type.python_type  # type: ignore[attr-defined]
    except (KeyError, NotImplementedError):
        return None

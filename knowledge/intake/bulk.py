"""Many rows into a table at once, without an object for each."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlmodel import Session, SQLModel


def insert_rows(session: Session, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows given as columns; what a row leaves out has the model's default."""
    if not rows:
        return
    plain, made = _defaults(model)
    common = plain | {name: factory() for name, factory in made.items()}
    session.connection().execute(model.__table__.insert(), [common | row for row in rows])  # type: ignore[attr-defined]


@cache
def _defaults(model: type[SQLModel]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Defaults by column, and those that must be made anew."""
    columns = {column.name for column in model.__table__.columns}  # type: ignore[attr-defined]
    fields = {name: field for name, field in model.model_fields.items() if name in columns and name != "id"}
    made = {name: field.default_factory for name, field in fields.items() if field.default_factory is not None}
    return {name: field.get_default() for name, field in fields.items() if name not in made and not field.is_required()}, made

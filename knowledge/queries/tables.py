"""What can be queried: record kinds and sheets, and what is kept beside a kind's own fields."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from knowledge.queries.columns import NUMERIC, TEMPORAL, Column, ColumnType, UnknownField, UnknownTarget
from knowledge.queries.record_table import RecordTable
from knowledge.queries.sheet_source import SheetSource
from knowledge.records.customers import Customer
from knowledge.records.documents import SheetTable
from knowledge.records.schema import schemas

__all__ = ["NUMERIC", "TEMPORAL", "Column", "ColumnType", "RecordTable", "SheetSource", "Source", "UnknownField", "UnknownTarget", "extra_columns", "open_target"]

_SAMPLED, _MAX_EXTRA = 5000, 40
_PLAIN_NUMBER, _ISO_DAY = re.compile(r"[-+]?\d+(\.\d+)?"), re.compile(r"\d{4}-\d{2}-\d{2}")

Source = RecordTable | SheetSource


def extra_columns(session: Session, source: RecordTable) -> dict[str, Column]:
    """Headings that the kind does not know, kept beside its fields, as columns `extra.<heading>` with the type of all their values."""
    if "extra" not in source.table.c or "sheet_row_id" not in source.table.c:
        return {}
    schema = schemas().get(source.target)
    known = {heading for each in schema.fields.values() for heading in each.headings} if schema else set()
    values: dict[str, list[Any]] = {}
    kept = source.table.c.extra
    from_table = source.table.c.origin == "import" if source.model is Customer else source.table.c.sheet_row_id.is_not(None)
    in_table = (source.table.c.withdrawn.is_(False), from_table)
    for cells in session.execute(select(kept).where(*in_table).limit(_SAMPLED)).scalars():
        for name, value in (cells or {}).items():
            if value not in (None, "") and '"' not in name and " ".join(name.lower().split()) not in known:
                values.setdefault(name, []).append(value)
    sorts = ((name, _sort_of(found)) for name, found in list(values.items())[:_MAX_EXTRA])
    return {f"extra.{name}": Column(f"extra.{name}", sort) for name, sort in sorts if sort != "bool"}


def _sort_of(values: list[Any]) -> ColumnType:
    if any(isinstance(value, bool) for value in values):
        return "bool"
    texts = [str(value) for value in values]
    if all(_PLAIN_NUMBER.fullmatch(text) for text in texts):
        return "number"
    return "date" if all(_ISO_DAY.fullmatch(text) for text in texts) else "text"


def open_target(session: Session, target: str, today: date, fields: Iterable[str] = ()) -> Source:
    """The table behind a spec's target; of `fields` those kept beside the kind's own get their type. Raises UnknownTarget."""
    if not target.startswith("sheet:"):
        source = RecordTable(target, today, session.get_bind().dialect.name)
        if any(name.startswith("extra.") for name in fields):
            source.columns |= extra_columns(session, source)
        return source
    number = target.removeprefix("sheet:")
    table = session.get(SheetTable, int(number)) if number.isdigit() else None
    if table is None:
        raise UnknownTarget(target)
    return SheetSource(table, session.get_bind().dialect.name)

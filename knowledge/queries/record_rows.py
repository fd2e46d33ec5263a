"""Single records of a query with what was ordered by."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from knowledge.queries.expressions import HIDDEN, MAX_ROWS, order_expression, read_value
from knowledge.queries.results import RecordRef, ResultRow
from knowledge.queries.spec import QuerySpec
from knowledge.queries.tables import Source


def number_of_records(session: Session, base: Any, where: Any, rows: Sequence[Any]) -> int:
    """How many records there are, of which `rows` were read: all of them, or the first MAX_ROWS and one."""
    if len(rows) <= MAX_ROWS:
        return len(rows)
    return int(session.execute(select(func.count()).select_from(base).where(where)).scalar_one())


def read_records(
    session: Session, source: Source, base: Any, where: Any, columns: dict[str, Any], ordering: list[Any], fields: Sequence[str], spec: QuerySpec
) -> list[tuple[ResultRow, tuple[Any, ...]]]:
    """Records with their values, and what they were ordered by."""
    origins = source.origins(fields)
    keys = [order_expression(source, spec, order) for order in spec.order_by] if ordering else []
    wanted = [source.id, source.document_id, source.locator, source.quote, *columns.values(), *origins.values(), *keys]
    labelled = [column.label(f"c{number}") for number, column in enumerate(wanted)]
    statement = select(*labelled).select_from(base).where(where).order_by(*ordering, source.id).limit(MAX_ROWS + 1)
    found = []
    for record_id, document, locator, quote, *rest in session.execute(statement):
        values = {name: read_value(source, name.removeprefix(HIDDEN), value) for name, value in zip(columns, rest, strict=False)}
        given = zip(origins, rest[len(columns) :], strict=False)
        sources = {name: RecordRef(kind=source.target, id=other) for name, other in given if other is not None}
        reference = RecordRef(kind=source.target, id=record_id)
        row = ResultRow(values=values, record=reference, source=document, locator=locator or {}, quote=quote or "", sources=sources)
        found.append((row, tuple(rest[len(columns) + len(origins) :])))
    return found

"""Tables of documents that no record kind knows, as what can be queried: their cells are kept as JSON."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Float, String, and_, case, cast, exists, false, func, null, or_, select

from knowledge.access import Viewer, customer_clause, open_document_clause, passage_clause
from knowledge.queries.columns import (
    ABOUT_CUSTOMER,
    NUMERIC,
    TEMPORAL,
    Column,
    ColumnType,
    UnknownField,
    json_type,
    json_value,
    of_customer,
)
from knowledge.records.documents import Document, Passage, SheetRow, SheetTable
from knowledge.records.schema import schemas


def _heads_currency(heading: str) -> bool:
    """Whether a heading is that of the column of currencies: "Currency", "Mata uang"."""
    return " ".join(heading.replace("_", " ").lower().split()) in schemas()["figure"].fields["currency"].headings


class SheetSource:
    """A table of a document, its cells in JSON. Totals rows are never part of it."""

    def __init__(self, table: SheetTable, dialect: str) -> None:
        self.target, self.table_id, self.names, self.dialect = f"sheet:{table.id}", table.id, (table.title, table.name), dialect
        self.table = SheetRow.__table__  # type: ignore[attr-defined]
        self.columns = {
            str(column["name"]): Column(str(column["name"]), column.get("type") or "text", column.get("currency"))
            for column in table.columns
            if '"' not in str(column["name"])  # a JSON path cannot name it
        }
        self.currency_field = next((name for name, column in self.columns.items() if column.type == "text" and _heads_currency(name)), None)
        self.date_field = next((column.name for column in self.columns.values() if column.type in TEMPORAL), None)
        passage = Passage.__table__  # type: ignore[attr-defined]
        self.id, self.document_id = self.table.c.id, self.table.c.document_id
        self.locator = select(passage.c.locator).where(passage.c.id == self.table.c.passage_id).correlate(self.table).scalar_subquery()
        self.quote = select(passage.c.text).where(passage.c.id == self.table.c.passage_id).correlate(self.table).scalar_subquery()

    def number(self) -> ColumnElement[Any]:
        """How many rows there are."""
        return func.count()

    def type_of(self, field: str) -> ColumnType:
        if field == "document_id":
            return "number"
        if self._is_of_customer(field):
            return "text"
        if field not in self.columns:
            raise UnknownField(f"{self.target}.{field}")
        return self.columns[field].type

    def currency_of(self, field: str) -> ColumnElement[Any] | None:
        return None

    def expression(self, field: str) -> ColumnElement[Any]:
        if field == "document_id":
            return self.table.c.document_id
        if self._is_of_customer(field):
            return of_customer(field, self.customer_id(), self.table)
        kind, cell = self.type_of(field), json_value(self.table.c.cells, field, self.dialect)
        sort = json_type(self.table.c.cells, field, self.dialect)
        if kind in NUMERIC:
            return case((sort.in_(("number", "integer", "real")), cast(cell, Float)), else_=null())
        if kind == "bool":
            return case((sort.in_(("boolean", "true", "false")), cast(cell, Boolean)), else_=null())
        return cast(cell, String)

    def _is_of_customer(self, field: str) -> bool:
        return field in ABOUT_CUSTOMER and field not in self.columns or field == "customer"

    def customer_id(self) -> ColumnElement[Any]:
        """The row's customer, else the one that its document is about."""
        document = Document.__table__  # type: ignore[attr-defined]
        main = select(document.c.customer_id).where(document.c.id == self.table.c.document_id).correlate(self.table).scalar_subquery()
        return func.coalesce(self.table.c.customer_id, main)

    def needs_link(self, fields: Iterable[str]) -> bool:
        return False

    def origins(self, fields: Iterable[str]) -> dict[str, ColumnElement[Any]]:
        return {}

    def source(self, viewer: Viewer, linked: bool) -> Any:
        return self.table

    def visible(self, viewer: Viewer) -> list[ColumnElement[bool]]:
        """Rows of this sheet, no totals, whose customer and passage the viewer may see."""
        document, passage = Document.__table__, Passage.__table__  # type: ignore[attr-defined]
        ready = exists(select(document.c.id).where(document.c.id == self.table.c.document_id, document.c.state == "ready"))
        current = passage.c.superseded_by_id.is_(None)  # not a row that an amendment replaces
        shown = exists(select(passage.c.id).where(passage.c.id == self.table.c.passage_id, passage_clause(viewer), current))
        return [
            self.table.c.table_id == self.table_id,
            self.table.c.is_total.is_(False),
            ready,
            customer_clause(viewer, self.customer_id()),
            open_document_clause(viewer, self.table.c.document_id),
            or_(self.table.c.passage_id.is_(None), shown),
        ]

    def about(self, customer_ids: Iterable[int]) -> ColumnElement[bool]:
        return self.customer_id().in_(tuple(customer_ids))

    def within(self, start: date, end: date, field: str) -> ColumnElement[bool]:
        if self.type_of(field) not in TEMPORAL:
            raise UnknownField(f"{self.target}.{field} is no date")
        column = self.expression(field)
        return and_(column >= start.isoformat(), column < (end + timedelta(days=1)).isoformat())

    def valid_on(self, field: str, day: date) -> ColumnElement[bool]:
        return false()

    def bound(self, value: Any, field: str) -> Any:
        """Dates in cells are ISO text, numbers floats."""
        if isinstance(value, date):
            return value.isoformat()
        return float(value) if isinstance(value, Decimal) else value

    def term_field(self) -> str | None:
        return None

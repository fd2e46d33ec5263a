"""Record kinds as what can be queried: columns with types, SQL expressions and the viewer's rule."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Float,
    String,
    and_,
    cast,
    exists,
    func,
    inspect,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from knowledge.access import Viewer, record_clause
from knowledge.queries.columns import (
    ABOUT_CUSTOMER,
    NUMERIC,
    TEMPORAL,
    Column,
    ColumnType,
    UnknownField,
    UnknownTarget,
    json_value,
    of_customer,
)
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.base import Sourced
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer

_INTERNAL = (set(Sourced.model_fields) - {"key", "document_id"}) | {"merged_into_id", "restricted", "attendees"}
_MONEY = {"value": {"opportunity", "agreement", "figure"}, "fee": {"subscription"}, "budget": {"project"}, "spent": {"project"}}
_MAIN_DATE = {
    "customer": "customer_since", "contact": "valid_from", "agreement": "ends_on", "subscription": "start", "application": "end_of_support",
    "project": "end", "opportunity": "expected_close", "continuity": "tested_on", "figure": "period_start", "known_error": "logged_on",
    "ticket": "opened_at", "change": "planned_on", "measurement": "period_start", "target": "valid_from", "commitment": "due",
}  # fmt: skip
_SHARED = frozenset({"change"})
"""Kinds of which one record may be about several customers, kept once for each."""
_TERMS = {"valid_from": "valid_until", "start": "end", "effective_from": "ends_on"}
_CURRENT = ("ends_on", "renewal", "renewal_months", "notice_value", "notice_unit", "value")
"""Fields of an agreement that an amendment in force replaces."""


CURRENT = (Agreement, Clause, Customer, Target)
"""Kinds whose rows are kept at the values in force, or that carry their own mark of being amended."""


_LINK: Any = KnownErrorCustomer.__table__.alias("touched")  # type: ignore[attr-defined]
_TYPES: dict[type, ColumnType] = {bool: "bool", int: "number", float: "number", Decimal: "number", date: "date", datetime: "datetime"}


def _annotated_type(model: Any, name: str) -> ColumnType:
    annotation = model.model_fields[name].annotation
    return next((_TYPES[part] for part in (annotation, *get_args(annotation)) if part in _TYPES), "text")


class RecordTable:
    """A record kind."""

    def __init__(self, kind: str, today: date, dialect: str = "sqlite") -> None:
        if kind not in KINDS:
            raise UnknownTarget(kind)
        self.target, self.today, self.dialect = kind, today, dialect
        self.model: Any = KINDS[kind]
        self.table: Any = inspect(self.model).local_table
        self.columns = {
            column.name: Column(column.name, self._type(kind, column.name))
            for column in self.table.columns
            if column.name not in _INTERNAL and not self._is_link(kind, column.name)
        }
        self.date_field = _MAIN_DATE.get(kind, "on" if "on" in self.columns else None)
        self.id, self.document_id, self.locator, self.quote = self.table.c.id, self.table.c.document_id, self.table.c.locator, self.table.c.quote

    def _is_link(self, kind: str, name: str) -> bool:
        return name.endswith("_id") and name != "document_id" and self._type(kind, name) == "number"

    def _type(self, kind: str, name: str) -> ColumnType:
        return "money" if kind in _MONEY.get(name, ()) else _annotated_type(self.model, name)

    @property
    def has_currency(self) -> bool:
        return "currency" in self.columns

    def type_of(self, field: str) -> ColumnType:
        if self._is_of_customer(field) or (field.startswith("extra.") and field not in self.columns):
            return "text"
        if field not in self.columns:
            raise UnknownField(f"{self.target}.{field}")
        return self.columns[field].type

    def currency_of(self, field: str) -> ColumnElement[Any] | None:
        """Expression of the currency of a money field."""
        return self.table.c.currency if self.type_of(field) == "money" and self.has_currency else None

    def expression(self, field: str) -> ColumnElement[Any]:
        if self._is_of_customer(field):
            return self._customer_fact(field)
        if field.startswith("extra."):
            cell = cast(json_value(self.table.c.extra, field.removeprefix("extra."), self.dialect), String)
            return cast(func.nullif(cell, ""), Float) if self.type_of(field) in NUMERIC else cell
        self.type_of(field)
        if self.model is Agreement and field in _CURRENT:
            return self.current(field)
        if self.type_of(field) == "datetime":
            return type_coerce(self.table.c[field], DateTime())  # local time as written, whatever the column's own type demands
        return self.table.c[field]

    def number(self) -> ColumnElement[Any]:
        """How many records there are; one that is kept once for each of its customers counts once."""
        if self.target in _SHARED:
            return func.count(func.coalesce(self.table.c.key, cast(self.table.c.id, String)).distinct())
        return func.count()

    def _is_of_customer(self, field: str) -> bool:
        """Whether it is a field of the record's customer rather than of the record itself."""
        return field == "customer" or field in ABOUT_CUSTOMER and field not in self.columns and "customer_id" in self.table.c

    def _customer_fact(self, field: str) -> ColumnElement[Any]:
        if self.model is Customer:
            return self.table.c.name
        if self.model is KnownError:
            return of_customer(field, _LINK.c.customer_id, _LINK)
        return of_customer(field, self.table.c.customer_id, self.table)

    def _amendment(self, wanted: Any, field: str) -> Any:
        amendment = aliased(Agreement)
        in_force = func.coalesce(amendment.effective_from, amendment.signed_on)
        return (
            select(getattr(amendment, wanted))
            .where(amendment.amends_id == self.table.c.id, amendment.withdrawn.is_(False), getattr(amendment, field).is_not(None),  # type: ignore[attr-defined]
                   or_(in_force.is_(None), in_force <= self.today))
            .order_by(in_force.desc(), amendment.id.desc()).limit(1)  # type: ignore[union-attr]
            .correlate(self.table).scalar_subquery()
        )  # fmt: skip

    def current(self, field: str) -> ColumnElement[Any]:
        """An agreement's value after the newest amendment in force that says anything about it."""
        return func.coalesce(self._amendment(field, field), self.table.c[field])

    def origins(self, fields: Iterable[str]) -> dict[str, ColumnElement[Any]]:
        """For an agreement's fields, the id of the amendment that gives the value (NULL: its own)."""
        return {field: self._amendment("id", field) for field in fields if self.model is Agreement and field in _CURRENT}

    def needs_link(self, fields: Iterable[str]) -> bool:
        """Whether a row is a known error together with one of its customers."""
        return self.model is KnownError and "customer" in set(fields)

    def source(self, viewer: Viewer, linked: bool) -> Any:
        """The FROM clause."""
        if not linked:
            return self.table
        seen = _LINK.c.known_error_id == self.table.c.id
        return self.table.outerjoin(_LINK, seen if viewer.everything else and_(seen, _LINK.c.customer_id.in_(viewer.customers)))

    def visible(self, viewer: Viewer) -> list[ColumnElement[bool]]:
        """Not withdrawn, of a document that is ready, not from words that an amendment replaces, and within the viewer's customers."""
        document, passage = Document.__table__, Passage.__table__  # type: ignore[attr-defined]
        # Each list is read once a query, from an index; the records' own passages and documents need not be opened.
        replaced = self.table.c.passage_id.in_(select(passage.c.id).where(passage.c.superseded_by_id.is_not(None)))
        importing = self.table.c.document_id.in_(select(document.c.id).where(document.c.state != "ready"))
        kept = [self._not(self.table.c.document_id, importing)] + ([] if self.model in CURRENT else [self._not(self.table.c.passage_id, replaced)])
        return [record_clause(viewer, self.model), self.table.c.withdrawn.is_(False), *kept]

    @staticmethod
    def _not(column: ColumnElement[Any], clause: ColumnElement[bool]) -> ColumnElement[bool]:
        """The opposite of a clause about a column, fulfilled also where the column is empty."""
        return or_(column.is_(None), ~clause)

    def about(self, customer_ids: Iterable[int]) -> ColumnElement[bool]:
        wanted = tuple(customer_ids)
        if self.model is Customer:
            return self.table.c.id.in_(wanted)
        if self.model is KnownError:
            link = KnownErrorCustomer.__table__  # type: ignore[attr-defined]
            return exists(select(link.c.customer_id).where(link.c.known_error_id == self.table.c.id, link.c.customer_id.in_(wanted)))
        return self.table.c.customer_id.in_(wanted)

    def within(self, start: date, end: date, field: str) -> ColumnElement[bool]:
        """Dates from start to end, both included; a record that has its own period must lie inside."""
        column = self.expression(field)
        if self.type_of(field) not in TEMPORAL:
            raise UnknownField(f"{self.target}.{field} is no date")
        if field == "period_start" and "period_end" in self.columns:
            return and_(column >= start, func.coalesce(self.table.c.period_end, column) <= end)
        return and_(column >= self.bound(start, field), column < self.bound(end + timedelta(days=1), field))

    def valid_on(self, field: str, day: date) -> ColumnElement[bool]:
        until = self.expression(_TERMS[field]) if field in _TERMS else null()
        start = self.expression(field)
        return and_(or_(start.is_(None), start <= day), or_(until.is_(None), until >= day))

    def bound(self, value: Any, field: str) -> Any:
        """A value to compare with a column: a day is the first moment of itself where the column has a time."""
        if isinstance(value, date) and field.startswith("extra."):
            return value.isoformat()
        if type(value) is date and self.type_of(field) == "datetime":
            return datetime.combine(value, time.min)
        return value

    def term_field(self) -> str | None:
        """The start of the record's own term, if it has one."""
        return next((start for start, end in _TERMS.items() if start in self.columns and end in self.columns), None)

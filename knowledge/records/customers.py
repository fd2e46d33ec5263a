"""Customer portfolio (K1) and people (K8)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from knowledge.records.base import Sourced, UtcDateTime, now


class Customer(SQLModel, table=True):
    """An organisation the provider serves. `key` is the files' own identifier (C001); names in other spellings are in CustomerName."""

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, index=True)
    name: str  # the short name people use
    legal_name: str | None = None
    segment: str | None = None
    city: str | None = None
    region: str | None = None
    tier: str | None = None
    account_manager: str | None = None
    customer_since: date | None = None
    contract_end: date | None = None
    language: str | None = None
    status: str | None = None
    restricted: bool = False
    notes: str | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="customer.id")
    document_id: int | None = Field(default=None, index=True)  # no foreign key: Document points here
    sheet_row_id: int | None = None
    passage_id: int | None = None
    locator: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    quote: str = ""
    origin: str = "import"
    confirmed_by: str | None = None
    edits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    identity: str = Field(default="", index=True)
    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    withdrawn: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CustomerName(SQLModel, table=True):
    """A spelling, abbreviation, code or mail domain by which a customer is known."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(index=True, foreign_key="customer.id")
    name: str = Field(index=True)
    kind: str = "alias"  # key | short | legal | alias | abbreviation | domain | derived
    document_id: int | None = Field(default=None, foreign_key="document.id")


class CustomerMerge(SQLModel, table=True):
    """Two spellings taken for one customer; reported, and undone by `akrab customers split`."""

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(index=True, foreign_key="customer.id")
    spelling: str
    reason: str = ""
    score: float = 1.0
    document_id: int | None = Field(default=None, foreign_key="document.id")
    undone: bool = False
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Person(SQLModel, table=True):
    """One human being, one record; what they are and where is in Contact."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    titles: str = ""  # dr., Ir., Capt.
    provider: bool = False  # works for the provider


class Contact(Sourced, table=True):
    """A person's position at one customer (customer_id) or at the provider (None), for a time."""

    person_id: int = Field(index=True, foreign_key="person.id")
    name: str = Field(index=True)
    job_title: str | None = None
    roles: str | None = None  # as written, "; " between roles
    unit: str | None = None
    email: str | None = Field(default=None, index=True)
    phone: str | None = None
    language: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    notes: str | None = None

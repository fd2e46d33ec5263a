"""Known errors (K6) and operations (K10): tickets, changes, measurements."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from knowledge.records.base import Sourced


class KnownError(Sourced, table=True):
    """A known error. It may touch several customers: KnownErrorCustomer; customer_id stays None."""

    title: str = ""
    service: str | None = None
    symptoms: str | None = None
    root_cause: str | None = None
    workaround: str | None = None
    status: str | None = None
    permanent_fix: str | None = None
    logged_on: date | None = None
    notes: str | None = None


class KnownErrorCustomer(SQLModel, table=True):
    """A customer that a known error touches."""

    known_error_id: int = Field(primary_key=True, foreign_key="knownerror.id", ondelete="CASCADE")
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", index=True)


class Ticket(Sourced, table=True):
    """Incident, service request or problem. Times in the provider's local time, as written."""

    service: str | None = None
    opened_at: datetime | None = Field(default=None, index=True, sa_type=DateTime)
    closed_at: datetime | None = Field(default=None, sa_type=DateTime)
    priority: str | None = None
    category: str | None = None
    subject: str | None = None
    status: str | None = None
    response_minutes: Decimal | None = None
    response_target_minutes: Decimal | None = None
    response_met: bool | None = None
    resolution_minutes: Decimal | None = None
    resolution_target_minutes: Decimal | None = None
    resolution_met: bool | None = None
    known_error: str | None = None
    reopened: bool | None = None
    requester: str | None = None
    notes: str | None = None


class Change(Sourced, table=True):
    """A request for change (RFC) or release."""

    service: str | None = None
    title: str = ""
    type: str | None = None
    requested_by: str | None = None
    risk: str | None = None
    status: str | None = None
    planned_on: date | None = None
    implemented_on: date | None = None
    notes: str | None = None


class Measurement(Sourced, table=True):
    """A service level measured in a period (usually a month) against its target."""

    service: str | None = None
    indicator: str = ""
    period_start: date | None = Field(default=None, index=True)
    period_end: date | None = None
    target: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    met: bool | None = None
    notes: str | None = None

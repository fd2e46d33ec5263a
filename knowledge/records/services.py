"""IT service portfolio (K3), projects (K4), applications (K5), demand and continuity (K9)."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from knowledge.records.base import Sourced


class Service(Sourced, table=True):
    """A service of the provider: pipeline, catalogue or retired."""

    name: str = Field(index=True)
    name_id: str | None = None
    name_en: str | None = None
    status: str | None = None
    description: str | None = None


class Subscription(Sourced, table=True):
    """A service that a customer takes: level, monthly fee, term."""

    service: str = Field(index=True)  # code or name as written
    service_name: str | None = None
    level: str | None = None
    fee: Decimal | None = None
    currency: str | None = None
    fee_per: str | None = None  # month | quarter | year
    start: date | None = None
    end: date | None = None
    status: str | None = None
    reason: str | None = None
    notes: str | None = None


class Application(Sourced, table=True):
    """An application of a customer: who owns and supports it, on what it stands."""

    name: str = ""
    business_owner: str | None = None
    technology: str | None = None
    users: int | None = None
    criticality: str | None = None
    hosted_on: str | None = None
    supported_by: str | None = None
    end_of_support: date | None = None
    notes: str | None = None


class Project(Sourced, table=True):
    """A planned or running project for a new or changed service."""

    name: str = ""
    service: str | None = None
    manager: str | None = None
    status: str | None = None
    health: str | None = None
    start: date | None = None
    end: date | None = None
    budget: Decimal | None = None
    spent: Decimal | None = None
    currency: str | None = None
    progress: Decimal | None = None
    notes: str | None = None


class Opportunity(Sourced, table=True):
    """A possible sale or improvement for a customer; probability 0–1."""

    title: str = ""
    service: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    probability: Decimal | None = None
    stage: str | None = None
    owner: str | None = None
    expected_close: date | None = None
    next_step: str | None = None
    person: str | None = None
    notes: str | None = None


class Continuity(Sourced, table=True):
    """Continuity requirement and test of an application or service: RTO and RPO in hours."""

    subject: str = ""
    service: str | None = None
    rto_target: Decimal | None = None
    rpo_target: Decimal | None = None
    rto_achieved: Decimal | None = None
    rpo_achieved: Decimal | None = None
    tested_on: date | None = None
    result: str | None = None
    next_test: date | None = None
    notes: str | None = None


class Figure(Sourced, table=True):
    """Revenue, cost, usage or margin of a customer in a period; value already multiplied by the sheet's unit (million → × 1,000,000)."""

    metric: str = Field(default="revenue", index=True)  # revenue | cost | margin | usage
    name: str | None = None  # the measure as written: "vCPU", "Storage TB"
    service: str | None = None
    period_start: date | None = Field(default=None, index=True)
    period_end: date | None = None
    period_label: str = ""
    value: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    forecast: bool = False

"""Customer agreement portfolio (K2)."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from knowledge.records.base import Sourced


class Agreement(Sourced, table=True):
    """Contract, SLA, OLA, underpinning contract or amendment. Dates and notice as its own words give them (clause in `locator`).

    kind          contract | sla | ola | underpinning_contract | amendment | statement_of_work
    notice_unit   day | business_day | month
    """

    kind: str = "contract"
    title: str = ""
    number: str | None = Field(default=None, index=True)
    counterparty: str | None = None
    signed_on: date | None = None
    effective_from: date | None = None
    ends_on: date | None = None
    ends_on_clause_id: int | None = None
    renewal: str | None = None  # automatic | none
    renewal_months: int | None = None
    notice_value: int | None = None
    notice_unit: str | None = None
    notice_clause_id: int | None = None
    amends_id: int | None = Field(default=None, foreign_key="agreement.id")
    amends_number: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    internal: bool = False


class Clause(Sourced, table=True):
    """A numbered clause. `amended_by_id` is the clause of an amendment that replaces (part of) it, in force from `amended_from`."""

    agreement_id: int = Field(index=True, foreign_key="agreement.id")
    number: str = ""
    heading: str = ""
    text: str = ""
    topic: str | None = Field(default=None, index=True)  # term | renewal | notice | charges | payment | service_level | credit | …
    amends_clause_number: str | None = None
    amended_by_id: int | None = Field(default=None, index=True)
    amended_from: date | None = None


class Obligation(Sourced, table=True):
    """What one side must do, from a clause: party is "provider" or "customer"."""

    agreement_id: int | None = Field(default=None, index=True, foreign_key="agreement.id")
    clause_id: int | None = Field(default=None, foreign_key="clause.id")
    party: str = "provider"
    text: str = ""
    due: str | None = None  # the words: "hari kerja ke-10 bulan berikutnya"
    met: bool | None = None


class Target(Sourced, table=True):
    """A service level target from an agreement: availability 99.7 % a month, P1 response 15 minutes."""

    agreement_id: int | None = Field(default=None, index=True, foreign_key="agreement.id")
    clause_id: int | None = Field(default=None, foreign_key="clause.id")
    service: str | None = None
    indicator: str = ""  # availability | response | resolution | first_contact | rto | rpo | other
    priority: str | None = None
    value: Decimal | None = None
    unit: str | None = None  # percent | minute | hour | day | business_day
    valid_from: date | None = None
    superseded: bool = False

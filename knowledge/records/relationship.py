"""What was said and promised (K7): feedback, surveys, meetings, commitments, risks, improvements."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from knowledge.records.base import Sourced


class Feedback(Sourced, table=True):
    """Feedback in the customer's own words. kind: complaint | compliment | suggestion | feedback."""

    on: date | None = Field(default=None, index=True)
    person: str | None = None
    person_id: int | None = None
    channel: str | None = None
    kind: str = "feedback"
    service: str | None = None
    words: str = ""
    follow_up: str | None = None
    status: str | None = None
    sentiment: str | None = None  # positive | neutral | negative
    servqual_dimension: str | None = None


class SurveyResponse(Sourced, table=True):
    """One answer to a satisfaction survey; SERVQUAL scores on the survey's own scale."""

    wave: str | None = None
    on: date | None = None
    respondent: str | None = None
    tangibles: Decimal | None = None
    reliability: Decimal | None = None
    responsiveness: Decimal | None = None
    assurance: Decimal | None = None
    empathy: Decimal | None = None
    score: Decimal | None = None  # overall satisfaction
    nps: Decimal | None = None
    comment: str | None = None


class Meeting(Sourced, table=True):
    """A meeting, held or planned."""

    on: date | None = Field(default=None, index=True)
    title: str = ""
    place: str | None = None
    attendees: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """[{"name": …, "person_id": …, "side": "customer" | "provider" | "other"}]"""
    person: str | None = None
    planned: bool = False
    internal: bool = False
    words: str = ""


class Commitment(Sourced, table=True):
    """Who promised or was asked to do what for whom, due when, said where.

    kind    promise | action_item | decision | request | plan (what the customer is about to do)
    party   provider | customer: whose side owes it
    status  open | done | unknown
    """

    on: date | None = None
    kind: str = "promise"
    party: str | None = None
    owner: str | None = None
    to_whom: str | None = None
    text: str = ""
    due: date | None = Field(default=None, index=True)
    status: str = "open"
    service: str | None = None
    meeting_id: int | None = None


class Risk(Sourced, table=True):
    """A risk to the relationship or a service."""

    on: date | None = None
    person: str | None = None
    service: str | None = None
    text: str = ""
    level: str | None = None
    status: str | None = None


class Improvement(Sourced, table=True):
    """An entry of the improvement register (CSI)."""

    on: date | None = None
    person: str | None = None
    service: str | None = None
    text: str = ""
    status: str | None = None


class ContactChange(Sourced, table=True):
    """A change of a contact told in chat: who, what changes, from when."""

    on: date | None = None
    person: str | None = None
    due: date | None = None
    text: str = ""
    field: str | None = None  # phone | email | position | leaving | new
    value: str | None = None

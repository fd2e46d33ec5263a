"""The record kinds by the name that queries, citations and the import report use."""

from sqlmodel import SQLModel

from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.customers import Contact, Customer
from knowledge.records.operations import Change, KnownError, Measurement, Ticket
from knowledge.records.relationship import (
    Commitment,
    ContactChange,
    Feedback,
    Improvement,
    Meeting,
    Risk,
    SurveyResponse,
)
from knowledge.records.services import Application, Continuity, Figure, Opportunity, Project, Service, Subscription

KINDS: dict[str, type[SQLModel]] = {
    "customer": Customer,
    "contact": Contact,
    "agreement": Agreement,
    "clause": Clause,
    "obligation": Obligation,
    "target": Target,
    "service": Service,
    "subscription": Subscription,
    "application": Application,
    "project": Project,
    "opportunity": Opportunity,
    "continuity": Continuity,
    "figure": Figure,
    "known_error": KnownError,
    "ticket": Ticket,
    "change": Change,
    "measurement": Measurement,
    "feedback": Feedback,
    "survey_response": SurveyResponse,
    "meeting": Meeting,
    "commitment": Commitment,
    "risk": Risk,
    "improvement": Improvement,
    "contact_change": ContactChange,
}

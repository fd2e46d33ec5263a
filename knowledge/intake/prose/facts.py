"""What prose yields: drafts whose fields are named as the columns of the record tables, each with its place and
its exact words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from knowledge.documents.model import Locator


@dataclass(frozen=True, slots=True)
class CustomerMention:
    """A customer named in a text; `id` is the customer record's."""

    start: int
    end: int
    text: str
    id: int


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named in a text. `name` is the full name on record; `provider` when they work for the provider."""

    start: int
    end: int
    text: str
    name: str
    customer_id: int | None = None
    provider: bool = False
    person_id: int | None = None


class NameFinder(Protocol):
    """Finds the known customers and people in a text, in reading order."""

    def customers(self, text: str) -> Sequence[CustomerMention]: ...

    def people(self, text: str) -> Sequence[PersonMention]: ...


@dataclass(slots=True)
class Draft:
    """`passage` is the index of the passage that holds it; `quote` stands in the source word for word."""

    passage: int
    locator: Locator
    quote: str
    extra: dict[str, Any] = field(default_factory=dict, kw_only=True)


@dataclass(slots=True)
class AgreementDraft(Draft):
    """`ends_on_clause` and `notice_clause` are indexes into ProseFacts.clauses. `parties`: role → name as written."""

    kind: str = "contract"
    title: str = ""
    number: str | None = None
    counterparty: str | None = None
    signed_on: date | None = None
    effective_from: date | None = None
    ends_on: date | None = None
    ends_on_clause: int | None = None
    renewal: str | None = None
    renewal_months: int | None = None
    notice_value: int | None = None
    notice_unit: str | None = None
    notice_clause: int | None = None
    amends_number: str | None = None
    value: Decimal | None = None
    currency: str | None = None
    internal: bool = False
    provider: str | None = None
    customer_id: int | None = None
    parties: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class ClauseDraft(Draft):
    """A clause; `passages` are all the passages that hold it or its table's rows.

    extra["credit"]: CreditRules as dicts.
    """

    number: str = ""
    heading: str = ""
    text: str = ""
    topic: str | None = None
    amends_clause_number: str | None = None
    passages: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ObligationDraft(Draft):
    """`clause` is an index into ProseFacts.clauses."""

    clause: int | None = None
    party: str = "provider"
    text: str = ""
    due: str | None = None


@dataclass(slots=True)
class TargetDraft(Draft):
    """`clause` is an index into ProseFacts.clauses. extra["comparator"]: at_least | at_most."""

    clause: int | None = None
    service: str | None = None
    indicator: str = ""
    priority: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    valid_from: date | None = None


@dataclass(slots=True)
class AmendmentChange(Draft):
    """What clause `clause` (index) of an amendment does to clause `target_clause` of agreement `target_agreement`.

    kind  replaced | partly | deleted | added
    """

    clause: int = 0
    target_clause: str = ""
    target_agreement: str | None = None
    kind: str = "replaced"
    effective_from: date | None = None


@dataclass(slots=True)
class MeetingDraft(Draft):
    """A meeting or call as its note tells it. `attendees`: [{"name", "person_id", "side"}]."""

    on: date | None = None
    title: str = ""
    place: str | None = None
    attendees: list[dict[str, Any]] = field(default_factory=list)
    person: str | None = None
    planned: bool = False
    internal: bool = False
    words: str = ""
    customer_id: int | None = None


@dataclass(slots=True)
class CommitmentDraft(Draft):
    """kind: promise | action_item | decision | request | plan (what the other side is about to do)."""

    on: date | None = None
    kind: str = "promise"
    party: str | None = None
    owner: str | None = None
    to_whom: str | None = None
    text: str = ""
    due: date | None = None
    status: str = "open"
    customer_id: int | None = None


@dataclass(slots=True)
class FeedbackDraft(Draft):
    """kind: complaint | compliment | suggestion | feedback."""

    on: date | None = None
    person: str | None = None
    person_id: int | None = None
    channel: str | None = None
    kind: str = "feedback"
    words: str = ""
    sentiment: str | None = None
    customer_id: int | None = None


@dataclass(slots=True)
class RiskDraft(Draft):
    """A risk to the relationship or to a service."""

    on: date | None = None
    person: str | None = None
    text: str = ""
    level: str | None = None
    customer_id: int | None = None


@dataclass(slots=True)
class AliasDraft(Draft):
    """Two names of one organisation or thing: `short` for `long`."""

    short: str = ""
    long: str = ""


@dataclass(slots=True)
class ProseFacts:
    """All that one document's prose says.

    `suspicious`: passages that give orders to an assistant; no fact comes from them.
    """

    agreement: AgreementDraft | None = None
    clauses: list[ClauseDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    obligations: list[ObligationDraft] = field(default_factory=list)
    changes: list[AmendmentChange] = field(default_factory=list)
    meeting: MeetingDraft | None = None
    planned_meetings: list[MeetingDraft] = field(default_factory=list)
    commitments: list[CommitmentDraft] = field(default_factory=list)
    feedback: list[FeedbackDraft] = field(default_factory=list)
    risks: list[RiskDraft] = field(default_factory=list)
    aliases: list[AliasDraft] = field(default_factory=list)
    suspicious: list[int] = field(default_factory=list)

    def drafts(self) -> list[Draft]:
        """Every draft, the agreement and the meeting included."""
        single: list[Draft] = [draft for draft in (self.agreement, self.meeting) if draft is not None]
        return [*single, *self.clauses, *self.targets, *self.obligations, *self.changes, *self.planned_meetings,
                *self.commitments, *self.feedback, *self.risks, *self.aliases]  # fmt: skip

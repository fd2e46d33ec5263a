"""Everything on file about one customer that one draft may use. Every read of a draft goes through here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import SQLModel, col

from assistant.answers.facts import Quantity, facts_of
from assistant.drafts.amended import AmendedClauses
from assistant.drafts.audience import INTERNAL_DOCUMENTS, INTERNAL_KINDS, evidence_allowed, names_others, words_allowed
from assistant.drafts.informative import Topic
from assistant.drafts.kinds import described
from assistant.drafts.model import DraftRequest
from assistant.drafts.periods import default_period
from assistant.drafts.points import Point
from assistant.drafts.progress import Steps
from assistant.drafts.quoted_words import QuotedWords
from assistant.drafts.subjects import record_name
from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import mark
from assistant.tools.credits.due import CountedCredit, ServiceCredit, counted_of, credits_of
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence, record_as_evidence
from knowledge.access import known_error_clause, passage_clause, record_clause
from knowledge.language.periods import Period
from knowledge.records.agreements import Clause
from knowledge.records.authority import Authority
from knowledge.records.customers import Contact, Customer
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.records.relationship import Meeting
from knowledge.records.services import Opportunity, Project, Service, Subscription

R = TypeVar("R", bound=SQLModel)
_OF_NOW = frozenset({Contact, Opportunity, Project, Service, Subscription})
"""Kinds whose records in a file that is kept for history only hold no longer."""
_KIND_OF = {model: kind for kind, model in KINDS.items()}
_PRIVATE = {"id", "customer_id", "document_id", "sheet_row_id", "passage_id", "locator", "quote", "origin", "confirmed_by", "edits", "identity", "created_at", "withdrawn", "person_id", "meeting_id", "clause_id", "agreement_id"}


@dataclass
class Dossier:
    """One customer's file as one viewer and audience may see it. `quoted`: words already quoted in the draft; `notes`: what its parts have
    worked out already, by name; `named_files`: bare names of files that lines point to; `promised`: what the promises shown are about, as concepts."""

    desk: Desk
    request: DraftRequest
    customer: Customer
    quoted: QuotedWords = field(default_factory=QuotedWords)
    refused: set[str] = field(default_factory=set)
    asks: list[str] = field(default_factory=list)
    _credits: dict[tuple[date, date], list[ServiceCredit]] = field(default_factory=dict)
    steps: Steps = field(default_factory=Steps)
    points: list[Point] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    named_files: set[str] = field(default_factory=set)
    promised: list[frozenset[str]] = field(default_factory=list)
    _documents: dict[tuple[tuple[str, ...], date], list[tuple[Document, list[Passage]]]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.desk.today

    @property
    def language(self) -> Any:
        return self.request.language

    @property
    def basis(self) -> str:
        """What may stand without a source: the request's own words, day and period."""
        asked = self.request
        days = [asked.meeting_on, *((asked.period.start, asked.period.end) if asked.period else ())]
        return " ".join([asked.words, asked.topic, self.subject_name, self.customer.name, *sorted(self.named_files), *(day.isoformat() for day in days if day)])

    @property
    def for_customer(self) -> bool:
        return self.request.audience == "customer"

    @property
    def period(self) -> Period:
        """The period asked for, else the one that the kind covers by itself."""
        return self.request.period or default_period(self.today, described(self.request.kind).months)

    @cached_property
    def subject(self) -> SQLModel | None:
        """The record that the draft is about, where the request settled on one."""
        kind, _, number = self.request.subject.partition(":")
        return self.desk.session.get(KINDS[kind], int(number)) if number else None

    @property
    def subject_name(self) -> str:
        """ "RFC-9 Ganti router gudang"; "" without a subject, or where this audience may not know of it."""
        hidden = self.for_customer and type(self.subject) in INTERNAL_KINDS
        return record_name(self.subject) if self.subject is not None and not hidden else ""

    @property
    def subject_words(self) -> str:
        """By which words a text speaks of what the draft is about: the record's title without its number, else the request's topic."""
        title = getattr(self.subject, "title", "") or getattr(self.subject, "name", "")
        return str(title) if title and self.subject_name else self.request.topic

    @cached_property
    def topic(self) -> Topic:
        return Topic.of(self.request.topic)

    def records(self, model: type[R], *where: ColumnElement[bool], anyone: bool = False, ours: bool = False) -> list[R]:
        """Records of a kind about the customer (`anyone`: those about nobody in particular as well) for this audience.

        ours: kinds that are internal as well, for a draft that tells no more of them than a customer may know.
        """
        if self.for_customer and model in INTERNAL_KINDS and not ours:
            return []
        self.steps.reading(_KIND_OF[model])
        table: Any = model
        query = select(model).outerjoin(Document, table.document_id == col(Document.id)).outerjoin(Passage, table.passage_id == col(Passage.id))
        about = table.customer_id == self.customer.id
        query = query.where(or_(about, table.customer_id.is_(None)) if anyone else about, table.withdrawn.is_(False), record_clause(self.desk.viewer, model), *where)
        query = query.where(or_(col(Document.id).is_(None), col(Document.state) == "ready"))
        if model in _OF_NOW:
            query = query.where(or_(col(Document.id).is_(None), col(Document.authority) < Authority.OUTDATED))
        if self.for_customer:
            open_document = ~col(Document.internal) & col(Document.kind).not_in(INTERNAL_DOCUMENTS)
            query = query.where(or_(col(Document.id).is_(None), open_document), or_(col(Passage.id).is_(None), ~col(Passage.internal)))
        return list(self.desk.session.execute(query.order_by(table.id)).scalars().unique())

    def known_errors(self) -> list[KnownError]:
        """Known errors that touch the customer, those logged last first."""
        self.steps.reading(_KIND_OF[KnownError])
        link = exists().where(col(KnownErrorCustomer.known_error_id) == col(KnownError.id), col(KnownErrorCustomer.customer_id) == self.customer.id)
        query = select(KnownError).where(col(KnownError.withdrawn).is_(False), link, known_error_clause(self.desk.viewer))
        return sorted(self.desk.session.execute(query).scalars().unique(), key=lambda error: (error.logged_on or date.min, error.id or 0), reverse=True)

    def cite(self, record: SQLModel, **values: Any) -> Evidence | None:
        """The record as evidence, its own fields (and `values` that follow from them) with it; None if it may not be used."""
        kind = _KIND_OF[type(record)]
        found = record_as_evidence(self.desk.session, self.desk.viewer, kind, record.id)  # type: ignore[attr-defined]
        if found is None or not evidence_allowed(found, self.request.audience, self.customer.id):
            return None
        own = {name: str(value) for name, value in record.model_dump().items() if name not in _PRIVATE and value not in (None, "", [], {})}
        found.notes["stands_in"] = found.passage_id
        found.passage_id = None  # two records of one passage are two pieces of evidence
        if code := own.get("service"):
            own["service_called"] = self.service(code)
        found.values = own | {name: str(value) for name, value in values.items()}
        return self.desk.keep(found)

    def credits(self, period: Period) -> list[ServiceCredit]:
        """The credits of every service and month of a period, reckoned once a draft."""
        days = (period.start, period.end)
        if days not in self._credits:
            self._credits[days] = credits_of(self.desk, self.customer, period)
        return self._credits[days]

    def counted_credits(self, period: Period) -> list[CountedCredit]:
        """The credits for each breach, hour or day of a period."""
        return counted_of(self.desk, self.customer, period)

    def passages(self, ids: Iterable[int]) -> list[Evidence]:
        """Passages as evidence, in the order given, those that this draft may use."""
        wanted = list(ids)
        found = passages_as_evidence(self.desk.session, self.desk.viewer, wanted)
        allowed = (found[number] for number in wanted if number in found and evidence_allowed(found[number], self.request.audience, self.customer.id))
        return [self.desk.keep(item) for item in allowed]

    def raise_point(self, key: str, urgency: float, *evidence: Evidence | None, **slots: str) -> None:
        """Remember something for the agenda."""
        cited = tuple(item for item in evidence if item is not None)
        if cited:
            self.points.append(Point(key, urgency, cited, slots))

    def own_people(self, text: str) -> frozenset[int]:
        """The customer's people whom a text names."""
        return frozenset(number for mention in self.desk.linker.people(text) if self.customer.id in mention.customer_ids for number in mention.person_ids)

    def documents(self, kinds: Sequence[str], since: date) -> list[tuple[Document, list[Passage]]]:
        """Documents of these kinds about the customer since a day, newest first, with the passages about them, in order."""
        known = (tuple(kinds), since)
        if known not in self._documents:
            self._documents[known] = self._read_documents(kinds, since)
        return self._documents[known]

    def _read_documents(self, kinds: Sequence[str], since: date) -> list[tuple[Document, list[Passage]]]:
        self.steps.reading("documents")
        query = (
            select(Passage, Document).join(Document, col(Passage.document_id) == col(Document.id))
            .where(col(Passage.id).in_(select(col(PassageCustomer.passage_id)).where(col(PassageCustomer.customer_id) == self.customer.id)))
            .where(passage_clause(self.desk.viewer), col(Document.kind).in_(kinds), col(Document.state) == "ready")
            .where(or_(col(Document.dated).is_(None), col(Document.dated) >= since))
            .order_by(col(Document.id), col(Passage.ordinal))
        )
        if self.for_customer:
            query = query.where(~col(Document.internal), ~col(Passage.internal))
        grouped: dict[int, tuple[Document, list[Passage]]] = {}
        for passage, document in self.desk.session.execute(query).all():
            grouped.setdefault(document.id, (document, []))[1].append(passage)
        return sorted(grouped.values(), key=lambda pair: (pair[0].dated or date.min, pair[0].id or 0), reverse=True)

    def guidance(self) -> list[tuple[Document, list[Passage]]]:
        """Internal documents of the last year that are about nobody in particular: passages that name no customer."""
        about = exists().where(col(PassageCustomer.passage_id) == col(Passage.id))
        query = (
            select(Passage, Document)
            .join(Document, col(Passage.document_id) == col(Document.id))
            .where(passage_clause(self.desk.viewer), col(Document.internal), ~about, col(Document.kind).in_(("email", "note", "guide", "minutes", "other")))
            .where(or_(col(Document.dated).is_(None), col(Document.dated) >= self.months_ago(12)))
            .order_by(col(Document.id), col(Passage.ordinal))
        )
        grouped: dict[int, tuple[Document, list[Passage]]] = {}
        for passage, document in self.desk.session.execute(query).all():
            grouped.setdefault(document.id, (document, []))[1].append(passage)
        return list(grouped.values())

    def may_quote(self, text: str, own_record: bool = False) -> bool:
        """Whether these words may stand in this draft. own_record: they are a row about this customer alone."""
        review = self.request.kind == "review"
        if not words_allowed(text, self.request.audience, review=review):
            self.refused.add(" ".join(text.split()))
            return False
        return not names_others(text, self.desk.linker, self.customer.id, own_record) and not self.states_superseded(text)

    def states_superseded(self, text: str) -> bool:
        """Whether the text states an amount that an amendment has replaced."""
        return self.amended.states_superseded(text)

    @cached_property
    def amended(self) -> AmendedClauses:
        return AmendedClauses(self.desk, self.customer.id or 0)

    def is_current(self, clause: Clause) -> bool:
        """Whether the clause stands: no amendment in force has replaced it, or names it without saying that it stays."""
        return self.amended.by(clause) is None

    def amending(self, clause: Clause) -> Clause | None:
        """The clause of an amendment in force that changes this one."""
        return self.amended.by(clause)

    def note_used(self, *texts: str) -> None:
        """Remember words that the draft quotes."""
        self.quoted.note(*texts)

    def is_used(self, text: str) -> bool:
        """Whether the draft already quotes these words, or words that hold them or that they hold."""
        return self.quoted.has(text)

    def holds_used(self, text: str) -> bool:
        """Whether a sentence that the draft already quotes stands in these words."""
        return self.quoted.stands_in(text)

    def clause(self, number: int | None) -> Clause | None:
        """A clause by its id."""
        return self.desk.session.get(Clause, number) if number is not None else None

    def computed(self, *values: date | Decimal | int) -> None:
        """Dates and numbers that a line states because they were computed from its evidence."""
        for value in values:
            if isinstance(value, date):
                self.desk.computed.dates.add(value)
            else:
                self.desk.computed.numbers.add(Decimal(value).normalize())

    def computed_share(self, *shares: Decimal) -> None:
        """Percentages that a line states because they were computed from its evidence."""
        self.desk.computed.quantities |= {Quantity(share.normalize(), "%") for share in shares}

    def computed_days(self, *days: int) -> None:
        """Spans of days that a line states because they were computed from its evidence and today."""
        self.computed(*days)
        for count in days:
            self.desk.computed.quantities |= set(facts_of(f"{count} days", self.today).quantities)

    @cached_property
    def last_meeting(self) -> Meeting | None:
        """The last meeting held with the customer before today (for a brief: before the day of the next one)."""
        held = [meeting for meeting in self.records(Meeting) if meeting.on and not meeting.planned and not meeting.internal and meeting.on <= self.today]
        sources = {meeting.document_id: self.desk.session.get(Document, meeting.document_id) for meeting in held if meeting.document_id}
        together = [meeting for meeting in held if not ((document := sources.get(meeting.document_id or 0)) and document.kind == "call_note")]
        return max(together or held, key=lambda meeting: meeting.on or date.min, default=None)

    def cite_last_meeting(self) -> Evidence | None:
        """The last meeting as evidence for its own day."""
        return self.cite(self.last_meeting) if self.last_meeting else None

    @cached_property
    def service_names(self) -> dict[str, str]:
        """Code → name of the services, in the draft's language where the catalogue has it."""
        names = {}
        for service in self.desk.session.execute(select(Service).where(col(Service.withdrawn).is_(False))).scalars():
            own = service.name_id if self.language == "id" else service.name_en
            for code in (service.key, service.name, service.name_id, service.name_en):
                if code:
                    names[code.lower()] = own or service.name
        for subscription in self.records(Subscription):
            if subscription.service_name:
                names.setdefault(subscription.service.lower(), subscription.service_name)
        return names

    def service(self, code: str | None) -> str:
        """A service's name by code; the code itself where the catalogue does not know it."""
        return self.service_names.get((code or "").lower(), code or "")

    def months_ago(self, months: int) -> date:
        return self.today - timedelta(days=round(months * 30.44))


def marks(*items: Evidence | None) -> str:
    """Reference marks of what is there."""
    return mark(*(item for item in items if item is not None))

"""Everything on file about one customer that one draft may use. Every read of a draft goes through here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import SQLModel, col

from assistant.answers.facts import Quantity, facts_of
from assistant.drafts.audience import INTERNAL_DOCUMENTS, INTERNAL_KINDS, evidence_allowed, names_others, words_allowed
from assistant.drafts.informative import Topic
from assistant.drafts.kinds import described
from assistant.drafts.model import DraftRequest
from assistant.drafts.periods import default_period
from assistant.drafts.points import Point
from assistant.drafts.progress import Steps
from assistant.drafts.subjects import record_name
from assistant.drafts.wording import matcher
from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import mark
from assistant.tools.credits.due import ServiceCredit, credits_of
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence, record_as_evidence
from knowledge.access import known_error_clause, passage_clause, record_clause
from knowledge.documents.sentences import sentences
from knowledge.language.money import find_money
from knowledge.language.periods import Period
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.records.relationship import Meeting
from knowledge.records.services import Service, Subscription

R = TypeVar("R", bound=SQLModel)
SENTENCE = 30
"""Characters from which words that are quoted twice are a sentence said twice."""
_CLAUSE_NUMBER = re.compile(r"(?<!\w)(?:pasal|klausul|butir|ayat|clause|article|section|paragraph)\s+(\d{1,3}(?:\.\d{1,3})*)", re.IGNORECASE)
_KIND_OF = {model: kind for kind, model in KINDS.items()}
_PRIVATE = {"id", "customer_id", "document_id", "sheet_row_id", "passage_id", "locator", "quote", "origin", "confirmed_by", "edits", "identity", "created_at", "withdrawn", "person_id", "meeting_id", "clause_id", "agreement_id"}


@dataclass
class Dossier:
    """One customer's file as one viewer and audience may see it. `used`: words already quoted in the draft; `notes`: what its parts have
    worked out already, by name; `named_files`: bare names of files that lines point to; `promised`: what the promises shown are about, as concepts."""

    desk: Desk
    request: DraftRequest
    customer: Customer
    used: set[str] = field(default_factory=set)
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

    def records(self, model: type[R], *where: ColumnElement[bool], anyone: bool = False) -> list[R]:
        """Records of a kind about the customer (`anyone`: those about nobody in particular as well) for this audience."""
        if self.for_customer and model in INTERNAL_KINDS:
            return []
        self.steps.reading(_KIND_OF[model])
        table: Any = model
        query = select(model).outerjoin(Document, table.document_id == col(Document.id)).outerjoin(Passage, table.passage_id == col(Passage.id))
        about = table.customer_id == self.customer.id
        query = query.where(or_(about, table.customer_id.is_(None)) if anyone else about, table.withdrawn.is_(False), record_clause(self.desk.viewer, model), *where)
        query = query.where(or_(col(Document.id).is_(None), col(Document.state) == "ready"))
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
        return any(re.search(rf"(?<![\d.,]){re.escape(amount)}(?![\d])", text) for amount in self.superseded)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Amounts of money, as written, that stood in a clause of this customer's agreements and were replaced."""
        clauses = {clause.id: clause for clause in self.desk.session.execute(
            select(Clause).where(col(Clause.withdrawn).is_(False), record_clause(self.desk.viewer, Clause), col(Clause.customer_id) == self.customer.id)
        ).scalars()}  # fmt: skip
        pairs = [(clause.text, clauses[clause.amended_by_id].text) for clause in clauses.values() if clause.amended_by_id in clauses and _in_force(clause, self.today)]
        return frozenset(amount for old, new in pairs for amount in superseded_amounts(old, new))

    @cached_property
    def touched_clauses(self) -> dict[int, dict[str, Clause]]:
        """Agreement id → number of its clause → the clause of an amendment in force that names it without saying that it stays."""
        found: dict[int, dict[str, Clause]] = {}
        query = select(Clause, Agreement).join(Agreement, col(Clause.agreement_id) == col(Agreement.id)).where(
            col(Agreement.kind) == "amendment", col(Agreement.amends_id).is_not(None), col(Agreement.customer_id) == self.customer.id,
            col(Clause.withdrawn).is_(False), record_clause(self.desk.viewer, Clause),
        )  # fmt: skip
        rows: list[tuple[Clause, Agreement]] = [(clause, amendment) for clause, amendment in self.desk.session.execute(query).all()]
        for clause, amendment in rows:
            if (amendment.effective_from or amendment.signed_on or self.today) > self.today:
                continue
            for start, end in sentences(clause.text):
                if not matcher("state.stays").search(clause.text[start:end]):
                    for match in _CLAUSE_NUMBER.finditer(clause.text[start:end]):
                        found.setdefault(amendment.amends_id or 0, {})[match[1]] = clause
        return found

    def clause(self, number: int | None) -> Clause | None:
        """A clause by its id."""
        return self.desk.session.get(Clause, number) if number is not None else None

    def is_current(self, clause: Clause) -> bool:
        """Whether the clause stands: no amendment in force has replaced it, or names it without saying that it stays."""
        return self.amending(clause) is None

    def amending(self, clause: Clause) -> Clause | None:
        """The clause of an amendment in force that changes this one."""
        if clause.amended_by_id is not None:
            return self.desk.session.get(Clause, clause.amended_by_id) if _in_force(clause, self.today) else None
        return self.touched_clauses.get(clause.agreement_id or 0, {}).get(clause.number) if clause.number else None

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

    def note_used(self, *texts: str) -> None:
        """Remember words that the draft quotes."""
        self.used.update(_folded(text) for text in texts if text.strip())

    def is_used(self, text: str) -> bool:
        """Whether the draft already quotes these words, or words that hold them or that they hold."""
        folded = _folded(text)
        return any(folded in known or (len(known) > 0.6 * len(folded) and known in folded) for known in self.used)

    def holds_used(self, text: str) -> bool:
        """Whether a sentence that the draft already quotes stands in these words."""
        folded = _folded(text)
        return any(len(known) >= SENTENCE and known in folded for known in self.used)

    def months_ago(self, months: int) -> date:
        return self.today - timedelta(days=round(months * 30.44))


def _folded(text: str) -> str:
    return re.sub(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?", "", " ".join(text.split())).rstrip(" .;").lower()


def _in_force(clause: Clause, today: date) -> bool:
    return clause.amended_from is None or clause.amended_from <= today


def superseded_amounts(amended: str, amending: str) -> set[str]:
    """Amounts as written that an amending clause takes out of force: those it repeats from the clause that it amends."""
    old = {(span.amount, span.currency) for span in find_money(amended)}
    written = {amended[span.start : span.end] for span in find_money(amended) if (span.amount, span.currency) in old & {(other.amount, other.currency) for other in find_money(amending)}}
    repeated = {amending[span.start : span.end] for span in find_money(amending) if (span.amount, span.currency) in old}
    return {re.sub(r"^[^\d]*", "", text).strip() for text in written | repeated} if repeated and len(find_money(amending)) > len(repeated) else set()


def marks(*items: Evidence | None) -> str:
    """Reference marks of what is there."""
    return mark(*(item for item in items if item is not None))

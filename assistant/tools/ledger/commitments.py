"""The promise ledger: who promised what to whom, what was asked for, what is planned, when we meet next (domain.md, rules of the field)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.ledger.questions import Kind, LedgerQuestion, ledger_question, only_asks, said_in
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.periods import find_period
from knowledge.language.tokens import normalise
from knowledge.linking import PersonMention
from knowledge.records.documents import Document, Passage
from knowledge.records.relationship import Commitment, Meeting

_KINDS: dict[Kind, tuple[str, ...]] = {
    "owed": ("promise", "action_item"), "promise": ("promise", "action_item"), "doing": ("promise", "action_item", "request"), "plan": ("plan",),
    "request": ("request",),
}  # fmt: skip
_MAIL = re.compile(r"\b(surel|e-?mail|mail)\b", re.IGNORECASE)
_OCCASION = re.compile(r"\b(rapat|pertemuan|meeting|mtg|call|telepon|telp|notulen|minutes|mom|chat|surel|e-?mail|mail|surat|letter)\b[^,.;?]{0,40}$", re.IGNORECASE)
"""Before a date: the day of a meeting or mail, not one by which something is due."""
_LAST = re.compile(r"\b(terakhir|last|latest|most recent|terbaru)\b", re.IGNORECASE)
_REMARK = re.compile(r"\(([^()]{3,160})\)")
_MOST, _MOST_OVERDUE, _FEWEST_TOPICS = 6, 12, 2
_MANY = 200
"""Entries looked through for those about the topic asked for."""


@dataclass
class KnownCommitment:
    """An entry of the ledger and where it was said. kind: as asked (see LedgerQuestion). done: as a register says, None where none does."""

    kind: Kind
    owner: str | None
    party: str | None
    text: str
    on: date | None
    due: date | None
    evidence: Evidence
    place: str | None = None
    done: bool | None = None


def commitments(desk: Desk, question: str, customers: tuple[int, ...]) -> list[KnownCommitment]:
    """What a question asks of the ledger: of a customer, of a person, said on a day, of one side, overdue, due in a period, about a thing.

    What falls due in a period comes in that order; else newest first where nothing says which; empty when the question asks for nothing
    of the kind, and where no entry speaks of the thing asked for.
    """
    people = [person for person in desk.linker.people(question) if person.text[:1].isupper() or not only_asks(person.text)]
    spans = find_dates(question, desk.today)
    named = [(customer.start, customer.end) for customer in desk.linker.customers(question)]
    named += [(person.start, person.end) for person in people] + [(span.start, span.end) for span in spans]
    asked = ledger_question(question, named)
    if asked is None:
        return []
    if not customers:
        customers = tuple(dict.fromkeys(number for person in people for number in person.customer_ids if desk.viewer.may_see(number)))
    if asked.kind == "meeting":
        return _next_meeting(desk, customers)
    query = select(Commitment).where(
        col(Commitment.withdrawn).is_(False), record_clause(desk.viewer, Commitment), col(Commitment.kind).in_(_KINDS[asked.kind])
    )
    if customers:
        query = query.where(col(Commitment.customer_id).in_(customers))
    said_then = any(_OCCASION.search(question[: span.start]) for span in spans)
    due = find_period(question, desk.today) if asked.due and not asked.overdue and asked.kind in ("promise", "owed") and not said_then else None
    if due is not None:
        query = query.where(col(Commitment.due).between(due.start, due.end), col(Commitment.status) != "done")
    days = [] if due is not None else [span for span in spans if not span.relative and span.precision in ("day", "month")]
    if days:
        query = query.where(col(Commitment.on).between(days[0].value, days[0].until))
    party = asked.party or ("customer" if asked.theirs and customers else None)
    owners = [person.name for person in people if person.provider or asked.party != "provider"] if asked.kind != "request" else []
    if owners:
        query = query.where(col(Commitment.owner).in_(owners))
    elif party and asked.kind != "plan":
        query = query.where(or_(col(Commitment.party) == party, col(Commitment.party).is_(None)))
    if asked.overdue and asked.kind in ("owed", "promise"):
        query = query.where(col(Commitment.due) < desk.today, col(Commitment.status) != "done")
    if asked.kind == "owed":
        query = query.where(col(Commitment.status) != "done")
    if asked.kind == "request" and _MAIL.search(question):
        query = query.join(Document, col(Document.id) == col(Commitment.document_id)).where(col(Document.kind) == "email")
    anchored = bool(customers or owners or days or due is not None or asked.loose or asked.overdue)
    if not anchored and len(asked.topics) < _FEWEST_TOPICS:
        return []
    order = (col(Commitment.due), col(Commitment.on).desc()) if due is not None else (col(Commitment.on).desc(), col(Commitment.due))
    rows = _fitting(desk, asked, query.order_by(*order).limit(_MANY), occasion=bool(days))
    if not anchored and (len({row.customer_id for row in rows}) > 1 or any(_covered(desk, asked, row)[0] < _FEWEST_TOPICS for row in rows)):
        return []
    if asked.kind == "owed" or asked.overdue:
        rows = [row for row in rows if not _done(row)]
    if party:
        rows = [row for row in rows if row.party == party] or rows
    near = [span for span in spans if span.relative and span.until < desk.today]
    if asked.kind == "owed" and near:  # "what should they have sent last Friday"
        rows = [row for row in rows if row.due and near[0].value <= row.due <= near[0].until] or rows
    if asked.kind == "request":
        rows = _asked_by(rows, people)
    if asked.kind == "plan" and _LAST.search(question):
        rows = [row for row in rows if row.on == rows[0].on]
    if asked.loose and len({row.due for row in rows}) > 1:
        return []
    most = _MOST_OVERDUE if asked.overdue else _MOST
    return _with_evidence(desk, asked, rows[: most if asked.kind in ("owed", "promise") else 3])


def _next_meeting(desk: Desk, customers: tuple[int, ...]) -> list[KnownCommitment]:
    """The first meeting to come of these customers."""
    if not customers:
        return []
    query = (
        select(Meeting)
        .where(
            col(Meeting.withdrawn).is_(False), record_clause(desk.viewer, Meeting), col(Meeting.planned).is_(True), col(Meeting.on) >= desk.today,
            col(Meeting.customer_id).in_(customers),
        )
        .order_by(col(Meeting.on), col(Meeting.id).desc())
        .limit(1)
    )  # fmt: skip
    found = []
    for meeting in desk.session.execute(query).scalars():
        evidence = record_as_evidence(desk.session, desk.viewer, "meeting", meeting.id or 0)
        if evidence is not None and evidence.quote:
            document = desk.session.get(Document, meeting.document_id) if meeting.document_id else None
            evidence.dated = document.dated if document else None  # the day it was said, not the day of the meeting
            evidence.passage_id = None
            found.append(KnownCommitment("meeting", None, None, meeting.words or meeting.title, None, meeting.on, desk.keep(evidence), meeting.place))
            desk.computed.dates |= {day for day in (meeting.on,) if day}
    return found


def _fitting(desk: Desk, asked: LedgerQuestion, query: Select[Any], occasion: bool) -> list[Commitment]:
    """The entries about what was asked, those that say most of it; all of them where no thing was named.

    All of one occasion too: of words that nothing of that day speaks of, one cannot tell that they are a thing.
    """
    rows: list[Commitment] = [row for row in desk.session.execute(query).scalars() if row.text]
    if not asked.topics:
        return [] if asked.loose else rows
    scored = [(own + around / 100, own, around, row) for row in rows for own, around in [_covered(desk, asked, row)]]
    enough = len(asked.topics) if asked.loose else (len(asked.topics) + 1) // 2
    kept = [(score, row) for score, own, around, row in scored if around >= enough and (own or not asked.loose)]
    if occasion and not kept and not asked.loose:
        return rows
    best = max((score for score, _ in kept), default=0.0)
    return [row for score, row in kept if score >= best - 0.005]


def _covered(desk: Desk, asked: LedgerQuestion, row: Commitment) -> tuple[int, int]:
    """How many topics the entry names in its own words, and with the words and the title around it."""
    own = concept_names(f"{row.text}\n{row.quote}")
    about = asked.topics
    in_own = sum(bool(names & own) for names in about)
    if in_own == len(about):
        return in_own, in_own
    passage = desk.session.get(Passage, row.passage_id) if row.passage_id else None
    document = desk.session.get(Document, row.document_id) if row.document_id else None
    around = own | (concept_names(f"{passage.context or ''}\n{passage.text}") if passage else frozenset())
    around |= concept_names(document.title) if document else frozenset()
    return in_own, sum(bool(names & around) for names in about)


def _asked_by(rows: list[Commitment], people: list[PersonMention]) -> list[Commitment]:
    """Requests of these people, also of those who share the name that was given; outright requests before wishes."""
    names = [(person.name, set(person.text.lower().split())) for person in people if not person.provider]
    askers = [(row, str(row.extra.get("requested_by") or "")) for row in rows]
    theirs = [row for row, asker in askers if any(asker == name or said and said <= set(asker.lower().split()) for name, said in names)] if names else rows
    return [row for row in theirs if not row.extra.get("wish")] or theirs


def _done(row: Commitment) -> bool | None:
    """Whether a register calls an entry done, or a remark in brackets beside it; of what was only said nobody has kept a state."""
    remarks = [normalise(remark) for remark in _REMARK.findall(row.quote or "")]
    if any(said_in("remarked_done", remark) and not said_in("remarked_not", remark) for remark in remarks):
        return True
    return row.status == "done" if row.sheet_row_id is not None and row.status else None


def _with_evidence(desk: Desk, asked: LedgerQuestion, rows: list[Commitment]) -> list[KnownCommitment]:
    found = []
    for row in rows:
        evidence = record_as_evidence(desk.session, desk.viewer, "commitment", row.id or 0)
        if evidence is None:
            continue
        evidence.passage_id = None  # two promises of one passage are two pieces of evidence
        owner = row.extra.get("requested_by") if row.kind == "request" else row.owner
        found.append(KnownCommitment(asked.kind, owner, row.party, row.text, row.on, row.due, desk.keep(evidence), done=_done(row)))
        desk.computed.dates |= {day for day in (row.on, row.due) if day}
    return found

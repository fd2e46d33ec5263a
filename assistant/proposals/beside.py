"""What the records hold beside a proposal: the same already recorded or waiting, what it continues, what it contradicts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from assistant.proposals.contradictions import with_agreements, with_contacts
from assistant.proposals.due import dates_in
from assistant.proposals.finding import Beside, entry_of
from assistant.proposals.payload import Payload
from assistant.proposals.phrases import folded, language_of, pattern
from assistant.proposals.reading import STANCED
from assistant.proposals.tables import Proposal
from assistant.proposals.topics import Topic, alike, shared, topic
from knowledge.access import Viewer, customer_clause, record_clause
from knowledge.records.relationship import Commitment, Feedback, Improvement, Meeting, Risk
from knowledge.records.services import Opportunity

SAME = 0.6  # share of the shorter topic that two texts of the same thing have in common
NEAR = 0.34  # the same, where the words themselves say that something goes on
FRESH = timedelta(days=21)  # a second telling of the same within this time is the same telling
LOOK_BACK = timedelta(days=180)
SHOWN = 4
MOST = 500  # of a customer's latest records of a kind are compared
_TOLD = (*STANCED, "risk", "improvement")
_MODELS: dict[str, Any] = {
    **dict.fromkeys(STANCED, Feedback), "commitment": Commitment, "meeting": Meeting, "opportunity": Opportunity, "risk": Risk,
    "improvement": Improvement,
}  # fmt: skip


def beside(
    session: Session, viewer: Viewer, kind: str, payload: Payload, today: date, but: str = ""
) -> list[dict[str, Any]]:
    """What stands beside a proposal, the weightiest first, at most four; only of what the viewer may see. `but`: the proposal itself."""
    found = [
        *with_contacts(session, viewer, payload, today),
        *with_agreements(session, viewer, payload, today),
        *_records(session, viewer, kind, payload, today),
        *_waiting(session, viewer, kind, payload, but),
    ]
    order = ("changes", "recorded", "waiting", "continues")
    seen: dict[str, Beside] = {}
    for entry in sorted(found, key=lambda entry: order.index(entry.how)):
        seen.setdefault(f"{entry.record} {entry.field}" if entry.field else entry.record, entry)
    return [entry.as_json() for entry in list(seen.values())[:SHOWN]]


def _topic(payload: Mapping[str, Any], text: str) -> Topic:
    return topic(text, *(str(payload[name]) for name in ("customer", "person", "owner") if payload.get(name)))


def _records(session: Session, viewer: Viewer, kind: str, payload: Payload, today: date) -> Iterator[Beside]:
    model = _MODELS.get(kind)
    if model is None:
        return
    wanted = select(model).where(
        record_clause(viewer, model), model.customer_id == payload["customer_id"], col(model.withdrawn).is_(False)
    )
    if kind in _TOLD:
        wanted = wanted.where(model.on.is_(None) | (model.on >= today - LOOK_BACK))
    rows = session.exec(wanted.order_by(model.id.desc()).limit(MOST)).all()
    mine = _topic(payload, f"{payload.get('text') or ''} {payload.get('words') or ''}")
    norm = folded(str(payload.get("words") or ""), language_of(str(payload.get("words") or "")))
    goes_on = pattern("beside", "goes_on").search(norm) is not None
    best: list[tuple[float, Any]] = []
    for row in rows:
        score = _score(kind, payload, row, mine, today)
        if score >= (NEAR if goes_on else SAME):
            best.append((score, row))
    for score, row in sorted(best, key=lambda entry: (-entry[0], -(entry[1].id or 0)))[:2]:
        yield _compared(session, kind, payload, row, score, today)
    if kind != "meeting" and (held := _meeting_meant(session, viewer, norm, payload, today)):
        yield entry_of(session, "continues", "meeting", held)


def _score(kind: str, payload: Payload, row: Any, mine: Topic, today: date) -> float:
    """How surely a record is about the same thing, 0–1."""
    if kind in STANCED and (row.kind == "compliment") != (kind == "compliment"):
        return 0.0
    if kind == "commitment" and (row.status == "done" or (row.party or payload.get("party")) != payload.get("party")):
        return 0.0
    if kind == "meeting":
        return _same_meeting(payload, row, mine, today)
    text = " ".join(
        str(part) for part in (getattr(row, "title", ""), getattr(row, "text", ""), getattr(row, "words", "")) if part
    )
    score = alike(mine, _topic(payload, text))
    if (
        kind == "opportunity"
        and score < SAME
        and payload.get("service")
        and row.service == payload["service"]
        and shared(mine, _topic(payload, text))
    ):
        return SAME
    return score


def _same_meeting(payload: Payload, row: Meeting, mine: Topic, today: date) -> float:
    """A meeting still to come is the same where day or person agree, or where the words say that it is moved."""
    if not row.planned or (row.on and row.on < today):
        return 0.0
    people = {str(person.get("name") or "").lower() for person in row.attendees} | {str(row.person or "").lower()}
    person = str(payload.get("person") or "").lower()
    if row.on and payload.get("due") == row.on.isoformat():
        return 1.0
    moved = pattern("beside", "moved").search(folded(str(payload.get("words") or ""), "id")) is not None
    fits = person in people if person else bool(shared(mine, _topic(payload, row.title))) or len(people - {""}) == 0
    return 0.9 if moved and fits else 0.0


def _compared(session: Session, kind: str, payload: Payload, row: Any, score: float, today: date) -> Beside:
    name = "feedback" if kind in STANCED else kind
    if (
        kind == "commitment"
        and row.due
        and payload.get("due")
        and row.due.isoformat() != payload["due"]
        and score >= SAME
    ):
        return entry_of(session, "changes", name, row, field="due", now=row.due.isoformat())
    if kind == "meeting" and row.on and payload.get("due") and row.on.isoformat() != payload["due"]:
        return entry_of(session, "changes", name, row, field="due", now=row.on.isoformat())
    if kind == "opportunity" and row.value is not None and payload.get("amount") and score >= SAME:
        theirs = (format(row.value.normalize(), "f"), row.currency)
        if row.value != type(row.value)(payload["amount"]) or (
            row.currency and row.currency != payload.get("currency")
        ):
            return entry_of(session, "changes", name, row, field="amount", now=theirs[0], currency=theirs[1])
    day = getattr(row, "on", None)
    fresh = kind not in STANCED or (day is not None and today - FRESH <= day <= today)
    same_person = not getattr(row, "person", None) or not payload.get("person") or row.person == payload["person"]
    return entry_of(session, "recorded" if score >= SAME and fresh and same_person else "continues", name, row)


def _meeting_meant(session: Session, viewer: Viewer, norm: str, payload: Payload, today: date) -> Meeting | None:
    """The meeting of the customer that the words say this comes from ("hasil rapat kemarin")."""
    if not pattern("beside", "from_meeting").search(norm):
        return None
    days = [span for span in dates_in(str(payload.get("words") or ""), today) if span.until <= today]
    held = session.exec(
        select(Meeting)
        .where(
            record_clause(viewer, Meeting),
            col(Meeting.customer_id) == payload["customer_id"],
            col(Meeting.withdrawn).is_(False),
        )
        .where(col(Meeting.on).is_not(None), col(Meeting.on) <= today, col(Meeting.on) >= today - LOOK_BACK)
        .order_by(col(Meeting.on).desc())
    ).all()
    named = [row for row in held if row.on and any(span.value <= row.on <= span.until for span in days)]
    recent = [row for row in held if row.on and row.on >= today - FRESH]
    return next(iter(named or (recent if not days else [])), None)


def _waiting(session: Session, viewer: Viewer, kind: str, payload: Payload, but: str) -> Iterator[Beside]:
    rows = session.exec(
        select(Proposal)
        .where(customer_clause(viewer, Proposal.customer_id), col(Proposal.customer_id) == payload["customer_id"])
        .where(col(Proposal.state) == "pending", col(Proposal.kind) == kind, col(Proposal.id) != but)
        .order_by(col(Proposal.created_at).desc())
        .limit(100)
    ).all()
    mine = _topic(payload, str(payload.get("text") or ""))
    keys = [name for name in ("person", "party", "field", "value", "due", "amount") if name in payload]
    for row in rows:
        same = all(row.payload.get(name) == payload.get(name) for name in keys)
        if same and (
            row.payload.get("text") == payload.get("text")
            or alike(mine, _topic(payload, str(row.payload.get("text") or ""))) >= SAME
        ):
            yield Beside(
                "waiting", f"proposal:{row.id}", str(row.payload.get("text") or ""), row.created_at.date().isoformat()
            )

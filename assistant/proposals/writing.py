"""Writes an approved proposal as a record with its passage, and withdraws both again. All in the caller's transaction."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from assistant.proposals.cards import beside_lines, card_lines, kind_name
from assistant.proposals.payload import Payload
from assistant.proposals.phrases import language_of
from assistant.proposals.tables import Proposal
from knowledge.embeddings.base import Embedder
from knowledge.index.lexical import stem_text
from knowledge.index.reindex import embedding_text
from knowledge.index.vectors import to_blob
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Contact, Person
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.records.relationship import (
    Commitment,
    ContactChange,
    Feedback,
    Improvement,
    Meeting,
    Risk,
)
from knowledge.records.services import Opportunity

RECORD_KINDS = {
    "feedback": "feedback", "complaint": "feedback", "compliment": "feedback", "commitment": "commitment", "meeting": "meeting",
    "opportunity": "opportunity", "risk": "risk", "improvement": "improvement", "contact_change": "contact_change",
}  # fmt: skip
PASSAGE_KIND = "update"
AUTHORITY = 70  # what was told counts like a call note: below all that was written (docs/domain: precedence)
_LINES_OF_THE_DECISION = 3  # status, revision, open until: of the card, not of what is known
_CONTACT_FIELDS = {"phone": "phone", "email": "email", "position": "job_title"}


@dataclass
class Written:
    """The record written; `before` and `after`: changed fields of other records, {"contact:7": {"phone": …}}, for audit and undo."""

    kind: str
    id: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PassageDraft:
    """Text of the passage of a proposal with its vector, made before the transaction so that no lock waits for the model."""

    text: str
    context: str
    language: Language
    embedding: bytes | None = None
    embedding_model: str | None = None


def draft_passage(proposal: Proposal, embedder: Embedder | None) -> PassageDraft:
    """The passage by which the next question finds the update: its fields in words, then the person's exact words."""
    language: Language = language_of(proposal.words)
    beside = beside_lines(proposal.payload, language)
    lines = [line for line in card_lines(proposal, language)[:-_LINES_OF_THE_DECISION] if line not in beside]
    text = "\n".join(f"{name}: {value}" for name, value in lines)
    context = f"{kind_name(proposal.kind, language)} – {proposal.payload['customer']}"
    if embedder is None:
        return PassageDraft(text, context, language)
    vector = embedder.embed_passages([embedding_text(context, text)])[0]
    return PassageDraft(text, context, language, to_blob(vector), embedder.name)


def _day(payload: Payload, name: str) -> date | None:
    return date.fromisoformat(payload[name]) if payload.get(name) else None


def _links(payload: Payload) -> dict[str, Any]:
    """What the record's own columns do not hold: how grave it is, and the records that it continues or differs from."""
    links: dict[str, Any] = {"level": payload["level"]} if payload.get("level") else {}
    for how in ("continues", "changes"):
        found = [entry["record"] for entry in payload.get("beside") or () if entry["how"] == how]
        if found:
            links[how] = found
    return links


def _record(proposal: Proposal, payload: Payload, approver: str, today: date) -> SQLModel:
    common: dict[str, Any] = {
        "customer_id": payload["customer_id"], "quote": proposal.words, "origin": "update", "confirmed_by": approver,
        "identity": f"update:{proposal.id}", "locator": {"proposal": proposal.id, **proposal.source}, "extra": _links(payload),
    }  # fmt: skip
    on = _day(payload, "on") or today
    person, service, text = payload.get("person"), payload.get("service"), payload["text"]
    match RECORD_KINDS[proposal.kind]:
        case "feedback":
            return Feedback(
                **common, on=on, person=person, person_id=payload.get("person_id"), channel="chat", kind=proposal.kind, service=service,
                words=text, sentiment=payload.get("sentiment"), servqual_dimension=payload.get("servqual_dimension"), status="open",
            )  # fmt: skip
        case "commitment":
            ours = payload.get("party") != "customer"
            return Commitment(
                **common, on=on, party=payload.get("party"), owner=payload.get("owner"), to_whom=person if ours else None, text=text,
                due=_day(payload, "due"), service=service,
            )  # fmt: skip
        case "meeting":
            day = _day(payload, "due")
            attendees = [{"name": person, "person_id": payload.get("person_id"), "side": "customer"}] if person else []
            planned = day is None or day >= today
            return Meeting(
                **common, on=day, title=text, attendees=attendees, person=person, planned=planned, words=proposal.words
            )
        case "opportunity":
            value = Decimal(payload["amount"]) if payload.get("amount") else None
            return Opportunity(
                **common, title=text, service=service, value=value, currency=payload.get("currency"), stage="identified",
                owner=payload.get("owner"), person=person, notes=proposal.words,
            )  # fmt: skip
        case "risk":
            return Risk(
                **common, on=on, person=person, service=service, text=text, level=payload.get("level"), status="open"
            )
        case "improvement":
            return Improvement(**common, on=on, person=person, service=service, text=text, status="open")
        case _:
            return ContactChange(
                **common,
                on=on,
                person=person,
                due=_day(payload, "due"),
                text=text,
                field=payload.get("field"),
                value=payload.get("value"),
            )


def _contact_of(session: Session, customer_id: int, person_id: int | None) -> Contact | None:
    if person_id is None:
        return None
    found = session.exec(
        select(Contact)
        .where(
            col(Contact.customer_id) == customer_id,
            col(Contact.person_id) == person_id,
            col(Contact.withdrawn).is_(False),
        )
        .order_by(col(Contact.valid_until).is_not(None), col(Contact.id).desc())
    )
    return found.first()


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _change_contact(contact: Contact, written: Written, **values: Any) -> None:
    """Sets fields of a contact and keeps them as a person's edits, so that the next import leaves them."""
    key = f"contact:{contact.id}"
    written.before[key] = {name: _json(getattr(contact, name)) for name in values} | {"edits": dict(contact.edits)}
    for name, value in values.items():
        setattr(contact, name, value)
    contact.edits = {**contact.edits, **{name: _json(value) for name, value in values.items()}}
    written.after[key] = {name: _json(value) for name, value in values.items()} | {"edits": dict(contact.edits)}


def _new_contact(
    session: Session, proposal: Proposal, payload: Payload, approver: str, written: Written, **values: Any
) -> Contact:
    person_id = payload.get("person_id")
    if person_id is None:
        person = Person(name=payload["person"])
        session.add(person)
        session.flush()
        person_id = person.id
    assert person_id is not None
    contact = Contact(
        customer_id=payload["customer_id"], person_id=person_id, name=payload["person"], quote=proposal.words, origin="update",
        confirmed_by=approver, identity=f"update:{proposal.id}:contact", locator={"proposal": proposal.id}, **values,
    )  # fmt: skip
    session.add(contact)
    session.flush()
    written.after[f"contact:{contact.id}"] = {"created": True, **{name: _json(value) for name, value in values.items()}}
    return contact


def _apply_contact_change(
    session: Session, proposal: Proposal, payload: Payload, approver: str, today: date, written: Written
) -> None:
    if not payload.get("person"):
        return
    customer_id, changed = payload["customer_id"], payload.get("field")
    contact = _contact_of(session, customer_id, payload.get("person_id"))
    day = _day(payload, "due") or _day(payload, "on") or today
    if changed == "leaving":
        if contact:
            _change_contact(contact, written, valid_until=day)
        return
    if changed in _CONTACT_FIELDS:
        values = {_CONTACT_FIELDS[changed]: payload.get("value")}
        if contact:
            _change_contact(contact, written, **values)
        else:
            _new_contact(session, proposal, payload, approver, written, **values)
        return
    before = _contact_of(session, customer_id, payload.get("replaces_id"))
    if contact and not (contact.valid_until and contact.valid_until < day):
        if payload.get("value"):
            _change_contact(contact, written, job_title=payload["value"])
    else:
        title = payload.get("value") or (before.job_title if before else None)
        roles, unit = (before.roles, before.unit) if before else (None, None)
        _new_contact(
            session, proposal, payload, approver, written, job_title=title, roles=roles, unit=unit, valid_from=day
        )
    if before:
        _change_contact(before, written, valid_until=day - timedelta(days=1))


def write_record(session: Session, proposal: Proposal, approver: str, today: date, passage: PassageDraft) -> Written:
    """The record of a proposal and the passage by which it is found, searchable as soon as the transaction commits."""
    payload = proposal.payload
    record: Any = _record(proposal, payload, approver, today)
    session.add(record)
    session.flush()
    written = Written(RECORD_KINDS[proposal.kind], record.id)
    if proposal.kind == "contact_change":
        _apply_contact_change(session, proposal, payload, approver, today, written)
    row = Passage(
        text=passage.text, context=passage.context, kind=PASSAGE_KIND, language=passage.language,
        locator={"proposal": proposal.id, **proposal.source}, dated=_day(payload, "on") or today, authority=AUTHORITY, internal=True,
        record_kind=written.kind, record_id=record.id, stems=stem_text(passage.context, passage.text, passage.language),
        embedding=passage.embedding, embedding_model=passage.embedding_model, ready=True,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    session.add(PassageCustomer(passage_id=row.id, customer_id=payload["customer_id"]))
    record.passage_id = row.id
    session.add(record)
    session.flush()
    return written


def withdraw_record(
    session: Session, kind: str, record_id: int, before: dict[str, Any], after: dict[str, Any]
) -> list[str]:
    """Takes a written update back; returns the fields of contacts that stay because somebody changed them again since."""
    record: Any = session.get(KINDS[kind], record_id)
    record.withdrawn = True
    session.add(record)
    passages = session.exec(
        select(Passage).where(
            col(Passage.record_kind) == kind, col(Passage.record_id) == record_id, col(Passage.kind) == PASSAGE_KIND
        )
    )
    for passage in passages:
        passage.ready = False
        session.add(passage)
    kept = []
    for key, values in after.items():
        contact = session.get(Contact, int(key.partition(":")[2]))
        if contact is None:
            continue
        if values.get("created"):
            contact.withdrawn = True
            session.add(contact)
            continue
        edits = dict(contact.edits)
        for name, value in before[key].items():
            if name == "edits":
                continue
            if _json(getattr(contact, name)) != values[name]:
                kept.append(name)
                continue
            setattr(contact, name, date.fromisoformat(value) if name.startswith("valid_") and value else value)
            earlier = before[key]["edits"]
            edits = edits | {name: earlier[name]} if name in earlier else {k: v for k, v in edits.items() if k != name}
        contact.edits = edits
        session.add(contact)
    session.flush()
    return kept

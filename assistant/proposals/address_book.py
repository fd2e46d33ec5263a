"""Writes an approved change of contact into the address book, and takes it back. All in the caller's transaction."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from assistant.proposals.payload import Payload
from assistant.proposals.tables import Proposal
from knowledge.records.customers import Contact, Person

_CONTACT_FIELDS = {"phone": "phone", "email": "email", "position": "job_title"}


@dataclass
class Written:
    """The record written; `before` and `after`: changed fields of other records, {"contact:7": {"phone": …}}, for audit and undo."""

    kind: str
    id: int
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def day_of(payload: Payload, name: str) -> date | None:
    """A date of a payload."""
    return date.fromisoformat(payload[name]) if payload.get(name) else None


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


def apply_contact_change(
    session: Session, proposal: Proposal, payload: Payload, approver: str, today: date, written: Written
) -> None:
    """What a change of contact does to the address book; who is away for a time stays in it as they are."""
    if not payload.get("person") or payload.get("field") == "away":
        return
    customer_id, changed = payload["customer_id"], payload.get("field")
    contact = _contact_of(session, customer_id, payload.get("person_id"))
    day = day_of(payload, "due") or day_of(payload, "on") or today
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


def withdraw_contacts(session: Session, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Gives contacts back what they held before (`Written.before`, `.after`); returns the fields that somebody changed again since."""
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
    return kept

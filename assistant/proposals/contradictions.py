"""What the address book and the agreements hold against an update."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from assistant.proposals.due import dates_in
from assistant.proposals.finding import CONTACT_FIELDS, Beside, entry_of
from assistant.proposals.payload import Payload
from assistant.proposals.phrases import folded, language_of, pattern
from knowledge.access import Viewer, customer_clause, record_clause
from knowledge.records.agreements import Agreement
from knowledge.records.customers import Contact


def with_contacts(session: Session, viewer: Viewer, payload: Payload, today: date) -> Iterator[Beside]:
    """What the address book says now of the field that changes."""
    changed = payload.get("field")
    if changed is None or payload.get("person_id") is None:
        return
    rows = session.exec(
        select(Contact).where(
            customer_clause(viewer, Contact.customer_id), col(Contact.customer_id) == payload["customer_id"],
            col(Contact.person_id) == payload["person_id"], col(Contact.withdrawn).is_(False),
        )
    ).all()  # fmt: skip
    for row in [row for row in rows if row.valid_until is None or row.valid_until >= today][:1]:
        now = getattr(row, CONTACT_FIELDS[changed]) if changed in CONTACT_FIELDS else None
        value = str(payload.get("value") or "")
        if changed == "leaving" and row.valid_until:
            same = payload.get("due") == row.valid_until.isoformat()
            yield entry_of(
                session, "recorded" if same else "changes", "contact", row, field="due", now=row.valid_until.isoformat()
            )
        elif changed == "new" or now and _plain(now) == _plain(value):
            yield entry_of(session, "recorded", "contact", row)
        elif now:
            yield entry_of(session, "changes", "contact", row, field=changed, now=now)


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum() or character == "@")


def with_agreements(session: Session, viewer: Viewer, payload: Payload, today: date) -> Iterator[Beside]:
    """The end of the agreement on record, where the words give another."""
    words = str(payload.get("words") or "")
    said = pattern("beside", "agreement_ends").search(folded(words, language_of(words)))
    days = [span for span in dates_in(words, today) if span.precision == "day" and not span.relative]
    if not said or not days:
        return
    rows = session.exec(
        select(Agreement).where(
            record_clause(viewer, Agreement), col(Agreement.customer_id) == payload["customer_id"],
            col(Agreement.withdrawn).is_(False), col(Agreement.ends_on).is_not(None), col(Agreement.ends_on) >= today,
            col(Agreement.kind).in_(("contract", "amendment", "statement_of_work")),
        )
    ).all()  # fmt: skip
    if rows and not any(span.until == row.ends_on for row in rows for span in days):
        latest = max(rows, key=lambda row: (row.effective_from or date.min, row.kind == "amendment"))
        yield entry_of(
            session,
            "changes",
            "agreement",
            latest,
            field="ends_on",
            now=latest.ends_on.isoformat() if latest.ends_on else None,
        )

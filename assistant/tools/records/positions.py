"""Whether somebody still holds a position at a customer, by the list of contacts, and who took it up after them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.vocabulary import section_alternatives, section_words
from knowledge.linking import PersonMention
from knowledge.records.customers import Contact

_ACTIVE = ("active", "aktif", "is_active", "status")
"""Columns of lists that say whether a contact is still one; no field of a contact holds them."""

said = partial(section_words, __file__, "positions")
"""Any word of a section of positions.toml."""


@dataclass(frozen=True)
class Left:
    """Somebody who holds a position no longer (`until`: the day, if told), and who holds it now, each with the row that says so."""

    name: str
    until: date | None
    row: Evidence
    successor: str | None = None
    title: str = ""
    since: date | None = None
    successor_row: Evidence | None = None


def asks_whether_still(question: str, people: Sequence[PersonMention]) -> bool:
    """Whether it asks if one of these people is still the one ("masih Gilang?", "is Gilang still …?"), and not about what they say or a value."""
    return any(_before().search(question[: person.start]) or _after().match(question[person.end :]) for person in people)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{section_alternatives(__file__, 'positions', 'still')})\s+(?:\w{{2,5}}\.?\s+)?$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{section_alternatives(__file__, 'positions', 'still')})\b(?!(?:\s+\w+){{0,2}}\s+\d)", re.IGNORECASE)


def left_position(desk: Desk, people: Sequence[PersonMention], customers: Sequence[int]) -> Left | None:
    """The first of these people who has left a position at one of the customers; None where the list does not say that somebody has."""
    numbers = [number for person in people for number in person.contact_ids]
    contacts = [contact for contact in _contacts(desk, col(Contact.id).in_(numbers)) if not customers or contact.customer_id in customers]
    for contact in contacts:
        row = record_as_evidence(desk.session, desk.viewer, "contact", contact.id or 0)
        if row is None or not _has_left(contact, desk.today) or any(other.person_id == contact.person_id and not _has_left(other, desk.today) for other in contacts):
            continue
        after = _successor(desk, contact)
        after_row = record_as_evidence(desk.session, desk.viewer, "contact", after.id or 0) if after else None
        if after is None or after_row is None:
            return Left(contact.name, contact.valid_until, desk.keep(row))
        return Left(contact.name, contact.valid_until, desk.keep(row), after.name, after.job_title or after.roles or "", after.valid_from, desk.keep(after_row))
    return None


def _contacts(desk: Desk, *where: object) -> list[Contact]:
    known = select(Contact).where(*where, col(Contact.customer_id).is_not(None), col(Contact.withdrawn).is_(False), record_clause(desk.viewer, Contact))  # type: ignore[arg-type]
    return list(desk.session.execute(known.order_by(col(Contact.id))).scalars())


def _has_left(contact: Contact, today: date) -> bool:
    marks = (str((contact.extra or {}).get(name) or "") for name in _ACTIVE)
    return bool(contact.valid_until and contact.valid_until <= today) or any(said("inactive").fullmatch(mark) for mark in marks)


def _successor(desk: Desk, left: Contact) -> Contact | None:
    """Who holds the same position at the same customer now: the same title, or the same roles; the one who began last."""
    others = [one for one in _contacts(desk, col(Contact.customer_id) == left.customer_id) if one.person_id != left.person_id and not _has_left(one, desk.today)]
    same = [one for one in others if one.job_title and one.job_title == left.job_title] or [one for one in others if one.roles and one.roles == left.roles]
    return max(same, key=lambda one: (one.valid_from or date.min, one.id or 0), default=None)

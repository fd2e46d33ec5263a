"""What of the store an update is read against: names, positions and things of the customers that the viewer may see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from knowledge.access import Viewer, customer_clause, record_clause
from knowledge.linking import PersonMention
from knowledge.records.customers import Contact, Customer
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.records.services import Application

_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True)
class Position:
    """A person's place at a customer. `contact_id` None where only the linker knows it."""

    name: str
    person_id: int | None
    customer_id: int
    contact_id: int | None = None
    job_title: str | None = None
    current: bool = True


@dataclass(frozen=True)
class Thing:
    """Something of a customer's whose name tells the service: an application, a known error. `service`: words that name it."""

    words: frozenset[str]
    name: str
    service: str


@dataclass(frozen=True)
class Register:
    """Only of customers that the viewer may see. `places`: cities and units, so that "di Surabaya" is no organisation."""

    customers: Mapping[int, str] = field(default_factory=dict)
    positions: Mapping[int, Position] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    things: Mapping[int, tuple[Thing, ...]] = field(default_factory=dict)

    def positions_of(self, person: PersonMention, viewer: Viewer) -> tuple[Position, ...]:
        """The visible positions behind a PersonMention; without contacts in the register, what the mention itself says."""
        known = [self.positions[identity] for identity in person.contact_ids if identity in self.positions]
        if known:
            current = [position for position in known if position.current]
            return tuple(current or known)
        if self.positions:
            return ()
        person_id: int | None = person.person_ids[0] if len(person.person_ids) == 1 else None
        seen = [identity for identity in person.customer_ids if identity is not None and viewer.may_see(identity)]
        return tuple(Position(person.name, person_id, identity) for identity in seen)

    def service_of(self, customer_id: int, text: str) -> str | None:
        """The service of an application named in the text, or of the known error that shares most words with it (at least two)."""
        words = {word.lower() for word in _WORD.findall(text)}
        best: tuple[int, str] | None = None
        for thing in self.things.get(customer_id, ()):
            named = re.search(rf"(?<!\w){re.escape(thing.name.lower())}(?!\w)", text.lower())
            shared = 99 if named else len(words & thing.words)
            if shared >= 2 and (best is None or shared > best[0]):
                best = (shared, thing.service)
        return best[1] if best else None


def _things(session: Session, viewer: Viewer) -> dict[int, tuple[Thing, ...]]:
    found: dict[int, list[Thing]] = {}
    shown = select(Application).where(customer_clause(viewer, Application.customer_id), col(Application.withdrawn).is_(False))
    for application in session.exec(shown):
        stands_on = "; ".join(part for part in (application.supported_by, application.hosted_on) if part)
        if application.customer_id and application.name and stands_on:
            words = frozenset(word.lower() for word in _WORD.findall(application.name))
            found.setdefault(application.customer_id, []).append(Thing(words, application.name, stands_on))
    links = (
        select(KnownErrorCustomer.customer_id, KnownError)
        .join(KnownError, col(KnownError.id) == KnownErrorCustomer.known_error_id)
        .where(customer_clause(viewer, KnownErrorCustomer.customer_id), col(KnownError.withdrawn).is_(False))
    )
    for customer_id, error in session.exec(links):
        if error.service:
            words = frozenset(word.lower() for word in _WORD.findall(f"{error.title} {error.symptoms or ''}"))
            found.setdefault(customer_id, []).append(Thing(words, error.key or error.title, error.service))
    return {identity: tuple(things) for identity, things in found.items()}


def load_register(session: Session, viewer: Viewer, today: date) -> Register:
    """The register of what the viewer may see."""
    customers = [row for row in session.exec(select(Customer).where(record_clause(viewer, Customer))) if not row.withdrawn]
    contacts = session.exec(select(Contact).where(customer_clause(viewer, Contact.customer_id), col(Contact.withdrawn).is_(False)))
    positions, places = {}, {place.lower() for row in customers for place in (row.city, row.region) if place}
    for contact in contacts:
        if contact.unit:
            places.add(contact.unit.lower())
        if contact.id is not None and contact.customer_id is not None:
            current = contact.valid_until is None or contact.valid_until >= today
            positions[contact.id] = Position(
                contact.name, contact.person_id, contact.customer_id, contact.id, contact.job_title, current
            )
    return Register({row.id: row.name for row in customers if row.id}, positions, frozenset(places), _things(session, viewer))

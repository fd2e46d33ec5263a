"""What of the store an update is read against: names, positions and things of the customers that the viewer may see."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise

from sqlmodel import Session, col, select

from assistant.proposals.phrases import word_list
from knowledge.access import Viewer, customer_clause, record_clause
from knowledge.language.concepts import concepts
from knowledge.language.tokens import STOPWORDS, stem
from knowledge.language.vocabulary import both_languages
from knowledge.linking import PersonMention
from knowledge.records.customers import Contact, Customer
from knowledge.records.operations import KnownError, KnownErrorCustomer, Ticket
from knowledge.records.services import Application, Service, Subscription

_WORD = re.compile(r"[^\W\d_]{3,}")
_TICKETS = 2000


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
    """Something of a customer's that tells the service: an application, a known error, the subject of a ticket.

    words    stems of its name; `marks`: its abbreviations and its whole name, each of which names it alone
    service  code or name of the service, or words that name it
    """

    words: frozenset[str]
    marks: frozenset[str]
    service: str


@dataclass(frozen=True)
class Register:
    """Only of customers that the viewer may see. `places`: cities and units, so that "di Surabaya" is no organisation.

    names     of a customer: short and legal name
    things    of a customer, read when they are asked for
    services  code → the stems of each of the service's names, in order
    meanings  code → what the telling words of its names mean
    taken     codes of the services that a customer takes now
    """

    customers: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    positions: Mapping[int, Position] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    things: Callable[[int], tuple[Thing, ...]] = lambda _: ()
    services: tuple[tuple[str, tuple[str, ...]], ...] = ()
    meanings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: Callable[[int], frozenset[str]] = lambda _: frozenset()

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

    def holder_of_title(self, customer_id: int, text: str) -> Position | None:
        """The only person at a customer whose job title of two words and more stands in the text ("their operations director")."""
        held = [
            position
            for position in self.positions.values()
            if position.customer_id == customer_id and position.current and position.job_title and _says(text, position.job_title)
        ]
        return held[0] if len({position.name for position in held}) == 1 else None

    def service_in_part(self, text: str) -> str | None:
        """The only service of whose name two words side by side stand in the text ("help desk" of "Managed Help Desk")."""
        words = _stems(text)
        pairs = set(pairwise(words))
        found = {code for code, name in self.services if pairs & set(pairwise(name))}
        return found.pop() if len(found) == 1 else None

    def service_by_word(self, customer_id: int, text: str, offered: bool = False) -> str | None:
        """The only service among those the customer takes of whose name the text has a telling word, or one that means the same in the
        other language ("surel" of "E-mail and Collaboration"). offered: where there is none, the only one among all."""
        said = _meanings(text)
        found = {code for code, meanings in self.meanings.items() if said & meanings}
        mine = found & self.taken(customer_id) if self.taken(customer_id) else found
        if len(mine) == 1:
            return mine.pop()
        return found.pop() if offered and not mine and len(found) == 1 else None

    def service_of(self, customer_id: int, text: str) -> str | None:
        """The service of the customer's thing that the text names, or that shares the most telling words with it (at least two)."""
        things = self.things(customer_id)
        for thing in things:
            if any(re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text) for mark in thing.marks):
                return thing.service
        words = set(_stems(text))
        served: dict[str, set[str]] = {}
        for thing in things:
            for word in thing.words & words:
                served.setdefault(word, set()).add(thing.service)
        scores: dict[str, float] = {}
        for thing in things:
            shared = thing.words & words
            if len(shared) >= 2:
                score = sum(1 / len(served[word]) for word in shared)
                scores[thing.service] = max(score, scores.get(thing.service, 0.0))
        ranked = sorted(scores.items(), key=lambda entry: -entry[1])
        clear = ranked and ranked[0][1] >= 1 and (len(ranked) == 1 or ranked[0][1] >= 1.25 * ranked[1][1])
        return ranked[0][0] if clear else None


def _says(text: str, title: str) -> bool:
    words = re.split(r"[(/,;]", title)[0].split()
    phrase = r"\s+".join(map(re.escape, words))
    return len(words) > 1 and re.search(rf"(?<!\w){phrase}(?:nya)?(?!\w)", text, re.IGNORECASE) is not None


def _stems(text: str) -> list[str]:
    return [
        stem(word.lower(), "id")
        for word in _WORD.findall(text)
        if not any(word.lower() in words for words in STOPWORDS.values())
    ]


@cache
def _general() -> frozenset[str]:
    """Stems of words that many services' names share."""
    return frozenset(stem(word, "id") for word in both_languages(word_list("services")["general"]))


def _meanings(text: str) -> frozenset[str]:
    """The concepts of a text's words, without those that many services' names share."""
    telling = [word for word in concepts(text) if " " in word.text or stem(word.text.lower(), "id") not in _general()]
    return frozenset().union(*(word.names for word in telling))


def _taken(session: Session, customer_id: int, today: date, codes: Mapping[str, str]) -> frozenset[str]:
    rows = session.exec(
        select(Subscription).where(col(Subscription.customer_id) == customer_id, col(Subscription.withdrawn).is_(False))
    )
    return frozenset(codes.get(row.service, row.service) for row in rows if row.end is None or row.end >= today)


def _thing(name: str, service: str, marks: bool = True) -> Thing:
    named = {word for word in re.findall(r"\b[A-Z]{3,}\b", name)} | {name} if marks else set()
    return Thing(frozenset(_stems(name)), frozenset(named), service)


def _things(session: Session, customer_id: int) -> tuple[Thing, ...]:
    """What tells the service at one customer. The caller has made sure that the viewer may see it."""
    found = []
    applications = select(Application).where(
        col(Application.customer_id) == customer_id, col(Application.withdrawn).is_(False)
    )
    for application in session.exec(applications):
        stands_on = "; ".join(part for part in (application.supported_by, application.hosted_on) if part)
        if application.name and stands_on:
            found.append(_thing(application.name, stands_on))
    errors = (
        select(KnownError)
        .join(KnownErrorCustomer, col(KnownError.id) == col(KnownErrorCustomer.known_error_id))
        .where(col(KnownErrorCustomer.customer_id) == customer_id, col(KnownError.withdrawn).is_(False))
    )
    for error in session.exec(errors):
        if error.service:
            found.append(_thing(f"{error.title} {error.symptoms or ''}", error.service, marks=False))
    tickets = (
        select(Ticket.subject, Ticket.service)
        .where(
            col(Ticket.customer_id) == customer_id, col(Ticket.withdrawn).is_(False), col(Ticket.service).is_not(None)
        )
        .distinct()
        .limit(_TICKETS)
    )
    found += [
        _thing(subject, service, marks=False) for subject, service in session.exec(tickets) if subject and service
    ]
    return tuple(found)


def load_register(session: Session, viewer: Viewer, today: date) -> Register:
    """The register of what the viewer may see; to be used while the session is open."""
    customers = [
        row for row in session.exec(select(Customer).where(record_clause(viewer, Customer))) if not row.withdrawn
    ]
    contacts = session.exec(
        select(Contact).where(customer_clause(viewer, Contact.customer_id), col(Contact.withdrawn).is_(False))
    )
    positions, places = {}, {place.lower() for row in customers for place in (row.city, row.region) if place}
    for contact in contacts:
        if contact.unit:
            places.add(contact.unit.lower())
        if contact.id is not None and contact.customer_id is not None:
            current = contact.valid_until is None or contact.valid_until >= today
            positions[contact.id] = Position(
                contact.name, contact.person_id, contact.customer_id, contact.id, contact.job_title, current
            )
    named = [
        (service.key or service.name, name)
        for service in session.exec(select(Service).where(col(Service.withdrawn).is_(False)))
        for name in (service.key, service.name, service.name_id, service.name_en)
        if name
    ]
    codes = {name: code for code, name in named}
    subscribed = select(Subscription.service, Subscription.service_name).where(
        customer_clause(viewer, Subscription.customer_id), col(Subscription.withdrawn).is_(False)
    )
    meanings: dict[str, frozenset[str]] = {}
    for code, name in named:
        meanings[code] = meanings.get(code, frozenset()) | _meanings(name)
    for service, other in session.exec(subscribed.distinct()):
        own = _meanings(f"{service} {other or ''}")
        fitting = [code for code, known in meanings.items() if own and own <= known]
        code = codes.setdefault(service, fitting[0] if len(fitting) == 1 else service)
        meanings[code] = meanings.get(code, frozenset()) | own
        named += [(code, called) for called in (service, other) if called]
    return Register(
        customers={row.id: row.name for row in customers if row.id},
        names={row.id: tuple(name for name in (row.name, row.legal_name) if name) for row in customers if row.id},
        positions=positions,
        places=frozenset(places),
        things=cache(lambda customer_id: _things(session, customer_id) if viewer.may_see(customer_id) else ()),
        services=tuple(dict.fromkeys((code, tuple(_stems(name))) for code, name in named)),
        meanings=meanings,
        taken=cache(
            lambda customer_id: _taken(session, customer_id, today, codes) if viewer.may_see(customer_id) else frozenset()
        ),
    )

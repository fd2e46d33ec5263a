"""Who a text speaks of: customers by every name they are known by, people by their contacts, services by code or name."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge.language.gazetteer import (
    Entry,
    Gazetteer,
    company_forms,
    person_entries,
    short_company_forms,
)
from knowledge.language.months import month_number
from knowledge.language.names import without_titles
from knowledge.records.access import Account
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.documents import StoreFact
from knowledge.records.services import Service
from knowledge.store import generation, read

_DOMAIN = re.compile(r"(?<![\w.-])(?:[\w.+-]+@)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w-])", re.IGNORECASE)
_SHORT_WEIGHT, _PART_WEIGHT = 0.9, 0.7
KEPT_TEXTS = 4096
"""Texts of which a Linker keeps what it found in them."""


_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s+$")
_YEAR_AFTER = re.compile(r"\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class KnownCustomer:
    """One name of a customer. `kind` as in CustomerName: key | short | legal | alias | abbreviation | domain | derived."""

    customer_id: int
    name: str
    kind: str = "alias"


@dataclass(frozen=True)
class ContactName:
    """A person's position: at a customer, or at the provider (`customer_id` None)."""

    contact_id: int
    person_id: int
    name: str
    customer_id: int | None = None


@dataclass(frozen=True)
class ServiceName:
    """A service's code or one of its names."""

    code: str
    name: str


@dataclass(frozen=True)
class CustomerMention:
    """A customer named in a text; more than one id: the name may mean any of them, the likeliest first."""

    customer_ids: tuple[int, ...]
    text: str
    start: int
    end: int
    score: float = 1.0

    @property
    def id(self) -> int:
        """The likeliest customer."""
        return self.customer_ids[0]


@dataclass(frozen=True)
class PersonMention:
    """A person named in a text. `customer_ids`: where they hold a position; empty means the provider's own staff."""

    contact_ids: tuple[int, ...]
    person_ids: tuple[int, ...]
    customer_ids: tuple[int, ...]
    name: str
    text: str
    start: int
    end: int
    score: float = 1.0
    provider: bool = False

    @property
    def person_id(self) -> int:
        """The likeliest person."""
        return self.person_ids[0]

    @property
    def customer_id(self) -> int | None:
        """The customer where they stand, where it is only one."""
        return self.customer_ids[0] if len(self.customer_ids) == 1 else None


@dataclass(frozen=True)
class ServiceMention:
    """A service named in a text, by its code (or by its name where it has none). names: every name of it, in both languages."""

    codes: tuple[str, ...]
    text: str
    start: int
    end: int
    score: float = 1.0
    names: tuple[str, ...] = ()


@dataclass
class Names:
    """All that a Linker looks for. `provider_names`: the provider's own company names."""

    customers: list[KnownCustomer] = field(default_factory=list)
    contacts: list[ContactName] = field(default_factory=list)
    services: list[ServiceName] = field(default_factory=list)
    provider_names: tuple[str, ...] = ()


def _is_month(text: str, start: int, end: int) -> bool:
    """Whether a name is only the month of a date: "18 Mei 2028" names nobody called Mei."""
    return month_number(text[start:end]) is not None and bool(_DAY_BEFORE.search(text[:start]) or _YEAR_AFTER.match(text[end:]))


class Linker:
    """Finds known names in text; immutable. Build it once a store generation (`Linker.of`)."""

    def __init__(self, names: Names) -> None:
        self.provider_names = names.provider_names
        self._contacts = {entry.contact_id: entry for entry in names.contacts}
        self._domains: dict[str, set[int]] = defaultdict(set)
        self._keys: dict[str, set[int]] = defaultdict(set)
        entries = [*self._customer_entries(names.customers), *self._people_entries(names.contacts)]
        entries += [Entry(f"s:{entry.code}", "service", form) for entry in names.services for form in {entry.code, entry.name} if form]
        self._service_names: dict[str, list[str]] = defaultdict(list)
        for service in names.services:
            self._service_names[service.code].append(service.name)
        self._gazetteer = Gazetteer(entries)
        # A question and the passages that fit it are read for names many times on the way to its answer.
        self._kept_customers = lru_cache(KEPT_TEXTS)(self._find_customers)
        self._kept_people = lru_cache(KEPT_TEXTS)(self._find_people)
        self._kept_services = lru_cache(KEPT_TEXTS)(self._find_services)

    @classmethod
    def from_store(cls, session: Session) -> "Linker":
        """A linker of everything that the store knows now."""
        return cls(names_in_store(session))

    @classmethod
    def of(cls, engine: Engine, without: frozenset[int] = frozenset()) -> "Linker":
        """The linker of the store's present generation, built when the generation has changed. `without`: customers unknown to it."""
        with read(engine) as session:
            now = generation(session)
            with _BUILDING:
                kept = _KEPT.get(engine)
                if kept is None or kept[0] != now:
                    kept = _KEPT[engine] = (now, OrderedDict())
                if without not in kept[1]:
                    kept[1][without] = cls(less(names_in_store(session), without))
                    while len(kept[1]) > _MOST_KEPT:
                        kept[1].pop(next(other for other in kept[1] if other))
                return kept[1][without]

    def _customer_entries(self, names: Iterable[KnownCustomer]) -> list[Entry]:
        full: list[tuple[str, int, float]] = []
        short: dict[str, set[int]] = defaultdict(set)
        for name in names:
            if name.kind == "domain":
                self._domains[name.name.lower().removeprefix("www.")].add(name.customer_id)
                continue
            if name.kind in ("key", "abbreviation") or (name.name.isupper() and " " not in name.name):
                self._keys[name.name.upper()].add(name.customer_id)
            forms = [name.name] if name.kind in ("key", "abbreviation") else company_forms(name.name)
            full += [(form, name.customer_id, 1.0 if form == name.name else _SHORT_WEIGHT) for form in forms]
            if name.kind in ("legal", "short", "alias"):
                for form in short_company_forms(name.name):
                    if not (form.isupper() and " " not in form):  # initials only where the files use them: kind "derived"
                        short[form.lower()].add(name.customer_id)
                        full.append((form, name.customer_id, _PART_WEIGHT))
        certain = {form.lower() for form, _, weight in full if weight > _PART_WEIGHT}
        return [
            Entry(f"c:{customer_id}", "customer", form, weight)
            for form, customer_id, weight in full
            if weight > _PART_WEIGHT or (form.lower() not in certain and len(short[form.lower()]) == 1)
        ]

    def _people_entries(self, contacts: Iterable[ContactName]) -> list[Entry]:
        found = []
        for contact in contacts:
            for place, form in enumerate(person_entries(contact.name)):
                found.append(Entry(f"p:{contact.contact_id}", "person", form, 1.0 if place == 0 else 0.85 if " " in form else _PART_WEIGHT))
        return found

    def customers(self, text: str) -> list[CustomerMention]:
        """Customers that a text names, in reading order; also by mail domain and inside codes and file names."""
        return list(self._kept_customers(text))

    def _find_customers(self, text: str) -> list[CustomerMention]:
        found = [
            CustomerMention(tuple(int(entry[2:]) for entry in mention.entry_ids), mention.text, mention.start, mention.end, mention.score)
            for mention in self._gazetteer.find(text, {"customer"})
        ]
        found = [mention for mention in found if not self._is_provider(mention.text)]
        taken = [(mention.start, mention.end) for mention in found]
        if "." in text and self._domains:
            for match in _DOMAIN.finditer(text):
                ids = self._by_domain(match[1].lower())
                if ids and not _overlaps(match.span(), taken):
                    found.append(CustomerMention(tuple(sorted(ids)), match[0], *match.span()))
                    taken.append(match.span())
        for start, end, key in self._keys_inside(text):
            if not _overlaps((start, end), taken):
                found.append(CustomerMention(tuple(sorted(self._keys[key])), text[start:end], start, end))
        return sorted(found, key=lambda mention: mention.start)

    def _by_domain(self, domain: str) -> set[int]:
        while "." in domain:
            if domain in self._domains:
                return self._domains[domain]
            domain = domain.split(".", 1)[1]
        return set()

    def _keys_inside(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Customer codes as parts of other codes and of file names: PKS-ABC-2026-004, 2026-01-02_ABC_rapat.md."""
        for match in re.finditer(r"[A-Za-z0-9]+", text):
            if match[0].isupper() or any(map(str.isdigit, match[0])):
                key = match[0].upper()
                beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
                if key in self._keys and len(key) >= 2 and re.search(r"[-_/.]", beside):
                    yield match.start(), match.end(), key

    def _is_provider(self, text: str) -> bool:
        return text.lower() in {name.lower() for name in self.provider_names}

    def people(self, text: str) -> list[PersonMention]:
        """People that a text names, in reading order."""
        return list(self._kept_people(text))

    def _find_people(self, text: str) -> list[PersonMention]:
        found = []
        for mention in self._gazetteer.find(text, {"person"}):
            if _is_month(text, mention.start, mention.end):
                continue
            contacts = [self._contacts[int(entry[2:])] for entry in mention.entry_ids]
            people = tuple(dict.fromkeys(contact.person_id for contact in contacts))
            customers = tuple(dict.fromkeys(contact.customer_id for contact in contacts if contact.customer_id is not None))
            found.append(
                PersonMention(
                    tuple(contact.contact_id for contact in contacts), people, customers, contacts[0].name,
                    mention.text, mention.start, mention.end, mention.score, provider=not customers,
                )
            )  # fmt: skip
        return found

    def services(self, text: str) -> list[ServiceMention]:
        """Services that a text names by code or name, in reading order."""
        return list(self._kept_services(text))

    def _find_services(self, text: str) -> list[ServiceMention]:
        return [
            ServiceMention(codes, mention.text, mention.start, mention.end, mention.score, tuple(name for code in codes for name in self._service_names[code]))
            for mention in self._gazetteer.find(text, {"service"}, fuzzy=False)
            for codes in [tuple(entry[2:] for entry in mention.entry_ids)]
        ]


_KEPT: WeakKeyDictionary[Engine, tuple[str, OrderedDict[frozenset[int], Linker]]] = WeakKeyDictionary()
_MOST_KEPT = 8
_BUILDING = threading.Lock()


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def names_in_store(session: Session) -> Names:
    """All names that the store knows, for a Linker."""
    customers = [KnownCustomer(row.customer_id, row.name, row.kind) for row in session.exec(select(CustomerName)).all()]
    listed = {(name.customer_id, name.name) for name in customers}
    for customer in session.exec(select(Customer).where(col(Customer.merged_into_id).is_(None), col(Customer.withdrawn).is_(False))).all():
        assert customer.id is not None
        for name, kind in ((customer.key, "key"), (customer.name, "short"), (customer.legal_name, "legal")):
            if name and (customer.id, name) not in listed:
                customers.append(KnownCustomer(customer.id, name, kind))
    contacts = session.exec(select(Contact, Person).join(Person, col(Contact.person_id) == col(Person.id)).where(col(Contact.withdrawn).is_(False))).all()
    staff = {str(name) for name in session.exec(select(Account.name).where(Account.name != "")).all()}
    staff |= {str(name) for name in session.exec(select(Customer.account_manager).where(col(Customer.account_manager).is_not(None))).all()}
    known = {without_titles(contact.name).lower() for contact, _ in contacts}
    services = session.exec(select(Service).where(col(Service.withdrawn).is_(False))).all()
    return Names(
        customers,
        [
            *(ContactName(contact.id or 0, contact.person_id, contact.name, contact.customer_id) for contact, _ in contacts),
            # Staff known by an account only: ids below zero, as they have no record of their own.
            *(ContactName(-number, -number, name) for number, name in enumerate(sorted(staff), 1) if without_titles(name).lower() not in known),
        ],
        [ServiceName(service.key or service.name, name) for service in services for name in {service.name, service.name_id, service.name_en} if name],
        provider_names(session),
    )


def less(names: Names, without: frozenset[int]) -> Names:
    """Names as they are for somebody who does not know some customers, nor their people."""
    if not without:
        return names
    return replace(
        names,
        customers=[name for name in names.customers if name.customer_id not in without],
        contacts=[contact for contact in names.contacts if contact.customer_id not in without],
    )


def provider_names(session: Session) -> tuple[str, ...]:
    """The provider's own company names, as the store has learnt or been told them (StoreFact "provider_names", one a line)."""
    fact = session.get(StoreFact, "provider_names")
    return tuple(line for line in (fact.value if fact else "").splitlines() if line)

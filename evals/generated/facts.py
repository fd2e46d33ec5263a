"""What is true at a generated provider: decided first, then written to files and asked about."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Language = Literal["id", "en"]
Unit = Literal["days", "working_days", "months", "hours", "minutes", "years"]


@dataclass(frozen=True)
class Span:
    """A length of time as an agreement words it, e.g. 30 working days."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Money:
    """An amount in units of its currency (ISO 4217)."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Percent:
    """99.5 means 99.5 %."""

    value: float


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    year: int
    number: int


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter; number 1–4."""

    year: int
    number: int


@dataclass(frozen=True)
class Staff:
    """Somebody at the provider; `sees`: codes of customers, None for all."""

    account: str
    name: str
    title: str
    sees: tuple[str, ...] | None

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]


@dataclass(frozen=True)
class Person:
    """Somebody at a customer; part: decider, signer, sponsor, technical, user; until: the last day in that role."""

    name: str
    honorific: str
    role: str
    part: str
    phone: str
    mail: str
    until: date | None = None

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]

    @property
    def called(self) -> str:
        """As people at work speak of them: "Pak Teguh", "Ms Priya"; others by the family name."""
        return f"{self.honorific} {self.first if self.honorific in ('Pak', 'Bu') else self.name.split()[-1]}"


@dataclass(frozen=True)
class Service:
    """An IT service of the catalogue."""

    code: str
    id: str
    en: str
    short: tuple[str, ...]

    def named(self, language: Language) -> str:
        """Its name in a language."""
        return self.id if language == "id" else self.en

    @property
    def spellings(self) -> tuple[str, ...]:
        """Names that count for it."""
        return (self.id, self.en, self.code)


@dataclass(frozen=True)
class Customer:
    """An organisation that buys services."""

    code: str
    legal: str
    short: str
    acronym: str
    nick: str
    industry: str
    city: str
    parent: str
    units: tuple[str, ...]
    application: str
    places: tuple[str, ...]
    people: tuple[Person, ...]
    manager: str
    restricted: bool
    currency: str

    @property
    def names(self) -> tuple[str, ...]:
        """All names that people use."""
        return tuple(dict.fromkeys((self.short, self.nick, self.acronym, self.legal)))

    def who(self, part: str) -> Person:
        """The person in a part today."""
        return next(person for person in self.people if person.part == part and person.until is None)


Value = Span | Money | Percent | date | int | str


@dataclass(frozen=True)
class Agreement:
    """A contract: `terms` as signed, `changes` by the amendment; fees by service code; duties are numbers of the bank's list."""

    customer: str
    number: str
    title: str
    language: Language
    signed: date
    terms: dict[str, Value]
    targets: dict[str, float]
    credit: tuple[str, float, int, float, int]
    """service code, below, percent, below, percent"""
    fees: dict[str, Money]
    duties: tuple[int, ...]
    amended: date | None = None
    changes: dict[str, Value] = field(default_factory=dict)

    def in_force(self, term: str) -> Value:
        """What holds after the amendment."""
        return self.changes.get(term, self.terms[term])


@dataclass(frozen=True)
class Promise:
    """Something to be delivered; thing: number of the bank's list."""

    customer: str
    by: str
    to: str
    thing: int
    due: date


@dataclass(frozen=True)
class Meeting:
    """A meeting with a customer: promises of the provider and of the customer, a plan told, a claim against the agreement."""

    customer: str
    day: date
    person: Person
    staff: Staff
    language: Language
    chat: bool
    promise: Promise
    waiting: Promise | None
    plan: int
    city: str
    following: date
    claim: tuple[str, Value] | None = None


@dataclass(frozen=True)
class Mail:
    """A request by mail with the reply above it."""

    customer: str
    day: date
    person: Person
    staff: Staff
    language: Language
    thing: int
    due: date


Row = dict[str, object]
"""A row of a table by column key; values are typed (date, Money, Percent, Month, int, str, tuple of codes)."""


@dataclass(frozen=True)
class Provider:
    """The whole of a generated provider on its own `today`."""

    seed: int
    name: str
    short: str
    language_share: float
    today: date
    staff: tuple[Staff, ...]
    customers: tuple[Customer, ...]
    services: tuple[Service, ...]
    agreements: dict[str, Agreement]
    months: tuple[Month, ...]
    quarters: tuple[Quarter, ...]
    measured: dict[tuple[str, str, Month], float]
    revenue: dict[tuple[str, Quarter], int]
    tables: dict[str, tuple[Row, ...]]
    meetings: tuple[Meeting, ...]
    mails: tuple[Mail, ...]
    supplier: str
    supplier_restores: Span
    ola_response: Span
    margins: dict[str, int]
    unknown: int

    def customer(self, code: str) -> Customer:
        """By code."""
        return next(customer for customer in self.customers if customer.code == code)

    def service(self, code: str) -> Service:
        """By code."""
        return next(service for service in self.services if service.code == code)

    @property
    def head(self) -> Staff:
        """Who may see all."""
        return self.staff[0]

    def manager(self, customer: Customer) -> Staff:
        """The account manager of a customer."""
        return next(one for one in self.staff if one.account == customer.manager)

    def outsider(self, customer: Customer) -> Staff:
        """Somebody who may not see a customer."""
        return next(one for one in self.staff if one.sees is not None and customer.code not in one.sees)

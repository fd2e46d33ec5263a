"""The names that a Linker looks for, as the store knows them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from sqlmodel import Session, col, select

from knowledge.language.names import without_legal_form, without_titles
from knowledge.records.access import Account
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.documents import StoreFact
from knowledge.records.services import Service

_ACRONYM = re.compile(r"[A-Z]{3,6}")
_FORMS = frozenset({"pte", "ltd", "inc", "llc", "plc", "tbk", "corp", "gmbh", "sdn", "bhd"})


@dataclass(frozen=True)
class KnownCustomer:
    """One name of a customer. `kind` as in CustomerName: key | short | legal | alias | abbreviation | domain | derived."""

    customer_id: int
    name: str
    kind: str = "alias"


@dataclass(frozen=True)
class ContactName:
    """A person's position: at a customer, or at the provider (`customer_id` None). `called`: what people call them ("Pak Roso")."""

    contact_id: int
    person_id: int
    name: str
    customer_id: int | None = None
    called: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceName:
    """A service's code or one of its names."""

    code: str
    name: str


@dataclass
class Names:
    """All that a Linker looks for. `provider_names`: the provider's own company names."""

    customers: list[KnownCustomer] = field(default_factory=list)
    contacts: list[ContactName] = field(default_factory=list)
    services: list[ServiceName] = field(default_factory=list)
    provider_names: tuple[str, ...] = ()


def called_names(written: object) -> tuple[str, ...]:
    """What people call somebody, as a list of contacts writes it: "Bu Ratna / Mbak Na" → both."""
    return tuple(part.strip() for part in re.split(r"[;/|\n]|,(?=\s)", str(written or "")) if part.strip())


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
            *(ContactName(contact.id or 0, contact.person_id, contact.name, contact.customer_id, called_names(contact.extra.get("called"))) for contact, _ in contacts),
            # Staff known by an account only: ids below zero, as they have no record of their own.
            *(ContactName(-number, -number, name) for number, name in enumerate(sorted(staff), 1) if without_titles(name).lower() not in known),
        ],
        [ServiceName(service.key or service.name, name) for service in services for name in {service.name, service.name_id, service.name_en} if name],
        provider_names(session),
    )


def with_institutions(names: Names) -> Names:
    """With the acronym that opens the name of one customer only, for what somebody asks: "RSUD" where there is one RSUD among them."""
    opening: dict[str, set[int]] = defaultdict(set)
    for name in names.customers:
        words = without_legal_form(name.name).split() if name.kind in ("legal", "short", "alias") else []
        first = name.name.split()[0] if name.kind in ("legal", "short", "alias") and name.name.split() else ""
        for word in {first, *words[:1]}:
            if len(name.name.split()) > 1 and _ACRONYM.fullmatch(word) and word.lower() not in _FORMS:
                opening[word].add(name.customer_id)
    known = {name.name for name in names.customers}
    added = [KnownCustomer(owners.copy().pop(), word, "abbreviation") for word, owners in opening.items() if len(owners) == 1 and word not in known]
    return replace(names, customers=[*names.customers, *added]) if added else names


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

"""The people that an import knows: one person over several positions only where something says so."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.language.names import without_titles
from knowledge.linking import ContactName
from knowledge.linking.names import called_names

_ALSO = re.compile(r"\b(?:juga|also|merangkap|concurrently|sama dengan|same (?:person )?as|likewise)\b", re.IGNORECASE)


@dataclass
class KnownContact:
    """A position in the book; ids are negative until written."""

    id: int
    person_id: int
    name: str
    customer_id: int | None
    email: str | None = None
    phone: str | None = None
    notes: str | None = None
    key: str | None = None
    source: str | None = None
    customers_noted: frozenset[int] = frozenset()
    called: tuple[str, ...] = ()
    former: bool = False
    """It came from a file that is read anew: it still helps to know the person again, no more."""


@dataclass
class KnownPerson:
    """A human being in the book."""

    id: int
    name: str
    titles: str = ""
    provider: bool = False
    contacts: list[KnownContact] = field(default_factory=list)
    account: bool = False
    """Known only from an account or as somebody's account manager: found in text, but no record of people."""


def digits(phone: str | None) -> str:
    """A phone number's digits, country code as 0, for comparison; "" if it is none."""
    found = re.sub(r"\D", "", phone or "")
    found = "0" + found[2:] if found.startswith("62") else found
    return found if len(found) >= 7 else ""


def titles_of(name: str) -> str:
    """What stands around a person's name: "dr., M.Kes." """
    bare = without_titles(name)
    before, _, after = name.partition(bare)
    return ", ".join(part.strip(" ,") for part in (before, after) if part.strip(" ,"))


class PeopleBook:
    """All people known to an import."""

    def __init__(self) -> None:
        self.people: dict[int, KnownPerson] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._next = -1

    def load(self, person: KnownPerson) -> None:
        """Take up a person of the store with their positions."""
        self.people[person.id] = person
        self._by_name[without_titles(person.name).lower()].append(person.id)

    def staff(self, name: str) -> None:
        """Take up one of the provider's people who is known by name only."""
        bare = without_titles(" ".join(name.split()))
        if len(bare.split()) < 2 or self._by_name.get(bare.lower()):
            return
        person = KnownPerson(self._new(), bare, provider=True, account=True)
        person.contacts = [KnownContact(self._new(), person.id, bare, None)]
        self.load(person)

    def place(
        self, fields: dict[str, Any], customer_id: int | None, *, key: str | None, source: str,
        customers_noted: frozenset[int] = frozenset(), provider: bool = False,
    ) -> KnownContact:  # fmt: skip
        """The position that a row describes, with the person it belongs to: someone known, or somebody new."""
        name = str(fields["name"])
        contact = KnownContact(
            self._new(), 0, name, customer_id, fields.get("email"), fields.get("phone"), fields.get("notes"), key, source, customers_noted,
            called_names(fields.get("called")),
        )
        person = next((self.people[person_id] for person_id in self._by_name[without_titles(name).lower()] if self._same(self.people[person_id], contact, provider)), None)
        if person is None:
            person = KnownPerson(self._new(), without_titles(name), titles_of(name), provider)
            self.load(person)
        if person.account:
            person.account, person.contacts = False, []
        person.provider = person.provider or provider
        contact.person_id = person.id
        person.contacts.append(contact)
        return contact

    def is_staff(self, name: str, email: str) -> bool:
        """Whether someone of this name is known as the provider's own, and no e-mail speaks against it."""
        if email:
            return False
        found = [self.people[person_id] for person_id in self._by_name.get(without_titles(name).lower(), [])]
        return bool(found) and all(person.provider for person in found)

    def _new(self) -> int:
        self._next -= 1
        return self._next + 1

    @staticmethod
    def _same(person: KnownPerson, contact: KnownContact, provider: bool) -> bool:
        """Same name is not enough: the same phone, e-mail, source key, customer, or a remark that names the other customer."""
        if person.provider and (provider or person.account):
            return provider
        for other in person.contacts:
            if contact.email and other.email and contact.email.lower() == other.email.lower():
                return True
            if digits(contact.phone) and digits(contact.phone) == digits(other.phone):
                return True
            if contact.customer_id is not None and contact.customer_id == other.customer_id and (not contact.email or not other.email):
                return True
            for one, two in ((contact, other), (other, contact)):
                if two.customer_id in one.customers_noted and one.notes and _ALSO.search(one.notes):
                    return True
        return False

    def contacts(self) -> list[ContactName]:
        """All positions, for a Linker."""
        return [
            ContactName(contact.id, person.id, contact.name, None if person.provider and contact.customer_id is None else contact.customer_id, contact.called)
            for person in self.people.values()
            for contact in person.contacts
            if not contact.former
        ]


def is_former(valid_until: date | None, today: date) -> bool:
    """Whether a position has ended."""
    return valid_until is not None and valid_until < today

"""Finds known names in text; what was found in a text and the linker of a store's generation are kept."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from knowledge.language.gazetteer import (
    Entry,
    Gazetteer,
    called_forms,
    company_forms,
    person_entries,
    short_company_forms,
)
from knowledge.language.months import month_number
from knowledge.linking.mentions import CustomerMention, PersonMention, ServiceMention
from knowledge.linking.names import ContactName, KnownCustomer, Names, less, names_in_store, with_institutions
from knowledge.store import generation, read

_DOMAIN = re.compile(r"(?<![\w.-])(?:[\w.+-]+@)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w-])", re.IGNORECASE)
_SHORT_WEIGHT, _PART_WEIGHT = 0.9, 0.7
KEPT_TEXTS = 4096
"""Texts of which a Linker keeps what it found in them."""
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s+$")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"(?<!\w)(\w{3,}) $"), re.compile(r" (\w{3,})(?!\w)")
_YEAR_AFTER = re.compile(r"\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d(?!\d)")


class Linker:
    """Finds known names in text; immutable. Build it once a store generation (`Linker.of`)."""

    def __init__(self, names: Names) -> None:
        self.provider_names = names.provider_names
        self._contacts = {entry.contact_id: entry for entry in names.contacts}
        self._domains: dict[str, set[int]] = defaultdict(set)
        self._keys: dict[str, set[int]] = defaultdict(set)
        self._words: dict[int, set[str]] = defaultdict(set)
        for known in names.customers:
            self._words[known.customer_id] |= {word.lower() for word in re.findall(r"\w{3,}", known.name)}
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
                    kept[1][without] = cls(with_institutions(less(names_in_store(session), without)))
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
            found += [Entry(f"p:{contact.contact_id}", "person", form, _SHORT_WEIGHT) for called in contact.called for form in called_forms(called, contact.name)]
        return found

    def customers(self, text: str) -> list[CustomerMention]:
        """Customers that a text names, in reading order; also by mail domain and inside codes and file names."""
        return list(self._kept_customers(text))

    def _find_customers(self, text: str) -> list[CustomerMention]:
        found = [
            CustomerMention(tuple(int(entry[2:]) for entry in mention.entry_ids), mention.text, mention.start, mention.end, mention.score)
            for mention in self._gazetteer.find(text, {"customer"})
        ]
        found = [self._widened(mention, text) for mention in found if not self._is_provider(mention.text)]
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

    def _widened(self, mention: CustomerMention, text: str) -> CustomerMention:
        """With the words beside it that are of the same customer's name: "Tirta Wening" of "PT Tirta Wening Abadi", found by "Wening"."""
        if len(mention.customer_ids) != 1:
            return mention
        words, start, end = self._words[mention.customer_ids[0]], mention.start, mention.end
        while (before := _WORD_BEFORE.search(text, 0, start)) and before[1].lower() in words:
            start = before.start(1)
        while (after := _WORD_AFTER.match(text, end)) and after[1].lower() in words:
            end = after.end(1)
        return replace(mention, text=text[start:end], start=start, end=end)

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


def _is_month(text: str, start: int, end: int) -> bool:
    """Whether a name is only the month of a date: "18 Mei 2028" names nobody called Mei."""
    return month_number(text[start:end]) is not None and bool(_DAY_BEFORE.search(text[:start]) or _YEAR_AFTER.match(text[end:]))


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)

"""The customers that an import knows: found again by key, name, legal form, abbreviation or a slight misspelling."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from knowledge.intake.names_compared import (
    CODE,
    acronyms,
    contradict,
    half_shortened,
    legal_tokens,
    names_nobody,
    normal,
)
from knowledge.intake.tables.values import split_list
from knowledge.language.gazetteer import company_forms, short_company_forms
from knowledge.linking import KnownCustomer

FUZZY = 92.0
"""Names at least so alike (rapidfuzz ratio) may be one customer, if nothing contradicts it."""
_MOST_TEXTS = 100_000


@dataclass
class KnownParty:
    """A customer in the book. `id` is negative until it is written; `fields` are the columns of its Customer record."""

    id: int
    fields: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)  # name as written → kind of CustomerName
    sources: dict[str, str] = field(default_factory=dict)  # name → the file it came from
    source: str | None = None
    place: dict[str, Any] = field(default_factory=dict)
    row: int | None = None
    changed: bool = False

    @property
    def title(self) -> str:
        """What it is called in text: the legal name, else the short one."""
        return str(self.fields.get("legal_name") or self.fields.get("name"))


@dataclass(frozen=True)
class Merge:
    """A spelling taken for a customer that is written otherwise."""

    customer_id: int
    spelling: str
    reason: str
    score: float
    source: str


class CustomerBook:
    """All customers known to an import, those of the store and those that the files add."""

    def __init__(self) -> None:
        self.parties: dict[int, KnownParty] = {}
        self.merges: list[Merge] = []
        self.provider_names: set[str] = set()
        self.provider_domains: set[str] = set()
        self.forbidden: set[tuple[int, str]] = set()
        """(customer id, normal spelling) pairs that a person has split; never merged again."""
        self._keys: dict[str, int] = {}
        self._normal: dict[str, dict[str, int]] = defaultdict(dict)  # normal name → {name as written: id}
        self._short: dict[str, set[int]] = defaultdict(set)
        self._found: dict[str, int | None] = {}
        self._exact: dict[str, int | None] = {}
        self.version = 0
        """Rises with every name: what was looked up before may be found now."""
        self._next = -1

    def add(self, fields: dict[str, Any], *, party_id: int | None = None, names: dict[str, str] | None = None, source: str | None = None) -> KnownParty:
        """Take up a customer; `names` are further names with their kinds."""
        if party_id is None:
            party_id, self._next = self._next, self._next - 1
        party = KnownParty(party_id, fields, source=source, changed=party_id < 0)
        self.parties[party_id] = party
        given = {fields.get("key"): "key", fields.get("name"): "short", fields.get("legal_name"): "legal"}
        for name, kind in (*given.items(), *(names or {}).items()):
            if name:
                self.name(party_id, str(name), kind, source)
        return party

    def name(self, party_id: int, name: str, kind: str = "alias", source: str | None = None) -> None:
        """Take up a name of a customer."""
        name = " ".join(name.split())
        party = self.parties[party_id]
        if not name or name in party.names:
            return
        party.names[name] = kind
        if source:
            party.sources[name] = source
        self._found.clear()
        self._exact.clear()
        self.version += 1
        if kind == "domain":
            return
        if kind in ("key", "abbreviation") or re.fullmatch(CODE, name):
            self._keys.setdefault(name.upper(), party_id)
        for form in company_forms(name):
            self._normal[normal(form)].setdefault(name, party_id)
        if kind in ("legal", "short", "alias"):
            for form in short_company_forms(name):
                self._short[normal(form)].add(party_id)

    def known(self, text: str) -> bool:
        """Whether a cell's whole text is a known customer, without guessing."""
        return self.exact(text) is not None

    def exact(self, text: str) -> int | None:
        """The customer of a key or name, legal forms aside; "C01 - PT X" and "PT X (C01)" too."""
        if text not in self._exact:
            if len(self._exact) >= _MOST_TEXTS:
                self._exact.clear()
            self._exact[text] = self._look_up(text)
        return self._exact[text]

    def _look_up(self, text: str) -> int | None:
        text = " ".join(text.split())
        if not text or len(text) > 120:
            return None
        if text.upper() in self._keys:
            return self._keys[text.upper()]
        found = {party_id for party_id in self._normal.get(normal(text), {}).values() if not self._other_legal_form(party_id, text)}
        if len(found) == 1:
            return found.pop()
        parts = [part for part in re.split(r"\s+[-–|:/]\s+|[()\[\]]", text) if part.strip()]
        if len(parts) == 2 and not found:
            ids = {party for part in parts if (party := self.exact(part)) is not None}
            if len(ids) == 1 and any(part.strip().upper() in self._keys for part in parts):
                return ids.pop()
        return None

    @property
    def masters(self) -> int:
        """How many customers a list of customers gave."""
        return sum(party.fields.get("origin") == "import" for party in self.parties.values())

    def resembles(self, text: str) -> bool:
        """Whether a cell, or an entry of a list in it, is a known customer or would be taken for one."""
        return any(self.exact(part) is not None or self._guess(part) is not None for part in (text, *split_list(text)))

    def find(self, text: str, source: str) -> int | None:
        """The customer that a cell means, guesses included; every guess is noted as a merge."""
        text = " ".join(text.split())
        if text not in self._found:
            self._found[text] = self.exact(text)
            if self._found[text] is None:
                guess = self._guess(text)
                if guess is not None and (guess[0], normal(text)) not in self.forbidden:
                    self.merges.append(Merge(guess[0], text, guess[1], guess[2], source))
                    self.name(guess[0], text, "abbreviation" if guess[1] == "initials" else "alias", source)
                    self._found[text] = guess[0]
                else:
                    self._found[text] = None
        return self._found[text]

    def _guess(self, text: str) -> tuple[int, str, float] | None:
        if re.fullmatch(CODE, text) or len(text) > 100:
            return None
        if text.isupper() and text.isalpha() and 3 <= len(text) <= 8:
            owners = {party.id for party in self.parties.values() for name in party.names if party.names[name] != "domain" and text in acronyms(name)}
            return (owners.pop(), "initials", 0.9) if len(owners) == 1 else None
        halved = {party.id for party in self.parties.values() for name, kind in party.names.items() if kind != "domain" and half_shortened(text, name)}
        if len(halved) == 1:
            return halved.pop(), "initials", 0.9
        wanted = normal(text)
        short = self._short.get(wanted, set())
        if len(short) == 1 and len(wanted) >= 4:
            party_id = next(iter(short))
            if not self._other_legal_form(party_id, text):
                return party_id, "short form", 0.9
        if len(wanted) < 6:
            return None
        best = process.extract(wanted, list(self._normal), scorer=fuzz.ratio, score_cutoff=FUZZY, limit=3)
        alike: dict[int, float] = {}
        for candidate, score, _ in best:
            for name, party_id in self._normal[candidate].items():
                if not contradict(name, text) and not self._other_legal_form(party_id, text):
                    alike[party_id] = max(score, alike.get(party_id, 0.0))
        if len(alike) == 1:
            party_id, score = alike.popitem()
            return party_id, "spelling", round(score / 100, 3)
        return None

    def _other_legal_form(self, party_id: int, text: str) -> bool:
        """Whether the text has a legal form and the customer is known under others only (PT X is not CV X)."""
        wanted = legal_tokens(text)
        if not wanted:
            return False
        known = [tokens for name in self.parties[party_id].names if (tokens := legal_tokens(name))]
        return bool(known) and not any(tokens & wanted for tokens in known)

    def find_or_add(self, texts: list[str], source: str) -> int | None:
        """The customer of a row: of its first cell that is known, else a new one named as the row says; None for nobody."""
        for text in texts:
            if (party := self.exact(text)) is not None:
                for other in texts:
                    if other is not text and self.exact(other) is None and self.may_be_customer(other):
                        self.name(party, other, "key" if re.fullmatch(CODE, other) else "alias", source)
                return party
        for text in texts:
            if self.may_be_customer(text) and (party := self.find(text, source)) is not None:
                return party
        new = [text for text in texts if self.may_be_customer(text)]
        if not new:
            return None
        key = next((text for text in new if re.fullmatch(CODE, text)), None)
        name = next((text for text in new if text != key), key)
        legal = name if name and legal_tokens(name) else None
        return self.add({"key": key, "name": name, "legal_name": legal, "origin": "mentioned"}, source=source).id

    def may_be_customer(self, text: str) -> bool:
        """Whether a cell of a customer column can name one at all."""
        text = " ".join(text.split())
        if not text or names_nobody(text) or len(text) > 80 or self.is_provider(text) or "@" in text:
            return False
        return bool(re.search(r"[^\W\d_]", text)) or bool(re.fullmatch(r"\d{3,8}", text))

    def is_provider(self, text: str) -> bool:
        """Whether the text is one of the provider's own names."""
        return any(normal(text) == normal(name) for name in self.provider_names)

    def by_domain(self, address: str) -> int | None:
        """The customer whose mail domain an address has."""
        domain = address.rsplit("@", 1)[-1].strip("<> ").lower()
        for party in self.parties.values():
            if any(kind == "domain" and (domain == name or domain.endswith("." + name)) for name, kind in party.names.items()):
                return party.id
        return None

    def known_customers(self) -> list[KnownCustomer]:
        """All names, for a Linker."""
        return [KnownCustomer(party.id, name, kind) for party in self.parties.values() for name, kind in party.names.items()]

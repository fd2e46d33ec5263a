"""What an import knows by name while it plans: customers, people, services, and what it has looked at once."""

import re
from collections.abc import Iterable

from knowledge.intake.about import customers_in
from knowledge.intake.customers import CustomerBook
from knowledge.intake.people import PeopleBook
from knowledge.intake.plan import Parsed
from knowledge.intake.prose.classify import classify
from knowledge.intake.tables.columns import Column, profile
from knowledge.linking import Linker, Names, ServiceName

_MOST_TEXTS = 100_000
_LETTER = re.compile(r"[^\W\d_]")


class Known:
    """Everything that an import knows by name: customers, people, services, and a linker over them."""

    def __init__(self, customers: CustomerBook, people: PeopleBook, services: dict[str, set[str]]) -> None:
        self.customers, self.people, self.services = customers, people, services
        self._linker: Linker | None = None
        self._named: dict[str, frozenset[int]] = {}
        self._cells: dict[str, frozenset[int]] = {}
        self._version = 0
        self._kinds: dict[tuple[str, str], str] = {}
        self.mains: dict[tuple[str, str], int | None] = {}
        """Customers that mails are about, for what is attached to them."""
        self._profiles: dict[tuple[str, str, int], list[Column]] = {}
        self.names_before = {party.id: set(party.names) for party in customers.parties.values()}

    def profile(self, parsed: Parsed, number: int) -> list[Column]:
        """The columns of a document's table, looked at once an import."""
        place = (parsed.root, parsed.source, number)
        if place not in self._profiles:
            self._profiles[place] = profile(parsed.doc.tables[number])
        return self._profiles[place]

    def kind_of(self, parsed: Parsed) -> str:
        """The document's kind, as its prose says, looked at once an import."""
        place = (parsed.root, parsed.source)
        if place not in self._kinds:
            self._kinds[place] = classify(parsed.doc, parsed.source).kind
        return self._kinds[place]

    def changed(self) -> None:
        """Names have been added: the linker must be built anew."""
        self._linker = None
        self._named.clear()
        self._cells.clear()

    def customers_of_cell(self, text: str) -> frozenset[int]:
        """The customer that a whole cell is, else those that it names."""
        if self._version != self.customers.version or len(self._cells) >= _MOST_TEXTS:
            self._version = self.customers.version
            self._cells.clear()
        found = self._cells.get(text)
        if found is None:
            exact = self.customers.exact(text) if _LETTER.search(text) else None
            if exact is not None:
                found = frozenset((exact,))
            else:
                found = self.customers_named(text) if _LETTER.search(text) else frozenset()
            self._cells[text] = found
        return found

    def customers_named(self, text: str) -> frozenset[int]:
        """The customers that a text names; cells repeat, so each text is looked at once."""
        found = self._named.get(text)
        if found is None:
            if len(self._named) >= _MOST_TEXTS:
                self._named.clear()
            found = self._named[text] = frozenset(customers_in(text, self.linker))
        return found

    def customers_listed(self, names: Iterable[str], source: str) -> set[int]:
        """The customers of a list's entries; of an entry that says more ("only Bank A"), those that it names."""
        found: set[int] = set()
        for name in names:
            named = self.customers_named(name)
            one = self.customers.exact(name) if named else self.customers.find(name, source)
            found |= {one} if one is not None else named
        return found

    @property
    def linker(self) -> Linker:
        """A linker over all names known so far."""
        if self._linker is None:
            services = [ServiceName(code, name) for code, names in self.services.items() for name in names]
            self._linker = Linker(Names(self.customers.known_customers(), self.people.contacts(), services, tuple(self.customers.provider_names)))
        return self._linker

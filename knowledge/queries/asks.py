"""What a question asks for, whatever it is about: the kind of answer, the arithmetic, the groups, the comparison."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge.language.names import HONORIFICS
from knowledge.linking import CustomerMention, Linker, PersonMention, ServiceMention
from knowledge.queries.asked_periods import asked_periods
from knowledge.queries.asked_words import (
    apart_from_target,
    asked_which,
    at_least,
    currency_asked,
    flag,
    last_word,
    said_units,
    stands_before,
    top_asked,
    unit_after,
)
from knowledge.queries.spec import Period
from knowledge.queries.vocabulary import filler, phrases, scales
from knowledge.queries.words import Match, Reading

Superlative = Literal["most", "least", "newest", "oldest"]
_GROUPS = ("customer", "manager", "service", "month", "quarter", "year")
_ARITHMETIC = ("sum", "avg", "min", "max")


@dataclass(frozen=True)
class Named:
    """A period, customer, person or service where the question names it."""

    indices: frozenset[int]
    text: str


@dataclass(frozen=True)
class Thing:
    """A named thing of one customer, and the codes of the services that it needs."""

    indices: frozenset[int]
    customer_id: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class Asks:
    """Found in the question by its words alone. `groups`: dimension → where its word stands; `per`: those after "per", "by"."""

    reading: Reading
    answers: dict[str, Match]
    arithmetic: dict[str, Match]
    superlative: tuple[Superlative, Match] | None
    groups: dict[str, Match]
    per: frozenset[str]
    which: frozenset[str]
    compare: Match | None
    negations: frozenset[int]
    flags: dict[str, Match]
    periods: tuple[tuple[Period, frozenset[int]], ...]
    customers: tuple[CustomerMention, ...]
    people: tuple[PersonMention, ...]
    services: tuple[ServiceMention, ...]
    at_least: int | None
    top: tuple[int, frozenset[int]] | None = None
    """How many of a ranking: "3 pelanggan … terbesar", "top five"."""
    currency: tuple[str, frozenset[int]] | None = None
    """The currency that is a condition: "customers who pay in rupiah"."""
    as_of: frozenset[int] = frozenset()
    """ "as of today" beside what is late or not yet done: said of now, no period."""
    said_units: frozenset[int] = frozenset()
    """ "in IDR million", "dalam juta rupiah": how the number should be written, no condition."""
    things: tuple[Thing, ...] = ()
    table_words: frozenset[int] = frozenset()
    """Words that name a table as the source of the answer: "menurut tabel master"."""
    further_customer_words: frozenset[int] = frozenset()
    further_service_words: frozenset[int] = frozenset()
    managers: tuple[tuple[str, frozenset[int]], ...] = ()
    """Account managers that the question names: as their customers have them, and the words."""
    near_services: tuple[tuple[str, frozenset[int]], ...] = ()
    """Services of which only a part of the name was said, or a word of that meaning: (code, words)."""

    @property
    def scale(self) -> str | None:
        """ "in IDR million", "dalam juta rupiah": the scale that amounts should be given in."""
        said = {self.reading.words[at].norm for at in self.said_units}
        return next((name for name, words in scales().items() if said & words), None)

    @cached_property
    def customer_indices(self) -> frozenset[int]:
        return self.further_customer_words.union(*(self.reading.indices(mention.start, mention.end) for mention in self.customers))

    @cached_property
    def service_indices(self) -> frozenset[int]:
        return self.further_service_words.union(*(self.reading.indices(mention.start, mention.end) for mention in self.services))

    @cached_property
    def period_indices(self) -> frozenset[int]:
        return frozenset().union(*(indices for _, indices in self.periods))

    @cached_property
    def content(self) -> frozenset[int]:
        """Words that a spec must explain."""
        spoken = frozenset().union(*(match.indices for match in (*self.answers.values(), *self.arithmetic.values())))
        if self.superlative:
            spoken |= self.superlative[1].indices
        entities = self.customer_indices | self.service_indices | self.period_indices
        kept = set()
        for at, word in enumerate(self.reading.words):
            plain = word.is_stopword or word.norm in filler() or at in spoken or not any(map(str.isalnum, word.norm))
            if at in self.said_units or at in self.as_of or at in self.table_words or word.norm.rstrip(".") in HONORIFICS:
                continue
            if at in entities or not plain or any(map(str.isdigit, word.norm)):
                kept.add(at)
        return frozenset(kept)

    @cached_property
    def elliptic(self) -> bool:
        """ "kalau X?", "and for Y?": it opens with a word that goes on, or asks nothing of its own."""
        opens = self.reading.best(phrases("continues"), literal=True)
        return (opens is not None and opens.first == 0) or not (self.answers or self.arithmetic or self.superlative)

    @cached_property
    def set_aside(self) -> frozenset[int]:
        """Words that set what follows aside."""
        return frozenset(match.last - 1 for wanted in phrases("set_aside") for match in self.reading.find(wanted, literal=True))

    def said(self, section: str) -> frozenset[int]:
        """All words of the question that are phrases of a section of the vocabulary."""
        return frozenset().union(*(match.indices for wanted in phrases(section) for match in self.reading.find(wanted, synonyms=False, literal=True)))

    @cached_property
    def sum_or_count(self) -> bool:
        """ "jumlah X": what they come to or how many they are, whichever X allows."""
        said = self.answers.get("how_many")
        return said is not None and said.indices <= self.said("aggregate.sum") | frozenset(at for at in said.indices if self.reading.words[at].norm == "berapa")

    def has(self, answer: str) -> bool:
        return answer in self.answers


def understand(text: str, linker: Linker, today: date) -> Asks:
    """Read a question once, for all targets."""
    reading = Reading(text)
    answers = {name: match for name in ("who", "when", "how_long", "how_many", "how_much", "where", "why", "which") if (match := flag(reading, f"ask.{name}"))}
    whether = flag(reading, "ask.whether")
    if whether and whether.first == 0 and not answers:
        answers["whether"] = whether
    if (day := answers.get("when")) is not None:  # "tanggal berapa": its "berapa" asks for no amount
        answers = {name: match for name, match in answers.items() if not match.indices < day.indices}
    last = last_word(reading)
    ending = next((match for wanted in phrases("whether_end") for match in reading.find(wanted, literal=True) if match.last == last and last > 2), None)
    if ending and not answers:
        answers["whether"] = ending
    ever = flag(reading, "ever")
    if ever and (ever.first == 0 or "whether" in answers) and not set(answers) - {"whether"}:
        answers["whether"] = Match(min(ever.first, answers["whether"].first) if "whether" in answers and answers["whether"].first == 0 else ever.first, ever.last, ever.score)
    total = next((match for wanted in phrases("aggregate.sum") for match in reading.find(wanted, literal=True) if unit_after(reading, match.last)), None)
    if total and (unit := unit_after(reading, total.last)):  # "total jam gangguan"
        answers = {name: match for name, match in answers.items() if name not in ("how_many", "how_much")}
        answers["how_long"] = Match(total.first, unit, total.score)
    elif (said := answers.get("how_many") or answers.get("how_much")) and (unit := unit_after(reading, said.last)):
        answers = {name: match for name, match in answers.items() if name not in ("how_many", "how_much")}
        answers["how_long"] = Match(said.first, unit, said.score)
    arithmetic = {name: match for name in _ARITHMETIC if (match := flag(reading, f"aggregate.{name}"))}
    ranks: tuple[Superlative, ...] = ("most", "least", "newest", "oldest")
    periods = asked_periods(reading, today)
    timed = frozenset().union(*(indices for _, indices in periods))
    found = [(name, match) for name in ranks if (match := flag(reading, f"aggregate.{name}")) and not match.indices <= timed]
    soonest = flag(reading, "aggregate.soonest")
    found += [("oldest", soonest)] if soonest else []
    superlative = max(found, key=lambda pair: pair[1].last - pair[1].first, default=None)
    groups = {name: match for name in _GROUPS if (match := flag(reading, f"group.{name}", literal=False))}
    if "manager" in groups and "customer" in groups and groups["customer"].indices <= groups["manager"].indices:
        del groups["customer"]  # the "account" of "account manager"
    per = frozenset(name for name, match in groups.items() if stands_before(reading, "per", match.first))
    which = frozenset(name for name, match in groups.items() if asked_which(reading, match))
    names = ("not_yet", "still", "open", "met.yes", "met.no", "overdue", "settled", "former", "forecast", "active", "together", "except", "without", "aggregate.soonest", "aggregate.next", "mine", "gap", "share", "lists_further", "expired", "touched", "trend", "ever", "change.down", "change.up", "change.same")
    flags = {name: match for name in names if (match := flag(reading, name, literal=not name.startswith("met")))}
    if "met.no" not in flags and (apart := apart_from_target(reading)):
        flags["met.no"] = apart
    if "met.no" in flags:  # "under the agreed minimum": no lowest of anything
        goals = frozenset().union(*(match.indices for wanted in phrases("met.goal") for match in reading.find(wanted, synonyms=False)))
        arithmetic = {name: match for name, match in arithmetic.items() if not match.indices <= goals}
    if superlative and "how_long" in answers and reading.best(phrases("lasting"), synonyms=False, literal=True) and superlative[0] == "newest":
        superlative = None
    today_said = frozenset().union(*(match.indices for wanted in phrases("as_of_today") for match in reading.find(wanted, synonyms=False, literal=True)))
    as_of = today_said if {"overdue", "expired", "not_yet", "still", "open"} & set(flags) else frozenset()
    periods = tuple((period, indices) for period, indices in periods if not indices <= as_of)
    negations = frozenset(match.last - 1 for wanted in phrases("negation") for match in reading.find(wanted, literal=True)) - (ending.indices if ending else frozenset())
    return Asks(
        reading, answers, arithmetic, superlative, groups, per, which, flag(reading, "compare"), negations, flags, periods,
        tuple(linker.customers(text)), tuple(linker.people(text)), tuple(linker.services(text)), at_least(reading, groups), top_asked(reading, groups) if superlative else None, currency_asked(reading), as_of, said_units(reading),
    )  # fmt: skip

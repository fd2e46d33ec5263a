"""What a question asks for, whatever it is about: the kind of answer, the arithmetic, the groups, the comparison."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from knowledge.language.money import find_money
from knowledge.language.names import HONORIFICS
from knowledge.linking import CustomerMention, Linker, PersonMention, ServiceMention
from knowledge.queries.asked_periods import asked_periods
from knowledge.queries.spec import Period
from knowledge.queries.vocabulary import currencies, filler, number_words, phrases, scales
from knowledge.queries.words import Match, Reading

Superlative = Literal["most", "least", "newest", "oldest"]
_GROUPS = ("customer", "service", "month", "quarter", "year")
_ARITHMETIC = ("sum", "avg", "min", "max")
_BETWEEN = 3
_MOST_RANKED = 50


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
    said_units: frozenset[int] = frozenset()
    """ "in IDR million", "dalam juta rupiah": how the number should be written, no condition."""
    things: tuple[Thing, ...] = ()
    table_words: frozenset[int] = frozenset()
    """Words that name a table as the source of the answer: "menurut tabel master"."""
    further_customer_words: frozenset[int] = frozenset()
    further_service_words: frozenset[int] = frozenset()
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
            if at in self.said_units or at in self.table_words or word.norm.rstrip(".") in HONORIFICS:
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

    def has(self, answer: str) -> bool:
        return answer in self.answers


def _flag(reading: Reading, section: str, literal: bool = True) -> Match | None:
    return reading.best(phrases(section), synonyms=False, literal=literal)


def understand(text: str, linker: Linker, today: date) -> Asks:
    """Read a question once, for all targets."""
    reading = Reading(text)
    answers = {name: match for name in ("who", "when", "how_long", "how_many", "how_much", "where", "why", "which") if (match := _flag(reading, f"ask.{name}"))}
    whether = _flag(reading, "ask.whether")
    if whether and whether.first == 0 and not answers:
        answers["whether"] = whether
    last = _last_word(reading)
    ending = next((match for wanted in phrases("whether_end") for match in reading.find(wanted, literal=True) if match.last == last and last > 2), None)
    if ending and not answers:
        answers["whether"] = ending
    ever = _flag(reading, "ever")
    if ever and (ever.first == 0 or "whether" in answers) and not set(answers) - {"whether"}:
        answers["whether"] = Match(min(ever.first, answers["whether"].first) if "whether" in answers and answers["whether"].first == 0 else ever.first, ever.last, ever.score)
    total = next((match for wanted in phrases("aggregate.sum") for match in reading.find(wanted, literal=True) if _unit_after(reading, match.last)), None)
    if total and (unit := _unit_after(reading, total.last)):  # "total jam gangguan"
        answers = {name: match for name, match in answers.items() if name not in ("how_many", "how_much")}
        answers["how_long"] = Match(total.first, unit, total.score)
    elif (said := answers.get("how_many") or answers.get("how_much")) and (unit := _unit_after(reading, said.last)):
        answers = {name: match for name, match in answers.items() if name not in ("how_many", "how_much")}
        answers["how_long"] = Match(said.first, unit, said.score)
    arithmetic = {name: match for name in _ARITHMETIC if (match := _flag(reading, f"aggregate.{name}"))}
    ranks: tuple[Superlative, ...] = ("most", "least", "newest", "oldest")
    periods = asked_periods(reading, today)
    timed = frozenset().union(*(indices for _, indices in periods))
    found = [(name, match) for name in ranks if (match := _flag(reading, f"aggregate.{name}")) and not match.indices <= timed]
    soonest = _flag(reading, "aggregate.soonest")
    found += [("oldest", soonest)] if soonest else []
    superlative = max(found, key=lambda pair: pair[1].last - pair[1].first, default=None)
    groups = {name: match for name in _GROUPS if (match := _flag(reading, f"group.{name}", literal=False))}
    per = frozenset(name for name, match in groups.items() if _stands_before(reading, "per", match.first))
    which = frozenset(name for name, match in groups.items() if _asked_which(reading, match))
    names = ("not_yet", "still", "open", "met.yes", "met.no", "overdue", "former", "forecast", "active", "together", "except", "without", "aggregate.soonest", "mine", "gap", "share", "lists_further", "expired", "touched", "trend", "ever")
    flags = {name: match for name in names if (match := _flag(reading, name, literal=not name.startswith("met")))}
    if "met.no" not in flags and (apart := _apart_from_target(reading)):
        flags["met.no"] = apart
    negations = frozenset(match.last - 1 for wanted in phrases("negation") for match in reading.find(wanted, literal=True)) - (ending.indices if ending else frozenset())
    return Asks(
        reading, answers, arithmetic, superlative, groups, per, which, _flag(reading, "compare"), negations, flags, periods,
        tuple(linker.customers(text)), tuple(linker.people(text)), tuple(linker.services(text)), _at_least(reading, groups), _top(reading, groups) if superlative else None, _currency(reading), _said_units(reading),
    )  # fmt: skip


def _apart_from_target(reading: Reading) -> Match | None:
    """ "below its availability target": what is missed stands before the word for it."""
    goals = [match.first for wanted in phrases("met.goal") for match in reading.find(wanted, synonyms=False)]
    leads = [match for wanted in phrases("met.no.lead") for match in reading.find(wanted, synonyms=False, literal=True)]
    return next((lead for lead in leads if any(0 <= goal - lead.last <= _BETWEEN for goal in goals)), None)


def _last_word(reading: Reading) -> int:
    """The number of words before what a bracket at the end adds."""
    at = reading.text.find(" (")
    return sum(word.end <= at for word in reading.words) if at > 0 else len(reading.words)


def _top(reading: Reading, groups: dict[str, Match]) -> tuple[int, frozenset[int]] | None:
    """A number in front of what is ranked, or after "top"."""
    for at, word in enumerate(reading.words):
        number = int(word.norm) if word.norm.isdigit() else number_words().get(word.norm)
        if number is None or not 1 < number <= _MOST_RANKED:
            continue
        before = reading.words[at - 1].norm if at else ""
        after = {match.first for match in groups.values()}
        plain = at + 1 < len(reading.words) and not reading.words[at + 1].norm[:1].isdigit()
        if before in ("top", "the") or at + 1 in after or (at == 0 and plain):
            return number, frozenset({at, at - 1} if before == "top" else {at})
    return None


def _said_units(reading: Reading) -> frozenset[int]:
    leads = [match.last for wanted in phrases("said_unit.lead") for match in reading.find(wanted, literal=True)]
    units = frozenset(at for wanted in phrases("said_unit") for match in reading.find(wanted, literal=True) for at in match.indices)
    found: set[int] = set()
    for at in leads:
        while at in units:
            found.add(at)
            at += 1
    return frozenset(found)


def _unit_after(reading: Reading, at: int) -> int | None:
    """The end of a unit of time that follows at once: "berapa jam", "how many days"; not of months, which are counted as well."""
    units = [match.last for wanted in phrases("unit_of_time") for match in reading.find(wanted, synonyms=False, literal=True) if match.first == at]
    ahead = reading.words[units[0]].norm if units and units[0] < len(reading.words) else ""
    return units[0] if units and ahead not in ("lagi", "left", "remain") else None


def _currency(reading: Reading) -> tuple[str, frozenset[int]] | None:
    """A currency that customers or records are in, with the words around it: "rupiah-paying", "yang memakai dolar", "IDR customers"."""
    money = frozenset().union(*(reading.indices(span.start, span.end) for span in find_money(reading.text)))
    units = _said_units(reading)
    for code, wanted in currencies():
        match = reading.best(wanted, synonyms=False, literal=True)
        if match is None or match.indices & (money | units):
            continue
        around = {at for each in phrases("in_currency") for other in reading.find(each, literal=True)
                  if -2 <= other.first - match.last <= 1 or 0 <= match.first - other.last <= 1 for at in other.indices}  # fmt: skip
        return code, match.indices | around
    return None


def _stands_before(reading: Reading, section: str, at: int) -> bool:
    return any(match.last == at for wanted in phrases(section) for match in reading.find(wanted, literal=True))


def _asked_which(reading: Reading, match: Match) -> bool:
    """ "pelanggan mana", "which customers", "bulan apa saja"."""
    after = [word.norm for word in reading.words[match.last : match.last + 2]]
    before = [word.norm for word in reading.words[max(0, match.first - 2) : match.first]]
    return bool({"mana", "apa", "manakah"} & set(after[:1])) or bool({"which", "what"} & set(before)) or "mana" in after


def _at_least(reading: Reading, groups: dict[str, Match]) -> int | None:
    """ "di dua pelanggan", "at several customers": at least so many."""
    match = groups.get("customer")
    if match is None:
        return None
    numbers = {"dua": 2, "two": 2, "tiga": 3, "three": 3, "2": 2, "3": 3, "empat": 4, "four": 4, "4": 4}
    before = [word.norm for word in reading.words[max(0, match.first - 2) : match.first]]
    number = next((numbers[word] for word in reversed(before) if word in numbers), None)
    return number or (2 if _stands_before(reading, "several", match.first) else None)

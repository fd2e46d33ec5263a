"""Conditions of a spec as they are found in a question."""

from dataclasses import dataclass, field

from knowledge.queries.asks import Asks
from knowledge.queries.spec import Filter, Period
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import canonical_choice, phrases, plain_words, terminal_statuses

NEAR = 3
JOINS = plain_words("joins")
WHOLE = 100
"""A progress of what is finished, in percent."""


@dataclass
class Conditions:
    """Filters with the words they explain and why."""

    filters: list[Filter] = field(default_factory=list)
    period: Period | None = None
    further: tuple[Period, ...] = ()
    compare: tuple[Period, ...] = ()
    except_customers: tuple[int, ...] = ()
    whether: str | None = None
    date_field: str | None = None
    covered: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    doubt: float = 0.0

    def add(self, item: Filter, indices: frozenset[int], reason: str) -> None:
        self.filters.append(item)
        self.covered |= indices
        self.reasons.append(reason)


def negation_before(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """The negation that stands shortly before some words."""
    first = min(indices)
    return frozenset(at for at in asks.negations if 0 < first - at <= NEAR and at not in indices)


def negation_of_any(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """The negation that stands shortly before any of some words, which may stand apart."""
    return frozenset(at for at in asks.negations if at not in indices and any(0 < other - at <= NEAR for other in indices))


def left_out(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """Words around some others that leave them out: "yang kalah jangan dihitung", "not counting lost ones"."""
    behind = [match.indices for wanted in phrases("left_out") for match in asks.reading.find(wanted, synonyms=False, literal=True) if 0 <= match.first - max(indices) <= NEAR]
    before = [match.indices for wanted in phrases("left_out.lead") for match in asks.reading.find(wanted, synonyms=False, literal=True) if 0 < min(indices) - match.last + 1 <= NEAR]
    return frozenset().union(*behind, *before)


def stored_as(target: TargetValues, name: str, meanings: frozenset[str] | set[str]) -> tuple[str, ...]:
    """The store's own words for some states, in whatever language each row has them."""
    stored = {entry.stored for entry in target.entries if entry.field == name}
    return tuple(sorted(value for value in stored if canonical_choice(target.target, name, value) in meanings))


def exclude_finished(target: TargetValues, name: str, into: Conditions, indices: frozenset[int]) -> None:
    """Whatever the store's own words for a finished state are; where no state is kept, what has reached 100 % is finished."""
    into.covered |= indices
    if name not in target.filled and "progress" in target.filled:
        into.add(Filter(field="progress", op="lt", value=WHOLE), indices, "progress is below 100 %")
        return
    for value in stored_as(target, name, terminal_statuses()):
        into.add(Filter(field=name, op="ne", value=value), indices, f"{name} is not {value}")

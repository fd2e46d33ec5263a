"""How many days lie between two days of a record: overdue, until the end, from one date of it to another."""

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import Output, identity_fields
from knowledge.queries.spec import NOW
from knowledge.queries.tables import TEMPORAL
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import read_words, same_word

_DUE = ("due", "end", "expected_close", "planned_on", "contract_end", "ends_on")
_DONE = ("closed_at", "implemented_on", "paid_on")
_AGREED = frozenset({"agreement", "clause", "obligation", "target"})
"""Kinds whose days an agreement sets: asked of the agreements themselves."""


def add_days(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions, output: Output) -> bool:
    """The two days whose distance the question asks for; whether it does, of this target."""
    length = asks.answers.get("how_long")
    if length is None or target.target in _AGREED or asks.arithmetic or asks.superlative or not (into.filters or asks.customers):
        return False
    if not _of_days(asks, length.indices):
        return False
    dated = [name for name in target.source.columns if target.source.type_of(name) in TEMPORAL and name in target.filled]
    named = list(dict.fromkeys(match.field for match in sorted(fields, key=lambda each: min(each.indices)) if match.field in dated))
    late, left = asks.said("days.late"), asks.said("days.left")
    between = _pair(target, named, dated, bool(late), bool(left))
    if between is None:
        return False
    output.days_between = between
    output.select = tuple(dict.fromkeys([*(name for name in between if name != NOW), *identity_fields(target)]))
    output.covered |= length.indices | late | left | asks.said("days.done") | asks.said("days.due") | asks.as_of | asks.said("as_of_today")
    output.covered |= frozenset().union(*(match.indices for match in fields if match.field in between))
    output.certain = True
    output.reasons.append(f"days from {between[0]} to {between[1]}")
    return True


def _of_days(asks: Asks, indices: frozenset[int]) -> bool:
    """Whether days or weeks are asked for, or how late something is: not minutes, which records keep themselves."""
    units = {word.norm for section in ("days.unit",) for wanted in phrases(section) for word in wanted.words}
    return any(asks.reading.words[at].norm in units for at in indices) or bool(asks.said("days.late"))


def _pair(target: TargetValues, named: list[str], dated: list[str], late: bool, left: bool) -> tuple[str, str] | None:
    """First and second day: those that are named; from what is due to what was done or today; from today to what lies ahead."""
    if len(named) >= 2 and not left:
        due = next((name for name in named if _is(name, _DUE, "days.due")), None)
        if late and due:
            return due, next(name for name in named if name != due)
        return tuple(sorted(named[:2], key=lambda name: _is(name, _DONE, "days.done")))  # type: ignore[return-value]
    due = next((name for name in [*named, *dated] if _is(name, _DUE, "days.due")), None)
    if late and due:
        done = next((name for name in dated if name != due and _is(name, _DONE, "days.done")), NOW)
        return due, done
    ahead = named[0] if named else due
    if left and ahead and not _is(ahead, _DONE, "days.done"):
        return NOW, ahead
    return None


def _is(name: str, known: tuple[str, ...], section: str) -> bool:
    """Whether a column is of such a day: by its field, or by a word of its heading."""
    heading = read_words(name.removeprefix("extra."))
    return name in known or any(all(any(same_word(word, part, synonyms=False) for word in heading) for part in wanted.words) for wanted in phrases(section))

"""Rows that are each of a stretch of time: rosters and rotas, by first and last day, by week, or with a week in each column."""

import re
from datetime import date, timedelta
from functools import cache

from knowledge.language.dates import find_dates
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch, is_person
from knowledge.queries.spec import Filter, Order, Period
from knowledge.queries.tables import TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import Match, read_words

_LONGEST = 92
"""Days of a period for which single rows are looked up."""
_LEAST = 3
_WEEK = 7
_STEPS = (7, 14)
DAY_WITHIN = "a day in the period"
"""Ends the reasons of specs that look for the rows of a roster."""


def add_stretch(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> tuple[str, ...]:
    """The columns that say of which days a row is, and the period asked about as a condition on rows that hold for several days: those of which a day lies in it."""
    free = [(period, indices) for period, indices in asks.periods if not indices <= into.covered]
    if isinstance(target.source, RecordTable) or len(free) != 1 or (free[0][0][1] - free[0][0][0]).days > _LONGEST:
        return ()
    (start, end), indices = free[0]
    named = {match.field for match in fields if target.source.type_of(match.field) in TEMPORAL and not match.indices <= indices}
    if both := _first_and_last(target):
        if not named & set(both):
            into.add(Filter(field=both[0], op="le", value=end), indices, f"{both[0]} to {both[1]} has {DAY_WITHIN}")
            into.filters.append(Filter(field=both[1], op="ge", value=start))
            return both
        return ()
    if weekly := _by_steps(target):
        name, step = weekly
        into.period, into.date_field = (start - timedelta(days=step - 1), end), name
        into.covered |= indices
        into.reasons.append(f"the {step} days from {name} have {DAY_WITHIN}")
        return (name,)
    for name in target.source.columns:
        stored = tuple(dict.fromkeys(entry.stored for entry in target.entries if entry.field == name and _is_week_of(entry.stored, (start, end))))
        if stored:
            into.add(Filter(field=name, op="in", value=stored), indices | _week_words(asks, indices), f"{name} has {DAY_WITHIN}")
            return (name,)
    return ()


def columns_of_period(target: TargetValues, asks: Asks, today: date) -> list[FieldMatch]:
    """Of a table with a week or day in each column, the columns of the period asked about."""
    if isinstance(target.source, RecordTable) or len(asks.periods) != 1:
        return []
    (start, end), indices = asks.periods[0]
    spans = {name: found[0] for name in target.source.columns if (found := find_dates(name, today)) and len(found) == 1 and found[0].precision in ("range", "day")}
    if len(spans) < 2:
        return []
    return [FieldMatch(name, indices, 1.0) for name, span in spans.items() if span.value <= end and start <= span.until]


def add_next(target: TargetValues, asks: Asks, fields: list[FieldMatch], kind: Match | None, into: Conditions, today: date) -> Order | None:
    """ "rapat berikutnya", "the next review": the first of those still ahead; the order that finds it."""
    said, name = asks.flags.get("aggregate.next"), target.source.date_field
    if said is None or kind is None or name not in target.filled or asks.periods or asks.superlative or said.indices & into.covered:
        return None
    if any(said.indices <= match.indices and len(match.indices) > 1 for match in fields):  # "next step": a field of that name
        return None
    into.add(Filter(field=name, op="ge", value=today), said.indices, f"{name} lies ahead")
    return Order(by=name)


def _first_and_last(target: TargetValues) -> tuple[str, str] | None:
    """The columns of the first and the last day, where each row has both in order."""
    dated = [name for name in target.days if name in target.filled]
    first = next((name for name in dated if _headed(name, "stretch.from")), None)
    last = next((name for name in dated if name != first and _headed(name, "stretch.to")), None)
    if first is None or last is None or len(target.days[first]) != len(target.days[last]):
        return None
    return (first, last) if all(one <= other for one, other in zip(target.days[first], target.days[last], strict=True)) else None


def _by_steps(target: TargetValues) -> tuple[str, int] | None:
    """The column of first days that follow one another week by week, and how many days each is for."""
    names = [name for name in target.days if name in target.filled]
    if len(names) != 1:
        return None
    days = sorted({date.fromisoformat(day) for day in target.days[names[0]]})
    steps = {(later - one).days for one, later in zip(days, days[1:], strict=False)}
    of_weeks = _headed(names[0], "stretch.week")
    rota = any(is_person(target, name) for name in target.source.columns)
    if len(days) < _LEAST and not of_weeks or len(steps) > 1 or steps and not steps <= set(_STEPS) or not (of_weeks or rota):
        return None
    return names[0], steps.pop() if steps else _WEEK


def _headed(name: str, section: str) -> bool:
    said = {word.norm for word in read_words(name)}
    return any({word.norm for word in wanted.words} <= said for wanted in phrases(section))


def _is_week_of(text: str, period: Period) -> bool:
    """Whether a cell names a week by its number ("W48", ISO 8601) that has a day in the period."""
    number = _numbered().fullmatch(text.strip())
    if number is None:
        return False
    week, year = int(number["week"]), int(number["year"]) if number["year"] else None
    days = (period[0] + timedelta(days=at) for at in range((period[1] - period[0]).days + 1))
    return any(week == day.isocalendar().week and year in (None, day.isocalendar().year) for day in days)


@cache
def _numbered() -> re.Pattern[str]:
    words = "|".join(re.escape(word.text) for word in sorted(phrases("stretch.week_number"), key=lambda each: -len(each.text)))
    return re.compile(rf"(?:(?P<year>20\d\d)[\s/-]*)?(?:{words})[\s.-]*(?:ke[\s-]*)?0?(?P<week>\d{{1,2}})(?:[\s/,-]*20\d\d)?", re.IGNORECASE)


def _week_words(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """ "next week" where the column is headed so as well."""
    return frozenset(at for at in range(len(asks.reading.words)) if at - 1 in indices or at + 1 in indices) & asks.said("stretch.week")

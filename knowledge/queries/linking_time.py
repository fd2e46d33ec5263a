"""Periods and days as conditions: in a month, run out, not yet done."""

import re
from datetime import date

from knowledge.language.dates import find_dates
from knowledge.queries.asked_periods import joined_range, united
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import NEAR, Conditions, negation_of_any
from knowledge.queries.linking_bills import add_unsettled
from knowledge.queries.matching import FieldMatch, file_words
from knowledge.queries.spec import Filter, Period
from knowledge.queries.tables import TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import heading_family, phrases, undone
from knowledge.queries.words import phrase

_ENDS = ("ends_on", "end", "valid_until", "end_of_support", "contract_end")
_OWED = ("commitment", "project")
"""Kinds of which what lies behind is late, not run out."""
_AHEAD = {"project": ("end", "start"), "customer": ("contract_end",), "opportunity": ("expected_close",), "agreement": ("ends_on",), "commitment": ("due",)}
"""Dates that are planned or agreed: an empty one says nothing of what is done."""
_PERIOD_WORDS = 4
_WEEKS = 16
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_HALF = re.compile(r"\b(?:(?P<year>20\d\d)[\s/-]*(?:s|h|smt|sem)[\s.-]*(?P<half>[12])|(?:s|h|smt|sem)[\s.-]*(?P<half2>[12])[\s/-]*(?P<year2>20\d\d))\b", re.IGNORECASE)
""" "2026-S2", "H1 2026": a half of a year in short."""
_BARE = re.compile(r"[\W_]+")
_NO_EVENTS = frozenset({"target", "customer", "application", "subscription"})
"""Kinds whose main date is no event: a period is about them only where the question names the date."""


def add_period(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions, today: date) -> None:
    """The period on the date that the question names, else on the target's main date."""
    free = [(period, indices) for period, indices in asks.periods if not indices <= into.covered]
    if not free:
        return
    source = target.source
    dates = [match.field for match in fields if source.type_of(match.field) in TEMPORAL and not asks.has("when")]
    dates = [name for name in dates if name in target.filled]
    compared = asks.compare or asks.flags.get("gap")
    if len(free) > 1 and not compared and (whole := united(tuple(free)) or _stretch(asks, free)):
        free = [whole]
    if target.target not in _NO_EVENTS and source.date_field in target.filled:
        dates.append(source.date_field)
    term = source.term_field()
    if target.target == "contact" and term:
        into.add(Filter(field=term, op="valid_on", value=free[0][0][1]), free[0][1], "valid then")
        return
    if not dates:
        _add_named_periods(target, free, into, today)
        return
    into.date_field = dates[0] if dates[0] != source.date_field else None
    if own := target.headings.own.get(dates[0]):
        into.covered |= asks.reading.scattered(own)[0]
    if asks.has("how_many") or asks.has("how_much"):  # a count shows no date, but its period rests on that word
        into.covered |= frozenset().union(*(match.indices for match in fields if match.field == dates[0]))
    if len(free) > 1 and compared:
        into.compare = tuple(period for period, _ in free)
        into.covered |= frozenset().union(*(indices for _, indices in free)) | compared.indices
    elif len(free) > 1 and all(first < last for (first, last), _ in free):  # "Q1 and Q4": both, taken together
        into.period, into.further = free[0][0], tuple(dict.fromkeys(period for period, _ in free[1:] if period != free[0][0]))
        into.covered |= frozenset().union(*(indices for _, indices in free))
    else:
        into.period = free[0][0]
        into.covered |= free[0][1]
    into.reasons.append(f"{dates[0]} in the period")


def _stretch(asks: Asks, free: list[tuple[Period, frozenset[int]]]) -> tuple[Period, frozenset[int]] | None:
    """ "from the first to the third quarter": all that lies between."""
    if len(free) != 2 or not joined_range(asks.reading, *free):
        return None
    (one, said), (other, also) = sorted(free)
    return ((one[0], other[1]), said | also) if one[1] < other[0] else None


def _add_named_periods(target: TargetValues, free: list[tuple[Period, frozenset[int]]], into: Conditions, today: date) -> None:
    """Periods where the records have no date but a text for it: "Sem I 2026" of a survey."""
    for period, indices in free:
        if found := stored_in_period(target, period, today):
            name, values = found
            before = next((item for item in into.filters if item.field == name), None)
            known = () if before is None else before.values
            into.filters = [item for item in into.filters if item is not before]
            every = tuple(dict.fromkeys([*known, *sorted(values)]))
            into.add(Filter(field=name, op="in", value=every) if len(every) > 1 else Filter(field=name, value=every[0]), indices, f"{name} is that period")


def stored_in_period(target: TargetValues, period: Period, today: date) -> tuple[str, tuple[str, ...]] | None:
    """The field whose texts name times, and those of them that are a period's."""
    year, stored = _year_of(target), dict[str, set[str]]()
    for entry in target.entries:
        days = _days_of(entry.stored, year, today)
        if days is not None and _falls_in(days, period):
            stored.setdefault(entry.field, set()).add(entry.stored)
    return next(((name, tuple(sorted(values))) for name, values in stored.items()), None)


def _year_of(target: TargetValues) -> int | None:
    """The one year that an unknown sheet's title, name or file gives: "Jadwal piket November 2031"."""
    names = () if isinstance(target.source, RecordTable) else (*target.source.names, file_words(target.file))
    years = {int(year) for name in names for year in _YEAR.findall(name or "")}
    return years.pop() if len(years) == 1 else None


def _days_of(text: str, year: int | None, today: date) -> Period | None:
    """The days that a cell names by words, with the sheet's year where it gives none: "2 - 8 Nov", "Sem I 2031"."""
    if not any(map(str.isdigit, text)) or len(text.split()) > _PERIOD_WORDS + 2:
        return None
    text = _HALF.sub(lambda half: f"semester {half['half'] or half['half2']} {half['year'] or half['year2']}", text)
    spans = find_dates(text, date(year, 6, 30) if year else today)
    if len(spans) != 1 or spans[0].relative or spans[0].precision == "day" or len(_BARE.sub("", text.replace(spans[0].text, "", 1))) > 1:
        return None
    span = spans[0]
    if span.has_year:
        return span.value, span.until
    if year is None:
        return None
    first = span.value.replace(year=year)
    last = span.until.replace(year=year)
    return first, last if last >= first else last.replace(year=year + 1)


def _falls_in(days: Period, asked: Period) -> bool:
    """Whether a cell's days are those asked about: the same, or, of some weeks at most, such as hold or meet them."""
    if days == asked:
        return True
    short = (days[1] - days[0]).days <= _WEEKS and (asked[1] - asked[0]).days <= _WEEKS
    return short and days[0] <= asked[1] and asked[0] <= days[1]


def add_not_yet(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> None:
    """ "belum dibayar", "not yet paid": a date of something done that is still empty."""
    for match in fields:
        if target.source.type_of(match.field) not in TEMPORAL or asks.has("when") or match.field not in target.filled or match.field in _AHEAD.get(target.target, ()):
            continue
        negation = negation_of_any(asks, match.indices) - into.covered
        if negation and not match.indices & into.covered:
            into.add(Filter(field=match.field, op="is_null"), match.indices | negation, f"{match.field} is empty")
            return
    _add_undone(target, asks, into)


def _add_undone(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """ "unpaid", "menunggak": one word for something that is not done yet."""
    for done, words in undone():
        said = asks.reading.best(words, synonyms=False, literal=True)
        if said is None or said.indices & into.covered:
            continue
        for name in target.source.columns:
            if target.source.type_of(name) in TEMPORAL and name in target.filled and any(each.text == done for each in heading_family(name.removeprefix("extra."))):
                into.add(Filter(field=name, op="is_null"), said.indices, f"{name} is empty")
                return


def add_expired(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions, today: date) -> None:
    """ "whose warranty has run out", "yang garansinya sudah habis": the date that is named lies behind."""
    said = asks.flags.get("expired") or (asks.flags.get("overdue") if target.target.startswith("sheet:") else None)
    if said is None or said.indices & into.covered or asks.has("when") or asks.periods or asks.superlative or asks.has("how_long") or ("overdue" in asks.flags and target.target in _OWED):
        return
    dated = [match for match in fields if target.source.type_of(match.field) in TEMPORAL and match.field in target.filled]
    near = next((match for match in dated if min(abs(at - other) for at in match.indices for other in said.indices) <= NEAR), None)
    ends = [name for name in target.filled if target.source.type_of(name) in TEMPORAL and (name in _ENDS or any(phrase(name).words and wanted.text in name.lower() for wanted in phrases("end_heading")))]
    named = near.field if near else ends[0] if len(ends) == 1 and (target.target.startswith("sheet:") or ends[0] in _ENDS) else None
    undone = any(item.op == "is_null" for item in into.filters)  # "overdue and unpaid"
    if named and (near or undone or not into.filters):
        into.add(Filter(field=named, op="lt", value=today), (near.indices if near else frozenset()) | said.indices | asks.said("expired"), f"{named} lies behind")
        if "overdue" in asks.flags and not undone and "settled" not in asks.flags:
            add_unsettled(target, into)

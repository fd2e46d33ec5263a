"""The periods that a question names: one restricts, two are compared; quarters or months counted from the start of a year."""

import re
from datetime import date, timedelta

from knowledge.language.calendar import add_months
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.numbers import ORDINALS, find_numbers
from knowledge.language.periods import find_period
from knowledge.queries.spec import Period
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import Reading

_MONTHS = {"month": 1, "quarter": 3}
_UNITS = {"group.quarter": 3, "half_year": 6}
"""Months by the words for a quarter and for a half of a year."""
_NEAR, _AROUND = 3, 5
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR, _SHORT_YEAR = re.compile(r"20\d\d"), re.compile(r"fy['’]?\d\d")

Said = tuple[Period, frozenset[int]]


def asked_periods(reading: Reading, today: date) -> tuple[Said, ...]:
    """Each period with the words that name it."""
    whole = find_period(reading.text, today)
    if whole is None:
        return tuple(each for each in (_leading(reading, [], today),) if each) or _of_one_unit(reading, today)
    spans = [span for span in find_dates(reading.text, today) if not (span.precision == "day" and span.relative and span.value == today)]
    if leading := _leading(reading, spans, today):
        return (leading,)
    if both := _of_one_unit(reading, today):
        return both
    found = [((span.value, span.until), reading.indices(span.start, span.end)) for span in spans]
    if len(found) == 1:
        words = reading.indices(max(0, spans[0].end - len(whole.label)), spans[0].end) if whole.label.endswith(spans[0].text) else frozenset()
        return (((whole.start, whole.end), found[0][1] | words),)
    return tuple(found)


def united(periods: tuple[Said, ...]) -> Said | None:
    """Periods that follow one another without a gap, as one: "Q2 and Q3"."""
    ordered = sorted(periods, key=lambda each: each[0])
    if any(later[0][0] != earlier[0][1] + timedelta(days=1) for earlier, later in zip(ordered, ordered[1:], strict=False)):
        return None
    return (ordered[0][0][0], ordered[-1][0][1]), frozenset().union(*(indices for _, indices in ordered))


def ends_of(reading: Reading, said: Said, today: date) -> tuple[Said, Said] | None:
    """The first and the last of a stretch that is said by both: "between Q2 and Q3", "from April to July"."""
    words = sorted(said[1])
    for cut in range(1, len(words)):
        halves = [(reading.words[part[0]].start, reading.words[part[-1]].end) for part in (words[:cut], words[cut:])]
        spans = [find_dates(reading.text[start:end], today) for start, end in halves]
        if all(len(found) == 1 for found in spans):
            one, other = (found[0] for found in spans)
            if one.value == said[0][0] and other.until == said[0][1] and one.until < other.value:
                return ((one.value, one.until), frozenset(words[:cut])), ((other.value, other.until), frozenset(words[cut:]))
    return None


def joined_range(reading: Reading, one: Said, other: Said) -> bool:
    """Whether a word for a stretch stands between two periods: "triwulan I sampai III"."""
    first, last = sorted((one, other), key=lambda each: min(each[1]))
    places = (match.first for wanted in phrases("range") for match in reading.find(wanted, synonyms=False, literal=True))
    return any(max(first[1]) < at < min(last[1]) for at in places)


def _of_one_unit(reading: Reading, today: date) -> tuple[Said, ...]:
    """Two quarters or halves of which only one says its unit: "triwulan I sampai III 2026", "from the first to the second half of 2026"."""
    ordered = {at: number for at, word in enumerate(reading.words) if (number := _ROMAN.get(word.text) or ORDINALS.get(word.norm) or (int(word.norm) if word.norm in "1234" else 0))}
    year = next((int(word.norm) for word in reading.words if _YEAR.fullmatch(word.norm)), today.year)
    years = frozenset(at for at, word in enumerate(reading.words) if _YEAR.fullmatch(word.norm))
    joining = {word.norm for section in ("range", "range_between") for wanted in phrases(section) for word in wanted.words}
    for section, months in _UNITS.items():
        units = [match for wanted in phrases(section) for match in reading.find(wanted, synonyms=False)]
        if len({match.first for match in units}) != 1 or not units:
            continue
        at = units[0].first
        near = sorted(place for place in ordered if abs(place - at) <= _AROUND)
        between = {reading.words[place].norm for place in range(near[0] + 1, near[1]) if place not in units[0].indices} if len(near) == 2 else {""}
        if not between <= joining or at not in (near[0] - 1, near[1] - 1, near[0] + 1, near[1] + 1) or max(ordered[place] for place in near) > 12 // months or ordered[near[0]] >= ordered[near[1]]:
            continue
        found = []
        for place in near:
            start = add_months(date(year, 1, 1), (ordered[place] - 1) * months)
            found.append(((start, add_months(start, months) - timedelta(days=1)), frozenset({place})))
        beside = 0 if at < near[1] else 1
        found[beside] = found[beside][0], found[beside][1] | units[0].indices
        return found[0], (found[1][0], found[1][1] | years)
    return ()


def _leading(reading: Reading, spans: list[DateSpan], today: date) -> Said | None:
    """ "the first three quarters of 2026", "tiga triwulan pertama 2026", "the first three quarters of FY26"."""
    year: DateSpan | None = next((span for span in spans if span.value.month == 1 and span.until == date(span.until.year, 12, 31) or span.precision == "quarter"), None)
    short = next((at for at, word in enumerate(reading.words) if _SHORT_YEAR.fullmatch(word.norm)), None)
    if year is None and short is None:
        return None
    of = year.value.year if year else 2000 + int(reading.words[short or 0].norm[-2:])
    said = reading.indices(year.start, year.end) if year else frozenset({short or 0})
    counted = {at: number.value for number in find_numbers(reading.text, words=True) for at in reading.indices(number.start, number.end)}
    first = [at for wanted in phrases("leading") for match in reading.find(wanted, literal=True) for at in match.indices]
    for unit, months in _MONTHS.items():
        for match in (match for wanted in phrases(f"group.{unit}") for match in reading.find(wanted)):
            count = next((int(counted[at]) for at in (match.first - 1, match.first - 2) if at in counted and counted[at] < 12), None)
            near = [at for at in first if abs(at - match.first) <= _NEAR]
            if count and count > 1 and near:
                start = date(of, 1, 1)
                inside = {*match.indices, near[0], *(at for at in counted if match.first - 2 <= at < match.first)}
                return (start, add_months(start, count * months) - timedelta(days=1)), frozenset(inside | said)
    return None

"""Times said against today: besok, Selasa depan, bulan lalu, 3 hari lagi, next Tuesday, within two weeks."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from knowledge.language.calendar import (
    add_months,
    month_end,
    months_from,
    shift,
    week_of,
)
from knowledge.language.date_readings import safe_date, span_of
from knowledge.language.months import MONTH, month_number, past_year
from knowledge.language.numbers import WORDS, read_number
from knowledge.language.spans import DateSpan, Precision
from knowledge.language.time_units import MONTHS_OF
from knowledge.language.vocabulary import alternatives, both_languages, vocabulary

_DATA = vocabulary("relative")
_UNITS = {word: unit for unit, words in _DATA["unit"].items() for word in both_languages(words)}
_ID_PERIODS = alternatives(word for unit, words in _DATA["unit"].items() if "day" not in unit for word in words["id"])
_EN_PERIODS = alternatives(word for unit, words in _DATA["unit"].items() if "day" not in unit for word in words["en"])
_STEPS = {"this": 0, "next": 1, "last": -1}
_ID_MODIFIER = {word: _STEPS[step] for step, words in _DATA["modifier"].items() for word in words["id"]}
_EN_MODIFIER = {word: _STEPS[step] for step, words in _DATA["modifier"].items() for word in words["en"]}
_ID_MOD, _EN_MOD = alternatives(_ID_MODIFIER), alternatives(_EN_MODIFIER)
_DAYS = [(row["offset"], both_languages(row)) for row in _DATA["day"]]
_WEEKDAYS = {
    name.lower(): index for index, row in enumerate(vocabulary("weekdays")["weekday"]) for name in both_languages(row)
}
WEEKDAY = rf"(?:hari\s+)?(?:{alternatives(_WEEKDAYS)})"
"""Regex source for a day's name in either language, to be used with IGNORECASE."""

_PRECISION: dict[str, Precision] = {
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
}
_COUNT_UNIT = alternatives(_UNITS)
_COUNT = (
    rf"(?:(?P<count>\d+|{WORDS}|an?)(?:\s*\([^)]{{1,30}}\))?[\s-]+(?P<unit>{_COUNT_UNIT})(?:\s+(?:kalender|calendar))?"
    r"|se(?P<single>hari|minggu|pekan|bulan|tahun))"
)
_BEFORE, _AFTER = r"(?<![\w/.-])", r"(?![\w/-])"

Build = Callable[[re.Match[str], date], DateSpan | None]


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def period_around(unit: str, today: date, step: int) -> tuple[date, date]:
    """First and last day of the week, month, quarter, half or year that lies `step` periods from today's."""
    if unit == "week":
        return week_of(today + timedelta(weeks=step))
    months = MONTHS_OF[unit]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return months_from(add_months(first, step * months), months)


def _period(unit_word: str, step: int) -> Build:
    def build(match: re.Match[str], today: date) -> DateSpan | None:
        unit = _UNITS[_words(match[unit_word])]
        modifiers = _ID_MODIFIER if unit_word == "id_unit" else _EN_MODIFIER
        value, until = period_around(unit, today, step or modifiers[_words(match["modifier"])])
        return span_of(match, value, until, _PRECISION[unit], relative=True, has_year=False)

    return build


def _offset(days: int) -> Build:
    def build(match: re.Match[str], today: date) -> DateSpan:
        day = today + timedelta(days=days)
        return span_of(match, day, day, "day", relative=True, has_year=False)

    return build


def _counted(direction: str) -> Build:
    def build(match: re.Match[str], today: date) -> DateSpan | None:
        word = match["count"]
        count = Decimal(1) if word is None or word.lower() in ("a", "an") else read_number(word)
        if count is None or count > 10_000 or count != int(count):
            return None
        unit = _UNITS[_words(match["unit"] or match["single"])]
        other = shift(today, count if direction in ("ahead", "next") else -count, unit)
        if direction in ("ahead", "ago"):
            return span_of(match, other, other, "day", relative=True, has_year=False)
        return span_of(match, min(today, other), max(today, other), "range", relative=True, has_year=False)

    return build


def weekday_date(weekday: int, today: date, step: int | None) -> date:
    """The weekday (Monday 0) on or after today (`step` None or 0), strictly after it (1), or strictly before (-1)."""
    ahead = (weekday - today.weekday()) % 7
    if step == 1:
        return today + timedelta(days=ahead or 7)
    if step == -1:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    return today + timedelta(days=ahead)


def _weekday(match: re.Match[str], today: date) -> DateSpan | None:
    groups = match.groupdict()
    name = _words(groups["weekday"])
    weekday = _WEEKDAYS.get(name, _WEEKDAYS.get(name.removeprefix("hari ").strip()))
    modifier, week = groups.get("modifier"), groups.get("week")
    if weekday is None or (name in ("hari minggu", "ahad") and not modifier and not week):
        return None
    if week:
        step = next(
            step for word, step in (_ID_MODIFIER | _EN_MODIFIER).items() if re.search(rf"\b{word}\b", _words(week))
        )
        day = week_of(today + timedelta(weeks=step))[0] + timedelta(days=weekday)
    else:
        toward = (_ID_MODIFIER | _EN_MODIFIER)[_words(modifier)] if modifier else None
        day = weekday_date(weekday, today, toward)
    return span_of(match, day, day, "day", relative=True, has_year=False)


def _day_of_month(match: re.Match[str], today: date) -> DateSpan | None:
    day = int(re.sub(r"\D", "", match["day"]))
    modifier = match.groupdict().get("modifier")
    if modifier:
        month = add_months(today.replace(day=1), (_ID_MODIFIER | _EN_MODIFIER)[_words(modifier)])
    else:
        month = today.replace(day=1) if day >= today.day else add_months(today.replace(day=1), 1)
    value = safe_date(month.year, month.month, day)
    return span_of(match, value, value, "day", relative=True, has_year=False) if value else None


def _named_month(match: re.Match[str], today: date) -> DateSpan | None:
    month = month_number(match["month"])
    if month is None:
        return None
    step = (_ID_MODIFIER | _EN_MODIFIER)[_words(match["modifier"])]
    year = today.year if step == 0 else past_year(month, today)
    if step == 1:
        year = today.year + (month <= today.month)
    elif step == -1 and (year, month) == (today.year, today.month):
        year -= 1
    first = date(year, month, 1)
    return span_of(match, first, month_end(first), "month", relative=True, has_year=False)


def _to_date(match: re.Match[str], today: date) -> DateSpan:
    return span_of(match, date(today.year, 1, 1), today, "range", relative=True, has_year=False)


_EVERY = r"(?<!setiap )(?<!tiap )(?<!every )(?<!each )"
_DAY = r"(?P<day>(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?)"
_LETTERS = re.compile(r"[^\W\d_]+")


def _cues(phrases: Iterable[str]) -> frozenset[str]:
    """The last word of each phrase, lower case."""
    return frozenset(_LETTERS.findall(phrase.lower())[-1] for phrase in phrases)


_PATTERNS: list[tuple[str, Build, frozenset[str]]] = [
    *((rf"{_BEFORE}(?:{alternatives(words)}){_AFTER}", _offset(days), _cues(words)) for days, words in _DAYS),
    (rf"{_BEFORE}(?P<id_unit>{_ID_PERIODS})\s+(?P<modifier>{_ID_MOD}){_AFTER}", _period("id_unit", 0), _cues(_ID_MODIFIER)),
    (rf"{_BEFORE}(?P<modifier>{_EN_MOD})\s+(?P<en_unit>{_EN_PERIODS}){_AFTER}", _period("en_unit", 0), _cues(_EN_MODIFIER)),
    *(
        (rf"{_BEFORE}{_COUNT}\s+(?:{alternatives(words['after'])}){_AFTER}", _counted(direction), _cues(words["after"]))
        for direction, words in _DATA["counted"].items()
    ),
    *(
        (
            rf"{_BEFORE}(?:{alternatives(words['before'])})\s+{_COUNT}(?:\s+(?:{alternatives(words['after'])}))?{_AFTER}",
            _counted(direction),
            _cues(words["before"]),
        )
        for direction, words in _DATA["counted"].items()
        if words["before"]
    ),
    (
        rf"{_EVERY}{_BEFORE}(?P<weekday>{WEEKDAY})(?:\s+(?P<week>(?:minggu|pekan|mgg)\s+(?:{_ID_MOD})|(?:this|next|last)\s+week)|\s+(?P<modifier>{_ID_MOD}))?{_AFTER}",
        _weekday,
        _cues(_WEEKDAYS),
    ),
    (rf"{_EVERY}{_BEFORE}(?P<modifier>{_EN_MOD})\s+(?P<weekday>{WEEKDAY}){_AFTER}", _weekday, _cues(_WEEKDAYS)),
    (rf"{_BEFORE}(?P<week>(?:this|next|last)\s+week)(?:\s+on)?\s+(?P<weekday>{WEEKDAY}){_AFTER}", _weekday, _cues(_WEEKDAYS)),
    (rf"{_BEFORE}(?:tanggal|tgl)\.?\s*{_DAY}\s*,?\s+(?:bulan|bln)\s+(?P<modifier>{_ID_MOD}){_AFTER}", _day_of_month, _cues(["tanggal", "tgl"])),
    (rf"{_BEFORE}(?:bulan|bln)\s+(?P<modifier>{_ID_MOD})\s*,?\s+(?:tanggal|tgl)\.?\s*{_DAY}{_AFTER}", _day_of_month, _cues(["tanggal", "tgl"])),
    (rf"{_BEFORE}(?:the\s+)?{_DAY}\s+of\s+(?P<modifier>{_EN_MOD})\s+month{_AFTER}", _day_of_month, _cues(["month"])),
    (rf"{_EVERY}{_BEFORE}(?:tanggal|tgl)\.?\s*{_DAY}(?![\w/]|[-–.,:]\d|\s+(?:setiap|tiap|each|every))", _day_of_month, _cues(["tanggal", "tgl"])),
    (rf"{_BEFORE}(?:on|by|before)\s+the\s+(?P<day>\d\d?(?:st|nd|rd|th)){_AFTER}(?!\s+of\b)", _day_of_month, _cues(["st", "nd", "rd", "th"])),
    (rf"{_BEFORE}(?:bulan\s+|bln\s+)?(?P<month>{MONTH})\s+(?P<modifier>{_ID_MOD}){_AFTER}", _named_month, _cues(_ID_MODIFIER)),
    (rf"{_BEFORE}(?P<modifier>this|next|last)\s+(?P<month>{MONTH}){_AFTER}", _named_month, _cues(["this", "next", "last"])),
    (
        rf"{_BEFORE}(?:year[\s-]to[\s-]date|ytd|sejak\s+awal\s+tahun(?:\s+ini)?|since\s+the\s+(?:start|beginning)\s+of\s+the\s+year){_AFTER}",
        _to_date,
        _cues(["ytd", "date", "tahun", "ini", "year"]),
    ),
]
"""Pattern, what it means, and words of which a text must have one for the pattern to be found in it at all."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled at first use: importing stays fast."""
    return re.compile(pattern, re.IGNORECASE)


def find_relative(text: str, today: date) -> Iterator[DateSpan]:
    """Every reading, overlaps included."""
    words = frozenset(_LETTERS.findall(text.lower()))
    for pattern, build, cues in _PATTERNS:
        if words.isdisjoint(cues):
            continue
        for match in _compiled(pattern).finditer(text):
            span = build(match, today)
            if span is not None:
                yield span

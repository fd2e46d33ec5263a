"""Cells → typed values: dates, numbers in the column's own way of writing, money, percentages, durations, yes and no."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.intake.tables.periods import read_period
from knowledge.intake.tables.units import Unit
from knowledge.language.dates import find_dates, parse_date_cell
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money, parse_money_cell
from knowledge.language.numbers import parse_number
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import words_beside


def _said(section: str) -> frozenset[str]:
    """The words and signs of a section of cell_words.toml."""
    return frozenset(word for words in words_beside(__file__, "cell_words")[section].values() for word in words)


EMPTY = _said("empty")
_LONGEST_EMPTY = 40  # blanks among the words included
_YES = _said("yes")
_NO = _said("no")
_HALF_YEAR = re.compile(r"(?<![^\W\d])S(?:em|mt|emester)?[\s.-]*(?:[12]|II?)(?!\w)", re.IGNORECASE)
"""Half years name rounds of a survey, no days."""
_TIME = re.compile(r"(?<![\d/.-])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\b\.?)?(?!\d)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
_NUMBER_INSIDE = re.compile(r"[-−(]?\d[\d.,]*\)?\s*%?")
_MINUTES = {"second": Decimal(1) / 60} | {unit: Decimal(minutes) for unit, minutes in MINUTES_IN.items()}


def is_empty(value: Any) -> bool:
    """Nothing, or one of the signs for nothing ("-", "n/a", "TBD")."""
    return value is None or (isinstance(value, str) and (value in EMPTY or (len(value) <= _LONGEST_EMPTY and " ".join(value.lower().split()) in EMPTY)))


def decimal_mark(cells: Iterable[Any]) -> str | None:
    """The decimal mark of a column's texts: "," of "8.450,00", "." of "8,450.00"; None if nothing settles it."""
    votes = {".": 0, ",": 0}
    for cell in cells:
        if not isinstance(cell, str) or not (match := re.search(r"\d[\d.,]*\d", cell)):
            continue
        text = match[0]
        if "." in text and "," in text:
            votes[max(".,", key=text.rfind)] += 2
        elif re.search(r"[.,]\d{1,2}$|[.,]\d{4,}$|^0[.,]", text) and sum(map(text.count, ".,")) == 1:
            votes["." if "." in text else ","] += 1
        elif len(re.findall(r"[.,]\d{3}", text)) > 1:
            votes["," if "." in text else "."] += 1
    best = max(votes, key=lambda mark: votes[mark])
    return best if votes[best] and votes["."] != votes[","] else None


def month_first(cells: Iterable[Any]) -> bool:
    """True for a column whose slashed dates can only be month/day/year ("05/23/2026") and never day/month."""
    day_first = month = 0
    for cell in cells:
        if isinstance(cell, str) and (match := re.match(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", cell)):
            day_first += int(match[1]) > 12
            month += int(match[2]) > 12
    return month > 0 and day_first == 0


def read_date(value: Any, american: bool = False) -> dt.date | None:
    """The day of a cell, day before month unless `american`; a month or year alone gives its first day."""
    if isinstance(value, str):
        return _date_of_text(value, american) if any(map(str.isdigit, value)) and len(value) <= 60 else None
    return _date_of(value, american)


@lru_cache(maxsize=100_000)
def _date_of_text(text: str, american: bool) -> dt.date | None:
    try:
        return _date_of(text, american)
    except (ValueError, OverflowError):  # digits that look like a date beyond the calendar
        return None


def _date_of(value: Any, american: bool) -> dt.date | None:
    if isinstance(value, str):
        if american and (match := re.match(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b", value)):
            value = f"{match[2]}/{match[1]}/{match[3]}"
        if match := re.match(r"^(\d{4}-\d{2}-\d{2})T", value):
            value = match[1]
    found = parse_date_cell(value)
    if found is None and isinstance(value, str | int) and not isinstance(value, bool) and not _HALF_YEAR.search(str(value)) and (period := read_period(value)):
        return period.start
    return found


def read_range(value: Any) -> tuple[dt.date, dt.date] | None:
    """First and last day of a cell that holds both ("1 Mar 2030 s.d. 28 Feb 2032", "Jan 2030 – Des 2031"), each with its year."""
    return _range_of_text(value) if isinstance(value, str) and 6 <= len(value) <= 80 else None


@lru_cache(maxsize=100_000)
def _range_of_text(text: str) -> tuple[dt.date, dt.date] | None:
    try:
        spans = find_dates(text, dt.date(2000, 1, 1))
    except (ValueError, OverflowError):
        return None
    found = [(span.value, span.until) for span in spans if span.precision == "range" and span.has_year and not span.relative]
    return found[0] if len(spans) == 1 and found else None


def read_datetime(value: Any, american: bool = False) -> dt.datetime | None:
    """Day and time of a cell; midnight where no time stands."""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, str) and re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", value.strip()):
        try:
            return dt.datetime.fromisoformat(value.strip()).replace(tzinfo=None)
        except ValueError:
            pass
    if isinstance(value, float) and 20_000 < value < 80_000:
        return dt.datetime(1899, 12, 30) + dt.timedelta(minutes=round(value * 1440))
    day = read_date(value, american)
    if day is None:
        return None
    clock = _last_time(str(value)) if isinstance(value, str) else None
    return dt.datetime.combine(day, clock or dt.time())


def _last_time(text: str) -> dt.time | None:
    matches = [match for match in _TIME.finditer(text) if int(match[1]) < 24 and int(match[2]) < 60 and (":" in match[0] or text.endswith(match[0]))]
    if not matches:
        return None
    match = matches[-1]
    hour = int(match[1]) % 12 + (12 if (match[4] or "").lower() == "p" else 0) if match[4] else int(match[1])
    return dt.time(hour, int(match[2]), int(match[3] or 0))


def read_number(value: Any, mark: str | None = None) -> Decimal | None:
    """A cell's number; a text may carry a unit behind it ("30 menit", "± 99,5 %")."""
    if isinstance(value, bool) or is_empty(value):
        return None
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return number if number.is_finite() else None
    if not isinstance(value, str):
        return None
    exact = parse_number(value, mark)
    if exact is not None:
        return exact
    found = _NUMBER_INSIDE.findall(value)
    return parse_number(found[0].strip(), mark) if len(found) == 1 and not re.match(r"\w*[^\W\d]\w*\d", value.strip()) else None


_REMARKED = re.compile(r"([-−]?\d[\d.,]*\s*%)\s*[(\[–—-].*")
"""A percentage with a remark after it: "0% (lost in July)"."""


def is_remarked(value: Any) -> re.Match[str] | None:
    """A percentage with a remark after it; its group is the percentage."""
    return _REMARKED.fullmatch(value.strip()) if isinstance(value, str) else None


def read_percent(value: Any, mark: str | None, *, shown_as_percent: bool, fraction: bool) -> Decimal | None:
    """A percentage in points, or as 0–1 where `fraction`; cells below 1.0 of a column that never exceeds 1 are fractions already."""
    if remarked := is_remarked(value):
        value = remarked[1]
    number = read_number(value, mark)
    if number is None:
        return None
    text = isinstance(value, str) and "%" in value
    points = number if text or not shown_as_percent else number * 100
    return points / 100 if fraction else points


def read_money(value: Any, unit: Unit, mark: str | None = None) -> tuple[Decimal, str | None] | None:
    """Amount (multiplied by the column's unit, unless the cell says its own scale) and currency."""
    if is_empty(value):
        return None
    if isinstance(value, str):
        spans = find_money(value)
        number = parse_number(value, mark)
        if len(spans) == 1 and number is not None and spans[0].currency:
            return number * unit.multiplier, spans[0].currency
        if len(spans) == 1 and not number:
            amount, currency = parse_money_cell(value, unit.currency) or (spans[0].amount, spans[0].currency)
            scaled = re.search(r"[^\W\d]", re.sub(r"(?i)^\W*(?:rp|[a-z]{2,3}\$?)\.?\s*|/.*$|per\b.*$", "", value))
            return (amount if scaled else amount * unit.multiplier), currency
        number = read_number(value, mark)
        return None if number is None else (number * unit.multiplier, unit.currency)
    number = read_number(value)
    return None if number is None else (number * unit.multiplier, unit.currency)


def read_duration(value: Any, wanted: str, unit: Unit, mark: str | None = None) -> Decimal | None:
    """A length of time in `wanted` units (minute or hour). Bare numbers count in the column's unit, else in `wanted`."""
    if is_empty(value) or isinstance(value, bool):
        return None
    minutes: Decimal | None = None
    if isinstance(value, dt.timedelta):
        minutes = Decimal(str(value.total_seconds())) / 60
    elif isinstance(value, dt.time):
        minutes = Decimal(value.hour * 60 + value.minute) + Decimal(value.second) / 60
    elif isinstance(value, str) and (match := _CLOCK.fullmatch(value.strip())):
        minutes = Decimal(int(match[1]) * 60 + int(match[2])) + Decimal(int(match[3] or 0)) / 60
    elif isinstance(value, str) and (spans := find_durations(value)):
        minutes = spans[0].total_minutes if len(spans) == 1 else None
    else:
        number = read_number(value, mark)
        if number is not None:
            minutes = number * _MINUTES.get(unit.measure or wanted, Decimal(1))
    return None if minutes is None else (minutes / _MINUTES[wanted]).normalize() + 0


def read_bool(value: Any) -> bool | None:
    """Yes and no in both languages, check marks, 1 and 0, "Tercapai" and "Not met"."""
    if isinstance(value, bool):
        return value
    if is_empty(value):
        return None
    text = " ".join(cell_text(value).lower().split()).strip(" .!")
    return True if text in _YES else False if text in _NO else None


def split_list(text: str) -> list[str]:
    """The entries of a list cell: "A; B", "A, B", "A dan B", "A / B", one a line. Commas inside brackets stay."""
    parts = re.split(r"[;\n|•]+", text)
    if len(parts) == 1:
        parts = re.split(r",(?![^(]*\))|\s+/\s+|\s*&\s+(?=[A-Z])|\s+(?:dan|and)\s+(?=[A-Z0-9])", text)
    return [part.strip(" .-\t") for part in parts if part and part.strip(" .-\t")]


def share_is_fraction(cells: Sequence[Any]) -> bool:
    """True for a column of numbers none of which exceeds 1 ("0.3", 0.75): they are shares, not points."""
    numbers = [number for cell in cells if not (isinstance(cell, str) and "%" in cell) and (number := read_number(cell)) is not None]
    return bool(numbers) and max(numbers) <= 1

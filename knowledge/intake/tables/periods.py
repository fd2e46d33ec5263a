"""Months, quarters, half years and years as cells and headings write them: "Okt-26", "Q3 FY25", "Triwulan I/2025"."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.language.calendar import add_months, month_end
from knowledge.language.dates import find_dates
from knowledge.language.months import month_number
from knowledge.language.periods import month_of, quarter_of

_YEAR_OR_QUARTER = re.compile(r"\d\d|[1-4]|(?:TW|KW|Q|Triwulan|Kuartal|Quarter|Semester|S|H)[\s.]*I", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """First and last day, and the words: "Q1 2025"."""

    start: dt.date
    end: dt.date
    label: str


def read_period(value: Any, year: int | None = None) -> Period | None:
    """The month, quarter, half or year that a cell or heading names; `year` completes "Q1" or "Januari"."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, dt.date | dt.datetime):
        start = dt.date(value.year, value.month, 1)
        return Period(start, month_end(start), f"{start:%Y-%m}")
    text = " ".join(cell_text(value).split()).strip(" :.*")
    if len(text) > 40 or not (_YEAR_OR_QUARTER.search(text) or month_number(text)):
        return None
    return _period_of_text(text, year)


@lru_cache(maxsize=100_000)
def _period_of_text(text: str, year: int | None) -> Period | None:
    try:
        return _period_in(text, year)
    except (ValueError, OverflowError):
        return None


def _period_in(text: str, year: int | None) -> Period | None:
    if match := re.fullmatch(r"(?:FY|TA|CY|tahun|thn|year)?\s*\.?((?:19|20)\d\d)", text, re.IGNORECASE):
        return Period(dt.date(int(match[1]), 1, 1), dt.date(int(match[1]), 12, 31), match[1])
    if quarter := quarter_of(text):
        start = dt.date(quarter[0], quarter[1] * 3 - 2, 1)
        return Period(start, month_end(add_months(start, 2)), text)
    if month := month_of(text):
        return Period(dt.date(*month, 1), month_end(dt.date(*month, 1)), text)
    short = re.fullmatch(r"(?:Q|TW|KW|K|Triwulan|Kuartal|Quarter)[\s.]*([1-4]|IV|I{1,3})", text, re.IGNORECASE)
    if short and year:
        number = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(short[1].upper()) or int(short[1])
        start = dt.date(year, number * 3 - 2, 1)
        return Period(start, month_end(add_months(start, 2)), f"Q{number} {year}")
    if short:
        return None
    if found := _period_of_code(text):
        return found
    if month_alone := month_number(text):
        return _month(year, month_alone) if year else None
    spans = find_dates(text, dt.date(year or 2000, 6, 30))
    if len(spans) == 1 and spans[0].precision != "day" and not spans[0].relative and not re.search(r"\w", text.replace(spans[0].text, "", 1)):
        span = spans[0]
        if span.has_year:
            return Period(span.value, span.until, text)
        if year:
            start = span.value.replace(year=year)
            return Period(start, month_end(span.until.replace(year=year, day=1)), f"{text} {year}")
    return None


_YEAR = r"(?:FY|TA|CY|tahun|thn)?[\s.'’/-]*(?P<year>(?:19|20)?\d\d)"
_PART = r"(?P<kind>Q|TW|KW|K|Triwulan|Kuartal|Quarter|S|H|Sem|Smt|Semester|Half)[\s.-]*(?P<number>IV|I{1,3}|[1-4])"
_TURNED = r"(?P<number>[1-4])\s?(?P<kind>Q|H|S|TW)"
_CODES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (rf"{_PART}[\s./'’-]*{_YEAR}", rf"{_YEAR}[\s./-]*{_PART}", rf"{_TURNED}[\s./'’-]*{_YEAR}"))
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_SHORT_YEAR = re.compile(r"(?:FY|TA|CY)\s*['’]?(\d\d)", re.IGNORECASE)
_SHORT_MONTH = re.compile(r"([^\W\d]{3,9})\.?[\s.'’-]*(\d\d)")


def _period_of_code(text: str) -> Period | None:
    """What is short for a period in headings: "Q3 FY25", "25Q3", "3Q25", "Triwulan I/2025", "2025-S1", "FY25", "Jul 25"."""
    if match := _SHORT_YEAR.fullmatch(text):
        year = _full_year(match[1])
        return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year))
    if (match := _SHORT_MONTH.fullmatch(text)) and (month := month_number(match[1])):
        return _month(_full_year(match[2]), month)
    match = next((match for code in _CODES if (match := code.fullmatch(text))), None)
    if match is None:
        return None
    number = _ROMAN.get(match["number"].upper()) or int(match["number"])
    months = 6 if match["kind"].lower().startswith(("s", "h")) else 3
    if number > 12 // months:
        return None
    year = _full_year(match["year"])
    start = dt.date(year, (number - 1) * months + 1, 1)
    return Period(start, month_end(add_months(start, months - 1)), f"{'H' if months == 6 else 'Q'}{number} {year}")


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) > 70 else 2000)


def _month(year: int, number: int) -> Period:
    start = dt.date(year, number, 1)
    return Period(start, month_end(start), f"{start:%Y-%m}")

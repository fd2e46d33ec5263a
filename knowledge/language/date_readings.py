"""What a written date means: builders that make a span of a pattern's match (written_dates). Today is an argument."""

import re
from collections.abc import Callable
from datetime import date

from knowledge.language.calendar import month_end, months_from
from knowledge.language.months import MONTH, month_number, nearest_year, past_year, stands_alone
from knowledge.language.numbers import ORDINALS
from knowledge.language.spans import DateSpan, Precision
from knowledge.language.vocabulary import alternatives, vocabulary

CONNECTOR = alternatives(vocabulary("relative")["range"]["connectors"])
"""Between the two ends of a range, as a regex."""
WEEKS = ORDINALS | {"terakhir": -1, "last": -1}
_MONTH_FOLLOWS = re.compile(rf"\s*(?:{CONNECTOR})\s*(?:{MONTH})\b", re.IGNORECASE)
_MONTH_PRECEDES = re.compile(rf"\b(?:{MONTH})\.?\s*(?:{CONNECTOR})\s*$", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

Build = Callable[[re.Match[str], date], DateSpan | None]


def span_of(
    match: re.Match[str], value: date, until: date, precision: Precision, relative: bool = False, has_year: bool = True
) -> DateSpan:
    """A DateSpan over the whole match."""
    return DateSpan(match.start(), match.end(), match[0], value, until, precision, relative, has_year)


def full_year(two_digits: int) -> int:
    """26 → 2026, 98 → 1998."""
    return two_digits + (2000 if two_digits < 70 else 1900)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative_year(words: str, today: date) -> int:
    return today.year + (
        1 if re.search("depan|next", words, re.I) else -1 if re.search("lalu|kemarin|last", words, re.I) else 0
    )


def _year_of(match: re.Match[str], today: date) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("short"):
        return full_year(int(re.sub(r"\D", "", groups["short"])))
    return _relative_year(groups["relative"], today) if groups.get("relative") else None


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def day_and_month(match: re.Match[str], today: date) -> DateSpan | None:
    """31 Desember 2026, May 18 – 20; without a year the nearest."""
    month = month_number(match["month"])
    if month is None:
        return None
    day, year = _number(match["day"]), _year_of(match, today)
    last = match.groupdict().get("last")
    value = safe_date(year or nearest_year(month, day, today), month, day)
    until = safe_date(value.year, month, _number(last)) if value and last else value
    if value is None or until is None or until < value:
        return None
    relative = bool(match["relative"])
    return span_of(match, value, until, "range" if last else "day", relative, year is not None and not relative)


def numeric(match: re.Match[str], today: date) -> DateSpan | None:
    """31/12/26, 2026-12-31; the month first only where nothing else is a day."""
    year_text = match["year"]
    year = int(year_text) if len(year_text) == 4 else full_year(int(year_text))
    day, month = int(match["day"]), int(match["month"])
    value = safe_date(year, month, day) or safe_date(year, day, month)
    return span_of(match, value, value, "day") if value else None


def numeric_without_year(match: re.Match[str], today: date) -> DateSpan | None:
    """31/12, the nearest."""
    day, month = int(match["day"]), int(match["month"])
    value = safe_date(nearest_year(month, day, today), month, day) if 1 <= month <= 12 else None
    return span_of(match, value, value, "day", has_year=False) if value else None


def numeric_month(match: re.Match[str], today: date) -> DateSpan | None:
    """12/2026, 2026-12."""
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    first = date(int(match["year"]), month, 1)
    return span_of(match, first, month_end(first), "month")


def month_alone(match: re.Match[str], today: date) -> DateSpan | None:
    """Oktober 2026; without a year the last one, where the word cannot mean anything else."""
    month, year = month_number(match["month"]), _year_of(match, today)
    if month is None:
        return None
    before = match.string[max(0, match.start("month") - 40) : match.start("month")]
    in_range = _MONTH_FOLLOWS.match(match.string, match.end()) or _MONTH_PRECEDES.search(before)
    if year is None and not match["cue"] and not in_range and not stands_alone(match["month"], before):
        return None
    relative = bool(match["relative"])
    first = date(year or past_year(month, today), month, 1)
    return span_of(match, first, month_end(first), "month", relative, year is not None and not relative)


def week_of_month(match: re.Match[str], today: date) -> DateSpan | None:
    """The n-th seven days of a month; the last seven for "terakhir"."""
    month = month_number(match["month"])
    week = _number(match["week"]) if match["week"][-1].isdigit() else WEEKS.get(match["week"].lower(), 0)
    if month is None or not 1 <= abs(week) <= 5:
        return None
    year = int(match["year"]) if match["year"] else nearest_year(month, 15, today)
    last = month_end(date(year, month, 1)).day
    first = min(7 * week - 6, 29) if week > 0 else last - 6
    start = safe_date(year, month, first)
    end = date(year, month, min(first + 6, last))
    return span_of(match, start, end, "week", has_year=bool(match["year"])) if start else None


def part_of_year(months: int, precision: Precision) -> Build:
    """Q3 2026, semester 1, bulan ke-3: a builder for parts of so many months."""
    def build(match: re.Match[str], today: date) -> DateSpan | None:
        word = match["part"].lower()
        number = _ROMAN.get(word) or ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        if not 1 <= number <= 12 // months:
            return None
        year = _year_of(match, today)
        month = (number - 1) * months + 1
        relative = bool(match.groupdict().get("relative"))
        start, end = months_from(date(year or past_year(month, today), month, 1), months)
        return span_of(match, start, end, precision, relative, year is not None and not relative)

    return build


def year_range(match: re.Match[str], today: date) -> DateSpan | None:
    """2024–2026, 2024/25; at most thirty years."""
    year, last = int(match["year"]), int(match["last"])
    last += year // 100 * 100 if last < 100 else 0
    return span_of(match, date(year, 1, 1), date(last, 12, 31), "range") if year < last <= year + 30 else None


def year_alone(match: re.Match[str], today: date) -> DateSpan | None:
    """A whole year."""
    year = int(match["year"])
    return span_of(match, date(year, 1, 1), date(year, 12, 31), "year")

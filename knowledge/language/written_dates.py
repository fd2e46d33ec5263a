"""Dates and periods written out: 31 Desember 2026, 31/12/26, 18–20 May 2027, Oktober, Q3 2026, semester 1."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from knowledge.language.calendar import month_end, months_from
from knowledge.language.months import (
    MONTH,
    month_number,
    nearest_year,
    past_year,
    stands_alone,
)
from knowledge.language.numbers import ORDINALS
from knowledge.language.spans import DateSpan, Precision
from knowledge.language.vocabulary import alternatives, vocabulary

_CONNECTOR = alternatives(vocabulary("relative")["range"]["connectors"])
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_SHORT_YEAR = r"(?:[-/]\s?|\s?['’])\d\d(?!\d|[:.]\d)|\s\d\d(?=\s*(?:[,;)?!]|\.?\s*$))"
_RELATIVE_YEAR = r"(?:tahun|thn)\s+(?:ini|lalu|depan|kemarin)|(?:this|last|next)\s+year"
_TAIL_YEAR = (
    rf"(?:\.?,?[\s/-]*(?:of\s+|tahun\s+|thn\s+)?(?P<year>{_YEAR})|(?P<short>{_SHORT_YEAR})"
    rf"|\s+(?P<relative>{_RELATIVE_YEAR}))?"
)
_BEFORE = r"(?<![\w.,/:-])"
_BEFORE_NAME = r"(?<![\w.,/:])(?<!\d-)"
_AFTER = r"(?![\w/]|[.,:-]\d)"
_MONTH_FOLLOWS = re.compile(rf"\s*(?:{_CONNECTOR})\s*(?:{MONTH})\b", re.IGNORECASE)
_MONTH_PRECEDES = re.compile(rf"\b(?:{MONTH})\.?\s*(?:{_CONNECTOR})\s*$", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PART = rf"(?P<part>[1-4]|iv|iii|ii|i|ke-?[1-4]|{alternatives(ORDINALS)})"

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


def _day_and_month(match: re.Match[str], today: date) -> DateSpan | None:
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


def _numeric(match: re.Match[str], today: date) -> DateSpan | None:
    year_text = match["year"]
    year = int(year_text) if len(year_text) == 4 else full_year(int(year_text))
    day, month = int(match["day"]), int(match["month"])
    value = safe_date(year, month, day) or safe_date(year, day, month)
    return span_of(match, value, value, "day") if value else None


def _numeric_without_year(match: re.Match[str], today: date) -> DateSpan | None:
    day, month = int(match["day"]), int(match["month"])
    value = safe_date(nearest_year(month, day, today), month, day) if 1 <= month <= 12 else None
    return span_of(match, value, value, "day", has_year=False) if value else None


def _numeric_month(match: re.Match[str], today: date) -> DateSpan | None:
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    first = date(int(match["year"]), month, 1)
    return span_of(match, first, month_end(first), "month")


def _month(match: re.Match[str], today: date) -> DateSpan | None:
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


def _week_of_month(match: re.Match[str], today: date) -> DateSpan | None:
    """The n-th seven days of a month; the last seven for "terakhir"."""
    month = month_number(match["month"])
    week = _number(match["week"]) if match["week"][-1].isdigit() else _WEEKS.get(match["week"].lower(), 0)
    if month is None or not 1 <= abs(week) <= 5:
        return None
    year = int(match["year"]) if match["year"] else nearest_year(month, 15, today)
    last = month_end(date(year, month, 1)).day
    first = min(7 * week - 6, 29) if week > 0 else last - 6
    start = safe_date(year, month, first)
    end = date(year, month, min(first + 6, last))
    return span_of(match, start, end, "week", has_year=bool(match["year"])) if start else None


def _part_of_year(months: int, precision: Precision) -> Build:
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


def _years(match: re.Match[str], today: date) -> DateSpan | None:
    year, last = int(match["year"]), int(match["last"])
    last += year // 100 * 100 if last < 100 else 0
    return span_of(match, date(year, 1, 1), date(last, 12, 31), "range") if year < last <= year + 30 else None


def _year(match: re.Match[str], today: date) -> DateSpan | None:
    year = int(match["year"])
    return span_of(match, date(year, 1, 1), date(year, 12, 31), "year")


_PART_YEAR = (
    rf"(?:\s*(?:[/,-]|of|tahun|thn|ta|fy)?\s*(?P<year>{_YEAR})|\s*[/'’-]\s?(?P<short>\d\d(?!\d))"
    rf"|\s+(?P<relative>{_RELATIVE_YEAR}))?"
)
_WEEKS = ORDINALS | {"terakhir": -1, "last": -1}
_COUNTED = (
    r"(?!\s*(?:unit|orang|user|pengguna|pelanggan|customer|kali|item|baris|row|hari|jam|menit|tiket|ticket|%|persen))"
)
_PATTERNS: list[tuple[str, Build]] = [
    (
        rf"{_BEFORE}(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})\s*(?:{_CONNECTOR})\s*(?:(?:tanggal|tgl)\.?\s*)?(?P<last>{_DAY})[\s/.-]*(?:of\s+)?"
        rf"(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        _day_and_month,
    ),
    (
        rf"{_BEFORE}(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})[\s/.-]*(?:of\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        _day_and_month,
    ),
    (
        rf"{_BEFORE}(?:antara|between)\s+(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})\s*(?:dan|and|&)\s*(?P<last>{_DAY})"
        rf"\s+(?:of\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        _day_and_month,
    ),
    (
        rf"{_BEFORE}(?:minggu|pekan)\s+(?P<week>ke-?\s?[1-5]|{alternatives(_WEEKS)})\s+(?:bulan\s+)?(?P<month>{MONTH})\b"
        rf"(?:\s+(?P<year>{_YEAR}))?{_AFTER}",
        _week_of_month,
    ),
    (
        rf"{_BEFORE}(?:the\s+)?(?P<week>{alternatives(_WEEKS)})\s+week\s+of\s+(?P<month>{MONTH})\b(?:,?\s+(?P<year>{_YEAR}))?{_AFTER}",
        _week_of_month,
    ),
    (
        rf"{_BEFORE}(?:bulan|bln)\s+(?P<month>1[0-2]|0?[1-9])\s+(?:tahun\s+|thn\s+)?(?P<year>{_YEAR}){_AFTER}",
        _numeric_month,
    ),
    (
        rf"{_BEFORE}(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>{_DAY})(?:\s*[-–—]\s*(?P<last>{_DAY}))?{_TAIL_YEAR}{_AFTER}",
        _day_and_month,
    ),
    (
        rf"{_BEFORE}(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2]|[1-9])(?P=mark)(?P<day>\d\d?)(?!\d|[/-])(?:T[\d:.]+Z?|\s+[0-2]\d:\d\d(?::\d\d)?)?",
        _numeric,
    ),
    (
        rf"{_BEFORE}(?P<day>\d\d?)\s?(?P<mark>[/-])\s?(?P<month>\d\d?)\s?(?P=mark)\s?(?P<year>{_YEAR}|\d\d){_AFTER}",
        _numeric,
    ),
    (rf"{_BEFORE}(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{_YEAR}){_AFTER}", _numeric),
    (rf"{_BEFORE}(?P<day>\d\d)\.(?P<month>0[1-9]|1[0-2])\.(?P<year>\d\d){_AFTER}", _numeric),
    (rf"(?:\b(?:tanggal|tgl|per|on|dated)\.?\s+)(?P<day>\d\d?)/(?P<month>\d\d?){_AFTER}", _numeric_without_year),
    (rf"{_BEFORE}(?P<year>{_YEAR})[-/](?P<month>0[1-9]|1[0-2])(?![\w/-]|[.,:]\d)", _numeric_month),
    (rf"{_BEFORE}(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR})(?![\w/-]|[.,:]\d)", _numeric_month),
    (rf"{_BEFORE_NAME}(?P<cue>(?:bulan|bln|month\s+of)\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}(?![\w/]|[.,:]\d)", _month),
    (
        rf"{_BEFORE}(?:q|tw|triwulan|kuartal|quarter)\.?\s*(?:ke\s+)?{_PART}\b{_PART_YEAR}{_AFTER}",
        _part_of_year(3, "quarter"),
    ),
    (
        rf"{_BEFORE}(?:(?P<year>{_YEAR})[\s/-]*)(?:q|tw|triwulan|kuartal)\.?\s*{_PART}{_AFTER}",
        _part_of_year(3, "quarter"),
    ),
    (rf"{_BEFORE}(?:the\s+)?{_PART}\s+(?:quarter|qtr){_PART_YEAR}{_AFTER}", _part_of_year(3, "quarter")),
    (rf"{_BEFORE}(?:bulan|bln|month)\s+(?:ke[\s-]?)?(?P<part>1[0-2]|0?[1-9]){_PART_YEAR}{_AFTER}(?!\s*(?:bulan|bln|hari|kali|x|tahun|months?|[.,/-]?\d))", _part_of_year(1, "month")),
    (
        rf"{_BEFORE}(?:semester|smt|sem|paruh|h)\.?\s*(?:ke\s+)?(?P<part>[12]|ii|i|{alternatives(ORDINALS)})\b(?!\+){_PART_YEAR}{_AFTER}",
        _part_of_year(6, "half"),
    ),
    (
        rf"{_BEFORE}(?:the\s+)?(?P<part>first|second|1st|2nd)\s+half(?:\s+of)?{_PART_YEAR}{_AFTER}",
        _part_of_year(6, "half"),
    ),
    (
        rf"{_BEFORE}(?:(?:tahun|thn|years?|ta|fy)\s*)?(?P<year>{_YEAR})\s?[-–/]\s?(?P<last>{_YEAR}|(?:1[3-9]|[2-9]\d)(?!\d)){_AFTER}(?![-/])",
        _years,
    ),
    (
        rf"(?<![\w.,/:])(?<!\w\w\w\w-)(?<!\d-)(?:(?:tahun|thn|year|ta|fy)\s*)?(?P<year>(?:19[89]\d|20\d\d)(?!\d)){_AFTER}{_COUNTED}",
        _year,
    ),
]


@cache
def _compiled() -> list[tuple[re.Pattern[str], Build]]:
    """Compiled at first use: importing stays fast."""
    return [(re.compile(pattern, re.IGNORECASE), build) for pattern, build in _PATTERNS]


_DOUBLE = re.compile(rf"{_BEFORE}(?P<day>1[0-2]|[1-9])[./](?P<month>(?P=day))(?!\d|[./]\d)")
_LISTED = re.compile(
    rf"{_BEFORE}(?:(?:tanggal|tgl)\.?\s*)?{_DAY}(?:\s*,\s*{_DAY})*\s*,?\s*(?:dan|and|&)\s*(?={_DAY}\s+(?P<month>{MONTH})\b(?:\s+(?P<year>{_YEAR}))?)",
    re.IGNORECASE,
)
_LISTED_DAY = re.compile(rf"(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})", re.IGNORECASE)
_NOT_A_DATE_BEFORE = re.compile(
    r"(?:\b(?:rp|idr|usd|eur|sgd|us\$|v|ver|versi|version|pasal|ayat|butir|angka|klausul|clause|section|article|bab|iso|iec|nomor|number|no|port|ext)\.?\s*"
    r"|[$€£#]\s*|\b(?:nomor|no|number)(?:\.\s*|\s+)\S+\s+)$",
    re.IGNORECASE,
)


def _find_listed(text: str, today: date) -> Iterator[DateSpan]:
    """The leading days of "12, 13 dan 15 Mei 2027", each with the month and year that stand at the end."""
    for whole in _LISTED.finditer(text):
        month = month_number(whole["month"])
        for match in _LISTED_DAY.finditer(text, whole.start(), whole.end()):
            day = _number(match["day"])
            year = int(whole["year"]) if whole["year"] else nearest_year(month or 1, day, today)
            value = safe_date(year, month or 1, day)
            if value is not None:
                yield span_of(match, value, value, "day", has_year=bool(whole["year"]))


def find_written(text: str, today: date, allow_double_dates: bool) -> Iterator[DateSpan]:
    """Every reading, overlaps included."""
    yield from _find_listed(text, today)
    for pattern, build in _compiled():
        for match in pattern.finditer(text):
            if build in (_year, _years, _numeric, _numeric_month) and _NOT_A_DATE_BEFORE.search(
                text[max(0, match.start() - 40) : match.start()]
            ):
                continue
            span = build(match, today)
            if span is not None:
                yield span
    if allow_double_dates:
        for match in _DOUBLE.finditer(text):
            span = _numeric_without_year(match, today)
            if span is not None:
                yield span

"""Dates and periods written out: 31 Desember 2026, 31/12/26, 18–20 May 2027, Oktober, Q3 2026, semester 1."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from knowledge.language.date_readings import (
    CONNECTOR,
    WEEKS,
    Build,
    day_and_month,
    month_alone,
    numeric,
    numeric_month,
    numeric_without_year,
    part_of_year,
    safe_date,
    span_of,
    week_of_month,
    year_alone,
    year_range,
)
from knowledge.language.months import MONTH, month_number, nearest_year
from knowledge.language.numbers import ORDINALS
from knowledge.language.spans import DateSpan
from knowledge.language.vocabulary import alternatives, both_languages, vocabulary


def _words(section: str) -> str:
    """Words of written_dates.toml as a regex alternation."""
    return alternatives(both_languages(vocabulary("written_dates")[section]))


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
_PART = rf"(?P<part>[1-4]|iv|iii|ii|i|ke-?[1-4]|{alternatives(ORDINALS)})"

_PART_YEAR = (
    rf"(?:\s*(?:[/,-]|of|tahun|thn|ta|fy)?\s*(?P<year>{_YEAR})|\s*[/'’-]\s?(?P<short>\d\d(?!\d))"
    rf"|\s+(?P<relative>{_RELATIVE_YEAR}))?"
)
_COUNTED = rf"(?!\s*(?:{_words('counted')}))"
_PATTERNS: list[tuple[str, Build]] = [
    (
        rf"{_BEFORE}(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})\s*(?:{CONNECTOR})\s*(?:(?:tanggal|tgl)\.?\s*)?(?P<last>{_DAY})[\s/.-]*(?:of\s+)?"
        rf"(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        day_and_month,
    ),
    (
        rf"{_BEFORE}(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})[\s/.-]*(?:of\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        day_and_month,
    ),
    (
        rf"{_BEFORE}(?:antara|between)\s+(?:(?:tanggal|tgl)\.?\s*)?(?P<day>{_DAY})\s*(?:dan|and|&)\s*(?P<last>{_DAY})"
        rf"\s+(?:of\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}{_AFTER}",
        day_and_month,
    ),
    (
        rf"{_BEFORE}(?:minggu|pekan)\s+(?P<week>ke-?\s?[1-5]|{alternatives(WEEKS)})\s+(?:bulan\s+)?(?P<month>{MONTH})\b"
        rf"(?:\s+(?P<year>{_YEAR}))?{_AFTER}",
        week_of_month,
    ),
    (
        rf"{_BEFORE}(?:the\s+)?(?P<week>{alternatives(WEEKS)})\s+week\s+of\s+(?P<month>{MONTH})\b(?:,?\s+(?P<year>{_YEAR}))?{_AFTER}",
        week_of_month,
    ),
    (
        rf"{_BEFORE}(?:bulan|bln)\s+(?P<month>1[0-2]|0?[1-9])\s+(?:tahun\s+|thn\s+)?(?P<year>{_YEAR}){_AFTER}",
        numeric_month,
    ),
    (
        rf"{_BEFORE}(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>{_DAY})(?:\s*[-–—]\s*(?P<last>{_DAY}))?{_TAIL_YEAR}{_AFTER}",
        day_and_month,
    ),
    (
        rf"{_BEFORE}(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2]|[1-9])(?P=mark)(?P<day>\d\d?)(?!\d|[/-])(?:T[\d:.]+Z?|\s+[0-2]\d:\d\d(?::\d\d)?)?",
        numeric,
    ),
    (
        rf"{_BEFORE}(?P<day>\d\d?)\s?(?P<mark>[/-])\s?(?P<month>\d\d?)\s?(?P=mark)\s?(?P<year>{_YEAR}|\d\d){_AFTER}",
        numeric,
    ),
    (rf"{_BEFORE}(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{_YEAR}){_AFTER}", numeric),
    (rf"{_BEFORE}(?P<day>\d\d)\.(?P<month>0[1-9]|1[0-2])\.(?P<year>\d\d){_AFTER}", numeric),
    (rf"(?:\b(?:tanggal|tgl|per|on|dated)\.?\s+)(?P<day>\d\d?)/(?P<month>\d\d?){_AFTER}", numeric_without_year),
    (rf"{_BEFORE}(?P<year>{_YEAR})[-/](?P<month>0[1-9]|1[0-2])(?![\w/-]|[.,:]\d)", numeric_month),
    (rf"{_BEFORE}(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR})(?![\w/-]|[.,:]\d)", numeric_month),
    (rf"{_BEFORE_NAME}(?P<cue>(?:bulan|bln|month\s+of)\s+)?(?P<month>{MONTH})\b{_TAIL_YEAR}(?![\w/]|[.,:]\d)", month_alone),
    (
        rf"{_BEFORE}(?:q|tw|triwulan|kuartal|quarter)\.?\s*(?:ke\s+)?{_PART}\b{_PART_YEAR}{_AFTER}",
        part_of_year(3, "quarter"),
    ),
    (
        rf"{_BEFORE}(?:(?P<year>{_YEAR})[\s/-]*)(?:q|tw|triwulan|kuartal)\.?\s*{_PART}{_AFTER}",
        part_of_year(3, "quarter"),
    ),
    (rf"{_BEFORE}(?:the\s+)?{_PART}\s+(?:quarter|qtr){_PART_YEAR}{_AFTER}", part_of_year(3, "quarter")),
    (rf"{_BEFORE}(?:bulan|bln|month)\s+(?:ke[\s-]?)?(?P<part>1[0-2]|0?[1-9]){_PART_YEAR}{_AFTER}(?!\s*(?:bulan|bln|hari|kali|x|tahun|months?|[.,/-]?\d))", part_of_year(1, "month")),
    (
        rf"{_BEFORE}(?:semester|smt|sem|paruh|h)\.?\s*(?:ke\s+)?(?P<part>[12]|ii|i|{alternatives(ORDINALS)})\b(?!\+){_PART_YEAR}{_AFTER}",
        part_of_year(6, "half"),
    ),
    (
        rf"{_BEFORE}(?:the\s+)?(?P<part>first|second|1st|2nd)\s+half(?:\s+of)?{_PART_YEAR}{_AFTER}",
        part_of_year(6, "half"),
    ),
    (
        rf"{_BEFORE}(?:(?:tahun|thn|years?|ta|fy)\s*)?(?P<year>{_YEAR})\s?[-–/]\s?(?P<last>{_YEAR}|(?:1[3-9]|[2-9]\d)(?!\d)){_AFTER}(?![-/])",
        year_range,
    ),
    (
        rf"(?<![\w.,/:])(?<!\w\w\w\w-)(?<!\d-)(?:(?:tahun|thn|year|ta|fy)\s*)?(?P<year>(?:19[89]\d|20\d\d)(?!\d)){_AFTER}{_COUNTED}",
        year_alone,
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
    rf"(?:\b(?:{_words('numbered')})\.?\s*|[$€£#]\s*|\b(?:{_words('number')})(?:\.\s*|\s+)\S+\s+)$", re.IGNORECASE
)


def _find_listed(text: str, today: date) -> Iterator[DateSpan]:
    """The leading days of "12, 13 dan 15 Mei 2027", each with the month and year that stand at the end."""
    for whole in _LISTED.finditer(text):
        month = month_number(whole["month"])
        for match in _LISTED_DAY.finditer(text, whole.start(), whole.end()):
            day = int(re.sub(r"\D", "", match["day"]))
            year = int(whole["year"]) if whole["year"] else nearest_year(month or 1, day, today)
            value = safe_date(year, month or 1, day)
            if value is not None:
                yield span_of(match, value, value, "day", has_year=bool(whole["year"]))


def find_written(text: str, today: date, allow_double_dates: bool) -> Iterator[DateSpan]:
    """Every reading, overlaps included."""
    yield from _find_listed(text, today)
    for pattern, build in _compiled():
        for match in pattern.finditer(text):
            if build in (year_alone, year_range, numeric, numeric_month) and _NOT_A_DATE_BEFORE.search(
                text[max(0, match.start() - 40) : match.start()]
            ):
                continue
            span = build(match, today)
            if span is not None:
                yield span
    if allow_double_dates:
        for match in _DOUBLE.finditer(text):
            span = numeric_without_year(match, today)
            if span is not None:
                yield span

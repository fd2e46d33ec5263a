"""Finds the dates and periods that a text names, in both languages, and reads the dates of table cells."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from knowledge.language.calendar import month_end
from knowledge.language.months import nearest_year
from knowledge.language.relative_dates import WEEKDAY, find_relative, period_around
from knowledge.language.spans import DateSpan, Precision, without_overlaps
from knowledge.language.tokens import code_spans
from knowledge.language.vocabulary import alternatives, both_languages, vocabulary
from knowledge.language.written_dates import find_written

__all__ = ["DateSpan", "Precision", "find_dates", "parse_date_cell"]

_DATA = vocabulary("relative")
_RANGE = _DATA["range"]
_JOIN = re.compile(rf"\s*(?:{alternatives(_RANGE['connectors'])})\s*(?:(?:tanggal|tgl)\.?\s*)?", re.IGNORECASE)
_AND = re.compile(rf"\s*(?:{alternatives(both_languages(_RANGE['between_and']))})\s*", re.IGNORECASE)
_BETWEEN = re.compile(rf"\b(?:{alternatives(both_languages(_RANGE['between']))})\s+$", re.IGNORECASE)
_EDGES = {word: edge for edge in ("start", "middle", "end") for word in both_languages(_DATA["edge"][edge])}
_EDGE_BEFORE = re.compile(rf"(?<!\w)(?P<edge>{alternatives(_EDGES)})\s*(?:dari\s+|the\s+)?$", re.IGNORECASE)
_UNITS = {
    word: unit
    for unit, words in _DATA["unit"].items()
    if unit not in ("day", "business_day")
    for word in both_languages(words)
}
_EDGE_OF_UNIT = re.compile(
    rf"(?<!\w)(?:(?P<edge>{alternatives(_EDGES)})\s*(?:the\s+)?(?P<unit>{alternatives(_UNITS)})(?:\s+ini)?"
    rf"|(?P<compound>{alternatives(_DATA['edge']['compound'])}))(?!\w)",
    re.IGNORECASE,
)
_WEEKDAY_TO_WEEKDAY = re.compile(
    rf"(?<!\w){WEEKDAY}\s*(?:{alternatives(_RANGE['connectors'])})\s*{WEEKDAY}(?!\s+(?:ini|depan|lalu)\b)(?!\w)",
    re.IGNORECASE,
)
_ONLY_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    rf"(?<!\w)(?:{WEEKDAY}|minggu|mon|tue|tues|wed|thu|thurs|fri|sat|sun)\.?,?\s*$", re.IGNORECASE
)
_LOOK_BACK = 40  # characters before a span that its leading words lie in
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 80_000)  # 1954–2119


def _edge_day(edge: str, value: date, until: date) -> date:
    return {"start": value, "middle": value + (until - value) // 2, "end": until}[edge]


def _edges_of_units(text: str, today: date) -> list[DateSpan]:
    """akhir bulan, awal tahun, by the end of the year, month-end: of the running period."""
    found = []
    for match in _EDGE_OF_UNIT.finditer(text):
        words = " ".join((match["unit"] or match["compound"]).lower().split())
        edge = _EDGES[" ".join(match["edge"].lower().split())] if match["edge"] else "end"
        day = _edge_day(edge, *period_around(_DATA["edge"]["compound"].get(words) or _UNITS[words], today, 0))
        found.append(DateSpan(match.start(), match.end(), match[0], day, day, "day", relative=True, has_year=False))
    return found


def _with_edges(text: str, spans: list[DateSpan], today: date) -> list[DateSpan]:
    """A period after "akhir", "beginning of" … becomes that day."""
    found = []
    for span in spans:
        match = (
            None
            if span.precision in ("day", "range")
            else _EDGE_BEFORE.search(text, max(0, span.start - _LOOK_BACK), span.start)
        )
        if match is not None:
            day = _edge_day(_EDGES[" ".join(match["edge"].lower().split())], span.value, span.until)
            if not span.has_year and not span.relative and span.precision != "year":
                first = span.value.replace(year=nearest_year(span.value.month, 1, today))
                last = month_end(span.until.replace(year=first.year, day=1))
                day = _edge_day(_EDGES[" ".join(match["edge"].lower().split())], first, last)
            start = match.start("edge")
            span = replace(span, start=start, text=text[start : span.end], value=day, until=day, precision="day")
        found.append(span)
    return found


def _in_year(span: DateSpan, year: int) -> DateSpan | None:
    if span.relative:
        return None
    try:
        until = (
            span.until.replace(year=year)
            if span.precision == "day"
            else month_end(span.until.replace(year=year, day=1))
        )
        return replace(span, value=span.value.replace(year=year), until=until, has_year=True)
    except ValueError:
        return None


def _joined(text: str, first: DateSpan, second: DateSpan) -> DateSpan | None:
    """One range of two neighbours that a range's word joins; a missing year comes from the other."""
    between = text[first.end : second.start]
    paired = _AND.fullmatch(between) and _BETWEEN.search(text, max(0, first.start - _LOOK_BACK), first.start)
    if not _JOIN.fullmatch(between) and not paired:
        return None
    if second.has_year and not first.has_year:
        same = _in_year(first, second.value.year)
        if same and same.value > second.value:
            same = _in_year(first, second.value.year - 1)
        first = same or first
    elif first.has_year and not second.has_year:
        same = _in_year(second, first.value.year)
        if same and same.until < first.value:
            same = _in_year(second, first.value.year + 1)
        second = same or second
    elif not second.relative and second.until < first.value:
        earlier = _in_year(first, first.value.year - 1)
        first = replace(earlier, has_year=False) if earlier else first
    if second.until < first.value:
        return None
    return DateSpan(
        first.start,
        second.end,
        text[first.start : second.end],
        first.value,
        second.until,
        "range",
        first.relative or second.relative,
        first.has_year or second.has_year,
    )


def _join_ranges(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    found: list[DateSpan] = []
    for span in spans:
        whole = _joined(text, found[-1], span) if found and found[-1].precision != "range" else None
        if whole is not None:
            found[-1] = whole
        else:
            found.append(span)
    return found


def _merge_weekdays(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """ "Senin, 5 Oktober 2026" is one date; so is "5 Oktober (Senin)"."""
    found: list[DateSpan] = []
    for span in spans:
        if (
            _ONLY_WEEKDAY.fullmatch(span.text)
            and found
            and not found[-1].relative
            and text[found[-1].end : span.start] in (" (", ", ", " ")
        ):
            continue
        if (
            found
            and _ONLY_WEEKDAY.fullmatch(found[-1].text)
            and re.fullmatch(r",?\s*", text[found[-1].end : span.start])
        ):
            found.pop()
        named = _WEEKDAY_BEFORE.search(text, max(0, span.start - _LOOK_BACK), span.start)
        if named and span.precision == "day" and not span.relative:
            span = replace(span, start=named.start(), text=text[named.start() : span.end])
        found.append(span)
    return found


def find_dates(text: str, today: date, allow_double_dates: bool = False) -> list[DateSpan]:
    """The dates and periods in a text, in reading order, none overlapping.

    A day without a year is the nearest one to today, a month without a year the most recent that has begun.
    A span of precision `range` covers `value` to `until`: for "within two weeks" a due date is `until`.
    `allow_double_dates` reads campaign days such as 11.11. Codes, times, amounts and clause numbers are no dates.
    """
    return list(_found(text, today, allow_double_dates))


@lru_cache(maxsize=16_384)
def _found(text: str, today: date, allow_double_dates: bool) -> tuple[DateSpan, ...]:
    """Kept: a sentence is read for its dates when it is looked for, when it is answered from and when that is verified."""
    blocked = [*code_spans(text), *(match.span() for match in _WEEKDAY_TO_WEEKDAY.finditer(text))]
    candidates = [
        *find_written(text, today, allow_double_dates),
        *find_relative(text, today),
        *_edges_of_units(text, today),
    ]
    free = [span for span in candidates if all(span.end <= start or span.start >= end for start, end in blocked)]
    return tuple(_join_ranges(text, _with_edges(text, _merge_weekdays(text, without_overlaps(free)), today)))


def parse_date_cell(value: object) -> date | None:
    """The day in a table's cell: a date, a datetime, an Excel serial number, or text that is one date (day first).

    Text with a weekday or a time beside the date is read; text that says anything else, or no certain year, gives None.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _EXCEL_EPOCH + timedelta(days=int(value)) if int(value) in _EXCEL_SERIALS else None
    text = " ".join(str(value).split())
    spans = find_dates(text, date(2000, 1, 1))
    if len(spans) != 1 or spans[0].precision != "day" or not spans[0].has_year:
        return None
    rest = text[: spans[0].start] + text[spans[0].end :]
    rest = re.sub(
        r"\b(?:tanggal|tgl|pukul|jam|at|wib|wita|wit|utc|am|pm)\b|\d\d?[.:]\d\d(?:[.:]\d\d)?",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return None if re.search(r"\w", rest) else spans[0].value

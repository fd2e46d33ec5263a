"""Periods: what a question restricts itself to, the period before, and the months and quarters of table headings."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.language.calendar import add_months, month_end, quarter_of_date
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.formats import format_date, format_month
from knowledge.language.vocabulary import (
    Language,
    alternatives,
    both_languages,
    vocabulary,
)

_DATA = vocabulary("period_words")
_SINCE, _AFTER, _UNTIL, _BEFORE = (
    re.compile(rf"(?<!\w)(?:{alternatives(both_languages(_DATA[name]))})\s+$", re.IGNORECASE)
    for name in ("since", "after", "until", "before")
)
_FARTHER, _AT_LEAST, _NEARER = (
    re.compile(rf"(?<!\w)(?:{alternatives(both_languages(_DATA[name]))})\s+$", re.IGNORECASE) for name in ("farther", "at_least", "nearer")
)
_FAR_PAST, _FAR_FUTURE = date(1900, 1, 1), date(2199, 12, 31)
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both included; `label` is how it was or should be said."""

    start: date
    end: date
    label: str


def _limited(text: str, span: DateSpan, today: date) -> Period:
    if span.precision != "range":
        lead, one_day = text[: span.start], timedelta(days=1)
        if match := _SINCE.search(lead) or _AFTER.search(lead):
            start = span.until + one_day if _AFTER.search(lead) else span.value
            return Period(start, today if start <= today else _FAR_FUTURE, text[match.start() : span.end])
        if match := _UNTIL.search(lead) or _BEFORE.search(lead):
            end = span.value - one_day if _BEFORE.search(lead) else span.until
            return Period(_FAR_PAST, end, text[match.start() : span.end])
        if span.precision == "day" and span.relative and span.value != today and (period := _at_a_distance(text, span, today)):
            return period
    return Period(span.value, span.until, span.text)


def _at_a_distance(text: str, span: DateSpan, today: date) -> Period | None:
    """ "more than 3 weeks ago", "kurang dari 2 bulan lagi": all days on that side of the one that the distance leads to."""
    lead, one_day, behind = text[: span.start], timedelta(days=1), span.value < today
    if match := _NEARER.search(lead):
        start, end = (span.value + one_day, today) if behind else (today, span.value - one_day)
    elif match := _FARTHER.search(lead):
        start, end = (_FAR_PAST, span.value - one_day) if behind else (span.value + one_day, _FAR_FUTURE)
    elif match := _AT_LEAST.search(lead):
        start, end = (_FAR_PAST, span.value) if behind else (span.value, _FAR_FUTURE)
    else:
        return None
    return Period(start, end, text[match.start() : span.end])


def find_period(text: str, today: date) -> Period | None:
    """What a question restricts itself to, or None: a named month, quarter, year or range before a single day.

    "sejak/since X" runs from X's first day to today (without end when X lies ahead), "after X" from the day after it;
    "sampai/until X" has no beginning (year 1900) and ends with X, "before X" the day before it. "More than 3 weeks ago" is all before that day,
    "less than 3 weeks ago" all after it.
    """
    spans = find_dates(text, today)
    if not spans:
        return None
    return _limited(text, next((span for span in spans if span.precision != "day"), spans[0]), today)


def whole_months(start: date, end: date) -> int | None:
    """How many whole calendar months the days cover exactly, or None."""
    if start.day != 1 or end != month_end(end):
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def period_label(start: date, end: date, lang: Language) -> str:
    """A period's plain name: "2026", "Q3 2026", "Oktober 2026", "1 Mei 2027", or first day – last day."""
    months = whole_months(start, end)
    if months == 12 and start.month == 1:
        return str(start.year)
    if months == 3 and start.month % 3 == 1:
        return (
            f"{'triwulan' if lang == 'id' else 'Q'}{' ' if lang == 'id' else ''}{quarter_of_date(start)} {start.year}"
        )
    if months == 1:
        return format_month(start, lang)
    return format_date(start, lang) if start == end else f"{format_date(start, lang)} – {format_date(end, lang)}"


def previous(period: Period, lang: Language = "id") -> Period:
    """The period of the same length that ends the day before: the month before a month, the quarter before …"""
    months = whole_months(period.start, period.end)
    end = period.start - timedelta(days=1)
    start = add_months(period.start, -months) if months else end - (period.end - period.start)
    return Period(start, end, period_label(start, end, lang))


def _only_span(value: object) -> DateSpan | None:
    text = " ".join(str(value).split()).strip(" :.")
    spans = find_dates(text, _ANY_DAY)
    if (
        len(spans) == 1
        and spans[0].has_year
        and not spans[0].relative
        and not re.search(r"\w", text.replace(spans[0].text, "", 1))
    ):
        return spans[0]
    return None


def month_of(value: object) -> tuple[int, int] | None:
    """(year, month) of a cell or heading that names a month or a day ("2026-10", "Okt 2026", "Oct-26"), else None."""
    if isinstance(value, date | datetime):
        return value.year, value.month
    compact = re.fullmatch(r"((?:19|20)\d\d)(0[1-9]|1[0-2])", str(value).strip())
    if compact:
        return int(compact[1]), int(compact[2])
    span = _only_span(value)
    return (span.value.year, span.value.month) if span and span.precision in ("day", "month") else None


def quarter_of(value: object) -> tuple[int, int] | None:
    """(year, quarter 1–4) of a cell or heading that names a quarter ("Q1 2025", "TW III 2026"), or of a date."""
    if isinstance(value, date | datetime):
        return value.year, quarter_of_date(value)
    span = _only_span(value)
    return (span.value.year, quarter_of_date(span.value)) if span and span.precision == "quarter" else None

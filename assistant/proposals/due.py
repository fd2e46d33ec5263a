"""The days that an update names: "H+3" beside all that dates are otherwise written as, and the one by which something falls due."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.relative_dates import WEEKDAY
from knowledge.language.vocabulary import section_alternatives

_COUNTED = re.compile(r"(?<![\w+])[HDT]\s?\+\s?(?P<days>\d{1,3})(?![\w+])", re.IGNORECASE)
_words = partial(section_alternatives, __file__, "due")
_DAY_MONTH = re.compile(rf"(?:\b(?:{_words('day_month')}|{WEEKDAY})[.,:]?\s+)(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\d/])", re.IGNORECASE)
_FORMER = re.compile(rf"(?:{_words('former')})\s+(?:hari\s+|on\s+)?$", re.IGNORECASE)
_DUE_MARK = re.compile(rf"(?:{_words('due')})\.?\s*(?:(?:hari\s+)?(?:{WEEKDAY}),?\s*)?$", re.IGNORECASE)
_DEADLINE = re.compile(rf"(?:{_words('deadline')})\W*(?:(?:{_words('day')})\.?\s+)*(?:{WEEKDAY},?\s*)?$", re.IGNORECASE)
"""Before a day: it is the last one, hence the one that counts beside others ("the audit moved to 2 May, so the logs by 30 April")."""
_WEEKDAY_AFTER = re.compile(r",?\s+(?:(?:pada|di|on|hari)\s+)*", re.IGNORECASE)
_ONLY_WEEKDAY = re.compile(rf"(?:hari\s+)?{WEEKDAY}", re.IGNORECASE)
_STARTS = re.compile(rf"\b(?:{_words('starts')})\s+(?:bulan\s+)?$", re.IGNORECASE)


def _slashed(text: str, today: date) -> list[DateSpan]:
    """Day and month between them a slash, after a word that a day follows ("sebelum 15/12"): the coming one."""
    found = []
    for match in _DAY_MONTH.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        for year in (today.year, today.year + 1):
            try:
                coming = date(year, month, day)
            except ValueError:
                continue
            if coming >= today:
                found.append(DateSpan(match.start("day"), match.end(), f"{match['day']}/{match['month']}", coming, coming, "day", relative=False, has_year=False))
                break
    return found


def dates_in(text: str, today: date) -> list[DateSpan]:
    """All dates of a text in reading order, "H+3" (three days from today) and "sebelum 15/12" among them."""
    found = find_dates(text, today)
    found += [span for span in _slashed(text, today) if all(span.end <= other.start or span.start >= other.end for other in found)]
    for match in _COUNTED.finditer(text):
        day = today + timedelta(days=int(match["days"]))
        found.append(DateSpan(match.start(), match.end(), match[0], day, day, "day", relative=True, has_year=False))
    return _in_their_weeks(sorted(found, key=lambda span: span.start), text)


def _in_their_weeks(spans: list[DateSpan], text: str) -> list[DateSpan]:
    """A weekday right after a week is the day in that week: "minggu depan hari Rabu", "next week, Tuesday"."""
    kept: list[DateSpan] = []
    for span in spans:
        week = kept[-1] if kept and kept[-1].precision == "week" and kept[-1].relative else None
        if week and _ONLY_WEEKDAY.fullmatch(span.text) and _WEEKDAY_AFTER.fullmatch(text, week.end, span.start):
            day = week.value + timedelta(days=(span.value.weekday() - week.value.weekday()) % 7)
            kept[-1] = replace(span, start=week.start, text=text[week.start : span.end], value=day, until=day)
        else:
            kept.append(span)
    return kept


def _coming(span: DateSpan, text: str, today: date) -> DateSpan:
    if span.precision != "month" or span.relative or not _STARTS.search(text[: span.start]):
        return span
    first = span.value
    if first < today.replace(day=1) and not span.has_year:
        first = first.replace(year=first.year + 1)
    return replace(span, value=first, until=first)


def due_in(text: str, today: date) -> date | None:
    """The day a clause falls due: a coming day before a past one, a last day before others, an exact day before a period, a marked day before others.

    A month that something starts from means its first day, and one without a year that is over means next year's.
    """
    spans = [_coming(span, text, today) for span in dates_in(text, today)]
    if not spans:
        return None

    def rank(span: DateSpan) -> tuple[bool, ...]:
        former = len(spans) > 1 and _FORMER.search(text[: span.start]) is not None
        return (not former, span.until >= today, len(spans) > 1 and bool(_DEADLINE.search(text[: span.start])), span.precision == "day", bool(_DUE_MARK.search(text[: span.start])), span.relative)

    return max(spans, key=rank).until

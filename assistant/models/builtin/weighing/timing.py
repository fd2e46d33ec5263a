"""Whether a sentence is of the time that a question names."""

from dataclasses import replace

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.fitting import asks_what_holds
from knowledge.language.calendar import month_end
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.months import nearest_year
from knowledge.records.authority import Authority

WEEK = 7
_SEVERAL = 2


def time_fit(asked: Understanding, when: AsAt, item: Evidence, text: str) -> float:
    """Below 1 where the question names a day or month that neither the passage nor its document is of."""
    spans = [span for span in asked.dates if span.precision in ("day", "month", "quarter", "range") and not span.relative]
    if not _of_those_days(asked, text, item):
        return 0.5
    held = item.notes.get("in_force")
    if not spans or held is not None and (when.stated or held.on(when.day)) or when.both and item.authority <= Authority.ANNEX:
        return 1.0
    if item.authority <= Authority.ANNEX and asks_what_holds(asked) and not _dates_in(asked, text):
        return 1.0  # a clause without days of its own holds as long as the agreement
    told = _told_before(asked, item, text)
    here = _dates_in(asked, text) if told or item.notes.get("kind") == "table_row" else []  # a row with dates of its own is of these
    here = here or told or _dates_in(asked, f"{text} | {item.context} | {item.title}")
    for wanted in [reading for span in spans for reading in _readings_of(span, asked)]:
        fits = any(span.value <= wanted.until and wanted.value <= span.until for span in here)
        dated = None if item.notes.get("kind") == "table_row" and item.authority >= Authority.GUIDE else item.dated  # a row has its own dates
        fits = fits or (dated is not None and wanted.value <= dated <= wanted.until)
        if not fits and wanted.precision != "day" and dated is not None:
            fits = 0 <= (dated - wanted.until).days <= 45  # a report is written after the period it speaks of
        if fits:
            return 1.0
    return 0.8


def _readings_of(span: DateSpan, asked: Understanding) -> list[DateSpan]:
    """A month without a year is the last one that has begun, or the one nearest to today: "her manager from December", asked in November."""
    if span.has_year or span.precision != "month":
        return [span]
    first = span.value.replace(year=nearest_year(span.value.month, 1, asked.today))
    return [span, replace(span, value=first, until=month_end(first))]


def months_told(asked: Understanding, item: Evidence) -> bool:
    """Whether a row has values of several months or quarters: of another one than those it tells nothing."""
    told = {(span.value, span.until) for span in _dates_in(asked, item.quote) if span.precision in ("month", "quarter")}
    return item.notes.get("kind") == "table_row" and len(told) >= _SEVERAL


def _of_those_days(asked: Understanding, text: str, item: Evidence) -> bool:
    """Whether a row or line with days of its own is of those that the question says from today ("next week", "tomorrow")."""
    near = [span for span in asked.dates if span.relative and (span.until - span.value).days <= WEEK and span.value != asked.today]
    row = item.notes.get("kind") == "table_row"
    here = (_dates_in(asked, text) or row and _dates_in(asked, item.context)) if near else []
    if not here or not row and not any(span.precision == "range" and (span.until - span.value).days <= WEEK for span in here):
        return True
    first, last = min(span.value for span in here), max(span.until for span in here)  # a row of a roster: from the one day to the other
    return any(first <= span.until and span.value <= last for span in near)


def _told_before(asked: Understanding, item: Evidence, text: str) -> list[DateSpan]:
    """Of a sentence without a time, in what somebody wrote: the last one told before it, "I am away from 1 to 9 May. Ira decides"."""
    if item.notes.get("kind") == "table_row" or item.authority <= Authority.ANNEX:
        return []
    return _dates_in(asked, item.quote[: max(item.quote.find(text), 0)])[-1:]


def _dates_in(asked: Understanding, text: str) -> list[DateSpan]:
    return [span for span in find_dates(text, asked.today) if span.precision != "year"]

"""Whether a sentence is of the time that a question names."""

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt
from assistant.models.builtin.questions.understanding import Understanding
from knowledge.language.dates import DateSpan, find_dates
from knowledge.records.authority import Authority

WEEK = 7


def time_fit(asked: Understanding, when: AsAt, item: Evidence, text: str) -> float:
    """Below 1 where the question names a day or month that neither the passage nor its document is of."""
    spans = [span for span in asked.dates if span.precision in ("day", "month", "quarter", "range") and not span.relative]
    if not _of_those_days(asked, text, item):
        return 0.5
    held = item.notes.get("in_force")
    if not spans or held is not None and (when.stated or held.on(when.day)) or when.both and item.authority <= Authority.ANNEX:
        return 1.0
    here = _dates_in(asked, text) if item.notes.get("kind") == "table_row" else []
    here = here or _dates_in(asked, f"{text} | {item.context} | {item.title}")  # a row with dates of its own is of these
    for wanted in spans:
        fits = any(span.value <= wanted.until and wanted.value <= span.until for span in here)
        dated = None if item.notes.get("kind") == "table_row" and item.authority >= Authority.GUIDE else item.dated  # a row has its own dates
        fits = fits or (dated is not None and wanted.value <= dated <= wanted.until)
        if not fits and wanted.precision != "day" and dated is not None:
            fits = 0 <= (dated - wanted.until).days <= 45  # a report is written after the period it speaks of
        if fits:
            return 1.0
    return 0.8


def _of_those_days(asked: Understanding, text: str, item: Evidence) -> bool:
    """Whether a row or line with days of its own is of those that the question says from today ("next week", "tomorrow")."""
    near = [span for span in asked.dates if span.relative and (span.until - span.value).days <= WEEK and span.value != asked.today]
    row = item.notes.get("kind") == "table_row"
    here = (_dates_in(asked, text) or row and _dates_in(asked, item.context)) if near else []
    if not here or not row and not any(span.precision == "range" and (span.until - span.value).days <= WEEK for span in here):
        return True
    first, last = min(span.value for span in here), max(span.until for span in here)  # a row of a roster: from the one day to the other
    return any(first <= span.until and span.value <= last for span in near)


def _dates_in(asked: Understanding, text: str) -> list[DateSpan]:
    return [span for span in find_dates(text, asked.today) if span.precision != "year"]

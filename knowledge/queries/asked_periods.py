"""The periods that a question names: one restricts, two are compared; quarters or months counted from the start of a year."""

from datetime import date, timedelta

from knowledge.language.calendar import add_months
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.numbers import find_numbers
from knowledge.language.periods import find_period
from knowledge.queries.spec import Period
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import Reading

_MONTHS = {"month": 1, "quarter": 3}
_NEAR = 3

Said = tuple[Period, frozenset[int]]


def asked_periods(reading: Reading, today: date) -> tuple[Said, ...]:
    """Each period with the words that name it."""
    whole = find_period(reading.text, today)
    if whole is None:
        return ()
    spans = [span for span in find_dates(reading.text, today) if not (span.precision == "day" and span.relative and span.value == today)]
    if leading := _leading(reading, spans):
        return (leading,)
    found = [((span.value, span.until), reading.indices(span.start, span.end)) for span in spans]
    if len(found) == 1:
        words = reading.indices(max(0, spans[0].end - len(whole.label)), spans[0].end) if whole.label.endswith(spans[0].text) else frozenset()
        return (((whole.start, whole.end), found[0][1] | words),)
    return tuple(found)


def united(periods: tuple[Said, ...]) -> Said | None:
    """Periods that follow one another without a gap, as one: "Q2 and Q3"."""
    ordered = sorted(periods, key=lambda each: each[0])
    if any(later[0][0] != earlier[0][1] + timedelta(days=1) for earlier, later in zip(ordered, ordered[1:], strict=False)):
        return None
    return (ordered[0][0][0], ordered[-1][0][1]), frozenset().union(*(indices for _, indices in ordered))


def _leading(reading: Reading, spans: list[DateSpan]) -> Said | None:
    """ "the first three quarters of 2026", "tiga triwulan pertama 2026"."""
    year = next((span for span in spans if span.value.month == 1 and span.until == date(span.until.year, 12, 31) or span.precision == "quarter"), None)
    if year is None:
        return None
    counted = {at: number.value for number in find_numbers(reading.text, words=True) for at in reading.indices(number.start, number.end)}
    first = [at for wanted in phrases("leading") for match in reading.find(wanted, literal=True) for at in match.indices]
    for unit, months in _MONTHS.items():
        for match in (match for wanted in phrases(f"group.{unit}") for match in reading.find(wanted)):
            count = next((int(counted[at]) for at in (match.first - 1, match.first - 2) if at in counted and counted[at] < 12), None)
            near = [at for at in first if abs(at - match.first) <= _NEAR]
            if count and count > 1 and near:
                start = date(year.value.year, 1, 1)
                inside = {*match.indices, near[0], *(at for at in counted if match.first - 2 <= at < match.first)}
                return (start, add_months(start, count * months) - timedelta(days=1)), frozenset(inside | reading.indices(year.start, year.end))
    return None

"""Counting days for a model that must not work dates out itself: only from dates and lengths that are known in this turn."""

import json
from datetime import date
from decimal import Decimal

from assistant.answers.basis import Basis
from assistant.answers.computed import Computed
from assistant.answers.facts import duration
from assistant.tools.desk import Desk
from knowledge.language.calendar import days_between, is_business_day, shift
from knowledge.language.dates import find_dates

MOST_DAYS = 40_000
UNREADABLE = "{text!r} is not a date. Write YYYY-MM-DD."
UNKNOWN_DATE = (
    "{day} stands in nothing that was found or asked. Search first, then count from a date that a tool returned."
)
UNKNOWN_LENGTH = "{amount} {unit} stands in nothing that was found or asked. Search for the clause first."
MISSING = "Give either `amount` or `end`."


def count_days(
    desk: Desk, computed: Computed, asked: str, start: str, amount: int | None, unit: str, end: str | None
) -> str:
    """JSON with the date, or the days between; or words why not. `computed`: what earlier calls computed; the result is added to the desk's."""
    known = Basis(list(desk.found.values()), computed, asked, desk.today)
    days = []
    for text in (start, end):
        if text is None:
            continue
        day = _day(text, desk.today)
        if day is None:
            return UNREADABLE.format(text=text)
        if day != desk.today and not _is_known(day, known):
            return UNKNOWN_DATE.format(day=day.isoformat())
        days.append(day)
    if len(days) == 2 and amount is None:
        return _between(desk, *days)
    if amount is None or end is not None:
        return MISSING
    length = duration(Decimal(abs(amount)), unit)
    if not known.carries_quantity(length) and length not in known.asked.quantities:
        return UNKNOWN_LENGTH.format(amount=abs(amount), unit=unit)
    try:
        result = shift(days[0], amount, unit)
    except (ValueError, OverflowError):
        return f"There is no date {amount} {unit} from {days[0].isoformat()}."
    desk.computed.add(Computed(dates={result}))
    return json.dumps(
        {"date": result.isoformat(), "weekday": f"{result:%A}", "days_from_today": days_between(desk.today, result)}
    )


def today_in_words(today: date) -> str:
    return json.dumps({"today": today.isoformat(), "weekday": f"{today:%A}"})


def _between(desk: Desk, first: date, last: date) -> str:
    length = days_between(first, last)
    if abs(length) > MOST_DAYS:
        return f"More than {MOST_DAYS} days lie between these dates."
    low, high = sorted((first, last))
    working = sum(is_business_day(date.fromordinal(day)) for day in range(low.toordinal() + 1, high.toordinal() + 1))
    desk.computed.add(
        Computed(quantities={duration(Decimal(abs(length)), "day"), duration(Decimal(working), "business_day")})
    )
    return json.dumps({"days": length, "business_days": working if length >= 0 else -working})


def _day(text: str, today: date) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        spans = [span for span in find_dates(text, today) if span.precision == "day"]
        if text.strip().lower() in ("today", "hari ini"):
            return today
        return spans[0].value if len(spans) == 1 else None


def _is_known(day: date, known: Basis) -> bool:
    named = {
        end for span in (*known.dates, *known.asked.dates, *known.asked.relative) for end in (span.value, span.until)
    }
    return day in named

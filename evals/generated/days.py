"""Dates of agreements and of the provider's calendar, computed apart from the product.

Working days: agreements that count them end on days before which no movable holiday lies (WORKING_DAY_ENDS), so that the
fixed holiday of 17 August is all that is needed and no gold hangs on a decree on joint leave.
"""

import calendar
from datetime import date, timedelta

from evals.generated.facts import Month, Quarter, Span

WORKING_DAY_ENDS = ((2026, 11, 30), (2027, 10, 31), (2027, 11, 15), (2027, 8, 20), (2026, 11, 13), (2027, 11, 26))
LONGEST_WORKING_DAYS = {8: 10, 10: 25, 11: 30}
"""Month of the end → working days that may be counted back from it."""


def before(day: date, span: Span) -> date:
    """The last day on which `span` still lies between it and `day`."""
    if span.unit == "months":
        return months_after(day, -span.count)
    if span.unit == "working_days":
        count = span.count
        while count:
            day -= timedelta(days=1)
            count -= day.weekday() < 5 and (day.month, day.day) != (8, 17)
        return day
    return day - timedelta(days=span.count)


def months_after(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    year, number = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def full_months_before(day: date, count: int) -> tuple[Month, ...]:
    """The `count` months that ended before a day, oldest first."""
    firsts = [months_after(day.replace(day=1), -number) for number in range(count, 0, -1)]
    return tuple(Month(first.year, first.month) for first in firsts)


def full_quarters_before(day: date, count: int) -> tuple[Quarter, ...]:
    """The `count` quarters that ended before a day, oldest first."""
    index = day.year * 4 + (day.month - 1) // 3
    return tuple(Quarter(one // 4, one % 4 + 1) for one in range(index - count, index))

"""Calendar arithmetic of agreements: calendar days, business days, months; no clock. Indonesia's public holidays are
from the package holidays; others may be passed in."""

import calendar as _gregorian
from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from math import ceil

from holidays import country_holidays

Number = int | float | Decimal


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(country_holidays("ID", years=year))


def public_holidays(first: date, last: date) -> frozenset[date]:
    """Indonesia's public holidays of the years from `first` to `last`; joint leave days ("cuti bersama") are working days.

    Islamic, Chinese, Hindu and Buddhist days of years not yet decreed are estimates and may move by a day.
    """
    return frozenset().union(*(_holidays_of(year) for year in range(first.year, last.year + 1)))


def month_end(d: date) -> date:
    """The last day of d's month."""
    return d.replace(day=_gregorian.monthrange(d.year, d.month)[1])


def add_months(d: date, n: int) -> date:
    """d moved by n months; a day that the target month lacks becomes its last (31 January + 1 = 28 or 29 February)."""
    index = d.year * 12 + (d.month - 1) + n
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(d.day, month_end(first).day))


def is_business_day(d: date, holidays: Collection[date] = frozenset()) -> bool:
    """Monday to Friday and no holiday."""
    return d.weekday() < 5 and d not in holidays


def add_business_days(d: date, n: int, holidays: Collection[date] = frozenset()) -> date:
    """The n-th business day after d (before it when n is negative); d itself is not counted; n = 0 gives d."""
    step = timedelta(days=1 if n >= 0 else -1)
    left = abs(n)
    while left:
        d += step
        left -= is_business_day(d, holidays)
    return d


def days_between(a: date, b: date) -> int:
    """Calendar days from a to b; negative when b is earlier."""
    return (b - a).days


def shift(d: date, value: Number, unit: str, holidays: Collection[date] | None = None) -> date:
    """d moved by `value` units of minute, hour, day, business_day, week, month, quarter, half or year.

    Business days skip weekends and `holidays`; None: Indonesia's public holidays.

    Minutes and hours count as begun days, away from d. Raises ValueError for an unknown unit, or for a part of a
    month, quarter, half or business day (half a year is six months).
    """
    if unit in ("minute", "hour", "day", "week"):
        days = float(value) * {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7}[unit]
        return d + timedelta(days=ceil(abs(days)) * (1 if days >= 0 else -1))
    months_each = {"month": 1, "quarter": 3, "half": 6, "year": 12, "business_day": 1}.get(unit)
    if months_each is None:
        raise ValueError(f"unknown unit of time: {unit!r}")
    count = Decimal(str(value)) * months_each
    if count != int(count):
        raise ValueError(f"{value} {unit} is not a whole number of {'days' if unit == 'business_day' else 'months'}")
    if unit != "business_day":
        return add_months(d, int(count))
    if holidays is None:
        span = timedelta(days=2 * int(count) + 60 * (1 if count >= 0 else -1))
        holidays = public_holidays(min(d, d + span), max(d, d + span))
    return add_business_days(d, int(count), holidays)


def deadline_before(end: date, value: Number, unit: str, holidays: Collection[date] | None = None) -> date:
    """The last day on which notice due "at the latest `value` units before `end`" is still in time.

    Calendar units count back from `end`, which is not itself counted: 30 days before 31 March is 1 March. Months go
    to the same day of the earlier month, or its last day: 1 month before 31 March is the end of February. Business
    days skip weekends and `holidays` (None: Indonesia's public holidays).
    """
    return shift(end, -value, unit, holidays)


def week_of(d: date) -> tuple[date, date]:
    """Monday and Sunday of d's week (ISO 8601)."""
    monday = d - timedelta(days=d.weekday())
    return monday, monday + timedelta(days=6)


def months_from(first: date, months: int) -> tuple[date, date]:
    """First and last day of `months` whole months that begin with first's month."""
    start = first.replace(day=1)
    return start, month_end(add_months(start, months - 1))


def quarter_of_date(d: date) -> int:
    """1–4, calendar quarters."""
    return (d.month - 1) // 3 + 1

"""The period that a draft covers where its request names none. Pure: the day comes in."""

from datetime import date, timedelta

from knowledge.language.calendar import month_end, quarter_of_date
from knowledge.language.periods import Period, period_label


def default_period(today: date, months: int = 3) -> Period:
    """The last quarter that has ended; for any other number of months, so many up to today."""
    if months != 3:
        start = months_before(today, months) + timedelta(days=1)
        return Period(start, today, period_label(start, today, "id"))
    first = date(today.year, 3 * (quarter_of_date(today) - 1) + 1, 1)
    start = date(first.year - (first.month == 1), (first.month - 4) % 12 + 1, 1)
    end = month_end(date(start.year, start.month + 2, 1))
    return Period(start, end, period_label(start, end, "id"))


def last_whole_months(today: date, months: int) -> Period:
    """The whole calendar months before this one, so many of them."""
    end = today.replace(day=1) - timedelta(days=1)
    start = months_before(today.replace(day=1), months)
    return Period(start, end, period_label(start, end, "id"))


def period_before(period: Period) -> Period:
    """The time of the same length just before: the quarter before a quarter, the year before a year."""
    end = period.start - timedelta(days=1)
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    whole = period.start.day == 1 and period.end == month_end(period.end)
    start = months_before(period.start, months) if whole else period.start - (period.end - period.start) - timedelta(days=1)
    return Period(start, end, period_label(start, end, "id"))


def months_before(day: date, months: int) -> date:
    """The same day so many months before, the last of its month where that is shorter."""
    count = day.year * 12 + day.month - 1 - months
    last = month_end(date(count // 12, count % 12 + 1, 1))
    return last.replace(day=min(day.day, last.day))

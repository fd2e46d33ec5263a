from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.calendar import (
    add_business_days,
    add_months,
    days_between,
    deadline_before,
    is_business_day,
    month_end,
    public_holidays,
    shift,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


@pytest.mark.parametrize(
    ("end", "value", "unit", "expected"),
    [
        (date(2027, 3, 31), 30, "day", date(2027, 3, 1)),
        (date(2027, 3, 31), 90, "day", date(2026, 12, 31)),
        (date(2027, 3, 31), 1, "month", date(2027, 2, 28)),
        (date(2028, 5, 31), 3, "month", date(2028, 2, 29)),
        (date(2027, 3, 31), 1, "year", date(2026, 3, 31)),
        (date(2027, 3, 31), 2, "week", date(2027, 3, 17)),
        (date(2026, 11, 23), 5, "business_day", date(2026, 11, 16)),
        (date(2026, 11, 22), 1, "business_day", date(2026, 11, 20)),
        (date(2027, 3, 31), 48, "hour", date(2027, 3, 29)),
    ],
)
def test_last_day_of_notice(end: date, value: int, unit: str, expected: date) -> None:
    assert deadline_before(end, value, unit) == expected


def test_holidays_are_no_business_days() -> None:
    assert deadline_before(date(2026, 12, 28), 2, "business_day", frozenset({date(2026, 12, 25)})) == date(2026, 12, 23)


@given(DAYS, st.integers(0, 800))
def test_notice_in_days_reaches_the_end_exactly(end: date, days: int) -> None:
    assert deadline_before(end, days, "day") + timedelta(days=days) == end
    assert days_between(deadline_before(end, days, "day"), end) == days


@given(DAYS, st.integers(0, 60))
def test_notice_in_months_never_comes_too_late(end: date, months: int) -> None:
    deadline = deadline_before(end, months, "month")
    assert add_months(deadline, months) <= end
    assert (end - add_months(deadline, months)) <= timedelta(days=3)


@given(st.dates(date(2026, 2, 1), date(2026, 11, 1)), st.integers(1, 15), HOLIDAYS)
def test_business_days_forward_undo_backward(end: date, days: int, holidays: frozenset[date]) -> None:
    deadline = deadline_before(end, days, "business_day", holidays)
    assert deadline.weekday() < 5 and deadline not in holidays
    assert add_business_days(deadline, days, holidays) >= end or end.weekday() >= 5 or end in holidays
    assert add_business_days(deadline, days - 1, holidays) < end


@given(DAYS, st.integers(-100, 100))
def test_months_are_clamped_to_their_last_day(d: date, months: int) -> None:
    moved = add_months(d, months)
    assert (moved.year * 12 + moved.month) - (d.year * 12 + d.month) == months
    assert moved.day == min(d.day, month_end(moved).day)


def test_parts_of_months_are_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        deadline_before(date(2027, 1, 1), 1.5, "month")
    with pytest.raises(ValueError, match="unknown unit"):
        deadline_before(date(2027, 1, 1), 1, "abad")


@pytest.mark.parametrize(
    ("end", "days", "expected"),
    [
        (date(2026, 8, 19), 3, date(2026, 8, 13)),  # the 17th is Independence Day, a Monday
        (date(2026, 5, 4), 1, date(2026, 4, 30)),  # the 1st is Labour Day, a Friday
        (date(2027, 1, 4), 2, date(2026, 12, 30)),  # New Year's Day
        (date(2026, 8, 14), 3, date(2026, 8, 11)),
    ],
)
def test_business_days_skip_public_holidays_of_indonesia(end: date, days: int, expected: date) -> None:
    assert deadline_before(end, days, "business_day") == expected


@given(DAYS, st.integers(-60, 60))
def test_business_days_land_on_a_business_day(day: date, count: int) -> None:
    moved = shift(day, count, "business_day")
    assert count == 0 or is_business_day(moved, public_holidays(moved, moved))
    between = [min(day, moved) + timedelta(days=n) for n in range(abs(days_between(day, moved)) + 1)]
    counted = [each for each in between if each != day and is_business_day(each, public_holidays(each, each))]
    assert len(counted) == abs(count)

"""Days that count from the month after."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.monthly_due import due_for_month

MAY = date(2031, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Laporan diserahkan selambat-lambatnya Hari Kerja ke-3 bulan berikutnya.", date(2031, 6, 4)),
        ("Berkas dikirim pada hari kerja kedua bulan selanjutnya", date(2031, 6, 3)),
        ("by the third (3rd) Working Day of the following month", date(2031, 6, 4)),
        ("no later than working day 2 of the next month", date(2031, 6, 3)),
        ("dilaporkan paling lambat tanggal 12 bulan berikutnya", date(2031, 6, 12)),
        ("on or before the 8th day of the following month", date(2031, 6, 8)),
        ("paling lambat tanggal 12", None),
        ("within five working days of the meeting", None),
    ],
)
def test_counts_from_the_month_after(text: str, day: date | None) -> None:
    assert due_for_month(text, MAY, holidays=frozenset()) == day


def test_public_holidays_are_left_out() -> None:
    assert due_for_month("Hari Kerja ke-2 bulan berikutnya", date(2031, 12, 1)) == date(2032, 1, 5)


@given(st.integers(1, 23), st.dates(date(2027, 1, 1), date(2034, 12, 31)))
def test_a_working_day_is_after_the_month_and_no_weekend(number: int, month: date) -> None:
    day = due_for_month(f"the {number}th business day of the following month", month)
    assert day is not None
    assert day > month.replace(day=28)
    assert day.weekday() < 5

"""Times without changes in the words of agreements, and days that fall within them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tools.agreements.freezes import _inside, asks_about_freeze


@pytest.mark.parametrize(
    ("sentence", "day", "inside"),
    [
        ("Tidak ada perubahan dari 18 Desember sampai 4 Januari.", date(2032, 1, 2), True),
        ("Tidak ada perubahan dari 18 Desember sampai 4 Januari.", date(2031, 12, 30), True),
        ("Tidak ada perubahan dari 18 Desember sampai 4 Januari.", date(2031, 12, 10), False),
        ("No changes from 1 March 2031 to 15 March 2031.", date(2031, 3, 9), True),
        ("No changes from 1 March 2031 to 15 March 2031.", date(2032, 3, 9), False),
        ("Masa beku: tanggal 12 sampai 16 setiap bulan tidak boleh ada perubahan.", date(2031, 8, 14), True),
        ("No changes from the 12th to the 16th of each month.", date(2031, 8, 17), False),
        ("No changes during examination weeks.", date(2031, 8, 17), None),
    ],
)
def test_a_day_and_a_time_without_changes(sentence: str, day: date, inside: bool | None) -> None:
    assert _inside(sentence, day) is inside


@given(st.dates(date(2027, 1, 1), date(2040, 12, 31)))
def test_days_of_each_month_hold_in_every_month(day: date) -> None:
    assert _inside("No changes from the 5th to the 9th of every month.", day) is (5 <= day.day <= 9)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("can we deploy the patch at Lembayung on 3 January?", True),
        ("tgl 20 des boleh upgrade PMS gak?", True),
        ("kapan kita tidak boleh mengubah sistem mereka?", True),
        ("when is their change freeze?", True),
        ("can we change the invoice address on 3 January?", False),
        ("when was the change done?", False),
        ("kapan perubahan firewall selesai?", False),
    ],
)
def test_questions_about_times_without_changes(question: str, asks: bool) -> None:
    assert asks_about_freeze(question) is asks

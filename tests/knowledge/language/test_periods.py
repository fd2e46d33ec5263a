from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.formats import format_month
from knowledge.language.periods import Period, find_period, month_of, previous, quarter_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("brp tiket bulan Oktober?", date(2026, 10, 1), date(2026, 10, 31)),
        ("incidents in Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("keluhan sejak Agustus", date(2026, 8, 1), TODAY),
        ("biaya dari Januari sampai Maret 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("changes after 5 May 2026", date(2026, 5, 6), TODAY),
        ("kontrak yang habis sebelum 31 Maret 2027", date(1900, 1, 1), date(2027, 3, 30)),
        ("kontrak yang habis sampai 31 Maret 2027", date(1900, 1, 1), date(2027, 3, 31)),
        ("kontrak yang habis 60 hari ke depan", TODAY, date(2027, 1, 21)),
    ],
)
def test_what_a_question_restricts_itself_to(text: str, start: date, end: date) -> None:
    period = find_period(text, TODAY)
    assert period is not None and (period.start, period.end) == (start, end)


def test_no_time_no_period() -> None:
    assert find_period("siapa sponsornya?", TODAY) is None


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), (date(2025, 12, 1), date(2025, 12, 31))),
        (date(2026, 4, 1), date(2026, 6, 30), (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 11, 16), date(2026, 11, 22), (date(2026, 11, 9), date(2026, 11, 15))),
    ],
)
def test_the_period_before(start: date, end: date, before: tuple[date, date]) -> None:
    earlier = previous(Period(start, end, ""))
    assert (earlier.start, earlier.end) == before


@pytest.mark.parametrize(
    "heading", ["2026-10", "Okt 2026", "Oct-26", "Oktober 2026", "202610", "10/2026", date(2026, 10, 9), "09/10/2026"]
)
def test_months_of_headings(heading: object) -> None:
    assert month_of(heading) == (2026, 10)
    if isinstance(heading, str):
        assert quarter_of(heading) is None


@pytest.mark.parametrize("heading", ["Q3 2026", "TW III 2026", "2026Q3", "Triwulan 3 2026", "Q3-26"])
def test_quarters_of_headings(heading: str) -> None:
    assert quarter_of(heading) == (2026, 3)
    assert month_of(heading) is None


@pytest.mark.parametrize("heading", ["Oktober", "Realisasi", "", "2026", "Target 2026-10 revisi"])
def test_headings_that_name_no_month(heading: str) -> None:
    assert month_of(heading) is None and quarter_of(heading) is None


@given(st.integers(1990, 2060), st.integers(1, 12), st.sampled_from(["id", "en"]))
def test_a_formatted_month_is_read_again(year: int, month: int, lang: str) -> None:
    assert month_of(format_month((year, month), lang)) == (year, month)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last seen more than 3 weeks ago", date(1900, 1, 1), date(2026, 10, 31)),
        ("lebih dari 2 bulan yang lalu", date(1900, 1, 1), date(2026, 9, 21)),
        ("less than 2 weeks ago", date(2026, 11, 9), TODAY),
        ("kurang dari 10 hari lalu", date(2026, 11, 13), TODAY),
        ("at least 6 weeks ago", date(1900, 1, 1), date(2026, 10, 11)),
        ("no more than 3 weeks ago", date(2026, 11, 2), TODAY),
        ("3 weeks ago", date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_a_distance_may_be_a_border(text: str, start: date, end: date) -> None:
    found = find_period(text, TODAY)
    assert found is not None and (found.start, found.end) == (start, end)

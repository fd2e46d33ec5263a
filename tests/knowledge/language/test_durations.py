from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.durations import find_durations, find_time_ranges, find_times
from knowledge.language.formats import format_duration

UNITS = ["minute", "hour", "day", "business_day", "week", "month", "year"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("90 (sembilan puluh) hari kalender", "90", "day"),
        ("thirty (30) days", "30", "day"),
        ("1 x 24 jam", "24", "hour"),
        ("5 hari kerja", "5", "business_day"),
        ("three (3) months", "3", "month"),
        ("dua puluh empat bulan", "24", "month"),
        ("15 menit", "15", "minute"),
        ("6 jam 15 menit", "375", "minute"),
        ("2 hours and 5 minutes", "125", "minute"),
        ("1h 30m", "90", "minute"),
        ("setengah jam", "0.5", "hour"),
        ("satu setengah jam", "1.5", "hour"),
        ("1,5 jam", "1.5", "hour"),
        ("30-day notice", "30", "day"),
        ("two-year term", "2", "year"),
        ("setahun", "1", "year"),
        ("within a week", "1", "week"),
    ],
)
def test_a_length_is_read(text: str, value: str, unit: str) -> None:
    assert [(span.value, span.unit) for span in find_durations(text)] == [(Decimal(value), unit)]


@pytest.mark.parametrize("text", ["24x7", "jam 6", "tahun 2026", "sehari-hari", "pukul 15", "hari Senin"])
def test_what_is_no_length(text: str) -> None:
    assert find_durations(text) == []


def test_minutes_only_where_the_unit_is_fixed() -> None:
    (hours,) = find_durations("2 jam")
    (months,) = find_durations("2 bulan")
    assert (hours.total_minutes, months.total_minutes) == (120, None)


@given(st.integers(1, 5000), st.sampled_from(UNITS), st.sampled_from(["id", "en"]))
def test_what_is_formatted_is_found_again(value: int, unit: str, lang: str) -> None:
    (span,) = find_durations(f"paling lambat {format_duration(value, unit, lang)}.")
    assert (span.value, span.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "minutes", "zone"),
    [
        ("01.00-03.00 WIB", 120, "WIB"),
        ("06:00-12:00", 360, None),
        ("between 14:00 and 15:00", 60, None),
        ("19.03-19.50", 47, None),
        ("pukul 22.00 sampai 02.00", 240, None),
        ("9am-5pm", 480, None),
        ("jam 9-11 pagi", 120, None),
        ("00.00-24.00", 1440, None),
    ],
)
def test_time_ranges(text: str, minutes: int, zone: str | None) -> None:
    assert [(span.minutes, span.zone) for span in find_time_ranges(text)] == [(minutes, zone)]


@pytest.mark.parametrize("text", ["Rp 10.00-12.00", "12.50-13.75", "99.55", "3.15", "10-12 unit"])
def test_what_is_no_time(text: str) -> None:
    assert find_time_ranges(text) == [] and find_times(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 3 pm", time(15)),
        ("jam 9 malam", time(21)),
        ("14:05", time(14, 5)),
        ("pukul 10.30 WIB", time(10, 30)),
        ("jam 2 siang", time(14)),
    ],
)
def test_times(text: str, value: time) -> None:
    assert [span.value for span in find_times(text)] == [value]


@given(st.times(), st.times())
def test_a_range_of_times_lasts_until_its_end(begin: time, finish: time) -> None:
    (span,) = find_time_ranges(f"{begin:%H:%M}-{finish:%H:%M}")
    start = begin.hour * 60 + begin.minute
    assert (start + span.minutes) % 1440 == finish.hour * 60 + finish.minute


def test_an_ordinal_is_no_length() -> None:
    assert find_durations("Copies are kept in a second data centre.") == []
    assert [(span.value, span.unit) for span in find_durations("It is back within a week.")] == [(1, "week")]

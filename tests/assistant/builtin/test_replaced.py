"""Values that a sentence says were replaced, and those that hold instead."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.weighing.replaced import in_force, replaced_in
from assistant.models.builtin.weighing.values import values_of
from knowledge.language.formats import format_date
from knowledge.linking import Linker
from knowledge.linking.names import Names

TODAY = date(2031, 3, 3)
LINKER = Linker(Names([], [], []))


def held(kind: str, text: str) -> list[str]:
    return [value.text for value in in_force(kind, text, values_of(kind, text, today=TODAY, linker=LINKER), TODAY, LINKER)]


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("duration", "Waktu pulih dipercepat dari 9 jam menjadi 6 jam.", ["6 jam"]),
        ("duration", "The reply time was tightened from 40 minutes to 25 minutes.", ["25 minutes"]),
        ("date", "Pindah gedung digeser dari 3 Mei 2031 ke 9 Juni 2031.", ["9 Juni 2031"]),
        ("date", "The launch is put back from 3 May 2031 to 9 June 2031, at noon.", ["9 June 2031"]),
        ("date", "The fair runs from 3 May 2031 to 9 June 2031.", ["3 May 2031 to 9 June 2031"]),
        ("percent", "The cap is 20% instead of 15%.", ["20%"]),
        ("money", "Biaya menjadi Rp 9.000.000 (semula Rp 8.000.000).", ["Rp 9.000.000"]),
    ],
)
def test_what_was_replaced_is_left_out(kind: str, text: str, values: list[str]) -> None:
    assert held(kind, text) == values


@given(first=st.dates(date(2031, 1, 1), date(2033, 12, 31)), second=st.dates(date(2031, 1, 1), date(2033, 12, 31)))
def test_a_day_moved_to_another_holds_no_more(first: date, second: date) -> None:
    if first == second:
        return
    for language, text in (("en", "moved from {} to {}."), ("id", "digeser dari {} ke {}.")):
        said = text.format(format_date(first, language), format_date(second, language))
        assert held("date", said) == [format_date(second, language)]
        assert first in replaced_in("date", said, TODAY, LINKER) and second not in replaced_in("date", said, TODAY, LINKER)

"""Values that a question itself states, and questions about an earlier time and today."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.questions.claims import claims_in, key_of, only_says
from assistant.models.builtin.questions.then_and_now import of_then_or_now, then_and_now
from knowledge.language.tokens import normalise

TODAY = date(2031, 3, 3)


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("Notulen bilang 40 menit, kontrak 25 menit. Mana yang benar?", [("duration", (Decimal(40), "minute")), ("duration", (Decimal(25), "minute"))]),
        ("The list has the target at 99.5, our sheet 99.7. Which counts?", [("percent", Decimal("99.5")), ("percent", Decimal("99.7"))]),
        ("Ada yang 9 juta, ada yang 12 juta. Pegang mana?", [("money", Decimal(9_000_000)), ("money", Decimal(12_000_000))]),
        ("Is it the 5th or the 12th?", [("date", 5), ("date", 12)]),
        ("One list says 08:00-20:00, the other 06.00–22.00. Which hours count?", [("time", ("0800", "2000")), ("time", ("0600", "2200"))]),
        ("Who signs for Harbour Tiles?", []),
    ],
)
def test_the_values_that_a_question_states(question: str, claims: list[tuple[str, object]]) -> None:
    assert [(claim.kind, claim.key) for claim in claims_in(question, TODAY)] == claims


@given(first=st.integers(0, 11), last=st.integers(12, 23))
def test_hours_are_compared_however_they_are_written(first: int, last: int) -> None:
    stated = claims_in(f"Are the hours {first:02d}:00-{last}:30?", TODAY)[0]
    assert stated.key in key_of("time", f"{first}.00–{last}.30", "") and stated.key not in key_of("time", f"{first}.30–{last}.30", "")


@pytest.mark.parametrize(("word", "says"), [("holds", True), ("mengira", True), ("salinannya", True), ("penalty", False), ("biaya", False)])
def test_words_that_only_say_that_somebody_says_it(word: str, says: bool) -> None:
    assert only_says(word) is says


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("Biayanya dulu berapa, sekarang berapa?", True),
        ("What was the cap before the side letter and what applies now?", True),
        ("Biaya sebelum Juni berapa dan sekarang berapa?", True),
        ("Berapa hari sebelum kontrak berakhir kita harus memberi tahu sekarang?", False),
        ("What is the cap now?", False),
    ],
)
def test_questions_about_an_earlier_time_and_today(question: str, both: bool) -> None:
    assert then_and_now(normalise(question)) is both


def test_words_of_the_two_times_say_nothing_else() -> None:
    assert of_then_or_now("dulu") and of_then_or_now("currently") and not of_then_or_now("biaya")

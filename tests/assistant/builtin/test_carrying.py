"""Whether the agreements behind an agreement carry what it promises."""

import pytest

from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    ("question", "lead", "held"),
    [
        ("Apakah UC Jalur Cahaya mendukung waktu respons P1 di SLA Cendana?", "Tidak.", ("35 menit", "20 menit")),
        ("Apakah respons P1 dari Jalur Cahaya cukup untuk janji kita ke Cendana?", "Tidak.", ("35 menit", "20 menit")),
        ("Does the OLA carry the P1 response time of Cendana?", "Yes.", ("15 minutes", "20 minutes")),
        ("Apakah kontrak penunjang dan OLA cukup untuk waktu respons Cendana?", "Sebagian.", ("35 menit", "20 menit", "15 menit")),
    ],
)
def test_both_values_are_compared_and_cited(ask: Ask, question: str, lead: str, held: tuple[str, ...]) -> None:
    answer = ask(question, who=None)
    assert answer.answer.startswith(lead)
    assert all(value in answer.answer for value in held)
    assert len({cited.source for cited in answer.citations}) >= 2


@pytest.mark.parametrize("question", ["Berapa waktu respons P1 di OLA?", "Apakah kontrak Cendana memenuhi target?", "Apakah waktu respons P1 Cendana cukup cepat?"])
def test_only_a_question_about_both_is_a_comparison(ask: Ask, question: str) -> None:
    assert not ask(question, who=None).answer.startswith(("Ya.", "Tidak.", "Sebagian."))


@pytest.mark.parametrize(
    ("question", "lead", "held"),
    [
        ("Cendana minta respons P1 dalam 30 menit. Apakah UC Jalur Cahaya mendukung itu?", "Tidak.", ("35 menit", "30 menit")),
        ("Cendana wants a P1 response within one hour. Does our contract with Jalur Cahaya support that?", "Yes.", ("35 minutes", "1 hour")),
    ],
)
def test_a_length_that_the_question_states_is_held_against_what_is_given(ask: Ask, question: str, lead: str, held: tuple[str, ...]) -> None:
    answer = ask(question, who=None)
    assert answer.answer.startswith(lead), answer.answer
    assert all(value in answer.answer for value in held), answer.answer

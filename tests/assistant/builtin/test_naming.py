"""Customers' names in a turn: ordinary words, names that nobody knows, names that the asker may not know."""

from datetime import date

import pytest

from assistant.tools.naming.names import linker_for, without_unknown
from knowledge.access import Viewer
from knowledge.linking import KnownCustomer, Linker, Names
from tests.assistant.builtin.conftest import Ask

TODAY = date(2026, 11, 22)
WHOLE = Linker(Names([KnownCustomer(1, "Toko Lima", "short"), KnownCustomer(2, "Data Angkasa", "short"), KnownCustomer(3, "Rahasia Agung", "short")]))
SEES = Viewer("sari", "Sari", frozenset({1, 2}))


def known(text: str) -> tuple[str, tuple[str, ...]]:
    found = without_unknown(text, linker_for(text, WHOLE, SEES), TODAY, lambda name: name == "Jalur Laut")
    return found.text, found.unknown


@pytest.mark.parametrize("other", ["Rahasia Agung", "Mekar Abadi"])
def test_a_hidden_customer_is_a_name_that_nobody_knows(other: str) -> None:
    assert known(f"Berapa tiket Toko Lima dan {other}?") == ("Berapa tiket Toko Lima?", (other,))
    assert known(f"How many tickets do {other} and Toko Lima have?") == ("How many tickets do Toko Lima have?", (other,))


@pytest.mark.parametrize(
    "text",
    ["Berapa tiket Toko Lima dan Data Angkasa?", "Berapa tiket Toko Lima, Prioritas 1?", "Apakah Toko Lima dan Jalur Laut bertemu?", "Tiket Toko Lima dan Januari 2026?", "Tiket Rahasia Agung?"],
)
def test_other_names_stay(text: str) -> None:
    assert known(text) == (text, ())


def test_a_term_that_is_also_a_part_of_a_name_is_a_term() -> None:
    linker = linker_for("", WHOLE, SEES)
    assert not linker.customers("Berapa data yang dipulihkan?") and not linker.customers("Data apa yang hilang?")
    assert [mention.customer_ids for mention in linker.customers("Berapa tiket Data?")] == [(2,)]
    assert [mention.customer_ids for mention in linker.customers("berapa tiket data angkasa?")] == [(2,)]


def test_the_visible_part_is_answered_and_the_other_is_like_an_invented_name(ask: Ask) -> None:
    answers = [ask(f"Siapa manajer TI Cendana Tekstil dan {other}?") for other in ("Koperasi Mutiara", "Koperasi Wangsit")]
    for answer in answers:
        assert not answer.abstained and "Hendro Pranata" in answer.answer
    assert answers[0].answer.replace("Koperasi Mutiara", "…") == answers[1].answer.replace("Koperasi Wangsit", "…")


def test_a_described_customer_is_found_by_two_signs(ask: Ask) -> None:
    assert "28 Februari 2027" in ask("Perusahaan tekstil di bidang manufaktur, kapan kontraknya berakhir?").answer


def test_the_end_of_an_agreement_is_not_the_date_of_a_ticket(ask: Ask) -> None:
    assert ask("Kapan kontrak pabrik berakhir?").abstained or "2027" in ask("Kapan kontrak pabrik berakhir?").answer


def test_one_sign_beside_a_word_for_such_an_organisation_is_enough(ask: Ask) -> None:
    assert "28 Februari 2027" in ask("Kapan perjanjian dengan pabrik tekstil berakhir?").answer

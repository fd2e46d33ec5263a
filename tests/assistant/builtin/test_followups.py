"""Turns that leave something out are made to stand alone."""

from datetime import date

import pytest

from assistant.models.builtin.questions.followups import TurnState, language_of, leans, stand_alone
from assistant.tools.desk import Desk

TODAY = date(2026, 11, 22)


def _before(desk: Desk, question: str, **more: object) -> TurnState:
    mention = desk.linker.customers(question)[0]
    return TurnState(own=question, question=question, customers=list(mention.customer_ids), customer_text=question[mention.start : mention.end], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "names", "needs"),
    [
        ("Kalau P2?", False, True),
        ("And the notice deadline?", False, True),
        ("Nomor teleponnya berapa?", False, True),
        ("Kapan perjanjian layanan teknologi informasi dengan pelanggan itu berakhir?", False, True),
        ("Kapan perjanjian Cendana berakhir?", True, False),
        ("Berapa jumlah seluruh tiket prioritas satu yang dibuka pada bulan September?", False, False),
    ],
)
def test_a_turn_that_leans_is_known(text: str, names: bool, needs: bool) -> None:
    assert leans(text, names) is needs


@pytest.mark.parametrize(
    ("earlier", "turn", "holds", "without"),
    [
        ("Berapa waktu tanggap P1 Cendana?", "Kalau P2?", "P2", "P1"),
        ("Berapa pendapatan Cendana Q1 2026?", "Kalau Q2?", "Q2", "Q1"),
        ("Berapa waktu tanggap P1 Cendana?", "Kalau Riverside?", "Riverside", "Cendana"),
        ("What is the response time for P1 at Riverside?", "And for Cendana?", "Cendana", "Riverside"),
        ("Berapa waktu tanggap P1 Cendana?", "Untuk Riverside bagaimana?", "P1 Riverside", "bagaimana"),
        ("Berapa waktu tanggap P1 Cendana?", "Riverside gimana?", "P1 Riverside", "gimana"),
    ],
)
def test_what_is_named_anew_takes_the_place_of_its_kind(desk: Desk, earlier: str, turn: str, holds: str, without: str) -> None:
    alone = stand_alone(turn, _before(desk, earlier), desk.linker, TODAY)
    assert holds in alone.question
    assert without not in alone.question


@pytest.mark.parametrize(("turn", "asks"), [("In rupiah?", "rupiah"), ("dalam dolar berapa?", "dolar"), ("in rupiah terms, who pays?", ""), ("jadi berapa rupiah?", "rupiah"), ("and in euros?", "euros")])
def test_a_bare_currency_asks_the_question_before_for_an_amount(desk: Desk, turn: str, asks: str) -> None:
    before = _before(desk, "Which credit is due to Cendana for October?")
    alone = stand_alone(turn, before, desk.linker, TODAY)
    assert alone.whole is bool(asks)
    assert not asks or alone.question == f"Which credit is due to Cendana for October, {asks}?"


def test_another_role_asks_who_that_is_and_not_for_the_role_before(desk: Desk) -> None:
    alone = stand_alone("kalo yang bayar faktur?", _before(desk, "Siapa manajer TI Cendana?"), desk.linker, TODAY)
    assert alone.question == "siapa bayar faktur (Cendana)"


def test_a_turn_with_a_question_of_its_own_takes_no_other_s_place(desk: Desk) -> None:
    alone = stand_alone("and when does it end?", _before(desk, "Who is the IT manager of Cendana?"), desk.linker, TODAY)
    assert alone.question.startswith("and when does it end?")


def test_a_first_turn_stands_alone(desk: Desk) -> None:
    alone = stand_alone("Kalau P2?", None, desk.linker, TODAY)
    assert (alone.question, alone.inherited, alone.customers) == ("Kalau P2?", "", ())


def test_a_pronoun_takes_over_what_was_found(desk: Desk) -> None:
    before = _before(desk, "Siapa manajer TI Cendana?", found=["Hendro Pranata"])
    alone = stand_alone("Nomor teleponnya berapa?", before, desk.linker, TODAY)
    assert "Hendro Pranata" in alone.question
    assert alone.customers == tuple(before.customers)


def test_a_question_about_everybody_drops_the_customer(desk: Desk) -> None:
    before = _before(desk, "Berapa tiket P1 Cendana?")
    assert stand_alone("Berapa jumlah tiket dari semua pelanggan selama bulan September 2026?", before, desk.linker, TODAY).customers == ()


@pytest.mark.parametrize(
    ("earlier", "turn", "language"),
    [
        ("id", "P2?", "id"),
        ("en", "P2?", "en"),
        ("en", "Cendana?", "en"),
        ("id", "SLA server?", "id"),
        ("en", "kalau Cendana?", "id"),
        ("id", "what about Riverside?", "en"),
        ("id", "and the notice period?", "en"),
    ],
)
def test_a_short_turn_keeps_the_language_of_the_conversation(earlier: str, turn: str, language: str) -> None:
    assert language_of(turn, TurnState(own="", question="", language=earlier)) == language

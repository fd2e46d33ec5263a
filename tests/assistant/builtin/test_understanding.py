"""What a question asks, whom it names, and what an answer must be about."""

from datetime import date

import pytest

from assistant.models.builtin.questions.understanding import Understanding, kinds_of_answer, understand
from assistant.tools.desk import Desk
from assistant.wiring import Akrab

TODAY = date(2026, 11, 22)


@pytest.fixture
def understood(akrab: Akrab, desk: Desk):  # type: ignore[no-untyped-def]
    def understood(text: str, who: str | None = None) -> Understanding:
        return understand(text, question=text, inherited="", linker=desk.linker, viewer=akrab.viewer(who), today=TODAY)

    return understood


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Kapan perjanjian berakhir?", "date"),
        ("When does the agreement end?", "date"),
        ("Siapa yang menandatangani?", "person"),
        ("Who signed it?", "person"),
        ("Berapa biaya bulanan layanan jaringan?", "money"),
        ("What is the monthly fee?", "money"),
        ("Berapa lama cadangan disimpan?", "duration"),
        ("How long are backups kept?", "duration"),
        ("Kenapa server mati?", "reason"),
        ("Why did the server fail?", "reason"),
        ("Seberapa sering laporan dikirim?", "frequency"),
        ("How often is the report sent?", "frequency"),
        ("Berapa nomor telepon Bu Farida?", "phone"),
        ("Benarkah waktu tanggapnya 45 menit?", "yesno"),
    ],
)
def test_the_kind_of_answer_is_heard(question: str, kind: str) -> None:
    assert kind in kinds_of_answer(question), kinds_of_answer(question)


def test_both_languages_are_told_apart(understood) -> None:  # type: ignore[no-untyped-def]
    assert understood("brp biaya bulanan cendana?").language == "id"
    assert understood("What is the monthly fee for Cendana?").language == "en"


def test_the_last_day_for_notice_is_a_deadline_however_it_is_asked(understood) -> None:  # type: ignore[no-untyped-def]
    for question in (
        "Paling lambat kapan Cendana harus memberi tahu kalau tidak mau memperpanjang?",
        "What is the last day for Riverside to give notice of non-renewal?",
    ):
        assert understood(question).asks[0] == "deadline"


def test_a_length_of_notice_is_no_deadline(understood) -> None:  # type: ignore[no-untyped-def]
    assert "deadline" not in understood("Berapa hari pemberitahuan pengakhiran perjanjian Cendana?").asks


def test_names_of_customers_are_not_in_the_focus(understood) -> None:  # type: ignore[no-untyped-def]
    asked = understood("Berapa lama cadangan data Riverside Foods disimpan?")
    words = {concept.text.lower() for concept in asked.focus}
    assert len(asked.customers) == 1
    assert not words & {"riverside", "foods", "berapa", "lama"}
    assert words & {"cadangan", "cadangan data"}


def test_a_source_that_the_question_names_is_kept_apart(understood) -> None:  # type: ignore[no-untyped-def]
    asked = understood("Menurut notulen, kapan jalur serat kedua selesai?")
    assert "minutes" in asked.sources
    assert "notulen" not in {concept.text.lower() for concept in asked.focus}


def test_a_customer_outside_the_portfolio_is_unseen_and_gives_no_id(understood) -> None:  # type: ignore[no-untyped-def]
    asked = understood("Berapa anggaran printer Koperasi Mutiara?", "dimas")
    assert asked.unseen
    assert asked.customers == ()
    assert not understood("Berapa anggaran printer Koperasi Mutiara?", "laras").unseen

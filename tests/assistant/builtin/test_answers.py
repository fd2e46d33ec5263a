"""Answers of the built-in model through the real wiring: records, clauses, computed dates, both languages, abstention."""

import pytest

from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    ("question", "held", "source"),
    [
        ("Kapan perjanjian Cendana berakhir?", "28 Februari 2027", "Perjanjian Cendana"),
        ("When does the Riverside agreement end?", "30 June 2028", "Riverside services"),
        ("brp biaya bulanan jaringan pabrik cendana?", "48.500.000", "Perjanjian Cendana"),
        ("What is the limit of liability in the Riverside agreement?", "USD 120,000", "Riverside services"),
        ("Berapa lama cadangan data Cendana disimpan?", "35 hari", "Perjanjian Cendana"),
        ("How long are backups kept for Cendana?", "35 days", "Perjanjian Cendana"),
        ("Berapa lama cadangan data Riverside disimpan?", "60 hari", "Riverside services"),
        ("What is the response time for priority 1 incidents at Riverside?", "25 minutes", "Riverside services"),
        ("Berapa ketersediaan jaringan pabrik yang dijanjikan kepada Cendana?", "99,6%", "Perjanjian Cendana"),
        ("Seberapa sering laporan kinerja layanan Cendana disampaikan?", "setiap bulan", "Perjanjian Cendana"),
        ("Kapan jalur serat kedua Cendana selesai?", "18 Desember 2026", "Notulen Cendana"),
        ("Why was the cold store gateway replaced?", "overheated", "Oliver"),
        ("Siapa yang harus menyetujui kunjungan teknisi di luar jam kerja di Cendana?", "Hendro Pranata", "Perjanjian Cendana"),
    ],
)
def test_a_document_answers_with_its_place(ask: Ask, question: str, held: str, source: str) -> None:
    answer = ask(question)
    assert not answer.abstained, answer.answer
    assert held in answer.answer
    assert any(source in cited.source for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "held", "source"),
    [
        ("Berapa tiket P1 Cendana tahun 2026?", "2 tiket", "tiket.csv"),
        ("How many tickets does Cendana have?", "4 tickets", "tiket.csv"),
        ("Berapa total pendapatan Cendana pada Q3 2026?", "149.250.000", "pendapatan.csv"),
        ("Siapa manajer TI Cendana?", "Hendro Pranata", "kontak.csv"),
        ("Berapa nomor telepon Farida Usman?", "0812-7000-2299", "kontak.csv"),
        ("What is Oliver Grant's e-mail?", "oliver@riverside.example", "kontak.csv"),
        ("Pelanggan mana yang pendapatannya tertinggi di Q3 2026?", "Cendana Tekstil", "pendapatan.csv"),
    ],
)
def test_a_record_answers_with_its_file(ask: Ask, question: str, held: str, source: str) -> None:
    answer = ask(question)
    assert not answer.abstained, answer.answer
    assert held in answer.answer
    assert any(cited.source.endswith(source) for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "day", "left"),
    [
        ("Paling lambat kapan Cendana harus memberi tahu kalau tidak mau memperpanjang?", "30 Desember 2026", "38 hari"),
        ("What is the last day for Riverside to give notice of non-renewal?", "1 April 2028", "496 days"),
    ],
)
def test_the_last_day_of_notice_is_computed(ask: Ask, question: str, day: str, left: str) -> None:
    answer = ask(question)
    assert day in answer.answer
    assert left in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    ("turns", "held"),
    [
        (("Berapa pendapatan Cendana Q1 2026?", "Kalau Q2?"), "151.000.000"),
        (("Berapa waktu tanggap P1 Cendana?", "Kalau Riverside?"), "25"),
        (("When does the Riverside agreement end?", "And the notice deadline?"), "1 April 2028"),
        (("Siapa manajer TI Cendana?", "Nomor teleponnya berapa?"), "0812-7000-1188"),
    ],
)
def test_a_follow_up_is_answered(ask: Ask, turns: tuple[str, ...], held: str) -> None:
    answer = ask(*turns)
    assert not answer.abstained
    assert held in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Berapa diskon yang diberikan kepada Cendana tahun 2027?",
        "What colour is the roof of Riverside's plant?",
        "Berapa anggaran peremajaan printer Koperasi Zamrud?",
        "Kapan perjanjian Riverside dengan pemasok listrik berakhir?",
        "What is the value of the Zamrud Perkasa contract?",
    ],
)
def test_what_the_files_do_not_hold_is_not_known(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.abstained, answer.answer
    assert answer.citations == []
    assert answer.language == ("en" if question.startswith("What") else "id")


def test_only_those_who_may_see_it_are_told(ask: Ask) -> None:
    question = "Berapa anggaran peremajaan printer Koperasi Mutiara?"
    assert "72.000.000" in ask(question, who="laras").answer
    assert "72.000.000" in ask(question, who=None).answer
    hidden = ask(question, who="dimas")
    assert hidden.abstained
    assert "72" not in hidden.answer

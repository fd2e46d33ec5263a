"""Where sources disagree the stronger one is named; dates and lengths are computed from clauses and chronicles."""

import pytest

from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "Benarkah waktu tanggap P1 Cendana 45 menit?",
        "Di rapat Hendro bilang waktu tanggap P1 Cendana 45 menit, benar?",
        "Hendro said the P1 response time for Cendana is 45 minutes, is that right?",
    ],
)
def test_the_agreement_prevails_over_what_was_said(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not answer.abstained
    assert "20 menit" in answer.answer
    assert any("Perjanjian Cendana" in cited.source for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Kalau faktur Cendana diterima 10 Desember 2026, paling lambat dibayar tanggal berapa?", "9 Januari 2027"),
        ("If Cendana receives the invoice on 10 December 2026, by which date must it be paid?", "9 January 2027"),
    ],
)
def test_a_day_is_counted_from_the_date_in_the_question(ask: Ask, question: str, day: str) -> None:
    answer = ask(question)
    assert day in answer.answer
    assert any("Perjanjian Cendana" in cited.source for cited in answer.citations)


def test_the_length_of_an_outage_is_computed_from_its_chronicle(ask: Ask) -> None:
    answer = ask("Berapa lama dari gangguan server absensi Cendana dimulai pada 11 September 2026 sampai pulih sepenuhnya?")
    assert "1 jam 30 menit" in answer.answer
    assert any("Kronologi" in cited.source for cited in answer.citations)

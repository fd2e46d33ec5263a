"""Questions that name a file which cannot be read, is not there, or is not for the asker."""

import pytest

from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    ("question", "who", "held"),
    [
        ("Apa isi Lampiran Cendana 2025.pdf?", "dimas", "Berkas “Lampiran Cendana 2025.pdf” tidak dapat dibaca"),
        ("Apa isi Lampiran Cendana 2025.pdf?", "laras", "Tidak ada berkas “Lampiran Cendana 2025.pdf”"),
        ("What does annual-report-2020.pdf say?", "dimas", "There is no file “annual-report-2020.pdf”"),
        ("Menurut Kunjungan Mutiara 2026-10-28.txt, berapa anggaran printer?", "dimas", "Tidak ada berkas “Kunjungan Mutiara 2026-10-28.txt”"),
    ],
)
def test_the_reason_is_said(ask: Ask, question: str, who: str, held: str) -> None:
    answer = ask(question, who=who)
    assert answer.abstained and held in answer.answer, answer.answer


def test_a_file_that_can_be_read_is_answered_from(ask: Ask) -> None:
    answer = ask("Menurut Kunjungan Mutiara 2026-10-28.txt, berapa anggaran peremajaan printer Koperasi Mutiara?", who="laras")
    assert "72.000.000" in answer.answer

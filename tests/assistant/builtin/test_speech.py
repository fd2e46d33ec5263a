"""What somebody said of something is answered with their words, not with who they are."""

import pytest

from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    "question", ["apa kata Farida soal faktur?", "Bu Farida bilang apa tentang faktur?", "What did Farida say about invoices?", "apa tanggapan Farida tentang faktur"]
)
def test_what_somebody_said(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "sebelum tanggal 5" in answer.answer
    assert "Kepala Keuangan" not in answer.answer
    assert [citation.source for citation in answer.citations] == ["rapat/Notulen Cendana 2026-10-14.md"]


def test_who_they_are_is_still_answered(ask: Ask) -> None:
    assert "Kepala Keuangan" in ask("Farida itu siapa?").answer

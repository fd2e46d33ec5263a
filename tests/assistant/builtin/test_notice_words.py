"""Ways to ask by when an agreement must be given notice, and the supplier's name by which it is known."""

import pytest

from assistant.models.builtin.questions.understanding import DEADLINE, NOTICE
from assistant.tools.agreements.dates import own_names
from knowledge.language.tokens import normalise


@pytest.mark.parametrize(
    "question",
    [
        "Kalau Samudra mau berhenti bulan Maret, suratnya paling telat kapan?",
        "Kontrak Vektor jangan sampai keterusan. Batas akhir kita kirim surat tanggal berapa?",
        "Biar tidak terus otomatis, paling akhir kita bersurat tanggal berapa?",
        "What is the final day on which Bayu can stop it rolling over?",
        "If they want to leave at the end of the term, what is the last possible date for the letter?",
        "Until when can we opt out?",
    ],
)
def test_the_last_day_for_notice_is_asked_for(question: str) -> None:
    plain = normalise(question)
    assert NOTICE.search(plain) and DEADLINE.search(plain)


@pytest.mark.parametrize("question", ["Kapan server berhenti merespons?", "When did the ticket roll into November?", "Batas akhir unggah laporan kapan?"])
def test_other_days_are_not(question: str) -> None:
    assert not NOTICE.search(normalise(question))


def test_a_supplier_is_known_by_its_own_name_alone() -> None:
    assert own_names("Underpinning contract with Kabelindra Subsea Services") & own_names("Kontrak Kabelindra habis kapan?") == {"kabelindra"}
    assert not own_names("Layanan dan Kontrak Services") & own_names("Kontrak Services habis kapan?")

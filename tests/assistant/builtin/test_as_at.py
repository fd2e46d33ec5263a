"""Which questions are about what amendments change."""

import pytest

from assistant.models.builtin.questions.as_at import asks_for_changes
from knowledge.language.tokens import normalise


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Apa yang diubah adendum kedua?", True),
        ("isi adendum I apa?", True),
        ("What did Amendment No. 2 change?", True),
        ("What changed in the contract with Riverside?", True),
        ("Apa bedanya SLA lama dan baru untuk Cendana?", True),
        ("What does Riverside pay per month for the service desk?", False),
        ("What did Riverside ask for last week?", False),
        ("Apa bedanya P1 dan P2?", False),
        ("Perubahan apa yang dijadwalkan untuk Cendana bulan ini?", False),
        ("What changes are planned for Riverside?", False),
        ("Berapa biaya menurut adendum I?", False),
    ],
)
def test_changes_of_agreements_are_told_from_everything_else(question: str, asks: bool) -> None:
    assert asks_for_changes(normalise(question)) is asks

"""Which questions ask what a side of an agreement must do."""

import pytest

from assistant.tools.agreements.obligations import asks_for_obligations


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("apa kewajiban kita ke Cendana?", True),
        ("Apa saja yang harus dilakukan Cendana menurut kontrak?", True),
        ("What must Riverside do under the agreement?", True),
        ("Kalau listrik turun, telepon cabang mati. Apa yang harus dilakukan?", False),
        ("When calls break up in the rain, what should we do?", False),
        ("Berapa lama kewajiban kerahasiaan berlaku?", False),
    ],
)
def test_duties_are_told_from_what_to_do_in_trouble(question: str, asks: bool) -> None:
    assert asks_for_obligations(question) is asks

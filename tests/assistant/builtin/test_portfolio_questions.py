"""Questions over the whole portfolio: what the records say, also when that is nothing."""

import pytest


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Kontrak pelanggan mana yang berakhir dalam 90 hari ke depan?", "Tidak ada"),
        ("Which customers' contracts end in the next 90 days?", "No "),
    ],
)
def test_nothing_in_a_period_is_an_answer_of_its_own(ask, question: str, said: str) -> None:  # type: ignore[no-untyped-def]
    answer = ask(question)
    assert answer.answer.startswith(said), answer.answer
    assert not answer.citations

"""Whether a question asks if there is a clause, and about what."""

import pytest

from assistant.tools.agreements.clause_topics import asks_for_clause, topic_asked


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("apakah ada klausul audit di perjanjian itu?", "audit"),
        ("ada pasal kerahasiaan gak di kontraknya?", "kerahasiaan"),
        ("apakah perjanjian ini memuat klausul keadaan kahar?", "keadaan kahar"),
        ("Is there a data protection clause in the agreement?", "data protection"),
        ("does the agreement contain a non-solicitation clause?", "non-solicitation"),
        ("does our contract include termination for convenience?", "termination for convenience"),
        ("is there any exclusivity provision in the contract", "exclusivity"),
    ],
)
def test_the_thing_that_the_clause_would_be_about(question: str, topic: str) -> None:
    found = topic_asked(question)
    assert found is not None and found.words == topic


@pytest.mark.parametrize(
    "question",
    [
        "klausul mana yang mengatur denda?",
        "berapa denda di pasal 3?",
        "which clause deals with audits?",
        "what does clause 4 say about audits?",
        "apa isi pasal kerahasiaan?",
        "Is there a meeting next week?",
        "Does the contract include 40 hours of support?",
    ],
)
def test_other_questions_are_left(question: str) -> None:
    assert topic_asked(question) is None


def test_a_clause_must_be_asked_for() -> None:
    assert asks_for_clause("ada klausul audit?") and not asks_for_clause("kapan audit berikutnya?")

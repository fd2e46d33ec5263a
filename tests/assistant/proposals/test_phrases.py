"""Word lists and messages meet in one spelling."""

from assistant.proposals.amounts import money_in
from assistant.proposals.phrases import folded, pattern, spelled, written_out


def test_entries_in_chat_spelling_hold_for_messages_that_are_written_out() -> None:
    assert written_out("tidak pernah .. nanya*") == "tidak pernah .. bertanya*"
    assert pattern("sentiment", "quality", "negative").search(folded("tim kita nggak pernah nanya kebutuhan kami", "id"))


def test_verbs_of_chat_are_written_out() -> None:
    assert spelled("ngusulin") == "mengusulkan"
    assert spelled("mengusulkan") == "mengusulkan"


def test_a_bare_amount_is_money_only_beside_a_word_for_it() -> None:
    assert [(span.amount, span.currency) for span in money_in("pagunya sekitar 1,2 M")] == [(1_200_000_000, "IDR")]
    assert [(span.amount, span.currency) for span in money_in("a quote, roughly 75 million a year")] == [(75_000_000, "IDR")]
    assert money_in("kabelnya 150 M") == []
    assert money_in("50 million users") == []

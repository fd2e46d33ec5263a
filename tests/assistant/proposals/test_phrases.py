"""Word lists and messages meet in one spelling."""

from assistant.proposals.phrases import folded, pattern, written_out


def test_entries_in_chat_spelling_hold_for_messages_that_are_written_out() -> None:
    assert written_out("tidak pernah .. nanya*") == "tidak pernah .. bertanya*"
    assert pattern("sentiment", "quality", "negative").search(folded("tim kita nggak pernah nanya kebutuhan kami", "id"))

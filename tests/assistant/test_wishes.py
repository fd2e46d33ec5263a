"""What a message in a chat wants, and that it tells nothing of customers that one may not see."""

import pytest

from assistant.wishes import is_request_of_draft
from knowledge.access import Viewer
from knowledge.linking import KnownCustomer, Linker, Names

LINKER = Linker(Names([KnownCustomer(1, "Toko Lima", "short"), KnownCustomer(2, "Rahasia Agung", "short")]))
SEES_ONE = Viewer("sari", customers=frozenset({1}))


@pytest.mark.parametrize("text", ["brief Toko Lima untuk rapat Kamis", "brief toko lima", "brief untuk Toko Lima", "brief"])
def test_the_name_of_a_draft_and_a_customer_ask_for_one(text: str) -> None:
    assert is_request_of_draft(text, LINKER, SEES_ONE)


@pytest.mark.parametrize("form", ["brief {}", "brief untuk {}", "brief {} untuk rapat Kamis", "service review {}"])
def test_a_hidden_customer_is_like_a_name_that_nobody_knows(form: str) -> None:
    for hidden, unknown in (("Rahasia Agung", "Mekar Abadi"), ("rahasia agung", "mekar abadi")):
        assert is_request_of_draft(form.format(hidden), LINKER, SEES_ONE) == is_request_of_draft(form.format(unknown), LINKER, SEES_ONE)


def test_a_question_about_briefs_is_none() -> None:
    assert not is_request_of_draft("brief Toko Lima sudah dikirim?", LINKER, SEES_ONE)
    assert not is_request_of_draft("brief kemarin bagus sekali", LINKER, SEES_ONE)

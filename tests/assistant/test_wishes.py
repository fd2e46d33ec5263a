"""What a message in a chat wants, and that it tells nothing of customers that one may not see."""

from datetime import date
from pathlib import Path

import pytest

from assistant.drafts.judging import RequestJudge, make_request_judge
from assistant.settings import Settings
from assistant.wishes import is_request_of_draft, wants_draft
from knowledge.access import Viewer
from knowledge.embeddings.factory import make_embedder
from knowledge.linking import KnownCustomer, Linker, Names
from knowledge.records.customers import Customer, CustomerName
from knowledge.store import migrate, open_store, write

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


@pytest.fixture(scope="module")
def judge() -> RequestJudge:
    made = make_request_judge(make_embedder("e5", Settings().models_cache))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Give me PJ-9: what share is done and is it red or amber?", False),
        ("Proyek PJ-9 dong: apakah masih sesuai jadwal dan sudah berapa persen?", False),
        ("Can you prepare me for Thursday at Toko Lima, what should I know?", True),
    ],
)
def test_a_message_that_ends_in_a_question_for_a_fact_asks_for_no_draft(tmp_path: Path, judge: RequestJudge, text: str, wanted: bool) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    migrate(engine)
    with write(engine) as session:
        session.add(Customer(id=1, name="Toko Lima", key="TL"))
        session.add(CustomerName(customer_id=1, name="Toko Lima", kind="short"))
    assert wants_draft(text, engine, SEES_ONE, date(2031, 5, 5), judge) is wanted

"""Who is away for a time stays the contact; who stands in is told beside them."""

import pytest
from sqlalchemy import Engine

from assistant.proposals.cards import card_text
from assistant.proposals.understand import understand_update
from knowledge.records.customers import Contact
from knowledge.store import read
from tests.assistant.proposals.cast import AM, HARTMANN, linker
from tests.assistant.proposals.conftest import TODAY
from tests.assistant.proposals.test_service import approve, one, rows

LINKER = linker()
AWAY = [
    ("Bu Sekar cuti melahirkan mulai 1 November", "Sekar Arum", None),
    ("Pak Joko umrah sampai tanggal 30, sementara ke Pak Darmo dulu", "Joko Widagdo", "Darmo"),
    ("Greta is on parental leave until 15 January, Hanna Vogt covers for her", "Greta Sommer", "Hanna Vogt"),
    ("Oliver is on leave until Monday.", "Oliver Brandt", None),
    ("Untuk sementara Pak Joko digantikan Pak Darmo Wijaya", "Joko Widagdo", "Darmo Wijaya"),
    ("Selama Bu Sekar cuti, surat ditujukan ke Pak Darmo Wijaya", "Sekar Arum", "Darmo Wijaya"),
    ("Greta is out of office for two weeks. Her replacement is Hanna Vogt.", "Greta Sommer", "Hanna Vogt"),
]


@pytest.mark.parametrize(("text", "who", "stands_in"), AWAY)
def test_leave_is_no_departure(text: str, who: str, stands_in: str | None) -> None:
    reading = understand_update(text, today=TODAY, linker=LINKER, viewer=AM, speaker_account=AM.account)
    (fact,) = reading.facts
    assert (fact.kind, fact.field, fact.person, fact.value) == ("contact_change", "away", who, stands_in)
    assert fact.replaces is None


@pytest.mark.parametrize(
    "text", ["Bu Sekar sudah balik dari cuti", "Oliver is back from leave", "formulir cuti sudah saya kirim ke Bu Sekar"]
)
def test_the_end_of_a_leave_or_the_word_alone_is_no_absence(text: str) -> None:
    reading = understand_update(text, today=TODAY, linker=LINKER, viewer=AM, speaker_account=AM.account)
    assert not [fact for fact in reading.facts if fact.kind == "contact_change"]


def test_approval_of_an_absence_ends_no_contact_and_makes_none(engine: Engine) -> None:
    with read(engine) as session:
        before = session.get_one(Contact, 18).valid_until
    many = len(rows(engine, Contact))
    proposal = one(engine, "Greta is on maternity leave from 1 December, Hanna Vogt stands in for her")
    assert proposal.payload["field"] == "away" and proposal.customer_id == HARTMANN
    assert "contact Greta Sommer stays valid; stands in: Hanna Vogt" in card_text(proposal, "en")
    assert approve(engine, proposal).done
    with read(engine) as session:
        assert session.get_one(Contact, 18).valid_until == before
    assert len(rows(engine, Contact)) == many

"""What a card says of the records: the same already there, what an update continues, what it contradicts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from assistant.proposals import service
from assistant.proposals.cards import beside_lines, card_text
from assistant.proposals.tables import Proposal
from knowledge.access import OWNER, Viewer
from knowledge.records.agreements import Agreement
from knowledge.records.customers import Contact
from knowledge.records.documents import Document, Passage
from knowledge.records.relationship import Commitment, Feedback, Meeting
from knowledge.records.services import Opportunity
from knowledge.store import read, write
from tests.assistant.proposals.cast import AM, DINAS, HARTMANN, KLINIK, MITRA
from tests.assistant.proposals.conftest import NOW, TODAY


@pytest.fixture
def told(engine: Engine) -> Engine:
    """The store with records out of files."""
    with write(engine) as session:
        session.add(Document(id=1, source="rapat/notulen-mitra.docx", dated=date(2026, 10, 6), state="ready"))
        session.flush()
        known: dict[str, Any] = {"document_id": 1, "locator": {"row": 4}}
        session.add_all(
            [
                Feedback(customer_id=MITRA, on=date(2026, 10, 6), kind="complaint", person="Sekar Arum", words="Laporan kapasitas gudang terlambat", **known),
                Feedback(customer_id=DINAS, on=date(2026, 10, 6), kind="complaint", words="Laporan kapasitas gudang terlambat", **known),
                Commitment(customer_id=MITRA, party="provider", text="Kirim hasil audit port gudang", due=date(2026, 10, 20), **known),
                Opportunity(customer_id=HARTMANN, title="Penetration test for the plant network", value=Decimal(25_000), currency="EUR", **known),
                Meeting(customer_id=KLINIK, on=date(2026, 10, 22), title="Rapat triwulan", planned=True, person="Mira Kusnadi", **known),
                Meeting(customer_id=MITRA, on=date(2026, 10, 6), title="Notulen rapat gudang", **known),
                Agreement(customer_id=MITRA, kind="contract", title="Kontrak 7", ends_on=date(2027, 3, 31), **known),
            ]
        )  # fmt: skip
    return engine


def log(engine: Engine, text: str, viewer: Viewer = AM) -> Proposal:
    (proposal,) = service.propose(engine, viewer, text, TODAY, now=lambda: NOW).proposals
    return proposal


def hows(proposal: Proposal) -> list[tuple[str, str | None]]:
    return [(entry["how"], entry.get("field")) for entry in proposal.payload["beside"]]


@pytest.mark.parametrize(
    ("text", "how", "field", "shown"),
    [
        ("Bu Sekar masih komplain soal laporan kapasitas gudang", "recorded", None, "notulen-mitra.docx"),
        ("masih soal laporan kapasitas yang telat, Pak Joko kesal", "continues", None, "Laporan kapasitas gudang terlambat"),
        ("Kita janji ke Pak Joko hasil audit port gudang dikirim 27 Oktober 2026", "changes", "due", "20 Oktober 2026"),
        ("We promised Mitra Kargo the audit of the warehouse ports by 20 October 2026", "recorded", None, "audit port"),
        ("Greta wants the penetration test for the plant network, budget now EUR 40k", "changes", "amount", "EUR 25,000"),
        ("Rapat sama Bu Mira dari Klinik Waras diundur ke 29 Oktober 2026", "changes", "due", "22 Oktober 2026"),
        ("Nomor HP Bu Sekar ganti jadi 0812-5550-1234", "changes", "phone", "021-700"),
        ("Pak Joko sekarang menjabat Kepala Gudang Mitra Kargo", "recorded", None, "Joko Widagdo"),
        ("Pak Joko diangkat jadi Direktur Operasi Mitra Kargo", "changes", "position", "Kepala Gudang"),
        ("Pak Joko khawatir, kontrak Mitra Kargo berakhir 30 Juni 2027", "changes", "ends_on", "31 Maret 2027"),
        ("Hasil rapat 6 Oktober: Bu Sekar kecewa jaringan kantor lelet", "continues", None, "Notulen rapat gudang"),
    ],
)  # fmt: skip
def test_the_card_says_what_is_on_record(told: Engine, text: str, how: str, field: str | None, shown: str) -> None:
    proposal = log(told, text)
    assert (how, field) in hows(proposal), proposal.payload["beside"]
    card = card_text(proposal, "en" if "EUR" in shown else "id")
    assert shown in card


def test_nothing_stands_beside_what_is_new(told: Engine) -> None:
    assert log(told, "Bu Sekar puji tim helpdesk, ramah sekali").payload["beside"] == []
    assert log(told, "Kita janji ke Pak Joko daftar perangkat cadangan 3 November 2026").payload["beside"] == []


def test_what_waits_for_approval_is_said_and_once_approved_is_recorded(told: Engine) -> None:
    text = "Bu Mira dari Klinik Waras komplain tiket printer apotek tidak dibalas"
    first, second = log(told, text), log(told, text)
    assert first.payload["beside"] == []
    assert [entry["record"] for entry in second.payload["beside"]] == [f"proposal:{first.id}"]
    assert service.approve(told, AM, first.id, today=TODAY, now=lambda: NOW).done
    third = log(told, text)
    assert {entry["how"] for entry in third.payload["beside"]} == {"recorded", "waiting"}


def test_records_of_customers_that_one_may_not_see_stand_beside_nothing(told: Engine) -> None:
    seen = {
        entry["record"]
        for entry in log(told, "Bu Sekar komplain laporan kapasitas gudang terlambat lagi").payload["beside"]
    }
    everything = {
        entry["record"]
        for entry in log(told, "Bu Sekar komplain laporan kapasitas gudang terlambat lagi", OWNER).payload["beside"]
    }
    with read(told) as session:
        foreign = {f"feedback:{row.id}" for row in session.exec(select(Feedback).where(col(Feedback.customer_id) == DINAS))}
    assert not foreign & (seen | everything)


def test_an_edit_is_compared_anew(told: Engine) -> None:
    proposal = log(told, "Kita janji ke Pak Joko hasil audit port gudang dikirim 27 Oktober 2026")
    done = service.edit(told, AM, proposal.id, {"due": "20 Oktober 2026"}, today=TODAY, now=lambda: NOW)
    assert done.proposal and hows(done.proposal) == [("recorded", None)]


def test_an_approval_keeps_the_links_and_leaves_the_older_record(told: Engine) -> None:
    proposal = log(told, "Kita janji ke Pak Joko hasil audit port gudang dikirim 27 Oktober 2026")
    service.approve(told, AM, proposal.id, today=TODAY, now=lambda: NOW)
    with read(told) as session:
        new = session.exec(select(Commitment).where(col(Commitment.origin) == "update")).one()
        old = session.exec(select(Commitment).where(col(Commitment.origin) == "import")).one()
        assert new.extra == {"changes": [f"commitment:{old.id}"]} and old.due == date(2026, 10, 20)
        assert "20 Oktober" not in session.exec(select(Passage).where(col(Passage.kind) == "update")).one().text
    assert any(
        "27 Oktober 2026" in line and "20 Oktober 2026" in line for _, line in beside_lines(proposal.payload, "id")
    )


def test_what_a_person_changed_since_names_no_file(told: Engine) -> None:
    service.approve(told, AM, log(told, "Nomor HP Bu Sekar ganti jadi 0812-5550-1234").id, today=TODAY, now=lambda: NOW)
    (entry,) = [
        entry
        for entry in log(told, "Nomor HP Bu Sekar ganti jadi 0812-5550-9999").payload["beside"]
        if entry["how"] == "changes"
    ]
    with read(told) as session:
        assert session.get_one(Contact, 12).phone == entry["now"] == "0812-5550-1234"
    assert "source" not in entry

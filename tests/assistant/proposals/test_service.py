"""Propose, approve, edit, reject, undo: what is written, once, and by whom."""

import threading
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, delete, select

from assistant.proposals import service
from assistant.proposals.audit import history
from assistant.proposals.cards import card_text
from assistant.proposals.tables import AuditEntry, Proposal
from knowledge.access import OWNER, Viewer, passage_clause
from knowledge.index.retriever import HybridRetriever
from knowledge.index.vectors import ExactIndex
from knowledge.records.access import Grant
from knowledge.records.customers import Contact, Person
from knowledge.records.documents import Passage
from knowledge.records.relationship import Commitment, Feedback, Meeting, Risk
from knowledge.records.services import Opportunity
from knowledge.store import generation, read, write
from tests.assistant.proposals.cast import AM, HARTMANN, KLINIK_ONLY, LESTARI, MITRA
from tests.assistant.proposals.conftest import NOW, TODAY

COMPLAINT = "Bu Sekar dari Mitra Kargo komplain laporan telat lagi"


def clock():  # type: ignore[no-untyped-def]
    return NOW


def log(engine: Engine, text: str = COMPLAINT, viewer: Viewer = AM, **options: Any) -> service.LogResult:
    return service.propose(engine, viewer, text, TODAY, now=clock, **options)


def one(engine: Engine, text: str = COMPLAINT, viewer: Viewer = AM) -> Proposal:
    (proposal,) = log(engine, text, viewer).proposals
    return proposal


def approve(engine: Engine, proposal: Proposal, viewer: Viewer = AM, **options: Any) -> service.Decision:
    return service.approve(engine, viewer, proposal.id, today=TODAY, **({"now": clock} | options))


def rows(engine: Engine, model: Any) -> list[Any]:
    with read(engine) as session:
        found = list(session.exec(select(model)))
        session.expunge_all()
        return found


def test_nothing_is_known_before_approval(engine: Engine) -> None:
    proposal = one(engine)
    assert proposal.state == "pending" and proposal.expires_at == NOW + timedelta(days=7)
    assert not rows(engine, Feedback) and not rows(engine, Passage)


def test_an_approved_update_is_a_record_with_a_passage_that_search_may_use_at_once(engine: Engine) -> None:
    proposal = one(engine)
    with read(engine) as session:
        before = generation(session)
    decision = approve(engine, proposal, payload_sha=proposal.payload_sha)
    assert decision.done and decision.record_kind == "feedback"
    (record,), (passage,) = rows(engine, Feedback), rows(engine, Passage)
    assert (record.kind, record.customer_id, record.person, record.origin) == (
        "complaint",
        MITRA,
        "Sekar Arum",
        "update",
    )
    assert record.quote == COMPLAINT and record.confirmed_by == AM.account and record.passage_id == passage.id
    assert passage.ready and passage.stems and (passage.record_kind, passage.record_id) == ("feedback", record.id)
    with read(engine) as session:
        assert generation(session) != before
        seen = [session.exec(select(Passage.id).where(passage_clause(viewer))).all() for viewer in (AM, KLINIK_ONLY)]
    assert seen == [[passage.id], []]


def test_the_embedding_comes_with_the_passage(engine: Engine, embedder) -> None:  # type: ignore[no-untyped-def]
    approve(engine, one(engine), embedder=embedder)
    (passage,) = rows(engine, Passage)
    assert passage.embedding and passage.embedding_model == embedder.name


def test_each_kind_becomes_its_record(engine: Engine) -> None:
    texts = [
        "Saya janji ke Pak Joko kirim laporan kapasitas besok",
        "Meeting with Oliver Brandt on 4 November 2026 about the renewal",
        "Greta wants a penetration test, budget about EUR 25k",
        "Klinik Waras didekati kompetitor",
    ]
    for text in texts:
        assert approve(engine, one(engine, text)).done
    (commitment,), (meeting,) = rows(engine, Commitment), rows(engine, Meeting)
    (opportunity,), (risk,) = rows(engine, Opportunity), rows(engine, Risk)
    assert (commitment.party, commitment.owner, commitment.to_whom, commitment.due) == (
        "provider",
        AM.name,
        "Joko Widagdo",
        date(2026, 10, 15),
    )
    assert meeting.planned and meeting.on == date(2026, 11, 4) and meeting.attendees[0]["name"] == "Oliver Brandt"
    assert (opportunity.value, opportunity.currency, opportunity.customer_id) == (Decimal(25_000), "EUR", HARTMANN)
    assert risk.status == "open"


def test_the_second_approval_gets_a_clear_word_and_writes_nothing(engine: Engine) -> None:
    proposal = one(engine)
    approve(engine, proposal)
    again = approve(engine, proposal)
    assert (again.done, again.status) == (False, "already_approved") and AM.account in again.answer
    assert len(rows(engine, Feedback)) == 1


def test_sixteen_approvals_at_once_write_once(engine: Engine) -> None:
    proposals = [
        one(engine, "Bu Sekar dari Mitra Kargo komplain laporan telat"),
        one(engine, "Pak Tono puas sama helpdesk"),
    ]
    outcomes: list[tuple[str, str]] = []
    start = threading.Barrier(16)

    def press(proposal: Proposal) -> None:
        start.wait()
        outcomes.append((proposal.id, approve(engine, proposal).status))

    threads = [threading.Thread(target=press, args=(proposal,)) for proposal in proposals for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for proposal in proposals:
        assert Counter(status for identity, status in outcomes if identity == proposal.id) == {
            "approved": 1,
            "already_approved": 7,
        }
    assert len(rows(engine, Feedback)) == len(rows(engine, Passage)) == 2
    approvals = [entry for entry in rows(engine, AuditEntry) if entry.action == "approve"]
    assert len(approvals) == 2


def test_approve_and_reject_at_once_have_one_winner(engine: Engine) -> None:
    for _ in range(5):
        proposal = one(engine)
        start, outcomes = threading.Barrier(2), []

        def press(
            action: str,
            proposal: Proposal = proposal,
            start: threading.Barrier = start,
            outcomes: list[bool] = outcomes,
        ) -> None:
            start.wait()
            done = (
                approve(engine, proposal) if action == "approve" else service.reject(engine, AM, proposal.id, now=clock)
            )
            outcomes.append(done.done)

        threads = [threading.Thread(target=press, args=(action,)) for action in ("approve", "reject")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == [False, True]


def test_a_late_approval_is_told_so(engine: Engine) -> None:
    proposal = one(engine)
    late = approve(engine, proposal, now=lambda: NOW + timedelta(days=7))
    assert (late.done, late.status) == (False, "expired")
    assert not rows(engine, Feedback)
    assert service.show(engine, AM, proposal.id).state == "expired"  # type: ignore[union-attr]
    assert service.list_for(engine, AM, now=lambda: NOW + timedelta(days=8)) == []


def test_who_may_not_see_the_customer_is_told_what_one_is_told_of_no_proposal_at_all(engine: Engine) -> None:
    proposal = one(engine)
    for act in (
        lambda identity: service.approve(engine, KLINIK_ONLY, identity, today=TODAY, now=clock),
        lambda identity: service.reject(engine, KLINIK_ONLY, identity, now=clock),
        lambda identity: service.undo(engine, KLINIK_ONLY, identity, now=clock),
        lambda identity: service.edit(engine, KLINIK_ONLY, identity, {"text": "x"}, today=TODAY, now=clock),
    ):
        foreign, missing = act(proposal.id), act("prop_none")
        assert foreign.status == missing.status == "unknown"
        assert foreign.answer.replace(proposal.id, "prop_none") == missing.answer
    assert service.show(engine, KLINIK_ONLY, proposal.id) is None
    assert service.list_for(engine, KLINIK_ONLY, now=clock) == []
    assert [row.id for row in service.list_for(engine, OWNER, now=clock)] == [proposal.id]


def test_rights_are_those_at_the_time_of_the_decision(engine: Engine) -> None:
    proposal = one(engine)
    with write(engine) as session:
        session.exec(delete(Grant).where(col(Grant.customer_id) == MITRA))  # type: ignore[call-overload]
    assert approve(engine, proposal).status == "unknown"
    assert not rows(engine, Feedback)


def test_approval_is_of_the_revision_that_was_seen(engine: Engine) -> None:
    seen = one(engine)
    changed = service.edit(
        engine, AM, seen.id, {"service": "HLP", "text": "Laporan Oktober telat"}, today=TODAY, now=clock
    )
    assert changed.done and changed.proposal and changed.proposal.revision == 2
    assert approve(engine, seen, payload_sha=seen.payload_sha).status == "changed"
    assert approve(engine, seen, expected_revision=1).status == "changed"
    assert not rows(engine, Feedback)
    assert approve(engine, seen, expected_revision=2).done
    (record,) = rows(engine, Feedback)
    assert (record.service, record.words, record.quote) == ("HLP", "Laporan Oktober telat", COMPLAINT)


def test_two_edits_of_the_same_revision_do_not_overwrite_each_other(engine: Engine) -> None:
    proposal = one(engine)
    first = service.edit(engine, AM, proposal.id, {"service": "HLP"}, today=TODAY, expected_revision=1, now=clock)
    second = service.edit(engine, AM, proposal.id, {"service": "PAY"}, today=TODAY, expected_revision=1, now=clock)
    assert first.done and second.status == "changed"


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"due": "30 Oktober 2026"}, "due", "2026-10-30"),
        ({"due": "lusa"}, "due", "2026-10-16"),
        ({"party": "customer"}, "party", "customer"),
        ({"customer": "Hartmann"}, "customer_id", HARTMANN),
        ({"kind": "risk"}, "level", None),
        ({"person": "Ratih"}, "person_id", None),
    ],
)
def test_fields_are_edited_in_words(engine: Engine, changes: dict[str, object], field: str, value: object) -> None:
    proposal = one(engine, "Saya janji ke Pak Joko kirim laporan kapasitas besok")
    decision = service.edit(engine, AM, proposal.id, changes, today=TODAY, now=clock)
    assert decision.done and decision.proposal
    assert decision.proposal.payload[field] == value


@pytest.mark.parametrize(
    "changes",
    [
        {"due": "kapan-kapan"},
        {"party": "nobody"},
        {"amount": "5"},
        {"customer": "Dinas Perikanan Karimun"},
        {"text": ""},
        {"kind": "poem"},
    ],
)
def test_a_field_that_cannot_be_is_refused_with_a_reason(engine: Engine, changes: dict[str, object]) -> None:
    proposal = one(engine, "Saya janji ke Pak Joko kirim laporan kapasitas besok")
    decision = service.edit(engine, AM, proposal.id, changes, today=TODAY, now=clock)
    assert decision.status == "bad_field" and decision.answer
    assert service.show(engine, AM, proposal.id).revision == 1  # type: ignore[union-attr]


def test_undo_withdraws_record_and_passage_and_can_be_done_once(engine: Engine) -> None:
    proposal = one(engine)
    assert service.undo(engine, AM, proposal.id, now=clock).status == "not_approved"
    approve(engine, proposal)
    assert service.undo(engine, AM, proposal.id, now=clock).done
    assert rows(engine, Feedback)[0].withdrawn and not rows(engine, Passage)[0].ready
    assert service.undo(engine, AM, proposal.id, now=clock).status == "already_undone"
    assert approve(engine, proposal).status == "already_undone"


def test_a_changed_number_is_kept_as_a_persons_edit_and_comes_back_on_undo(engine: Engine) -> None:
    proposal = one(engine, "Nomor HP Bu Sekar ganti jadi 0812-5550-1234")
    approve(engine, proposal)
    with read(engine) as session:
        contact = session.get_one(Contact, 12)
        assert contact.phone == "0812-5550-1234" and contact.edits == {"phone": "0812-5550-1234"}
    service.undo(engine, AM, proposal.id, now=clock)
    with read(engine) as session:
        contact = session.get_one(Contact, 12)
        assert contact.phone == "021-700" and contact.edits == {}


def test_undo_leaves_what_was_changed_again_since(engine: Engine) -> None:
    first = one(engine, "Nomor HP Bu Sekar ganti jadi 0812-5550-1234")
    second = one(engine, "Nomor HP Bu Sekar ganti jadi 0812-5550-9999")
    approve(engine, first)
    approve(engine, second)
    decision = service.undo(engine, AM, first.id, now=clock)
    assert decision.done and "phone" in decision.answer
    with read(engine) as session:
        assert session.get_one(Contact, 12).phone == "0812-5550-9999"


def test_a_successor_becomes_a_contact_and_the_old_one_ends_the_day_before(engine: Engine) -> None:
    proposal = one(engine, "Pak Joko digantikan Bu Ratih Kencana mulai 1 November 2026")
    approve(engine, proposal)
    with read(engine) as session:
        old = session.get_one(Contact, 11)
        new = session.exec(select(Contact).where(Contact.name == "Ratih Kencana")).one()
        assert old.valid_until == date(2026, 10, 31) and old.edits == {"valid_until": "2026-10-31"}
        assert (new.customer_id, new.job_title, new.valid_from, new.origin) == (
            MITRA,
            "Kepala Gudang",
            date(2026, 11, 1),
            "update",
        )
        assert session.get_one(Person, new.person_id).name == "Ratih Kencana"
    service.undo(engine, AM, proposal.id, now=clock)
    with read(engine) as session:
        assert session.get_one(Contact, 11).valid_until is None
        assert session.exec(select(Contact).where(Contact.name == "Ratih Kencana")).one().withdrawn


def test_the_history_of_a_record_tells_every_step(engine: Engine) -> None:
    proposal = one(engine)
    service.edit(engine, AM, proposal.id, {"service": "HLP"}, today=TODAY, now=clock)
    decision = approve(engine, proposal)
    service.undo(engine, AM, proposal.id, now=clock)
    assert decision.record_kind and decision.record_id
    with read(engine) as session:
        steps = history(session, AM, decision.record_kind, decision.record_id)
        assert [step.action for step in steps] == ["propose", "edit", "approve", "undo"]
        assert steps[1].before["service"] is None and steps[1].after["service"] == "HLP"
        assert history(session, KLINIK_ONLY, decision.record_kind, decision.record_id) == []


def test_the_same_chat_message_is_proposed_once(engine: Engine) -> None:
    first = log(engine, source={"message": "C1:17.2"})
    again = log(engine, source={"message": "C1:17.2"})
    assert [p.id for p in first.proposals] == [p.id for p in again.proposals]
    with read(engine) as session:
        assert session.exec(select(func.count()).select_from(Proposal)).one() == 1


def test_an_application_of_the_customer_tells_the_service(engine: Engine) -> None:
    assert one(engine, "Bu Sekar komplain Gudangku error terus").payload["service"] == "HLP"


def test_the_card_shows_every_field_that_is_written(engine: Engine) -> None:
    proposal = one(engine, "Pak Joko digantikan Bu Ratih Kencana mulai 1 November 2026")
    for lang in ("id", "en"):
        text = card_text(proposal, lang)  # type: ignore[arg-type]
        assert all(
            word in text for word in ("Mitra Kargo", "Ratih Kencana", "Joko Widagdo", "2026", "1 November", "31 ")
        )
    assert "Pak Joko digantikan" in text


def test_a_card_hides_nothing_behind_invisible_characters(engine: Engine) -> None:
    proposal = one(engine, "Bu Sekar kom\u200bplain lapor\u202ean telat")
    text = card_text(proposal)
    assert not {character for character in text} & set(
        "\u200b\u200c\u200d\u202a\u202b\u202c\u202d\u202e\u2066\u2069\ufeff"
    )


def test_what_is_hidden_is_refused_in_the_words_used_for_what_nobody_knows(engine: Engine) -> None:
    hidden = log(engine, "Dinas Perikanan Karimun komplain server mati")
    unknown = log(engine, "Dinas Kehutanan Wanasari komplain server mati")
    assert (hidden.answer, hidden.asked, hidden.abstained) == (unknown.answer, unknown.asked, unknown.abstained)
    assert hidden.abstained and not hidden.proposals and "portofolio" in hidden.answer


def test_the_question_lists_only_customers_that_fit_and_may_be_seen(engine: Engine) -> None:
    asked = log(engine, "Eka Wibisono komplain laporannya telat").asked
    assert asked and "Mitra Kargo" in asked and "Klinik Waras" in asked and "Hartmann" not in asked
    only = log(engine, "Eka Wibisono komplain laporannya telat", KLINIK_ONLY)
    assert not only.asked and only.proposals[0].payload["customer"] == "Klinik Waras"
    everyone = log(engine, "pelanggan tadi komplain laporannya telat").asked
    assert everyone and "Dinas" not in everyone and "Bank Cendana" in everyone


def test_the_conversation_may_supply_the_customer(engine: Engine) -> None:
    (proposal,) = log(engine, "mereka komplain laporannya telat", context_customer_ids=(LESTARI,)).proposals
    assert proposal.customer_id == LESTARI


def test_no_update_gets_an_answer_in_its_language(engine: Engine) -> None:
    assert "pertanyaan" in log(engine, "Kapan kontrak Mitra Kargo berakhir?").answer
    assert "question" in log(engine, "When does the contract of Mitra Kargo end?").answer


def test_the_next_search_finds_an_approved_update_and_not_an_undone_one(engine: Engine, embedder) -> None:  # type: ignore[no-untyped-def]
    finder = HybridRetriever(engine, embedder, ExactIndex(embedder.name, embedder.dimension))
    proposal = one(engine, "Bank Cendana minta penawaran firewall, kira-kira Rp 800 juta")
    approve(engine, proposal, embedder=embedder)
    (passage,) = rows(engine, Passage)
    assert [hit.passage_id for hit in finder.search("penawaran firewall", AM, 5)] == [passage.id]
    assert finder.search("penawaran firewall", KLINIK_ONLY, 5) == []
    service.undo(engine, AM, proposal.id, now=clock)
    assert finder.search("penawaran firewall", AM, 5) == []

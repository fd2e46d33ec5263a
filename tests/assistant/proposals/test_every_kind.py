"""Every kind of proposal can be edited field by field, turned into every other kind, approved, and undone."""

import pytest
from sqlalchemy import Engine

from assistant.proposals import service
from assistant.proposals.payload import FIELDS
from assistant.proposals.reading import FACT_KINDS
from assistant.proposals.writing import RECORD_KINDS
from knowledge.records.kinds import KINDS
from knowledge.store import read
from tests.assistant.proposals.cast import AM
from tests.assistant.proposals.conftest import NOW, TODAY

VALUES: dict[str, object] = {
    "customer": "Hartmann", "person": "Greta Sommer", "service": "HLP", "on": "12 Oktober 2026", "text": "Isi yang lain", "level": "high",
    "sentiment": "neutral", "servqual_dimension": "empathy", "party": "customer", "owner": "Bayu", "due": "30 Oktober 2026", "amount": "Rp 1,2 M",
    "currency": "EUR", "field": "position", "value": "Kepala Gudang", "replaces": "Oliver Brandt",
}  # fmt: skip


def proposed(engine: Engine, kind: str) -> str:
    text = "Bu Sekar dari Mitra Kargo komplain laporan telat lagi"
    (proposal,) = service.propose(engine, AM, text, TODAY, now=lambda: NOW).proposals
    if kind != "complaint":
        assert service.edit(engine, AM, proposal.id, {"kind": kind}, today=TODAY, now=lambda: NOW).done
    return proposal.id


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_a_kind_is_edited_approved_and_undone(engine: Engine, kind: str) -> None:
    identity = proposed(engine, kind)
    for field in FIELDS[kind]:
        done = service.edit(engine, AM, identity, {field: VALUES[field]}, today=TODAY, now=lambda: NOW)
        assert done.done, (field, done.answer)
    approved = service.approve(engine, AM, identity, today=TODAY, now=lambda: NOW)
    assert approved.done and approved.record_kind == RECORD_KINDS[kind] and approved.record_id
    model = KINDS[approved.record_kind]
    with read(engine) as session:
        assert not session.get_one(model, approved.record_id).withdrawn  # type: ignore[attr-defined]
    assert service.undo(engine, AM, identity, now=lambda: NOW).done
    with read(engine) as session:
        assert session.get_one(model, approved.record_id).withdrawn  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_a_kind_turns_into_every_other(engine: Engine, kind: str) -> None:
    identity = proposed(engine, kind)
    for other in FACT_KINDS:
        done = service.edit(engine, AM, identity, {"kind": other}, today=TODAY, now=lambda: NOW)
        assert done.proposal and done.proposal.kind == other and set(FIELDS[other]) <= set(done.proposal.payload)

"""Edit, approve, reject, undo: each one conditional UPDATE that only one caller can win, in one transaction with its effect."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from assistant.proposals.audit import note
from assistant.proposals.beside import beside
from assistant.proposals.cards import bad_field, card_text, kind_name, reply
from assistant.proposals.payload import BadField, edited, sha_of
from assistant.proposals.tables import AuditEntry, Proposal
from assistant.proposals.transitions import Decision, changed, is_open, lost, present_rights, unknown, visible
from assistant.proposals.writing import draft_passage, withdraw_record, write_record
from knowledge.access import Viewer, record_clause
from knowledge.embeddings.base import Embedder
from knowledge.language.vocabulary import Language
from knowledge.records.base import now as wall_clock
from knowledge.records.customers import Customer
from knowledge.store import bump_generation, read, write

Clock = Callable[[], datetime]


def names_of_customers(session: Session, viewer: Viewer) -> dict[str, int]:
    """Lower-case name → id of the customers that the viewer may see."""
    rows = session.exec(select(Customer).where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False)))
    return {name.lower(): row.id for row in rows if row.id for name in (row.legal_name, row.key, row.name) if name}


def approve(
    engine: Engine,
    viewer: Viewer,
    proposal_id: str,
    *,
    today: date,
    expected_revision: int | None = None,
    payload_sha: str | None = None,
    lang: Language = "id",
    embedder: Embedder | None = None,
    now: Clock = wall_clock,
) -> Decision:
    """Writes the record that the proposal describes, once, if it is still what the person saw.

    The record, its passage, the audit entry and the state change are one transaction. Without `expected_revision` or
    `payload_sha` the present revision is approved. `embedder`: makes the passage findable by meaning at once; without it the
    next indexing does.
    """
    with read(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        if proposal is None:
            return unknown(proposal_id, lang)
        passage = draft_passage(proposal, embedder)
        seen = payload_sha or proposal.payload_sha
    with write(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        if proposal is None:
            return unknown(proposal_id, lang)
        at = now()
        won = changed(
            session, is_open(proposal, at, seen, expected_revision), state="approved", decided_at=at, decided_by=viewer.account
        )  # fmt: skip
        if not won:
            return lost(session, proposal, at, lang)
        session.refresh(proposal)
        written = write_record(session, proposal, viewer.account, today, passage)
        proposal.record_kind, proposal.record_id = written.kind, written.id
        session.add(proposal)
        record = (written.kind, written.id)
        note(
            session,
            at,
            viewer.account,
            "approve",
            proposal.id,
            record,
            written.before,
            {"record": proposal.payload, **written.after},
        )
        bump_generation(session)
    return _done("approved", proposal, lang)


def _done(status: str, proposal: Proposal, lang: Language, **values: object) -> Decision:
    record = f"{proposal.record_kind}:{proposal.record_id}"
    customer = proposal.payload.get("customer")
    answer = reply(
        status, lang, proposal=proposal.id, kind=kind_name(proposal.kind, lang), customer=customer, record=record,
        revision=proposal.revision, **values,
    )  # fmt: skip
    return Decision(True, status.removesuffix("_partly"), answer, proposal, proposal.record_kind, proposal.record_id)


def reject(
    engine: Engine, viewer: Viewer, proposal_id: str, *, lang: Language = "id", now: Clock = wall_clock
) -> Decision:
    """Closes a proposal without writing anything."""
    with write(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        if proposal is None:
            return unknown(proposal_id, lang)
        at = now()
        if not changed(
            session, is_open(proposal, at, None, None), state="rejected", decided_at=at, decided_by=viewer.account
        ):
            return lost(session, proposal, at, lang)
        note(session, at, viewer.account, "reject", proposal.id)
        session.refresh(proposal)
    return _done("rejected", proposal, lang)


def edit(
    engine: Engine,
    viewer: Viewer,
    proposal_id: str,
    changes: Mapping[str, object],
    *,
    today: date,
    expected_revision: int | None = None,
    lang: Language = "id",
    now: Clock = wall_clock,
) -> Decision:
    """Changes fields of an open proposal (names as in payload.FIELDS, values as a person writes them) and makes a new revision."""
    with write(engine) as session:
        rights = present_rights(session, viewer)
        proposal = visible(session, rights, proposal_id)
        if proposal is None:
            return unknown(proposal_id, lang)
        at, before, kind = now(), proposal.payload, proposal.kind
        try:
            new_kind, payload = edited(kind, before, changes, names_of_customers(session, rights), today)
        except BadField as problem:
            kind = str(changes.get("kind", kind)) if problem.field != "kind" else kind
            return Decision(False, "bad_field", bad_field(problem, kind, lang), proposal, field=problem.field)
        if "customer" in changes:
            payload["customer"] = session.exec(
                select(Customer.name).where(col(Customer.id) == payload["customer_id"])
            ).one()
        payload["beside"] = beside(session, rights, new_kind, payload, today, proposal.id)
        revision = proposal.revision
        won = changed(
            session, is_open(proposal, at, None, revision if expected_revision is None else expected_revision), kind=new_kind,
            payload=payload, payload_sha=sha_of(new_kind, payload), revision=revision + 1, customer_id=payload["customer_id"],
        )  # fmt: skip
        if not won:
            return lost(session, proposal, at, lang)
        fields = [name for name in {*before, *payload} if before.get(name) != payload.get(name)]
        note(
            session, at, viewer.account, "edit", proposal.id, None,
            {"kind": kind, **{name: before.get(name) for name in fields}}, {"kind": new_kind, **{name: payload.get(name) for name in fields}},
        )  # fmt: skip
        session.refresh(proposal)
    done = _done("edited", proposal, lang)
    return Decision(True, "edited", f"{done.answer}\n{card_text(proposal, lang)}", proposal)


def undo(
    engine: Engine, viewer: Viewer, proposal_id: str, *, lang: Language = "id", now: Clock = wall_clock
) -> Decision:
    """Withdraws the record of an approved proposal, its passage, and what it changed in contacts."""
    with write(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        if proposal is None:
            return unknown(proposal_id, lang)
        at = now()
        clauses = (col(Proposal.id) == proposal.id, col(Proposal.state) == "approved")
        if not changed(session, clauses, state="undone", decided_at=at, decided_by=viewer.account):
            if proposal.state in ("pending", "expired"):
                return Decision(False, "not_approved", reply("not_approved", lang, proposal=proposal.id), proposal)
            return lost(session, proposal, at, lang)
        session.refresh(proposal)
        assert proposal.record_kind and proposal.record_id
        approval = session.exec(
            select(AuditEntry).where(col(AuditEntry.proposal_id) == proposal.id, col(AuditEntry.action) == "approve")
        ).one()
        after = {key: value for key, value in approval.after.items() if key.startswith("contact:")}
        kept = withdraw_record(session, proposal.record_kind, proposal.record_id, approval.before, after)
        note(
            session,
            at,
            viewer.account,
            "undo",
            proposal.id,
            (proposal.record_kind, proposal.record_id),
            approval.after,
            approval.before,
        )
        bump_generation(session)
    return _done("undone_partly", proposal, lang, fields=", ".join(kept)) if kept else _done("undone", proposal, lang)

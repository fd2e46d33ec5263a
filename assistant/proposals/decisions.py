"""Edit, approve, reject, undo: each one conditional UPDATE that only one caller can win, in one transaction with its effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, update
from sqlmodel import Session, col, select

from assistant.proposals.audit import note
from assistant.proposals.beside import beside
from assistant.proposals.cards import bad_field, card_text, kind_name, moment, reply
from assistant.proposals.payload import BadField, edited, sha_of
from assistant.proposals.tables import AuditEntry, Proposal
from assistant.proposals.writing import draft_passage, withdraw_record, write_record
from knowledge.access import UnknownAccount, Viewer, record_clause, viewer_for
from knowledge.embeddings.base import Embedder
from knowledge.language.vocabulary import Language
from knowledge.records.base import now as wall_clock
from knowledge.records.customers import Customer
from knowledge.store import bump_generation, read, write


@dataclass(frozen=True)
class Decision:
    """What came of a decision.

    status  approved | rejected | edited | undone when done; else unknown | expired | changed | already_approved | already_rejected |
            already_undone | not_approved | bad_field
    answer  the same in the person's language
    field   of a bad_field: which one
    """

    done: bool
    status: str
    answer: str
    proposal: Proposal | None = None
    record_kind: str | None = None
    record_id: int | None = None
    field: str | None = None


Clock = Callable[[], datetime]


def present_rights(session: Session, viewer: Viewer) -> Viewer:
    """What the person may see at this moment, whatever they could see when the card was shown."""
    if viewer.everything:
        return viewer
    try:
        return viewer_for(session, viewer.account)
    except UnknownAccount:
        return Viewer(viewer.account, viewer.name)


def visible(session: Session, viewer: Viewer, proposal_id: str) -> Proposal | None:
    """The proposal, if this person may know of it: they see its customer."""
    proposal = session.get(Proposal, proposal_id, populate_existing=True)
    return proposal if proposal is not None and viewer.may_see(proposal.customer_id) else None


def names_of_customers(session: Session, viewer: Viewer) -> dict[str, int]:
    """Lower-case name → id of the customers that the viewer may see."""
    rows = session.exec(select(Customer).where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False)))
    return {name.lower(): row.id for row in rows if row.id for name in (row.legal_name, row.key, row.name) if name}


def _unknown(proposal_id: str, lang: Language) -> Decision:
    return Decision(False, "unknown", reply("unknown", lang, proposal=proposal_id))


def _lost(session: Session, proposal: Proposal, at: datetime, lang: Language) -> Decision:
    """Why the conditional update changed nothing."""
    session.refresh(proposal)
    if proposal.state == "pending" and proposal.expires_at <= at:
        _mark_expired(session, proposal, at)
    if proposal.state == "expired":
        return Decision(
            False,
            "expired",
            reply("expired", lang, proposal=proposal.id, when=moment(proposal.expires_at, lang)),
            proposal,
        )
    if proposal.state == "pending":
        answer = reply("changed", lang, proposal=proposal.id, revision=proposal.revision)
        return Decision(False, "changed", f"{answer}\n{card_text(proposal, lang)}", proposal)
    status = f"already_{proposal.state}"
    when = moment(proposal.decided_at, lang) if proposal.decided_at else "?"
    answer = reply(status, lang, proposal=proposal.id, who=proposal.decided_by, when=when)
    return Decision(False, status, answer, proposal, proposal.record_kind, proposal.record_id)


def _mark_expired(session: Session, proposal: Proposal, at: datetime) -> None:
    clauses = (col(Proposal.id) == proposal.id, col(Proposal.state) == "pending", col(Proposal.expires_at) <= at)
    if _changed(session, clauses, state="expired"):
        note(session, at, "", "expire", proposal.id)
    session.refresh(proposal)


def _changed(session: Session, clauses: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    """Whether this caller's conditional UPDATE was the one that changed the row."""
    result: Any = session.execute(
        update(Proposal).where(*clauses).values(**values).execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


def _open(proposal: Proposal, at: datetime, sha: str | None, revision: int | None) -> tuple[ColumnElement[bool], ...]:
    clauses: list[ColumnElement[bool]] = [
        col(Proposal.id) == proposal.id,
        col(Proposal.state) == "pending",
        col(Proposal.expires_at) > at,
        col(Proposal.payload_sha) == (sha or proposal.payload_sha),
    ]
    if revision is not None:
        clauses.append(col(Proposal.revision) == revision)
    return tuple(clauses)


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
            return _unknown(proposal_id, lang)
        passage = draft_passage(proposal, embedder)
        seen = payload_sha or proposal.payload_sha
    with write(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        if proposal is None:
            return _unknown(proposal_id, lang)
        at = now()
        won = _changed(
            session, _open(proposal, at, seen, expected_revision), state="approved", decided_at=at, decided_by=viewer.account
        )  # fmt: skip
        if not won:
            return _lost(session, proposal, at, lang)
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
            return _unknown(proposal_id, lang)
        at = now()
        if not _changed(
            session, _open(proposal, at, None, None), state="rejected", decided_at=at, decided_by=viewer.account
        ):
            return _lost(session, proposal, at, lang)
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
            return _unknown(proposal_id, lang)
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
        won = _changed(
            session, _open(proposal, at, None, revision if expected_revision is None else expected_revision), kind=new_kind,
            payload=payload, payload_sha=sha_of(new_kind, payload), revision=revision + 1, customer_id=payload["customer_id"],
        )  # fmt: skip
        if not won:
            return _lost(session, proposal, at, lang)
        changed = [name for name in {*before, *payload} if before.get(name) != payload.get(name)]
        note(
            session, at, viewer.account, "edit", proposal.id, None,
            {"kind": kind, **{name: before.get(name) for name in changed}}, {"kind": new_kind, **{name: payload.get(name) for name in changed}},
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
            return _unknown(proposal_id, lang)
        at = now()
        clauses = (col(Proposal.id) == proposal.id, col(Proposal.state) == "approved")
        if not _changed(session, clauses, state="undone", decided_at=at, decided_by=viewer.account):
            if proposal.state in ("pending", "expired"):
                return Decision(False, "not_approved", reply("not_approved", lang, proposal=proposal.id), proposal)
            return _lost(session, proposal, at, lang)
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

"""The states of a proposal: who may see it, and the one conditional UPDATE that a single caller wins."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col

from assistant.proposals.audit import note
from assistant.proposals.cards import card_text, moment, reply
from assistant.proposals.tables import Proposal
from knowledge.access import UnknownAccount, Viewer, viewer_for
from knowledge.language.vocabulary import Language


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


def unknown(proposal_id: str, lang: Language) -> Decision:
    """What somebody is told who may not know of a proposal, or of one that does not exist."""
    return Decision(False, "unknown", reply("unknown", lang, proposal=proposal_id))


def lost(session: Session, proposal: Proposal, at: datetime, lang: Language) -> Decision:
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
    if changed(session, clauses, state="expired"):
        note(session, at, "", "expire", proposal.id)
    session.refresh(proposal)


def changed(session: Session, clauses: tuple[ColumnElement[bool], ...], **values: Any) -> bool:
    """Whether this caller's conditional UPDATE was the one that changed the row."""
    result: Any = session.execute(
        update(Proposal).where(*clauses).values(**values).execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


def is_open(proposal: Proposal, at: datetime, sha: str | None, revision: int | None) -> tuple[ColumnElement[bool], ...]:
    """What must still hold of a proposal for a decision about the revision that somebody saw."""
    clauses: list[ColumnElement[bool]] = [
        col(Proposal.id) == proposal.id,
        col(Proposal.state) == "pending",
        col(Proposal.expires_at) > at,
        col(Proposal.payload_sha) == (sha or proposal.payload_sha),
    ]
    if revision is not None:
        clauses.append(col(Proposal.revision) == revision)
    return tuple(clauses)

"""Who did what: an entry for each proposal, edit, decision and undo, written in the transaction of what it tells of."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from assistant.proposals.tables import AuditEntry
from knowledge.access import Viewer, record_clause
from knowledge.records.kinds import KINDS


def note(
    session: Session,
    at: datetime,
    account: str,
    action: str,
    proposal_id: str | None,
    record: tuple[str, int] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Adds an audit entry to the caller's transaction."""
    kind, identity = record or (None, None)
    session.add(
        AuditEntry(
            at=at, account=account, action=action, proposal_id=proposal_id, record_kind=kind, record_id=identity,
            before=before or {}, after=after or {},
        )
    )  # fmt: skip


def history(session: Session, viewer: Viewer, record_kind: str, record_id: int) -> list[AuditEntry]:
    """All that was done to a record, oldest first, with what was done to the proposal before it became the record.

    Empty for a record that the viewer may not see or that does not exist.
    """
    model: Any = KINDS.get(record_kind)
    if model is None:
        return []
    if session.exec(select(model.id).where(model.id == record_id, record_clause(viewer, model))).first() is None:
        return []
    about = (col(AuditEntry.record_kind) == record_kind) & (col(AuditEntry.record_id) == record_id)
    proposals = session.exec(select(AuditEntry.proposal_id).where(about)).all()
    entries = session.exec(
        select(AuditEntry)
        .where(about | col(AuditEntry.proposal_id).in_([identity for identity in proposals if identity]))
        .order_by(col(AuditEntry.at), col(AuditEntry.id))
    )
    return list(entries)

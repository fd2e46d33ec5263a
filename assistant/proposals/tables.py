"""Tables of proposed records and of the audit of every decision about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from knowledge.records.base import UtcDateTime, now


class Proposal(SQLModel, table=True):
    """A record that somebody's words suggest; nothing is written before a person approves exactly this revision.

    state        pending | approved | rejected | expired | undone
    payload      what would be written: the fields of `payload.py`, JSON
    payload_sha  hash of kind and payload; an approval names it, so that nobody approves what they have not seen
    words        the exact words of the person
    source       where it was said: {"author", "permalink", "message", …}; `source_key` is its "message": a message proposes once
    """

    id: str = Field(primary_key=True)
    account: str = Field(index=True)
    conversation_id: str | None = Field(default=None, index=True)
    kind: str
    state: str = Field(default="pending", index=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    payload_sha: str = ""
    revision: int = 1
    words: str = ""
    customer_id: int | None = Field(default=None, index=True, foreign_key="customer.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str | None = None
    record_kind: str | None = None
    record_id: int | None = None
    source: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    source_key: str | None = Field(default=None, index=True)


class AuditEntry(SQLModel, table=True):
    """Who did what to which record or proposal, when; `before` and `after` hold the fields that changed."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime, index=True)
    account: str = Field(index=True)
    action: str = ""  # propose | edit | approve | reject | undo | expire | split | draft …
    proposal_id: str | None = Field(default=None, index=True)
    record_kind: str | None = Field(default=None, index=True)
    record_id: int | None = Field(default=None, index=True)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)

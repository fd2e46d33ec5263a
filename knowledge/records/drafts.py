"""Drafts that people keep: their versions, what each rests on, comments and sign-offs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from knowledge.records.base import UtcDateTime, now


class KeptDraft(SQLModel, table=True):
    """A draft that somebody asked to be kept; what it says is in its versions.

    customer_id  None: over several customers; only who made it sees it
    kind, audience, language, title   as of the request; they never change
    request      the parts of assistant.drafts.DraftRequest, with which it is made again
    latest       number of the newest version; raised by a conditional UPDATE that one writer wins
    locked       number of the newest version that is signed; 0: none
    """

    __tablename__ = "kept_draft"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int | None = Field(default=None, index=True, foreign_key="customer.id", ondelete="CASCADE")
    kind: str
    audience: str
    language: str
    title: str = ""
    request: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    latest: int = 1
    locked: int = 0
    made_by: str = Field(default="", index=True)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    source_key: str | None = Field(default=None, unique=True)  # of the request that kept it: a second try keeps nothing twice


class DraftVersion(SQLModel, table=True):
    """One version, never changed after it is written.

    origin   made | edited | regenerated | reopened
    as_of    the day whose state the machine's lines tell
    content  canonical JSON of assistant.drafts.kept.content.Content; `content_sha` is the SHA-256 of exactly these characters
    """

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(index=True, foreign_key="kept_draft.id", ondelete="CASCADE")
    number: int
    origin: str
    as_of: date | None = None
    made_by: str
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    content: str = Field(sa_type=Text)
    content_sha: str


class DraftSource(SQLModel, table=True):
    """What a version rests on: a passage, or a record told by kind, id and identity."""

    __tablename__ = "draft_source"

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(index=True, foreign_key="draft_version.id", ondelete="CASCADE")
    passage_id: int | None = Field(default=None, index=True, foreign_key="passage.id", ondelete="SET NULL")
    record_kind: str | None = None
    record_id: int | None = None
    record_identity: str = ""


class DraftSourceCustomer(SQLModel, table=True):
    """Whom a source was about when the version was made: it outlives the passage. required: as in PassageCustomer."""

    __tablename__ = "draft_source_customer"

    source_id: int = Field(primary_key=True, foreign_key="draft_source.id", ondelete="CASCADE")
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", ondelete="CASCADE", index=True)
    required: bool = True


class DraftComment(SQLModel, table=True):
    """What a person says of a section or line. line: its words as of that version, "" for the whole section."""

    __tablename__ = "draft_comment"

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(index=True, foreign_key="kept_draft.id", ondelete="CASCADE")
    number: int
    section: str
    line: str = Field(default="", sa_type=Text)
    words: str = Field(sa_type=Text)
    by: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class DraftSignature(SQLModel, table=True):
    """A sign-off of exactly one version. purpose: requirements | business_case | review; behalf: for whom it was recorded, "" for `by`."""

    __tablename__ = "draft_signature"
    __table_args__ = (UniqueConstraint("draft_id", "number", "purpose"), Index("ix_draft_signature_version", "draft_id", "number"))

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="kept_draft.id", ondelete="CASCADE")
    number: int
    purpose: str
    by: str
    behalf: str = ""
    content_sha: str
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

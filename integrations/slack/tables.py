"""Tables of the chat door: what came in, what went out, which threads are alive, what a person prefers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from knowledge.records.base import UtcDateTime, now


class SlackEvent(SQLModel, table=True):
    """One thing that happened in Slack, kept before it is acknowledged and worked on exactly once.

    key      says the same thing for every delivery of the same happening: "message:C1:1.2", "action:U1:1.3:proposal_save", …
    lane     events of one lane are worked on one after the other, in the order of their arrival (a thread, a person's modals)
    state    waiting | working | done | failed
    lease_until  until when `worker` has it; afterwards another may take it
    not_before   a failed try waits until then
    reference    what a person is told when it could not be done
    """

    __tablename__ = "slack_event"
    __table_args__ = (
        Index("ix_slack_event_state", "state", "id"),
        Index("ix_slack_event_lane", "lane", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    lane: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = "waiting"
    attempts: int = 0
    worker: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stop_asked: bool = False
    reference: str | None = None
    received_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SlackPost(SQLModel, table=True):
    """One message that the product sends. The row is written before the call, so that a restart knows what may have been sent.

    key    of the event and the step in it: the same step never posts twice
    state  sending | sent | failed
    ts     Slack's name for the message, once known
    """

    __tablename__ = "slack_post"
    __table_args__ = (Index("ix_slack_post_place", "channel", "ts"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    channel: str
    thread_ts: str | None = None
    ts: str | None = None
    state: str = "sending"
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SlackThread(SQLModel, table=True):
    """A thread in which the product takes part, and the conversation it stands for. askers: Slack ids of who asked in it."""

    __tablename__ = "slack_thread"
    __table_args__ = (UniqueConstraint("channel", "thread_ts"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    thread_ts: str
    conversation_id: str | None = None
    askers: list[str] = Field(default_factory=list, sa_type=JSON)
    last_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SlackPreference(SQLModel, table=True):
    """What a person chose on the Home page. language: "id" | "en", None as in their Slack profile."""

    __tablename__ = "slack_preference"

    user: str = Field(primary_key=True)
    language: str | None = None


class SlackDraft(SQLModel, table=True):
    """A draft that somebody asked for, so that buttons carry no more than its key.

    event_key  of the happening that asked for it: a second try goes on with the same row
    asked_in   the channel and thread where it was asked for; None in direct messages
    channel    the person's direct messages, where it is made and shown; thread_ts "" until there is a message of it
    question   {"missing": "customer" | "kind", "choices": [[words, value], …]} while something is asked back
    request    the parts of assistant.drafts.DraftRequest, once understood
    digest     of the draft as the person saw it
    shared_by  key of the click that shared it
    """

    __tablename__ = "slack_draft"

    key: str = Field(primary_key=True)
    event_key: str = Field(unique=True)
    user: str
    asked_in: str | None = None
    asked_thread: str | None = None
    channel: str
    thread_ts: str = ""
    text: str = ""
    kind: str | None = None
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    question: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    request: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    digest: str = ""
    shared_by: str | None = None
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SlackUpload(SQLModel, table=True):
    """Files that somebody dropped on the product, offered for import; its card's buttons carry no more than the key.

    event_key   of the message that they came with: a second try offers the same row
    user        who dropped them: nobody else may decide
    files       [{"id", "name", "size", "url", "kind", "source", "problem"}]; `source` is the place that each shall have in the store
    state       offered | importing | done | discarded
    claimed_by  key of the click that imports; a second try of it goes on
    result      what came of it, for the report
    """

    __tablename__ = "slack_upload"

    key: str = Field(primary_key=True)
    event_key: str = Field(unique=True)
    user: str
    channel: str
    thread_ts: str = ""
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    state: str = "offered"
    claimed_by: str | None = None
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

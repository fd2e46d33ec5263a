"""The tables of conversations and their turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from knowledge.records.base import UtcDateTime, now


class Conversation(SQLModel, table=True):
    """Talk of one account; nobody else can go on with it."""

    id: str = Field(primary_key=True)
    account: str = Field(index=True)
    started_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Turn(SQLModel, table=True):
    """A question and its answer. `state` is what the next turn needs to understand a follow-up."""

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: str = Field(index=True, foreign_key="conversation.id")
    number: int = 0
    asked: str = ""
    answer: str = ""
    language: str = "id"
    abstained: bool = False
    reason: str | None = None
    citations: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    state: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    model: str = "builtin"
    seconds: float = 0.0
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

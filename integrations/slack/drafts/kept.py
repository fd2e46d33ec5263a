"""Drafts that people asked for in Slack: what was asked, what it became, who shared it. Buttons name them by key alone."""

import hashlib
import secrets
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, select, update
from sqlmodel import col

from assistant.drafts import Draft, DraftRequest
from integrations.slack.tables import SlackDraft
from knowledge.store import read, write

_REQUEST = TypeAdapter(DraftRequest)


def begin(engine: Engine, wanted: SlackDraft) -> SlackDraft:
    """Keep a new one under a key of its own; that of an earlier try of the same event, if there is one."""
    with write(engine) as session:
        known = session.execute(select(SlackDraft).where(col(SlackDraft.event_key) == wanted.event_key)).scalar_one_or_none()
        if known is None:
            known = wanted
            session.add(known)
            session.flush()
        session.expunge(known)
        return known


def new_key() -> str:
    """A name that cannot be guessed."""
    return f"draft_{secrets.token_hex(8)}"


def of_key(engine: Engine, key: str, user: str) -> SlackDraft | None:
    """The draft of this key, if this person asked for it."""
    with read(engine) as session:
        found = session.execute(select(SlackDraft).where(col(SlackDraft.key) == key, col(SlackDraft.user) == user)).scalar_one_or_none()
        session.expunge_all()
        return found


def asked_back(engine: Engine, channel: str, thread_ts: str, user: str) -> SlackDraft | None:
    """The newest draft of this thread and person that waits for an answer to a question."""
    with read(engine) as session:
        found = session.execute(
            select(SlackDraft)
            .where(col(SlackDraft.channel) == channel, col(SlackDraft.thread_ts) == thread_ts, col(SlackDraft.user) == user)
            .order_by(col(SlackDraft.at).desc())
            .limit(1)
        ).scalar_one_or_none()
        session.expunge_all()
        return found if found is not None and found.question and not found.request else None


def keep(engine: Engine, draft: SlackDraft, **values: Any) -> None:
    """Change what is kept of a draft, in the store and in hand."""
    with write(engine) as session:
        session.execute(update(SlackDraft).where(col(SlackDraft.key) == draft.key).values(**values))
    for name, value in values.items():
        setattr(draft, name, value)


def claim_share(engine: Engine, key: str, event_key: str) -> bool:
    """Whether this click is the one that shares the draft: the first, also when it is tried again."""
    with write(engine) as session:
        session.execute(update(SlackDraft).where(col(SlackDraft.key) == key, col(SlackDraft.shared_by).is_(None)).values(shared_by=event_key))
        return session.execute(select(col(SlackDraft.shared_by)).where(col(SlackDraft.key) == key)).scalar() == event_key


def as_kept(request: DraftRequest) -> dict[str, Any]:
    """A request as it is kept."""
    kept: dict[str, Any] = _REQUEST.dump_python(request, mode="json")
    return kept


def request_of(draft: SlackDraft) -> DraftRequest | None:
    """The request of a kept draft; None while it is not understood."""
    return _REQUEST.validate_python(draft.request) if draft.request else None


def digest(made: Draft) -> str:
    """What tells two drafts apart as a reader would."""
    return hashlib.sha256(replace(made, removed=[]).markdown().encode()).hexdigest()

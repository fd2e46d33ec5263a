"""Files offered for import, and who decided: one compare-and-set, so that two clicks or two processes import once."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from integrations.slack.tables import SlackEvent, SlackUpload
from knowledge.store import read, write

LATE = timedelta(hours=24)
Decided = Literal["importing", "discarded"]


def key_of(event_key: str) -> str:
    """The key of what a message brought: the same at every try."""
    return "up_" + hashlib.sha256(event_key.encode()).hexdigest()[:20]


def offer(engine: Engine, event_key: str, user: str, channel: str, thread_ts: str, files: Sequence[Mapping[str, Any]], at: datetime) -> SlackUpload:
    """Keep what a message brought; that of an earlier try, if there is one."""
    with write(engine) as session:
        known = session.get(SlackUpload, key_of(event_key))
        if known is None:
            known = SlackUpload(
                key=key_of(event_key), event_key=event_key, user=user, channel=channel, thread_ts=thread_ts, files=[dict(file) for file in files], at=at
            )
            session.add(known)
        return known


def of_key(engine: Engine, key: str) -> SlackUpload | None:
    """What was offered under a key."""
    with read(engine) as session:
        return session.get(SlackUpload, key)


def decide(engine: Engine, key: str, decided: Decided, by: str, at: datetime) -> SlackUpload:
    """The row after this click: `claimed_by` is `by` if the click decided, now or at an earlier try of the same event."""
    with write(engine) as session:
        session.execute(
            update(SlackUpload)
            .where(col(SlackUpload.key) == key, col(SlackUpload.state) == "offered", col(SlackUpload.at) > at - LATE)
            .values(state=decided, claimed_by=by)
        )
        row = session.get(SlackUpload, key, populate_existing=True)
        assert row is not None
        if decided == "importing" and row.state == "importing" and row.claimed_by != by and _given_up(session, row.claimed_by):
            row.claimed_by = by
            session.add(row)
        return row


def finish(engine: Engine, key: str, by: str, result: Mapping[str, Any]) -> SlackUpload:
    """Keep what came of it; the first result stands."""
    with write(engine) as session:
        session.execute(
            update(SlackUpload)
            .where(col(SlackUpload.key) == key, col(SlackUpload.state) == "importing", col(SlackUpload.claimed_by) == by)
            .values(state="done", result=dict(result))
        )
        row = session.get(SlackUpload, key, populate_existing=True)
        assert row is not None
        return row


def _given_up(session: Session, event_key: str | None) -> bool:
    """Whether the click that took it upon itself will not be tried again."""
    state = session.execute(select(col(SlackEvent.state)).where(col(SlackEvent.key) == event_key)).scalar()
    return state not in ("waiting", "working")

"""The inbox: every happening is kept once, before Slack is told that it arrived, and worked on by one worker at a time."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, and_, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.store import read, write

TRIES = 5
PAUSES = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=20), timedelta(seconds=60))


def keep(engine: Engine, key: str, kind: str, lane: str, payload: Mapping[str, Any], at: datetime) -> bool:
    """Keep a happening; False if it was kept before. On return it is on the disk."""
    insert = insert_postgresql if engine.dialect.name == "postgresql" else insert_sqlite
    row = {"key": key, "kind": kind, "lane": lane, "payload": dict(payload), "state": "waiting", "attempts": 0, "stop_asked": False, "received_at": at}
    with write(engine) as session:
        result = session.execute(insert(SlackEvent).values(row).on_conflict_do_nothing(index_elements=["key"]))
        return bool(result.rowcount)  # type: ignore[attr-defined]


def claim(engine: Engine, worker: str, at: datetime, lease: timedelta) -> SlackEvent | None:
    """The oldest happening that nobody works on and whose lane is free, now this worker's; None if there is none."""
    with read(engine) as session:
        if session.execute(_free(at).with_only_columns(SlackEvent.id)).first() is None:
            return None  # without the write lock, which an idle worker must not take twice a second
    with write(engine) as session:
        event = session.execute(_free(at).with_for_update(skip_locked=True)).scalars().first()
        if event is None:
            return None
        event.state, event.worker, event.lease_until = "working", worker, at + lease
        event.attempts += 1
        session.add(event)
        return event


def _free(at: datetime) -> Any:
    other = aliased(SlackEvent)
    ready = or_(
        and_(col(SlackEvent.state) == "waiting", or_(col(SlackEvent.not_before).is_(None), col(SlackEvent.not_before) <= at)),
        and_(col(SlackEvent.state) == "working", col(SlackEvent.lease_until) <= at),
    )
    before = exists().where(
        col(other.lane) == col(SlackEvent.lane), col(other.id) < col(SlackEvent.id), col(other.state).in_(("waiting", "working"))
    )
    return select(SlackEvent).where(ready, ~before).order_by(col(SlackEvent.id)).limit(1)


def renew(engine: Engine, event: SlackEvent, at: datetime, lease: timedelta) -> bool:
    """Hold it longer; False if another worker has it by now, so that this one must stop."""
    with write(engine) as session:
        return _mine(session, event, lease_until=at + lease)


def done(engine: Engine, event: SlackEvent, at: datetime) -> None:
    """Worked on to its end."""
    with write(engine) as session:
        _mine(session, event, state="done", done_at=at, lease_until=None)


def try_again(engine: Engine, event: SlackEvent, at: datetime) -> None:
    """A try failed: it waits a while for the next one."""
    pause = PAUSES[min(event.attempts, len(PAUSES)) - 1]
    with write(engine) as session:
        _mine(session, event, state="waiting", not_before=at + pause, lease_until=None)


def give_up(engine: Engine, event: SlackEvent, at: datetime, reference: str) -> None:
    """The last try failed; `reference` is what the person was told."""
    with write(engine) as session:
        _mine(session, event, state="failed", done_at=at, lease_until=None, reference=reference)


def ask_to_stop(engine: Engine, channel: str, thread_ts: str) -> int:
    """Mark what is being worked on in a thread as unwanted; how many that were.

    That is what was said or clicked there, and a draft shown there that was asked for elsewhere.
    """
    drafts = select(col(SlackDraft.event_key)).where(col(SlackDraft.channel) == channel, col(SlackDraft.thread_ts) == thread_ts)
    with write(engine) as session:
        elsewhere = set(session.execute(drafts).scalars())
        working = session.execute(select(SlackEvent).where(col(SlackEvent.state) == "working")).scalars().all()
        meant = [event for event in working if event.key in elsewhere or _happened_in(event, channel, thread_ts)]
        for event in meant:
            event.stop_asked = True
            session.add(event)
        return len(meant)


def _happened_in(event: SlackEvent, channel: str, thread_ts: str) -> bool:
    payload = event.payload
    there = payload.get("channel") == channel and (payload.get("thread_ts") or payload.get("ts") or payload.get("message_ts")) == thread_ts
    return there or event.lane == f"thread:{channel}:{thread_ts}"


def stop_asked(engine: Engine, event_id: int) -> bool:
    """Whether the person asked to stop it."""
    with read(engine) as session:
        return bool(session.execute(select(col(SlackEvent.stop_asked)).where(col(SlackEvent.id) == event_id)).scalar())


def new_reference() -> str:
    """A short name for a failure that a person can read out."""
    return "AK-" + secrets.token_hex(3).upper()


def _mine(session: Session, event: SlackEvent, **values: Any) -> bool:
    result = session.execute(
        update(SlackEvent)
        .where(col(SlackEvent.id) == event.id, col(SlackEvent.worker) == event.worker, col(SlackEvent.state) == "working", col(SlackEvent.attempts) == event.attempts)
        .values(**values)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]

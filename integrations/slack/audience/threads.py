"""Threads in which the product takes part: our own memory of them, since a bot may read a thread's history only seldom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from integrations.slack.tables import SlackThread
from knowledge.store import read, write


@dataclass(frozen=True)
class Alive:
    """A thread that is still listened to without a mention."""

    conversation: str | None
    askers: frozenset[str]


def alive(engine: Engine, channel: str, thread_ts: str, at: datetime, hours: float) -> Alive | None:
    """The thread, if the product spoke in it within the last hours."""
    with read(engine) as session:
        thread = _thread(session, channel, thread_ts)
        if thread is None or thread.last_at < at - timedelta(hours=hours):
            return None
        return Alive(thread.conversation_id, frozenset(thread.askers))


def take_part(engine: Engine, channel: str, thread_ts: str, user: str, conversation: str | None, at: datetime) -> None:
    """The product spoke in a thread to somebody; `conversation` None leaves the one that it has."""
    with write(engine) as session:
        thread = _thread(session, channel, thread_ts) or SlackThread(channel=channel, thread_ts=thread_ts)
        thread.conversation_id = conversation or thread.conversation_id
        thread.askers = sorted({*thread.askers, user})
        thread.last_at = at
        session.add(thread)


def _thread(session: Session, channel: str, thread_ts: str) -> SlackThread | None:
    found = select(SlackThread).where(col(SlackThread.channel) == channel, col(SlackThread.thread_ts) == thread_ts)
    return session.execute(found).scalar_one_or_none()

"""What was said in a conversation, kept turn by turn. A conversation is talk; a session is a database session."""

import secrets
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import col

from assistant.gaps.gap import NO_GAPS, Gap, about, close_answered
from assistant.turns import Conversation, Turn
from knowledge.store import read, write


class UnknownConversation(LookupError):
    """There is no conversation of this id, or it belongs to somebody else."""


def new_conversation() -> str:
    """The id of a conversation that begins; it is kept with its first turn."""
    return "conv_" + secrets.token_hex(6)


def last_state(engine: Engine, conversation: str, account: str) -> dict[str, Any] | None:
    """What the last turn left, or None in a new conversation. Raises UnknownConversation."""
    with read(engine) as session:
        found = session.get(Conversation, conversation)
        if found is None or found.account != account:
            raise UnknownConversation(conversation)
        turn = session.execute(
            select(Turn).where(col(Turn.conversation_id) == conversation).order_by(col(Turn.number).desc()).limit(1)
        ).scalar_one_or_none()
        return turn.state if turn else None


def remember(engine: Engine, turn: Turn, account: str, owner: str | None = None) -> int:
    """Keep a turn, its conversation if it is the first, and a gap if it was not answered; returns the turn's id.

    An answer closes the asker's own gaps of the same question.

    account: who asked; owner: whose conversation it is, where not theirs.
    """
    with write(engine) as session:
        if session.get(Conversation, turn.conversation_id) is None:
            session.add(Conversation(id=turn.conversation_id, account=owner or account))
            session.flush()
        last = session.execute(select(func.max(Turn.number)).where(col(Turn.conversation_id) == turn.conversation_id)).scalar()
        turn.number = (last or 0) + 1
        session.add(turn)
        session.flush()
        question = turn.state.get("question", turn.asked)
        if turn.abstained and turn.reason not in NO_GAPS:
            session.add(Gap(account=account, question=question, about=about(question), reason=turn.reason, turn_id=turn.id, at=turn.at))
        else:
            close_answered(session, account, question, turn.citations, turn.at)
        return turn.id or 0

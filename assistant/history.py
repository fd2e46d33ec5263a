"""Earlier turns of a conversation, for models that read them."""

from sqlalchemy import Engine, select
from sqlmodel import col

from assistant.turns import Conversation, Turn
from knowledge.store import read

EARLIER_TURNS = 6


def earlier_turns(engine: Engine, conversation: str, account: str, limit: int = EARLIER_TURNS) -> list[tuple[str, str]]:
    """Questions and answers, oldest first; nothing of a conversation that is somebody else's."""
    with read(engine) as session:
        query = (
            select(col(Turn.asked), col(Turn.answer))
            .join(Conversation, col(Conversation.id) == col(Turn.conversation_id))
            .where(col(Turn.conversation_id) == conversation, col(Conversation.account) == account)
            .order_by(col(Turn.number).desc())
            .limit(limit)
        )
        return [(asked, answer) for asked, answer in session.execute(query).all()][::-1]

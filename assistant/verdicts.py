"""What people think of answers: kept with the turn; a "no" becomes a knowledge gap with its reason."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlmodel import Field, SQLModel, col

from assistant.gaps.gap import FEEDBACK, Gap, about
from assistant.turns import Turn
from knowledge.records.base import UtcDateTime, now
from knowledge.store import write

REASONS = ("wrong", "incomplete", "outdated", "wrong_customer", "other")


class Verdict(SQLModel, table=True):
    """One person's last word on one answer. verdict: up | down; reason: one of REASONS, None as long as none was given."""

    id: int | None = Field(default=None, primary_key=True)
    turn_id: int = Field(index=True, foreign_key="turn.id")
    account: str = Field(index=True)
    verdict: str
    reason: str | None = None
    words: str = ""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


def give(engine: Engine, turn_id: int, account: str, verdict: str, at: datetime, reason: str | None = None, words: str = "") -> bool:
    """Keep somebody's verdict on a turn; the last one counts. A reason for a "down" opens a gap, once. False for an unknown turn."""
    with write(engine) as session:
        turn = session.get(Turn, turn_id)
        if turn is None:
            return False
        found = select(Verdict).where(col(Verdict.turn_id) == turn_id, col(Verdict.account) == account)
        verdict_row = session.execute(found).scalar_one_or_none() or Verdict(turn_id=turn_id, account=account, verdict=verdict)
        verdict_row.verdict, verdict_row.at = verdict, at
        if verdict == "down":
            verdict_row.reason, verdict_row.words = reason or verdict_row.reason, words or verdict_row.words
        session.add(verdict_row)
        gap = session.execute(select(Gap).where(col(Gap.turn_id) == turn_id, col(Gap.account) == account)).scalars().first()
        if verdict == "down" and reason:
            why = f"{FEEDBACK}{reason}" + (f": {words}" if words else "")
            question = turn.state.get("question", turn.asked)
            if gap is None:
                session.add(Gap(account=account, question=question, about=about(question), reason=why, turn_id=turn_id, at=at))
            else:
                gap.reason, gap.state = why, "open"
                session.add(gap)
        elif verdict == "up" and gap is not None and gap.told_wrong:
            gap.state = "dismissed"
            session.add(gap)
        return True

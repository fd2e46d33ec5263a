"""A knowledge gap, kept when a question is declined or an answer is called wrong; closed when the question is answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, Engine, select
from sqlmodel import Field, Session, SQLModel, col

from assistant.turns import Turn
from knowledge.access import Viewer
from knowledge.language.tokens import stems
from knowledge.records.base import UtcDateTime, now
from knowledge.store import read, write

State = Literal["open", "answered", "dismissed"]
FEEDBACK = "feedback:"
"""How the reason of a gap begins that a person's "not right" has opened: an answer alone does not close it."""

NO_GAPS = frozenset({"nothing_due", "whose"})
"""Reasons of answers that leave nothing to be found: there is nothing and that is right, or the asker has to say whom they mean."""


class Gap(SQLModel, table=True):
    """A question that could not be answered: what is worth adding to the files.

    about        stems of the question's words in alphabetical order: the same for the same question in other order or inflection
    answered_at  since when it is answered; `sources`: "file, place" of that answer
    """

    id: int | None = Field(default=None, primary_key=True)
    account: str = Field(index=True)
    question: str = ""
    about: str = Field(default="", index=True)
    reason: str | None = None
    turn_id: int | None = Field(default=None, foreign_key=f"{Turn.__tablename__}.id")
    state: str = "open"  # State
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sources: list[str] = Field(default_factory=list, sa_type=JSON)

    @property
    def topic(self) -> str:
        """`about`, worked out where an older version of the product kept the gap without it."""
        return self.about or about(self.question)

    @property
    def told_wrong(self) -> bool:
        """Whether a person has called the answer wrong."""
        return (self.reason or "").startswith(FEEDBACK)


def about(question: str) -> str:
    """The stems of a question (Indonesian or English), sorted; the question itself where it has no words of content."""
    return " ".join(sorted(set(stems(question)))) or question.strip().lower()


def gaps_of(engine: Engine, viewer: Viewer, states: Iterable[State] = ("open",)) -> list[Gap]:
    """Newest first: those of the viewer's own questions; everybody's for who sees everything."""
    query = select(Gap).where(col(Gap.state).in_(list(states))).order_by(col(Gap.at).desc(), col(Gap.id).desc())
    if not viewer.everything:
        query = query.where(col(Gap.account) == viewer.account)
    with read(engine) as session:
        return list(session.execute(query).scalars())


def close_answered(session: Session, account: str, question: str, citations: list[dict[str, Any]], at: datetime) -> int:
    """The open gaps of an account about this question are answered from now on; how many those were.

    citations: as `Citation.as_dict` gives them; without any nothing was answered. Gaps that a person's "not right" opened stay open.
    """
    if not citations:
        return 0
    theirs = select(Gap).where(col(Gap.account) == account, col(Gap.state) == "open")
    topic = about(question)
    closed = [gap for gap in session.execute(theirs).scalars() if gap.topic == topic and not gap.told_wrong]
    for gap in closed:
        gap.state, gap.answered_at, gap.sources = "answered", at, places(citations)
        session.add(gap)
    return len(closed)


def places(citations: list[dict[str, Any]]) -> list[str]:
    """"file, place" of each citation, each once."""
    return list(dict.fromkeys(", ".join(part for part in (each.get("source"), each.get("locator")) if part) for each in citations))


def dismiss(engine: Engine, viewer: Viewer, number: int) -> bool:
    """A gap that needs no answer is taken off the list, with those of the same question; False for one that the viewer does not have."""
    with write(engine) as session:
        gap = session.get(Gap, number)
        if gap is None or gap.state != "open" or not (viewer.everything or gap.account == viewer.account):
            return False
        listed = select(Gap).where(col(Gap.state) == "open")
        if not viewer.everything:
            listed = listed.where(col(Gap.account) == viewer.account)
        for each in session.execute(listed).scalars():
            if each.topic == gap.topic:
                each.state = "dismissed"
                session.add(each)
        return True

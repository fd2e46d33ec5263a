"""Open gaps are asked again, each with the rights of who asked, once the store knows more."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering import Answering
from assistant.gaps.gap import Gap, close_answered, gaps_of
from knowledge.access import OWNER, UnknownAccount, Viewer, viewer_for
from knowledge.records.base import now
from knowledge.store import read, write


@dataclass(frozen=True)
class AskedAgain:
    """questions: how many were asked; answered: the gaps that have an answer now; left: how many were not asked for want of time."""

    questions: int
    answered: list[Gap]
    left: int


def ask_again(answering: Answering, viewer: Viewer = OWNER, seconds: float = 30.0, clock: Callable[[], float] = time.monotonic) -> AskedAgain:
    """Ask the open gaps that this viewer has, newest first, until `seconds` are over; those with a cited answer are closed.

    Nothing else is kept: no turn, no conversation, no new gap. A gap that a person's "not right" opened is not asked: only they can tell.
    """
    until = clock() + seconds
    waiting: dict[tuple[str, str], Gap] = {}
    for gap in gaps_of(answering.engine, viewer):
        if not gap.told_wrong:
            waiting.setdefault((gap.account, gap.topic), gap)
    answered: list[Gap] = []
    asked = 0
    for gap in waiting.values():
        if clock() >= until:
            break
        asked += 1
        answer = _answer(answering, gap)
        if answer and _close(answering, gap, answer):
            answered.append(gap)
    return AskedAgain(asked, answered, len(waiting) - asked)


def _answer(answering: Answering, gap: Gap) -> list[dict[str, object]]:
    """The citations of the answer that its asker would get now; none where there is no answer, or no such asker any more."""
    try:
        with read(answering.engine) as session:
            asker = viewer_for(session, None if gap.account == OWNER.account else gap.account)
    except UnknownAccount:
        return []
    answer = answering.ask(gap.question, asker, kept=False)
    return [] if answer.abstained else [citation.as_dict() for citation in answer.citations]


def _close(answering: Answering, gap: Gap, citations: list[dict[str, object]]) -> int:
    with write(answering.engine) as session:
        return close_answered(session, gap.account, gap.question, citations, now())

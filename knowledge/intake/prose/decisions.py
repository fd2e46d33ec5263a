"""Decisions taken, and what was expressly left undecided."""

from collections.abc import Iterator

from knowledge.intake.prose.facts import CommitmentDraft
from knowledge.intake.prose.statements import Statement
from knowledge.intake.prose.wording import pattern


def decisions_in(statement: Statement) -> Iterator[CommitmentDraft]:
    """Decisions of a statement: all of it under a label or heading of decisions, else the sentences that say so.

    An undecided matter comes with extra["undecided"] and the sentences before it in extra["about"]; it decides nothing.
    """
    earlier: list[str] = []
    for sentence in statement.sentences():
        if pattern("meetings.undecided").search(sentence):
            draft = _draft(statement, sentence)
            draft.status = "open"
            draft.extra = {"undecided": True, "about": " ".join(earlier)}
            yield draft
        elif statement.mode == "decision" or (pattern("meetings.decided").search(sentence) and not _denied(sentence)):
            yield _draft(statement, sentence)
        earlier.append(sentence)


def _denied(sentence: str) -> bool:
    match = pattern("meetings.decided").search(sentence)
    before = sentence[: match.start()] if match else ""
    return bool(
        pattern("agreement.negation", "feedback.not_positive").search(" ".join(before.split()[-3:]))
    ) or sentence.rstrip().endswith("?")


def _draft(statement: Statement, sentence: str) -> CommitmentDraft:
    return CommitmentDraft(
        statement.passage,
        statement.locator,
        sentence,
        on=statement.on,
        kind="decision",
        text=sentence,
        status="unknown",
    )

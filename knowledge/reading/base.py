"""What the rest of the product knows of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Reading:
    """What a reader makes of one passage for one question.

    `start`, `end`, `text`: the likeliest answer, in characters of the passage, without surrounding spaces; it is the best
    there is even where `answers` says that the passage does not answer. `score`: how much better that span fits than
    "no answer" (logit; comparable between the passages of one question). `answers`: probability, calibrated, that the
    passage answers the question. `relevance`: for ordering the passages of one question (logit).
    """

    start: int
    end: int
    text: str
    score: float
    answers: float
    relevance: float


@runtime_checkable
class PassageReader(Protocol):
    """Reads passages for a question, in Indonesian or English."""

    @property
    def name(self) -> str: ...

    def read(self, question: str, passages: Sequence[str], cosines: Sequence[float] | None = None) -> list[Reading]:
        """A reading of each passage, in the order given.

        `cosines`: of the question's and each passage's vector (the default embedding model), where the search has them;
        they make the probability better.
        """
        ...


def nobody() -> PassageReader | None:
    """Where there is no trained reader."""
    return None


class ReaderError(Exception):
    """The reader cannot be prepared or loaded; the message says what to do."""

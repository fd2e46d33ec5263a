"""What a draft has quoted already, so that nothing is said twice."""

import re
from dataclasses import dataclass, field

SENTENCE = 30
"""Characters from which words that are quoted twice are a sentence said twice."""
MOST = 0.6
"""The share of words that known ones must fill to be the same thing said."""


@dataclass
class QuotedWords:
    """Words are compared without case, spaces, a number before them and a stop behind them."""

    known: set[str] = field(default_factory=set)

    def note(self, *texts: str) -> None:
        """Remember words."""
        self.known.update(_folded(text) for text in texts if text.strip())

    def has(self, text: str) -> bool:
        """Whether these words were quoted, or words that hold them or that they hold."""
        folded = _folded(text)
        return any(folded in known or (len(known) > MOST * len(folded) and known in folded) for known in self.known)

    def stands_in(self, text: str) -> bool:
        """Whether a sentence that was quoted stands in these words."""
        folded = _folded(text)
        return any(len(known) >= SENTENCE and known in folded for known in self.known)


def _folded(text: str) -> str:
    return re.sub(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?", "", " ".join(text.split())).rstrip(" .;").lower()

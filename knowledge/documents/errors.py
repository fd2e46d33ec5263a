"""What can go wrong while a file is read, in words for the person who sent it."""

from typing import Literal

from knowledge.language.vocabulary import words_beside

ReasonCode = Literal["damaged", "empty", "encrypted", "too_large", "bomb", "unsupported", "no_text"]

_REASONS: dict[str, dict[str, str]] = words_beside(__file__, "reasons")


class Unreadable(Exception):
    """The file cannot be read. `reason_code` is one of ReasonCode; `detail`: technical, short, for a log."""

    def __init__(self, reason_code: ReasonCode, detail: str = "") -> None:
        super().__init__(f"{reason_code}: {detail}" if detail else reason_code)
        self.reason_code = reason_code
        self.detail = detail

    def message(self, lang: str) -> str:
        """What happened and what to do about it, in `lang` ("id" or "en")."""
        words = _REASONS[self.reason_code]
        return words.get(lang, words["en"])

"""What is asked of agreements in one set of words and laid down in another: "how early must they write?" and "60 days' written notice"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import both_languages, word_set, words_beside

_AMOUNTS = frozenset({"money", "percent", "number"})
_VALUES = _AMOUNTS | {"duration", "time", "deadline", "date", "person", "phone", "email", "conflict", "reason"}
"""Kinds of answer that name a value."""


@dataclass(frozen=True)
class Idiom:
    """One such thing (idioms.toml). kinds: of the value asked for, none where it may be laid down without one."""

    name: str
    kinds: tuple[str, ...]
    asked: re.Pattern[str]
    but: re.Pattern[str] | None
    frame: frozenset[str]
    said: re.Pattern[str]
    unsaid: re.Pattern[str] | None
    about: re.Pattern[str] | None
    timeless: bool

    def asks(self, plain: str, timed: bool) -> bool:
        """Whether a question, normalised, asks for it; `timed`: it names a month or another stretch of time."""
        return not (timed and self.timeless) and self.asked.search(plain) is not None and not (self.but and self.but.search(plain))

    def wanted(self, asks: tuple[str, ...]) -> tuple[str, ...]:
        """The kinds of answer of a question that asks for it: its own before those that the question's words name, where they go together."""
        if not self.kinds:
            return asks
        others = [kind for kind in asks if kind in _VALUES and kind not in self.kinds]
        return asks if set(others) - _AMOUNTS or others and not set(self.kinds) & _AMOUNTS else (*self.kinds, *(kind for kind in asks if kind not in self.kinds))

    def words(self, plain: str) -> frozenset[str]:
        """The words of a question, normalised, that ask for it."""
        found = " ".join(match[0] for match in self.asked.finditer(plain))
        return frozenset(re.findall(r"[\w-]+", found)) | self.frame

    def lays_down(self, sentence: str, passage: str) -> bool:
        """Whether a sentence of a passage lays it down."""
        text = sentence.lower()
        return bool(self.said.search(text)) and not (self.unsaid and self.unsaid.search(text)) and not (self.about and not self.about.search(passage.lower()))


def idiom_asked(question: str, timed: bool = False) -> Idiom | None:
    """The one that a question (Indonesian or English) asks for, if it is one; `timed`: it names a stretch of time."""
    plain = normalise(question)
    return next((idiom for idiom in _idioms() if idiom.asks(plain, timed)), None)


@cache
def _idioms() -> tuple[Idiom, ...]:
    return tuple(_idiom(name, row) for name, row in words_beside(__file__, "idioms").items())


def _idiom(name: str, row: dict[str, Any]) -> Idiom:
    asked, but, said, unsaid, about = (_pattern(row.get(part)) for part in ("asked", "but", "said", "unsaid", "about"))
    assert asked is not None and said is not None
    return Idiom(name, tuple(row["kinds"]), asked, but, word_set(row["frame"]) if "frame" in row else frozenset(), said, unsaid, about, row.get("timeless", False))


def _pattern(part: dict[str, list[str]] | None) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(both_languages(part))})(?!\w)", re.IGNORECASE) if part else None

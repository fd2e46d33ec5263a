"""What is asked of agreements in one set of words and laid down in another: "how early must they write?" and "60 days' written notice"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import both_languages, word_set, words_beside


@dataclass(frozen=True)
class Idiom:
    """One such thing (idioms.toml). kind: of the value asked for, "" where it is none."""

    name: str
    kind: str
    asked: re.Pattern[str]
    but: re.Pattern[str] | None
    frame: frozenset[str]
    said: re.Pattern[str]
    unsaid: re.Pattern[str] | None
    about: re.Pattern[str] | None

    def asks(self, plain: str) -> bool:
        """Whether a question, normalised, asks for it."""
        return self.asked.search(plain) is not None and not (self.but and self.but.search(plain))

    def words(self, plain: str) -> frozenset[str]:
        """The words of a question, normalised, that ask for it."""
        found = " ".join(match[0] for match in self.asked.finditer(plain))
        return frozenset(re.findall(r"[\w-]+", found)) | self.frame

    def lays_down(self, sentence: str, passage: str) -> bool:
        """Whether a sentence of a passage lays it down."""
        text = sentence.lower()
        return bool(self.said.search(text)) and not (self.unsaid and self.unsaid.search(text)) and not (self.about and not self.about.search(passage.lower()))


def idiom_asked(question: str) -> Idiom | None:
    """The one that a question (Indonesian or English) asks for, if it is one."""
    plain = normalise(question)
    return next((idiom for idiom in _idioms() if idiom.asks(plain)), None)


@cache
def _idioms() -> tuple[Idiom, ...]:
    return tuple(_idiom(name, row) for name, row in words_beside(__file__, "idioms").items())


def _idiom(name: str, row: dict[str, Any]) -> Idiom:
    asked, but, said, unsaid, about = (_pattern(row.get(part)) for part in ("asked", "but", "said", "unsaid", "about"))
    assert asked is not None and said is not None
    return Idiom(name, row.get("kind", ""), asked, but, word_set(row["frame"]) if "frame" in row else frozenset(), said, unsaid, about)


def _pattern(part: dict[str, list[str]] | None) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(both_languages(part))})(?!\w)", re.IGNORECASE) if part else None

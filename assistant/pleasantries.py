"""Messages that want no answer from the files: help, a greeting, thanks; and what is said to them, in Indonesian and English."""

import re
from functools import cache
from typing import Any, Literal

from knowledge.language.tokens import normal_alternatives, normalise
from knowledge.language.vocabulary import Language, words_beside

Pleasantry = Literal["help", "greeting", "thanks"]


def pleasantry(text: str) -> Pleasantry | None:
    """What a message is that is nothing else; one without words wants help."""
    plain = plain_words(text)
    if not plain or re.fullmatch(rf"(?:(?:{_words('filler')})\s+)*(?:{_words('help')})(?:\s+(?:{_words('filler')}))*", plain):
        return "help"
    kinds: tuple[Pleasantry, Pleasantry] = ("greeting", "thanks")
    for kind in kinds:
        word = rf"(?:{_words(kind)})"
        if re.fullmatch(rf"{word}(?:\s+(?:{word}|{_words('filler')}))*", plain):
            return kind
    return None


def reply_to(kind: Pleasantry, language: Language) -> str:
    """What is said to it."""
    return str(_table()["replies"][kind][language])


def plain_words(text: str) -> str:
    """Lower case, chat spelling written out, nothing but words and hyphens."""
    return " ".join(re.sub(r"[^\w\s-]", " ", normalise(text)).split())


@cache
def _words(kind: str) -> str:
    return normal_alternatives(_table()[kind])


def _table() -> dict[str, Any]:
    return words_beside(__file__, "pleasantries")

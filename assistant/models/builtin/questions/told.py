"""What a message only tells before or after it asks: "Irfan is moving, I heard. Who takes over from him?" asks nothing about hearing."""

import re
from functools import cache
from typing import Any

from knowledge.documents.passages import sentences
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import both_languages, word_set, words_beside

_THEN = re.compile(r",\s+(?=(?:jadi|nah|lalu|terus|so|then)\s)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")


def told_stretches(message: str) -> tuple[tuple[int, int], ...]:
    """Where a message tells and does not ask, as (start, end) in characters; () where all of it asks, or none."""
    parts = _parts(message)
    told = [not _asks(message[start:end]) for start, end in parts]
    return tuple(part for part, tells in zip(parts, told, strict=True) if tells) if any(told) and not all(told) else ()


def _parts(message: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sentences(message):
        at = start
        for match in _THEN.finditer(message, start, end):
            found.append((at, match.start()))
            at = match.end()
        found.append((at, end))
    return found


def _asks(part: str) -> bool:
    words = _WORD.findall(normalise(part))
    return "?" in part or bool(set(words) & word_set(_table()["asking"])) or bool(words) and words[0] in _commands()


@cache
def _commands() -> frozenset[str]:
    return frozenset(both_languages(_table()["commands"]))


def _table() -> dict[str, Any]:
    return words_beside(__file__, "told")

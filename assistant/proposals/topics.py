"""What a short text is about, comparable across Indonesian and English."""

import re
from functools import lru_cache

from assistant.proposals.phrases import pattern
from knowledge.language.concepts import Concept, concepts

Topic = tuple[frozenset[str], ...]
"""A content word each, as the concepts that it may stand for."""

_WORD = re.compile(r"[^\W\d_]{3,}")


def topic(text: str, *without: str) -> Topic:
    """The content words of a text without names, numbers, dates and words that only tell how somebody felt or that they said it."""
    names = {word.lower() for name in without for word in _WORD.findall(name)}
    found: dict[frozenset[str], None] = {}
    for concept in _concepts(text):
        word = concept.text.lower()
        if _WORD.search(word) and not set(_WORD.findall(word)) & names and not _says_nothing(word):
            found.setdefault(concept.names)
    return tuple(found)


@lru_cache(maxsize=4096)
def _concepts(text: str) -> tuple[Concept, ...]:
    return tuple(concepts(text))


@lru_cache(maxsize=4096)
def _says_nothing(word: str) -> bool:
    lists = (
        ("beside", "empty"),
        ("sentiment", "stance", "positive"),
        ("sentiment", "stance", "negative"),
        ("clauses", "reporting"),
        ("kinds", "promise"),
    )
    return any(pattern(*path).fullmatch(word) for path in lists)


def shared(first: Topic, second: Topic) -> int:
    """How many content words of the first stand in the second."""
    return sum(any(word & other for other in second) for word in first)


def alike(first: Topic, second: Topic) -> float:
    """Share of the shorter topic that both have, 0–1; one word in common is not enough unless it is all."""
    common, least = min(shared(first, second), shared(second, first)), min(len(first), len(second))
    return common / least if common >= 2 or (common and least == 1 == max(len(first), len(second))) else 0.0

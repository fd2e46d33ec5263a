"""Typing errors in a question: a word that nobody uses is read as the one word of the language that is spelled nearly so."""

import re
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.language.concepts import concept_names, is_known_word, known_words

SHORTEST, LONG = 5, 8
_WORD = re.compile(r"(?<![\w@./-])[a-z]+(?![\w@/-]|\.\w)")
"""A word in small letters; what has a capital, a digit or stands in an address is a name or a code."""


def respelled(text: str, used: Callable[[str], bool]) -> str:
    """The question with its typing errors mended. used: whether a word that no vocabulary has stands in the asker's documents."""

    def mended(match: re.Match[str]) -> str:
        word = match[0]
        other = _nearest(word) if len(word) >= SHORTEST and not is_known_word(word) else None
        return other if other and not used(word) else word

    return _WORD.sub(mended, text)


@lru_cache(maxsize=10_000)
def _nearest(word: str) -> str | None:
    """The one word of the vocabulary within one slip of the fingers (two from eight letters on); None if there is none, or several of different meaning."""
    most = 1 if len(word) < LONG else 2
    found = process.extract(word, known_words(), scorer=OSA.distance, score_cutoff=most, limit=3)
    if not found:
        return None
    least = min(distance for _, distance, _ in found)
    best = [other for other, distance, _ in found if distance == least and other[0] == word[0]]
    meanings = frozenset.intersection(*map(concept_names, best)) if best else frozenset()
    return best[0] if len(best) == 1 or meanings else None

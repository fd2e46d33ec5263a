"""The words of words.toml, Indonesian and English together, as lower-case sets."""

import re

from knowledge.language.vocabulary import words_beside

WORDS: dict[str, dict[str, list[str]]] = words_beside(__file__, "words")


def words(section: str) -> frozenset[str]:
    """All words of a section in both languages, lower case."""
    return frozenset(word.lower() for group in WORDS[section].values() for word in group)


def alternatives(section: str) -> str:
    """The words of a section as one regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words(section), key=len, reverse=True))

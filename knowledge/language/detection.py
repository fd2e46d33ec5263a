"""Tells Indonesian from English, down to a chat line of two words."""

import re
from functools import lru_cache
from typing import Literal

from knowledge.language.vocabulary import LANGUAGES, Language, vocabulary

_DATA = vocabulary("stopwords")
_NEUTRAL = set(_DATA["neutral"])
_FUNCTION = {language: set(_DATA[language].split()) for language in LANGUAGES}
_SHARED = _NEUTRAL | (_FUNCTION["id"] & _FUNCTION["en"])
_CLUES = {language: set(_DATA["clues"][language]) for language in LANGUAGES}
_LOANS = set(_DATA["clues"]["loans"])
_CHAT = {language: set(words) - _NEUTRAL for language, words in vocabulary("informal").items()}
_AFFIXES = {language: re.compile("|".join(_DATA["affixes"][language])) for language in LANGUAGES}
_WORD = re.compile(r"(?<![\w@#/.-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@/]|-\d)")

_FUNCTION_WEIGHT, _CLUE_WEIGHT, _AFFIX_WEIGHT, _LOAN_WEIGHT = 2.0, 1.0, 0.6, 0.3


def scores(text: str) -> dict[Language, float]:
    """How strongly a text speaks for each language: function words count double, typical affixes about half.

    Codes do not count; capitalised words inside a sentence (names) only as function words or clues.
    """
    total: dict[Language, float] = {"id": 0.0, "en": 0.0}
    at_sentence_start = True
    for match in _WORD.finditer(text):
        word = match[0]
        named = word[0].isupper() and not at_sentence_start
        between = text[match.end() : match.end() + 1]
        at_sentence_start = between in ".!?\n:" if between else False
        for language, weight in _speaks_for(word.lower().replace("’", "'"), named):
            total[language] += weight
    return total


@lru_cache(maxsize=50_000)
def _speaks_for(word: str, named: bool) -> tuple[tuple[Language, float], ...]:
    """How strongly one lower-case word speaks for each language that it speaks for."""
    if word in _LOANS:
        return (("en", _LOAN_WEIGHT),)
    found: list[tuple[Language, float]] = []
    for language in LANGUAGES:
        if word in _FUNCTION[language] or word in _CHAT[language]:
            if word not in _SHARED:
                found.append((language, _FUNCTION_WEIGHT))
        elif word in _CLUES[language]:
            found.append((language, _CLUE_WEIGHT * (0.5 if named else 1.0)))
        elif not named and _AFFIXES[language].search(word):
            found.append((language, _AFFIX_WEIGHT))
    return tuple(found)


def detect(text: str) -> Literal["id", "en"]:
    """`id` or `en`; for a mixed text the language of its function words; `id` where nothing tells."""
    score = scores(text)
    return "en" if score["en"] > score["id"] else "id"

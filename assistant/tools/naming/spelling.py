"""Typing errors in a question: a word that nobody uses is read as the one word of the language that is spelled nearly so."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

import assistant
import knowledge
from knowledge.language.concepts import concept_names, is_known_word, known_words

SHORTEST, LONG = 5, 9
_WORD = re.compile(r"(?<![\w@./-])[a-z]+(?![\w@/-]|\.\w)")
"""A word in small letters; what has a capital, a digit or stands in an address is a name or a code."""
_VOWELS = re.compile("[aeiou]")
_VOWELS_LEFT_OUT, _CONSONANTS = 3, 4
_PLURAL = re.compile(r"(?<![\w@./-])([A-Z]{3,6})s(?=\s+[a-z])")
""" "ABCs contract": an acronym's possessive without its apostrophe."""


def respelled(text: str, used: Callable[[str], bool]) -> str:
    """The question with its typing errors mended. used: whether a word that no vocabulary has stands in the asker's documents."""

    def mended(match: re.Match[str]) -> str:
        word = match[0]
        other = _nearest(word) if len(word) >= SHORTEST and word not in _listed() and not is_known_word(word) else None
        return other if other and not used(word) else word

    return _WORD.sub(mended, _PLURAL.sub(r"\1's", text))


@cache
def _listed() -> frozenset[str]:
    """Every word of the product's own word lists: none of them is a slip of the fingers."""
    folders = (Path(str(package.__file__)).parent for package in (assistant, knowledge))
    texts = (path.read_text("utf-8").lower() for folder in folders for path in folder.rglob("*.toml"))
    return frozenset(word for text in texts for word in re.findall(r"[a-z]{4,}", text))


@cache
def _by_letters() -> dict[str, list[str]]:
    """The words of the product's lists by their letters in order of the alphabet."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _listed():
        found["".join(sorted(word))].append(word)
    return found


@cache
def _by_consonants() -> dict[str, list[str]]:
    """The words of the vocabulary and of the product's lists by their consonants in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in {*known_words(), *_listed()}:
        if len(word) > SHORTEST and word.isalpha():
            found[_VOWELS.sub("", word)].append(word)
    return found


def _vowels_left_out(word: str) -> str | None:
    """The word of which only vowels were left out, as in chat: "plathan" for "pelatihan"; None where words of different meaning fit."""
    consonants = _VOWELS.sub("", word)
    if len(consonants) < _CONSONANTS:
        return None
    found = [other for other in _by_consonants().get(consonants, ()) if 0 < len(other) - len(word) <= _VOWELS_LEFT_OUT and _holds(other, word)]
    least = min(map(len, found), default=0)
    best = [other for other in found if len(other) == least]
    return best[0] if len(best) == 1 or best and frozenset.intersection(*map(concept_names, best)) else None


def _holds(word: str, letters: str) -> bool:
    """Whether a word has some letters in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _turned_round(word: str) -> str | None:
    """The one listed word of which two neighbouring letters were typed the wrong way round: "pgeang" for "pegang"."""
    found = [other for other in _by_letters().get("".join(sorted(word)), ()) if OSA.distance(word, other) == 1]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=10_000)
def _nearest(word: str) -> str | None:
    """The one word of the vocabulary within one slip of the fingers (two from nine letters on); None if there is none, or several of different meaning."""
    if word.endswith("nya") and len(word) > SHORTEST + 3 and (base := _nearest(word[:-3])) is not None:
        return f"{base}nya"
    if word.endswith("s") and (base := _nearest(word[:-1])) is not None and len(word) > SHORTEST:
        return f"{base}s"
    most = 1 if len(word) < LONG else 2
    found = process.extract(word, known_words(), scorer=OSA.distance, score_cutoff=most, limit=3)
    if not found:
        return _vowels_left_out(word) or _turned_round(word)
    least = min(distance for _, distance, _ in found)
    best = [other for other, distance, _ in found if distance == least and other[0] == word[0]]
    turned = [other for other in best if sorted(other) == sorted(word)]
    if len(turned) == 1:  # two letters the wrong way round are likelier than one too many
        return turned[0]
    meanings = frozenset.intersection(*map(concept_names, best)) if best else frozenset()
    return best[0] if len(best) == 1 or meanings else None

"""Words as headings shorten them, written out: "tgl" → tanggal, "jbtn" → jabatan, "No. Fakt." → "no faktur" (shortened.toml)."""

import re
from collections import defaultdict
from functools import cache, lru_cache, partial

from knowledge.language.tokens import stem
from knowledge.language.vocabulary import LANGUAGES, Language, words_beside
from knowledge.records.schema import schemas

_DATA = words_beside(__file__, "shortened")
ABBREVIATED: dict[str, str] = {short: word for language in LANGUAGES for short, word in _DATA["abbreviated"][language].items()}
"""Short for, in headings."""
_WORD = re.compile(r"[^\W\d_]+")
_DOTTED = re.compile(r"([^\W\d_]{3,8})\.(?!\w)")
_STOP = re.compile(r"(?<=\w)\.(?!\w)")
_VOWELS = frozenset("aeiou")
_SHORTEST, _SAME = 3, 5


def written_out(word: str) -> str:
    """A heading's word in full where it is short for one: by the list, else by its consonants alone."""
    if word in ABBREVIATED:
        return ABBREVIATED[word]
    if len(word) < _SHORTEST or not word.isalpha() or not word.isascii() or _VOWELS & set(word):
        return word
    return _by_consonants().get(word, word)


@lru_cache(maxsize=20_000)
def in_full(heading: str) -> tuple[str, ...]:
    """The ways that a heading may read in full, lower case, once a language; empty where nothing in it is short."""
    found = []
    for language in LANGUAGES:
        cut = _DOTTED.sub(partial(_in_language, language), heading.lower())
        found.append(" ".join(_STOP.sub("", _WORD.sub(lambda match: written_out(match[0]), cut)).split()))
    return tuple(text for text in dict.fromkeys(found) if text != " ".join(heading.lower().split()))


def _in_language(language: Language, match: re.Match[str]) -> str:
    return _begun(match[1], language) or match[0]


@lru_cache(maxsize=20_000)
def _begun(start: str, language: Language) -> str | None:
    """The one known word of a language that begins so; its other forms aside."""
    words = {word for word in _known()[language] if word.startswith(start)}
    if not words or start in words or start in ABBREVIATED:
        return None
    shortest = min(words, key=lambda word: (len(word), word))
    return shortest if all(word.startswith(shortest[:_SAME]) for word in words) else None


@cache
def _known() -> dict[Language, frozenset[str]]:
    """Words of the headings that record kinds list, by language."""
    found: dict[Language, set[str]] = {language: set(_DATA["further"][language]) for language in LANGUAGES}
    for schema in schemas().values():
        for field in schema.fields.values():
            for language in LANGUAGES:
                found[language].update(word for heading in field.words.get(language, ()) for word in _WORD.findall(heading.lower()))
    return {language: frozenset(words) for language, words in found.items()}


@cache
def _by_consonants() -> dict[str, str]:
    """Consonants → the one known word that is written so without vowels; where there are several, none."""
    found: dict[str, set[str]] = defaultdict(set)
    known = frozenset[str]().union(*_known().values())
    for word in known:
        if len(word) > _SHORTEST and word.isascii() and word[0] not in _VOWELS:
            found["".join(letter for letter in word if letter not in _VOWELS)].add(word)
    return {short: min(words, key=len) for short, words in found.items() if short not in known and len({stem(word, "id") for word in words}) == 1}

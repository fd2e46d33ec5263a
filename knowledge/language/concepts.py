"""Concepts: one identifier for words of both languages that mean the same, so that text can be compared across languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.language.tokens import STOPWORDS, stems, tokens
from knowledge.language.vocabulary import LANGUAGES, Language, vocabulary

_EMPTY = STOPWORDS["id"] | STOPWORDS["en"]


class Concept(NamedTuple):
    """One content word or term of a text. `names`: the concept identifiers it may stand for (stems when no table knows it)."""

    text: str
    start: int
    end: int
    names: frozenset[str]


@lru_cache(maxsize=200_000)
def _stem_forms(word: str) -> tuple[str, ...]:
    """The Indonesian and the English stem of a word (a stopword of one language may be a term of the other)."""
    forms = {*stems(word, "id"), *stems(word, "en")}
    return tuple(sorted(forms)) or (word.lower(),)


@dataclass(frozen=True)
class _Terms:
    """Concepts of terms as written, and of terms by the stems of their words; and by a term's first word (first stem) how
    many words the longest such term has, so that most words of a text are seen at once to begin none of several words."""

    written: dict[tuple[str, ...], frozenset[str]]
    stemmed: dict[tuple[str, ...], frozenset[str]]
    longest_written: dict[str, int]
    longest_stemmed: dict[str, int]


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    written: dict[tuple[str, ...], set[str]] = {}
    stemmed: dict[tuple[str, ...], set[str]] = {}
    for number, (indonesian, english) in enumerate(vocabulary("concepts")["terms"]):
        for language, words in zip(LANGUAGES, (indonesian, english), strict=True):
            for term in words.split(","):
                parts = tuple(term.lower().split())
                written.setdefault(parts, set()).add(f"#{number}")
                stemmed.setdefault(tuple((stems(part, language) or [part])[0] for part in parts), set()).add(f"#{number}")
    return _Terms(_frozen(written), _frozen(stemmed), _longest(written), _longest(stemmed))


def _longest(keys: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


def _frozen(table: dict[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    return {key: frozenset(names) for key, names in table.items()}


def concepts(text: str, language: Language | None = None) -> list[Concept]:
    """The content words and terms of a text, longest term first, each with its concept identifiers; stopwords left out.

    A word that the table has as it is written stands for just those concepts; another one for those of its stem, and its stem.
    """
    terms = _terms()
    words = tokens(text)
    found: list[Concept] = []
    at = 0
    while at < len(words):
        for length in range(min(_longest_from(words[at].norm), len(words) - at), 1, -1):
            part = words[at : at + length]
            written = terms.written.get(tuple(word.norm for word in part))
            names = written or _by_stems(terms.stemmed, [_stem_forms(word.norm) for word in part])
            if names:
                found.append(Concept(text[part[0].start : part[-1].end], part[0].start, part[-1].end, names))
                at += length
                break
        else:
            if names := _names(words[at].norm, language):
                found.append(Concept(words[at].text, words[at].start, words[at].end, names))
            at += 1
    return found


@lru_cache(maxsize=200_000)
def _longest_from(word: str) -> int:
    """The number of words of the longest term that may begin with this word; 0 if none does."""
    terms = _terms()
    return max(terms.longest_written.get(word, 0), *(terms.longest_stemmed.get(form, 0) for form in _stem_forms(word)))


@lru_cache(maxsize=200_000)
def _names(word: str, language: Language | None) -> frozenset[str]:
    terms = _terms()
    if names := terms.written.get((word,)):
        return names
    if word in _EMPTY:
        return frozenset()
    stem = (stems(word, language) or [""])[0]
    known = frozenset().union(*(terms.stemmed.get((form,), frozenset()) for form in _stem_forms(word)))
    if stem:
        return known | {stem}
    return known if len(word) > 3 else frozenset()


def _by_stems(table: dict[tuple[str, ...], frozenset[str]], forms: list[tuple[str, ...]]) -> frozenset[str]:
    """Concepts of a several-word term, whichever of its words' stems match."""
    keys: list[tuple[str, ...]] = [()]
    for alternatives in forms:
        keys = [(*key, form) for key in keys for form in alternatives]
        if len(keys) > 64:
            return frozenset()
    return frozenset().union(*(table.get(key, frozenset()) for key in keys))


@lru_cache(maxsize=16_384)
def concept_names(text: str, language: Language | None = None) -> frozenset[str]:
    """All concept identifiers that occur in a text; kept, since the same passages are read for many questions."""
    return frozenset(name for concept in concepts(text, language) for name in concept.names)

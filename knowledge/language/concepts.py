"""Concepts: one identifier for words of both languages that mean the same, so that text can be compared across languages."""

from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.tokens import STOPWORDS, stems, tokens
from knowledge.language.vocabulary import LANGUAGES, Language, vocabulary

_EMPTY = STOPWORDS["id"] | STOPWORDS["en"]


@dataclass(frozen=True)
class Concept:
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


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[tuple[str, ...], frozenset[str]], dict[tuple[str, ...], frozenset[str]], int]:
    """Terms as written, terms by the stems of their words, and the number of words of the longest term."""
    written: dict[tuple[str, ...], set[str]] = {}
    stemmed: dict[tuple[str, ...], set[str]] = {}
    for number, (indonesian, english) in enumerate(vocabulary("concepts")["terms"]):
        for language, words in zip(LANGUAGES, (indonesian, english), strict=True):
            for term in words.split(","):
                parts = tuple(term.lower().split())
                written.setdefault(parts, set()).add(f"#{number}")
                stemmed.setdefault(tuple((stems(part, language) or [part])[0] for part in parts), set()).add(f"#{number}")
    longest = max(len(key) for key in written)
    return _frozen(written), _frozen(stemmed), longest


def _frozen(table: dict[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    return {key: frozenset(names) for key, names in table.items()}


def concepts(text: str, language: Language | None = None) -> list[Concept]:
    """The content words and terms of a text, longest term first, each with its concept identifiers; stopwords left out.

    A word that the table has as it is written stands for just those concepts; another one for those of its stem, and its stem.
    """
    written, stemmed, longest = _terms()
    words = list(tokens(text))
    found: list[Concept] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 1, -1):
            part = words[at : at + length]
            names = written.get(tuple(word.norm for word in part)) or _by_stems(stemmed, [_stem_forms(word.norm) for word in part])
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
def _names(word: str, language: Language | None) -> frozenset[str]:
    written, stemmed, _ = _terms()
    if names := written.get((word,)):
        return names
    if word in _EMPTY:
        return frozenset()
    stem = (stems(word, language) or [""])[0]
    known = frozenset().union(*(stemmed.get((form,), frozenset()) for form in _stem_forms(word)))
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


def concept_names(text: str, language: Language | None = None) -> set[str]:
    """All concept identifiers that occur in a text."""
    return {name for concept in concepts(text, language) for name in concept.names}

"""Concepts: one identifier for words of both languages that mean the same, so that text can be compared across languages."""

from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.tokens import stems, tokens
from knowledge.language.vocabulary import vocabulary


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


def _key(term: str, language: str) -> tuple[str, ...]:
    return tuple((stems(word, language) or [word.lower()])[0] for word in term.split())


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[tuple[str, ...], frozenset[str]], int]:
    table: dict[tuple[str, ...], set[str]] = {}
    for number, (indonesian, english) in enumerate(vocabulary("concepts")["terms"]):
        for language, words in (("id", indonesian), ("en", english)):
            for term in words.split(","):
                table.setdefault(_key(term.strip(), language), set()).add(f"#{number}")
    longest = max(len(key) for key in table)
    return {key: frozenset(names) for key, names in table.items()}, longest


def concepts(text: str, language: str | None = None) -> list[Concept]:
    """The content words and terms of a text, longest term first, each with its concept identifiers; stopwords left out."""
    table, longest = _terms()
    words = list(tokens(text))
    keys = [(stems(word.norm, language) or [""])[0] for word in words]
    alternatives = [_stem_forms(word.norm) for word in words]
    found: list[Concept] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 1, -1):
            names = _lookup(table, alternatives[at : at + length])
            if names:
                found.append(Concept(text[words[at].start : words[at + length - 1].end], words[at].start, words[at + length - 1].end, names))
                at += length
                break
        else:
            word = words[at]
            known = frozenset().union(*(table.get((form,), frozenset()) for form in alternatives[at]))
            if known and (keys[at] or len(word.norm) > 3):
                found.append(Concept(word.text, word.start, word.end, known | ({keys[at]} if keys[at] else frozenset())))
            elif keys[at]:
                found.append(Concept(word.text, word.start, word.end, frozenset({keys[at]})))
            at += 1
    return found


def _lookup(table: dict[tuple[str, ...], frozenset[str]], forms: list[tuple[str, ...]]) -> frozenset[str]:
    """Concepts of a several-word term, whichever of its words' stems match."""
    keys: list[tuple[str, ...]] = [()]
    for alternatives in forms:
        keys = [key + (form,) for key in keys for form in alternatives]
        if len(keys) > 64:
            return frozenset()
    return frozenset().union(*(table.get(key, frozenset()) for key in keys))


def concept_names(text: str, language: str | None = None) -> set[str]:
    """All concept identifiers that occur in a text."""
    return set().union(*(concept.names for concept in concepts(text, language))) if text else set()

"""What the words of a heading mean: words of the same meaning in both languages are one (heading_words.toml)."""

from collections import defaultdict
from functools import cache, lru_cache
from typing import Any

from knowledge.language.tokens import stem
from knowledge.language.vocabulary import LANGUAGES, words_beside
from knowledge.records.schema import FieldSchema, schemas

Meanings = tuple[frozenset[str], ...]
"""A heading's words in order, each with its stems and the groups of words ("=customer") that it belongs to."""

_DATA: dict[str, Any] = words_beside(__file__, "heading_words")
NO_KIND: tuple[str, ...] = tuple(word for thing in _DATA["no_kind"].values() for language in LANGUAGES for word in thing[language])
"""Headings of tables whose rows are things that no record kind knows."""
_EMPTY = frozenset(word for language in LANGUAGES for word in _DATA["empty"][language])


def _groups() -> tuple[dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    written: dict[str, set[str]] = defaultdict(set)
    stemmed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group, words in _DATA["same"].items():
        for language in LANGUAGES:
            for word in words[language]:
                written[word].add(f"={group}")
                if " " not in word:
                    stemmed[language, stem(word, language)].add(f"={group}")
    return dict(written), dict(stemmed)


_WRITTEN, _STEMMED = _groups()
_LONGEST = max(word.count(" ") + 1 for word in _WRITTEN)


@lru_cache(maxsize=50_000)
def meanings(words: tuple[str, ...]) -> Meanings:
    """What a heading's words mean; words that say nothing ("of", "yang") are left out unless there are no others."""
    found, at = [], 0
    while at < len(words):
        size = next((size for size in range(min(_LONGEST, len(words) - at), 1, -1) if " ".join(words[at : at + size]) in _WRITTEN), 1)
        phrase = " ".join(words[at : at + size])
        if size > 1 or phrase not in _EMPTY or len(words) == 1:
            found.append(_of_phrase(phrase) if size > 1 else _of_word(phrase))
        at += size
    return tuple(found)


def _of_phrase(phrase: str) -> frozenset[str]:
    return frozenset({phrase, *_WRITTEN[phrase]})


def _of_word(word: str) -> frozenset[str]:
    groups = set(_WRITTEN.get(word, ()))
    stems = {language: stem(word, language) for language in LANGUAGES}
    for language, root in stems.items():
        groups |= _STEMMED.get((language, root), set())
    return frozenset({*stems.values(), *groups})


def bare(heading: Meanings, field: FieldSchema) -> Meanings:
    """A heading without the words that fields of the type, or of tables of the kind, have or not; all of it if nothing is left."""
    optional = _optional(field.type, _kind_of().get(id(field), ""))
    return tuple(word for word in heading if not word & optional) or heading


@cache
def _optional(field_type: str, kind: str) -> frozenset[str]:
    return frozenset(f"={group}" for group in (*_DATA["of_type"].get(field_type, ()), *_DATA["of_kind"].get(kind, ())))


@cache
def _kind_of() -> dict[int, str]:
    """Kind of record by the identity of its fields: they are read once and live as long as the process."""
    return {id(field): kind for kind, schema in schemas().items() for field in schema.fields.values()}


def same(left: Meanings, right: Meanings) -> bool:
    """Whether two headings mean the same word by word."""
    return len(left) == len(right) and all(a & b for a, b in zip(left, right, strict=True))


def covers(heading: Meanings, part: Meanings) -> bool:
    """Whether every word of a part is in the heading, in any order."""
    return all(any(word & other for other in heading) for word in part)

"""The word lists of `vocabulary/*.toml` as patterns, read once."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from knowledge.language.vocabulary import words_beside


def table(name: str) -> dict[str, Any]:
    """The content of `vocabulary/NAME.toml`; shared, so treat it as read-only."""
    return words_beside(__file__, f"vocabulary/{name}")


@cache
def words(path: str) -> tuple[str, ...]:
    """All words under a dotted path, "agreement.topics.words.term", of both languages and of any table below it."""
    name, *keys = path.split(".")
    node: Any = table(name)
    for key in keys:
        node = node[key]
    return tuple(_leaves(node))


def _leaves(node: Any) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _leaves(item)
    else:
        for item in node.values():
            yield from _leaves(item)


def alternation(items: Iterable[str]) -> str:
    """Regex source for any of the words, longest first; a final `*` stands for any ending, spaces for any white
    space."""
    ordered = sorted(set(items), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered
    )


def any_of(*paths: str) -> str:
    """Regex source for any word of the given lists, not inside another word."""
    return bounded(word for path in paths for word in words(path))


def bounded(items: Iterable[str]) -> str:
    """Regex source for any of the words, not inside another word."""
    return rf"(?<![\w])(?:{alternation(items)})(?![\w])"


@cache
def pattern(*paths: str) -> re.Pattern[str]:
    """Finds any word of the given lists, in any case."""
    return re.compile(any_of(*paths), re.IGNORECASE)


@cache
def label_pattern(*paths: str) -> re.Pattern[str]:
    """Finds "Label:" (or "Label -", "**Label**:") at the start of a text, with one of the words as its label."""
    source = alternation(word for path in paths for word in words(path))
    return re.compile(rf"^[\s*_\-•#>]*(?:{source})\b\.?[\s*_]*(?::|–|—|->|→|\s-\s)[\s*_]*", re.IGNORECASE)


def is_heading_of(text: str, *paths: str) -> bool:
    """Whether a heading consists of one of the words, numbering and a remark in brackets apart."""
    bare = re.sub(
        r"\([^)]*\)", "", re.sub(r"^[\s#*_]*(?:[A-Z]|[IVX]+|\d+(?:\.\d+)*)?[.)]?\s+(?=\S)", "", " " + text)
    ).strip(" :*_#.-–")
    return any(re.fullmatch(alternation(words(path)), bare, re.IGNORECASE) for path in paths)

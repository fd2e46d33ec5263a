"""Reads the word lists (TOML) that lie beside these modules, each once."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, Language] = ("id", "en")


@cache
def words_beside(code: str, name: str) -> dict[str, Any]:
    """The file NAME.toml beside a module, or in a folder beside it; `code` is its `__file__`. Read-only, it is shared."""
    return tomllib.loads((Path(code).parent / f"{name}.toml").read_text(encoding="utf-8"))


def vocabulary(name: str) -> dict[str, Any]:
    """The word list `NAME.toml` beside this module."""
    return words_beside(__file__, name)


def literal_alternatives(words: Iterable[str]) -> str:
    """A regex alternation of literal words, longest first, their spaces as they stand."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def alternatives(words: Iterable[str]) -> str:
    """A regex alternation of literal words, longest first, any white space between the words of a phrase."""
    return literal_alternatives(words).replace(r"\ ", r"\s+")


def both_languages(table: dict[str, list[str]]) -> list[str]:
    """The words of `id` and of `en` in one list."""
    return [word for language in LANGUAGES for word in table.get(language, [])]


def word_set(table: dict[str, str]) -> frozenset[str]:
    """The words of `id` and of `en`, which stand with spaces between them in one text each."""
    return frozenset(word for language in LANGUAGES for word in table[language].split())


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for whole words of a list; `~` at the end of one stands for any ending."""
    found = list(words)
    whole = [item for item in found if not item.endswith("~")]
    stems = [item[:-1] for item in found if item.endswith("~")]
    parts = [rf"(?:{alternatives(whole)})(?!\w)"] if whole else []
    parts += [rf"(?:{alternatives(stems)})\w*"] if stems else []
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)


@cache
def section_expressions(code: str, name: str, section: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expressions of a section (`id` and `en`) of NAME.toml beside a module as one pattern that any of them fits."""
    return re.compile(section_alternatives(code, name, section), flags)


@cache
def section_alternatives(code: str, name: str, section: str) -> str:
    """The regular expressions of a section (`id` and `en`) of NAME.toml beside a module, to stand in a group of a larger one."""
    return "|".join(both_languages(words_beside(code, name)[section]))


@cache
def section_words(code: str, name: str, section: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """The regular expressions of a section (`id` and `en`) of NAME.toml beside a module as one pattern of whole words."""
    return re.compile(rf"\b(?:{section_alternatives(code, name, section)})\b", flags)


@cache
def section_pattern(code: str, name: str, section: str) -> re.Pattern[str]:
    """The words of a section (`id` and `en`) of NAME.toml beside a module as one pattern: not inside another word, longest first; `*` is any letters."""
    body = alternatives(both_languages(words_beside(code, name)[section])).replace(r"\*", r"\w*")
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)

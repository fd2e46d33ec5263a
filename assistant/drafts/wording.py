"""The words of drafts, Indonesian and English side by side in wording.toml; word lists that recognise things in words.toml."""

import re
from functools import cache
from typing import Any

from assistant.drafts.kinds.description import described, kinds
from knowledge.language.vocabulary import both_languages, word_pattern, words_beside


def _table(name: str) -> dict[str, Any]:
    return words_beside(__file__, name)


def phrase(name: str, language: str, /, **parts: object) -> str:
    """An entry "section.name" of wording.toml, or the entry "name" among the words of the kind "section", filled in. Raises KeyError."""
    section, _, entry = name.partition(".")
    table = _table("wording").get(section, {})
    words = table.get(entry) or (described(section).words.get(entry) if section in kinds() else None)
    if words is None:
        raise KeyError(name)
    return str(words[language]).format(**parts)


def filled(table: dict[str, Any], name: str, language: str, /, **parts: object) -> str:
    """An entry "section.name" of a table of words, filled in."""
    section, _, entry = name.partition(".")
    return str(table[section][entry][language]).format(**parts)


def has_phrase(name: str) -> bool:
    """Whether wording.toml has the entry."""
    section, _, entry = name.partition(".")
    return entry in _table("wording")[section]


def word(group: str, value: str | None, language: str) -> str:
    """The word for a canonical value ("availability" → "ketersediaan"); the value itself where the table has none."""
    entry = _table("wording")[group].get((value or "").lower())
    return str(entry[language]) if entry else (value or "")


@cache
def matcher(*names: str) -> re.Pattern[str]:
    """A pattern for the word lists "section.name" of words.toml, both languages, whole words; `~` in a list is any ending."""
    found: list[str] = []
    for name in names:
        section, _, entry = name.partition(".")
        table = _table("words")[section][entry]
        found += both_languages(table)
    return word_pattern(found)

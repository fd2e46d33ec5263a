"""The words about kept drafts, from words.toml."""

from typing import Any

from assistant.drafts.wording import filled
from knowledge.language.vocabulary import words_beside


def say(name: str, language: str, /, **parts: object) -> str:
    """An entry "section.name" of words.toml, filled in."""
    return filled(words_beside(__file__, "words"), name, language, **parts)


def words(name: str) -> dict[str, Any]:
    """A whole section of words.toml."""
    found: dict[str, Any] = words_beside(__file__, "words")[name]
    return found

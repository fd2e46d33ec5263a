"""The words around a draft's content in a file, from words.toml."""

from assistant.drafts.wording import filled
from knowledge.language.vocabulary import words_beside


def say(name: str, language: str, /, **parts: object) -> str:
    """An entry "section.name" of words.toml, filled in."""
    return filled(words_beside(__file__, "words"), name, language, **parts)

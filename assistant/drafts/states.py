"""States as tables write them ("disetujui", "in progress"), said in the language of a draft."""

from functools import cache

from knowledge.language.vocabulary import Language, words_beside


def state_word(written: str | None, language: Language) -> str:
    """A word of the other language in this one ("Terbuka" → "open"), one of this language in lower case; one that no list has as written."""
    word = " ".join((written or "").split())
    spelling = word.casefold().strip(" .:")
    return spelling if spelling in _spellings(language) else _said(language).get(spelling, word)


@cache
def _spellings(language: Language) -> frozenset[str]:
    return frozenset(word for entry in words_beside(__file__, "states").values() for word in entry[language])


@cache
def _said(language: Language) -> dict[str, str]:
    other = "en" if language == "id" else "id"
    return {word: entry[language][0] for entry in words_beside(__file__, "states").values() for word in entry[other]}

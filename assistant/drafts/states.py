"""States as tables write them ("disetujui", "in progress"), said in the language of a draft."""

from datetime import date
from functools import cache

from knowledge.language.dates import find_dates
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language, words_beside


def state_word(written: str | None, language: Language) -> str:
    """A word of the other language in this one ("Terbuka" → "open"), one of this language in lower case; one that no list has as written.
    A day behind a known word is written as the language does ("closed 25/09/2026" → "closed 25 September 2026")."""
    word = " ".join((written or "").replace("_", " ").split())
    known = _known(word, language)
    if known is not None:
        return known
    days = [span for span in find_dates(word, _NO_DAY) if span.precision == "day" and not span.relative and span.end == len(word.rstrip(" .)"))]
    state = _known(word[: days[0].start].rstrip(" (:,"), language) if days else None
    return f"{state} {format_date(days[0].value, language)}" if state else word


def _known(word: str, language: Language) -> str | None:
    spelling = word.casefold().strip(" .:")
    return spelling if spelling in _spellings(language) else _said(language).get(spelling)


_NO_DAY = date(2000, 1, 1)
"""Only days that say their year are read, so that no other day is needed."""


@cache
def _spellings(language: Language) -> frozenset[str]:
    return frozenset(word for entry in words_beside(__file__, "states").values() for word in entry[language])


@cache
def _said(language: Language) -> dict[str, str]:
    other = "en" if language == "id" else "id"
    return {word: entry[language][0] for entry in words_beside(__file__, "states").values() for word in entry[other]}

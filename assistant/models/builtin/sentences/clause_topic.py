"""Whether there is a clause about something: the clause in its own words, or that none was found, where, and what comes nearest."""

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.agreements.clause_topics import ClauseFound
from knowledge.language.letter_case import calm
from knowledge.language.vocabulary import Language

_SHOWN = 3
"""Agreements named as looked through."""


def looked_through(documents: Sequence[tuple[str, Evidence]]) -> str:
    """The documents that were looked through, each with its mark."""
    titles = [f"{calm(title)} {mark(item)}" for title, item in documents]
    return "; ".join(titles[:_SHOWN]) + (" …" if len(titles) > _SHOWN else "")


def clause_told(found: ClauseFound, language: Language) -> Composed:
    if found.about is not None:
        return Composed(phrase("clause_there", language, place=place(found.about, language), quote=shorten(found.about.quote, 420), mark=mark(found.about)))
    looked = looked_through(found.looked)
    if found.mention is not None:
        item = found.mention
        return Composed(phrase("clause_mentioned", language, topic=f"“{found.topic}”", looked=looked, place=place(item, language), quote=shorten(item.quote, 240), mark=mark(item)))
    text = phrase("clause_not_there", language, topic=f"“{found.topic}”", looked=looked)
    if found.nearest is not None:
        text += phrase("clause_nearest", language, place=place(found.nearest, language), quote=shorten(found.nearest.quote, 240), mark=mark(found.nearest))
    return Composed(text, abstained=True, reason="no_clause")

"""Sentences about what may be promised: yes or no first, then what stands behind it, with its place and words."""

from assistant.models.builtin.phrasing import mark, phrase, place, shorten
from assistant.tools.promising import Behind
from knowledge.language.vocabulary import Language


def promise_answer(found: list[Behind], language: Language) -> str:
    """ "Tidak: …": the strictest thing that stands behind it decides."""
    item = found[0]
    return phrase(
        "may_promise" if item.carries else "may_not_promise",
        language,
        promised=item.promised.text,
        given=item.given.text,
        place=place(item.evidence, language),
        quote=shorten(item.sentence, 240),
        mark=mark(item.evidence),
    )

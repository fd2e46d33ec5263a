"""Whether the day asked about falls in a time without changes, with the clause that says so."""

from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.agreements.freezes import FreezesFound
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language

_SHOWN = 3


def freezes_told(found: FreezesFound, language: Language) -> Composed:
    """No, with the clause that the day falls under; else the clauses, and that it falls under none."""
    hit = [freeze for freeze in found.freezes if freeze.inside] or found.freezes
    lines = [phrase("lead_plain", language, place=place(freeze.evidence, language), quote=shorten(freeze.sentence, 320), mark=mark(freeze.evidence)) for freeze in hit[:_SHOWN]]
    lead = ""
    if found.day is not None:
        name = "freeze_inside" if hit[0].inside else "freeze_outside"
        lead = phrase(name, language, day=format_date(found.day, language))
    return Composed(lead + "\n• ".join(lines), covers=1.0)

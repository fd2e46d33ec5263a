"""A sentence about until when a service credit may be claimed."""

from datetime import date

from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.credits.claim import ClaimDeadline
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language


def claim_deadline_told(found: ClaimDeadline, today: date, language: Language) -> str:
    """The day first, then how it is counted, with the clause; that it has passed where it has."""
    parts = {"day": format_date(found.day, language), "end": format_date(found.month_end, language), "place": place(found.evidence, language)}
    length = format_duration(found.length.value, found.length.unit, language)
    told = phrase("claim_deadline", language, length=length, quote=shorten(found.sentence, 240), mark=mark(found.evidence), **parts)
    return told + (phrase("claim_deadline_past", language) if found.day < today else "")

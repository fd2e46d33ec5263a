"""Sentences about who may approve a discount."""

from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.records.approvals import ApproversFound
from knowledge.language.formats import format_percent
from knowledge.language.vocabulary import Language


def approvers_told(found: ApproversFound, language: Language) -> Composed:
    """Who, up to how much, and the row that says so."""
    lines = []
    for one in found.approvers:
        reach = phrase("approves_above" if one.above else "approves_up_to", language, limit=format_percent(one.limit, language))
        quote = phrase("lead_plain", language, place=place(one.evidence, language), quote=shorten(one.evidence.quote, 200), mark=mark(one.evidence))
        lines.append(f"{one.name} ({reach}) — {quote}")
    return Composed("\n• ".join(lines), found=[one.name for one in found.approvers][:2])

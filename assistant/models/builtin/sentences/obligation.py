"""What a side must do, one duty a line, with its state and what the ledger says of it."""

from datetime import date

from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, shorten
from assistant.tools.agreements.obligations import KnownObligation
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language


def obligations_told(known: list[KnownObligation], language: Language, today: date) -> Composed:
    """Lines of the duties; those that nothing on file calls met or missed say so once, at the end."""
    sides = {item.party for item in known}
    lines = []
    for item in known:
        side = phrase(f"duty_{item.party}", language) if len(sides) > 1 else ""
        state = "" if item.met is None else phrase("duty_met" if item.met else "duty_not_met", language)
        lines.append(f"• {side}{shorten(item.text, 130)}{state} {mark(item.evidence)}{_related(item, language, today)}")
    if all(item.met is None and not item.related for item in known):
        lines.append(phrase("duty_unknown", language))
    return Composed("\n".join(lines))


def _related(item: KnownObligation, language: Language, today: date) -> str:
    for entry, evidence in item.related:
        late = entry.due is not None and entry.due < today and entry.status not in ("done", "closed")
        due = phrase("due", language, day=format_date(entry.due, language)) if entry.due else ""
        return phrase("duty_late" if late else "duty_related", language, text=shorten(entry.text, 90), due=due, mark=mark(evidence))
    return ""

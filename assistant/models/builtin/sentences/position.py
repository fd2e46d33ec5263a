"""That somebody holds a position no longer, and who holds it now."""

from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.desk import Desk
from assistant.tools.records.positions import Left
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language


def left_told(found: Left, desk: Desk, language: Language) -> Composed:
    """ "No. It is Nadia now, Head of IT, since 1 May."; the row of the one who left in its own words."""
    text = phrase("no", language)
    if found.successor and found.successor_row:
        since = phrase("holds_since", language, since=format_date(found.since, language)) if found.since else ""
        title = f", {found.title}" if found.title else ""
        text += phrase("position_now", language, person=found.successor, title=title, since=since, mark=mark(found.successor_row))
    for day in (found.until, found.since):
        desk.computed.dates |= {day} if day else set()
    text += phrase("position_left", language, place=place(found.row, language), quote=shorten(found.row.quote, 260), mark=mark(found.row))
    return Composed(text, found=[found.successor or found.name], covers=1.0, gives=frozenset({"person"}))

"""Promises on file, one a line: who, what, due when."""

from assistant.models.builtin.questions.places import places_in
from assistant.models.builtin.questions.twofold import missing
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import mark, phrase, shorten
from assistant.tools.ledger.commitments import KnownCommitment
from assistant.tools.ledger.questions import asks_where, asks_whether_done
from knowledge.language.formats import format_date


def commitments_told(asked: Understanding, known: list[KnownCommitment]) -> Composed:
    """Promises on file, one a line: who, what, due when."""
    language = asked.language
    lines = []
    for item in known:
        if item.kind == "meeting" and item.due:
            return _meeting_told(asked, item)
        words = shorten(item.text, 200)
        said = words if item.kind in ("owed", "promise", "doing") else f"“{words}”"
        due = phrase("due", language, day=format_date(item.due, language)) if item.due else ""
        owner = f"{item.owner}: " if item.owner and not item.text.startswith(item.owner) else ""
        lines.append(f"{owner}{said}{due}{_state(asked, item)} {mark(item.evidence)}")
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=[item.owner for item in known[:1] if item.owner], gives=_gives(known))


def _gives(known: list[KnownCommitment]) -> frozenset[str]:
    """Kinds of value that every line has: who is to do it, by when."""
    kinds = {"person": all(item.owner for item in known), "date": all(item.due for item in known)}
    return frozenset(kind for kind, told in kinds.items() if told)


def _state(asked: Understanding, item: KnownCommitment) -> str:
    """What is on record of an entry whose day is over, or of one asked about: done, open, or that nothing says so."""
    late = item.due is not None and item.due < asked.today
    if item.kind not in ("owed", "promise", "doing") or not (late or asks_whether_done(asked.question)):
        return ""
    name = "ledger_done" if item.done else "ledger_late" if late and item.done is False else "ledger_open" if item.done is False else "ledger_untold_late" if late else "ledger_untold"
    return phrase(name, asked.language)


def _meeting_told(asked: Understanding, item: KnownCommitment) -> Composed:
    """When the next meeting is and, where that is asked for, its place or that none is given."""
    language = asked.language
    day = format_date(item.due, language) if item.due else ""
    place = item.place or next(iter(places_in(item.text)), "")
    wanted = asks_where(asked.question)
    lead = f"{day}, {place}" if wanted and place else day
    text = f"{lead}: “{shorten(item.text, 200)}” {mark(item.evidence)}"
    if wanted and not place:
        text += "\n" + missing("place", language)
    return Composed(text, gives=frozenset({"date", "place"}) if place else frozenset({"date"}))

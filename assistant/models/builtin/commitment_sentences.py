"""Promises on file, one a line: who, what, due when."""

from assistant.models.builtin.composed import Composed
from assistant.models.builtin.phrasing import mark, phrase, shorten
from assistant.models.builtin.understanding import Understanding
from assistant.tools.commitments import KnownCommitment
from knowledge.language.formats import format_date


def commitments_told(asked: Understanding, known: list[KnownCommitment]) -> Composed:
    """Promises on file, one a line: who, what, due when."""
    language = asked.language
    lines = []
    for item in known:
        if item.kind == "meeting" and item.due:
            lines.append(f"{format_date(item.due, language)}: “{shorten(item.text, 200)}” {mark(item.evidence)}")
            continue
        words = shorten(item.text, 200)
        said = words if item.kind in ("owed", "promise", "doing") else f"“{words}”"
        due = phrase("due", language, day=format_date(item.due, language)) if item.due else ""
        lines.append(f"{item.owner}: {said}{due} {mark(item.evidence)}" if item.owner and not item.text.startswith(item.owner) else f"{said}{due} {mark(item.evidence)}")
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=[item.owner for item in known[:1] if item.owner])

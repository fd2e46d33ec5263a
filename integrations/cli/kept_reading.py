"""Kept drafts in a terminal: the table of versions, a version with numbered lines, the same for JSON."""

from datetime import datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.drafts.kept.reading import Reading, VersionLine, clash_told
from assistant.drafts.kept.wording import say as kept_word
from integrations.cli.console import out
from integrations.cli.words import present, say
from knowledge.language.formats import format_date


def print_table(found: list[VersionLine], columns: tuple[str, ...]) -> None:
    """A row a version, with these columns."""
    table = Table(*(say(f"drafts.column_{name}") for name in columns))
    for line in found:
        cells = {
            "draft": line.draft, "title": line.title, "version": str(line.number), "how": kept_word(f"origin.{line.origin}", present()), "by": line.by,
            "at": f"{datetime.fromisoformat(line.at).astimezone():%Y-%m-%d %H:%M}", "as_of": line.as_of.isoformat() if line.as_of else "", "signed": "; ".join(line.signed),
        }  # fmt: skip
        table.add_row(*(Text(cells[name]) for name in columns))
    out().print(table)


def numbered(found: Reading) -> str:
    """The version to be read and worked on: "2.3" before each line."""
    line, language = found.line, present()
    day = format_date(line.as_of, language) if line.as_of else "—"
    parts = [found.draft.title, say("drafts.version", draft=line.draft, number=line.number, origin=kept_word(f"origin.{line.origin}", language), by=line.by, day=day)]
    parts += [say("drafts.signed", told="; ".join(line.signed))] if line.signed else []
    for number, part in enumerate(found.parts, 1):
        parts += ["", f"{number}  {part.section.title}"]
        for at, shown in enumerate(part.lines, 1):
            own = shown.line
            name = f"  [{shown.change.id}]" if shown.change is not None and shown.change.clash else ""
            words = f"{own.lead} {own.text}" if own.lead else own.text
            parts.append(f"  {number}.{at}  {words}{f' ({own.by})' if own.by else ''}{name}")
        parts += [f"  {part.section.empty_reason}"] if not part.lines and part.section.empty_reason else []
    if found.clashes:
        parts += ["", say("drafts.clashes", draft=line.draft), *(f"  {change.id}  {clash_told(change, language)}" for change in found.clashes)]
    if found.comments:
        titles = {part.section.key: part.section.title for part in found.parts}
        parts += ["", say("drafts.comments")]
        for one in found.comments:
            about = f" (“{one.line}”)" if one.line else ""
            parts.append("  " + say("drafts.comment_line", by=one.by, number=one.number, section=titles.get(one.section, one.section), line=about, words=one.words))
    return "\n".join(parts)


def as_dict(found: Reading) -> dict[str, Any]:
    """The draft, its numbered lines, comments and clashes, for JSON."""
    lines = [
        {"place": f"{number}.{at}", "section": part.section.key, "text": one.line.text, "lead": one.line.lead, "by": one.line.by, "change": one.change.id if one.change else None}
        for number, part in enumerate(found.parts, 1)
        for at, one in enumerate(part.lines, 1)
    ]
    comments = [{"by": one.by, "version": one.number, "section": one.section, "line": one.line, "words": one.words} for one in found.comments]
    clashes = [{"change": one.id, "why": one.clash, "told": clash_told(one, present())} for one in found.clashes]
    return {**found.draft.as_dict(), "version": found.line.as_dict(), "lines": lines, "comments": comments, "clashes": clashes}

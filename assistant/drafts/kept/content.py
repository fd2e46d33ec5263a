"""What one version of a kept draft says: the machine's lines, and what people changed in them. Stored as text, told apart by its hash."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from assistant.drafts.kept.wording import say
from assistant.drafts.model import Draft, Line, Section
from knowledge.language.formats import format_date

Action = Literal["replace", "remove", "add"]
Why = Literal["changed", "gone", "section_gone"]


@dataclass(frozen=True)
class Anchor:
    """A line of the machine: its words without marks, and the how manieth of those in its section that say the same."""

    words: str
    nth: int = 0


@dataclass(frozen=True)
class Change:
    """What a person did to one line.

    anchor    the machine's line that is replaced or removed; for an added line the one that it stands after, None at the top
    machine   that line's words when the person changed it, to be shown beside theirs
    text      the person's words, with marks of sources where they left them; "" when removed
    clash     why it has to be looked at again: the machine now says `now` instead, or nothing any more
    """

    id: str
    action: Action
    section: str
    section_title: str
    text: str
    by: str
    on: date
    anchor: Anchor | None = None
    machine: str = ""
    lead: str = ""
    clash: Why | None = None
    now: str = ""


@dataclass(frozen=True)
class Content:
    """A version: the draft as the machine made it, and the changes, oldest first."""

    draft: Draft
    changes: tuple[Change, ...] = ()
    counted: int = 0
    """How many changes there have ever been: names are not used twice."""


@dataclass(frozen=True)
class Shown:
    """A line as it is shown, with the change that made it so."""

    line: Line
    change: Change | None = None


@dataclass(frozen=True)
class ShownSection:
    section: Section
    lines: list[Shown] = field(default_factory=list)


_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def as_text(content: Content) -> str:
    """Canonical JSON: the same content gives the same characters."""
    plain: Any = _CONTENT.dump_python(content, mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Content:
    return _CONTENT.validate_json(text)


def sha_of(text: str) -> str:
    """SHA-256 of the stored characters."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(line: Line) -> str:
    """What a line says, without its marks: the same words are the same line."""
    from_cells = " | ".join(line.cells)
    return " ".join(_unmarked(f"{line.lead} {from_cells or line.text}").split())


def _unmarked(text: str) -> str:
    parts = text.split("[")
    return parts[0] + "".join(rest if not (head := rest.partition("]"))[1] or not head[0].isdigit() else head[2] for rest in parts[1:])


def anchors(section: Section) -> list[Anchor]:
    """The anchor of each line of the machine's section."""
    counts: dict[str, int] = {}
    found = []
    for line in section.lines:
        words = words_of(line)
        found.append(Anchor(words, counts.get(words, 0)))
        counts[words] = counts.get(words, 0) + 1
    return found


def sections(content: Content) -> list[ShownSection]:
    """All sections with the changes in them; a section that is the machine's no more keeps the lines of people."""
    shown = [ShownSection(section, _lines(content, section)) for section in content.draft.sections]
    there = {section.key for section in content.draft.sections}
    for change in content.changes:
        if change.section not in there and change.text:
            own = next((part for part in shown if part.section.key == change.section and change.section not in there), None)
            if own is None:
                own = ShownSection(Section(change.section, change.section_title))
                shown.append(own)
            own.lines.append(Shown(_person_line(change, content.draft, None), change))
    return shown


def _lines(content: Content, section: Section) -> list[Shown]:
    mine = [change for change in content.changes if change.section == section.key]
    known = anchors(section)
    loose = [change for change in mine if change.text and is_loose(change, known)]
    lines = [Shown(_person_line(change, content.draft, section), change) for change in loose if change.anchor not in known]
    for anchor, line in zip(known, section.lines, strict=True):
        changed = [change for change in mine if change.anchor == anchor and not is_loose(change, known)]
        lines += [Shown(_person_line(change, content.draft, section), change) for change in changed if change.text]
        lines += [Shown(line)] if not changed else []
        lines += [Shown(_person_line(change, content.draft, section), change) for change in loose if change.anchor == anchor]
    return lines


def is_loose(change: Change, known: list[Anchor]) -> bool:
    """Whether a person's line stands beside the machine's lines and not in the place of one: it was added, or its own line is gone."""
    return change.action == "add" or change.clash in ("gone", "section_gone") or change.anchor not in known


def _person_line(change: Change, draft: Draft, section: Section | None) -> Line:
    name = "by.added" if change.action == "add" else "by.replaced"
    by = say(name, draft.language, who=change.by, day=format_date(change.on, draft.language))
    cells: tuple[str, ...] = ()
    if section is not None and section.headings:
        parts = tuple(part.strip() for part in change.text.split("|"))
        cells = parts if len(parts) == len(section.headings) else ()
    return Line(change.text, cells=cells, lead=change.lead, by=by, stated=True)


def shown_draft(content: Content) -> Draft:
    """The draft as people read it: the machine's lines with the changes in them. Sources that no line cites any more stay listed."""
    parts = []
    for part in sections(content):
        lines = [one.line for one in part.lines]
        parts.append(replace(part.section, lines=lines, empty_reason=part.section.empty_reason if not lines else None))
    return replace(content.draft, sections=parts)


def removed(content: Content) -> list[Change]:
    """Lines of the machine that people took out."""
    return [change for change in content.changes if change.action == "remove"]


def clashes(content: Content) -> list[Change]:
    """Changes that a person has to look at again."""
    return [change for change in content.changes if change.clash]

"""What a person does to a version's lines, as a new content. Pure: who and when are given."""

from dataclasses import dataclass, replace
from datetime import date

from assistant.drafts.kept.content import Anchor, Change, Content, Shown, ShownSection, anchors, sections, words_of
from assistant.drafts.kept.marks import unknown_mark


class UnknownPlace(LookupError):
    """There is no such section or line in the version."""


class UnknownChange(LookupError):
    """There is no such change in the version."""


class UnknownMark(ValueError):
    """The person's words name a source that the version does not have: `mark`."""

    def __init__(self, mark: int) -> None:
        super().__init__(mark)
        self.mark = mark


@dataclass(frozen=True)
class Place:
    """A line by the numbers that `akrab drafts show` gives: section and line from 1; line 0: the top, None: the end of the section."""

    section: int
    line: int | None = None

    @classmethod
    def of(cls, text: str) -> "Place":
        """ "2.3" or "2". Raises UnknownPlace."""
        section, dot, line = text.strip().partition(".")
        if not section.isdigit() or (dot and not line.isdigit()):
            raise UnknownPlace(text)
        return cls(int(section), int(line) if dot else None)


def replaced(content: Content, place: Place, text: str, by: str, on: date) -> Content:
    """The whole line at this place in the person's words; its lead stays in bold where they write it too. Raises UnknownPlace, UnknownMark."""
    part, shown = _line(content, place)
    told, lead = _told(content, text), shown.line.lead
    lead, told = (lead, told[len(lead) :].strip()) if lead and told.startswith(lead) else ("", told)
    if shown.change is not None:
        return _with(content, replace(shown.change, text=told, lead=lead, by=by, on=on))
    anchor = _anchor(content, part, shown)
    change = Change("", "replace", part.section.key, part.section.title, told, by, on, anchor, words_of(shown.line), lead)
    return _with(content, change)


def removed(content: Content, place: Place, by: str, on: date) -> Content:
    """Without the line at this place. Raises UnknownPlace."""
    part, shown = _line(content, place)
    if shown.change is None:
        anchor = _anchor(content, part, shown)
        return _with(content, Change("", "remove", part.section.key, part.section.title, "", by, on, anchor, words_of(shown.line), shown.line.lead))
    if shown.change.action == "replace" and shown.change.clash not in ("gone", "section_gone"):
        return _with(content, replace(shown.change, action="remove", text="", by=by, on=on))
    return _without(content, shown.change.id)


def added(content: Content, place: Place, text: str, by: str, on: date) -> Content:
    """With a new line after this place. Raises UnknownPlace, UnknownMark."""
    part = _section(content, place)
    told = _told(content, text)
    count = len(part.lines)
    after = count if place.line is None else place.line
    if after > count:
        raise UnknownPlace(place)
    above = next((shown for shown in reversed(part.lines[:after]) if shown.change is None or shown.change.anchor is not None), None)
    anchor = None if above is None else above.change.anchor if above.change is not None else _anchor(content, part, above)
    change = Change("", "add", part.section.key, part.section.title, told, by, on, anchor)
    before = [shown.change.id for shown in part.lines[:after] if shown.change is not None]
    return _with(content, change, after=before[-1] if before else None, first=not before)


def settled(content: Content, name: str, *, mine: bool, by: str, on: date) -> Content:
    """A clash decided: the person's words stay as they are (`mine`), or the machine's line stands again. Raises UnknownChange."""
    change = next((one for one in content.changes if one.id == name and one.clash), None)
    if change is None:
        raise UnknownChange(name)
    if not mine:
        return _without(content, name)
    if change.clash == "changed":
        return _with(content, replace(change, clash=None, machine=change.now, now=""))
    return _with(content, replace(change, clash=None, action="add", now=""))


def _section(content: Content, place: Place) -> ShownSection:
    parts = sections(content)
    if not 1 <= place.section <= len(parts):
        raise UnknownPlace(place)
    return parts[place.section - 1]


def _line(content: Content, place: Place) -> tuple[ShownSection, Shown]:
    part = _section(content, place)
    if place.line is None or not 1 <= place.line <= len(part.lines):
        raise UnknownPlace(place)
    return part, part.lines[place.line - 1]


def _anchor(content: Content, part: ShownSection, shown: Shown) -> Anchor:
    """The anchor of a line of the machine: by the line itself, as lines may say the same."""
    places = zip(anchors(part.section), part.section.lines, strict=True)
    return next(anchor for anchor, line in places if line is shown.line)


def _told(content: Content, text: str) -> str:
    """The person's words on one line; their marks name sources of the version."""
    told = " ".join(text.split())
    mark = unknown_mark(told, content.draft)
    if mark is not None:
        raise UnknownMark(mark)
    return told


def _with(content: Content, change: Change, *, after: str | None = None, first: bool = False) -> Content:
    """With a new change, or with a known one as it is now. Added lines of one anchor stand in the order of their changes."""
    if change.id:
        return replace(content, changes=tuple(change if one.id == change.id else one for one in content.changes))
    number = content.counted + 1
    new = replace(change, id=f"c{number}")
    at = len(content.changes)
    if change.action == "add":
        beside = [place for place, one in enumerate(content.changes) if one.section == change.section]
        known = next((place for place, one in enumerate(content.changes) if one.id == after), None)
        at = known + 1 if known is not None else beside[0] if first and beside else at
    return replace(content, changes=(*content.changes[:at], new, *content.changes[at:]), counted=number)


def _without(content: Content, name: str) -> Content:
    return replace(content, changes=tuple(one for one in content.changes if one.id != name))

"""A section worked on as a whole: what a person wrote on the version that they saw, on the version that is the newest by then. Pure."""

from dataclasses import dataclass
from datetime import date

from assistant.drafts.kept.content import Anchor, Content, Shown, ShownSection, anchors, sections
from assistant.drafts.kept.editing import Place, UnknownPlace, added, removed, replaced


@dataclass(frozen=True)
class Revision:
    """What somebody wrote on a section. lines: number of a line in the version that they saw, from 1 → its new words, "" to take it out;
    added: new lines at the end of the section."""

    section: str
    lines: tuple[tuple[int, str], ...] = ()
    added: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.lines and not self.added


@dataclass(frozen=True)
class Taken:
    """A line that somebody else has changed meanwhile: its number in the version seen, what stands there now ("": nothing) and who wrote that."""

    line: int
    now: str
    by: str


def text_of(shown: Shown) -> str:
    """A line as a person edits it: its lead, its words, its marks; the cells of a row with "|" between them."""
    return f"{shown.line.lead} {' | '.join(shown.line.cells) or shown.line.text}".strip()


def written(part: ShownSection, texts: dict[int, str], added_lines: str) -> Revision:
    """What differs between a section as it was seen and as it came back from a form. Spaces alone are no change."""
    lines = tuple((number, _plain(text)) for number, text in sorted(texts.items()) if _plain(text) != _plain(text_of(part.lines[number - 1])))
    return Revision(part.section.key, lines, tuple(_plain(line) for line in added_lines.splitlines() if line.strip()))


def revised(seen: Content, newest: Content, revision: Revision, by: str, on: date) -> tuple[Content, list[Taken]]:
    """The newest content with the revision in it. Lines that somebody else has changed since are left as they are and told; what stands there
    already is not written twice. Raises UnknownPlace where the section is gone, UnknownMark."""
    (_, before), (number, now) = _part(seen, revision.section), _part(newest, revision.section)
    taken: list[Taken] = []
    places: list[tuple[int, str]] = []
    for line, words in revision.lines:
        place = _same(before, now, line)
        if place is not None:
            places.append((place, words))
        elif (other := _became(before, now, line)) is not None or words:
            told = text_of(other) if other is not None else ""
            if _plain(told) != words:
                taken.append(Taken(line, told, other.change.by if other is not None and other.change is not None else ""))
    if taken:
        return newest, taken
    content = newest
    for place, words in places:
        if words:
            content = replaced(content, Place(number, place), words, by, on)
    for place, words in sorted(places, reverse=True):
        if not words:
            content = removed(content, Place(number, place), by, on)
    for words in revision.added:
        if seen is newest or not _added_since(before, now, words):
            content = added(content, Place(number), words, by, on)
    return content, []


def now_at(before: ShownSection, now: ShownSection, line: int) -> int | None:
    """Where a line that was seen stands now, be it as it was or as somebody has changed it; None where it is gone."""
    place = _same(before, now, line)
    if place is not None:
        return place
    other = _became(before, now, line)
    return now.lines.index(other) + 1 if other is not None else None


def _part(content: Content, key: str) -> tuple[int, ShownSection]:
    for number, part in enumerate(sections(content), 1):
        if part.section.key == key:
            return number, part
    raise UnknownPlace(key)


def _same(before: ShownSection, now: ShownSection, line: int) -> int | None:
    """Where the line that was seen stands now, if it says the same."""
    was = before.lines[line - 1]
    for place, one in enumerate(now.lines, 1):
        if was.change is None and one.change is None and _anchor(before, was) == _anchor(now, one):
            return place
        if was.change is not None and one.change is not None and (was.change.id, text_of(was)) == (one.change.id, text_of(one)):
            return place
    return None


def _became(before: ShownSection, now: ShownSection, line: int) -> Shown | None:
    """The line that a person has put in the place of one that was seen; None where there is none any more."""
    was = before.lines[line - 1]
    if was.change is not None:
        return next((one for one in now.lines if one.change is not None and one.change.id == was.change.id), None)
    anchor = _anchor(before, was)
    return next((one for one in now.lines if one.change is not None and one.change.action == "replace" and one.change.anchor == anchor), None)


def _anchor(part: ShownSection, shown: Shown) -> Anchor | None:
    """By which a line of the machine is known: of equal lines, the line itself."""
    return next((anchor for anchor, line in zip(anchors(part.section), part.section.lines, strict=True) if line is shown.line), None)


def _added_since(before: ShownSection, now: ShownSection, words: str) -> bool:
    def count(part: ShownSection) -> int:
        return sum(_plain(text_of(one)) == words for one in part.lines)

    return count(now) > count(before)


def _plain(text: str) -> str:
    return " ".join(text.split())

"""A draft made again under a person's changes: what the machine now says, what it said, what the person did. Nothing of theirs is lost. Pure.

Three ways: a line that the person left alone takes the machine's new words; a changed line keeps the person's words; where the machine's line
under them has changed or gone, both are shown until a person decides.
"""

from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from assistant.drafts.kept.content import Anchor, Change, Content, anchors, words_of
from assistant.drafts.kept.marks import carried_over
from assistant.drafts.model import Draft, Section

ALIKE = 60.0
"""Two lines at least so alike (rapidfuzz ratio of their words) are the same line with other words."""
ALIKE_LED = 35.0
"""Less is enough where both have the same lead: the same ticket, the same service level."""


def merged(old: Content, new: Draft) -> Content:
    """The new draft with the changes of the old version on it."""
    draft, renumbered = carried_over(old, new)
    new_sections = {section.key: section for section in draft.sections}
    changes = []
    for section in [*old.draft.sections, *_lost_sections(old)]:
        mine = [replace(change, text=renumbered(change.text)) for change in old.changes if change.section == section.key]
        if mine:
            changes += _re_anchored(section, new_sections.get(section.key), mine)
    order = {change.id: place for place, change in enumerate(old.changes)}
    return Content(draft, tuple(sorted(changes, key=lambda change: order[change.id])), old.counted)


def _lost_sections(old: Content) -> list[Section]:
    """Sections of which only people's lines are left."""
    there = {section.key for section in old.draft.sections}
    return [Section(key, "") for key in dict.fromkeys(change.section for change in old.changes if change.section not in there)]


def _re_anchored(old: Section, new: Section | None, changes: list[Change]) -> list[Change]:
    if new is None:
        return [change if change.action == "remove" else replace(change, clash="section_gone" if change.action == "replace" else change.clash, now="") for change in changes]
    known = anchors(old)
    moved = matches(old, new)
    return [_placed(change, known, moved, new) for change in changes]


def _placed(change: Change, known: list[Anchor], moved: Mapping[Anchor, Anchor], new: Section) -> Change:
    """The change on the new section's lines."""
    there = dict(zip(anchors(new), new.lines, strict=True))
    if change.action == "add" or (change.clash == "gone" and change.anchor not in known):
        return replace(change, anchor=_nearest(change.anchor, known, moved))
    if change.clash == "section_gone":  # the section is back: its line may be too
        back = Anchor(change.machine)
        return replace(change, anchor=back, clash=None, now="") if back in there else replace(change, anchor=None, clash="gone")
    if change.clash == "gone":
        return replace(change, anchor=_nearest(change.anchor, known, moved))
    if change.anchor is None or change.anchor not in known:
        if change.anchor in there:
            return change  # a removed line that was gone is back: it stays removed
        return change if change.action == "remove" else replace(change, anchor=None, clash="gone")
    target = moved.get(change.anchor)
    if target is None:
        if change.action == "remove":
            return change
        before = _nearest(_before(change.anchor, known), known, moved)
        return replace(change, anchor=before, clash="gone", now="")
    if target.words == change.machine:
        return replace(change, anchor=target, clash=None, now="")
    if target.words == change.anchor.words:
        return replace(change, anchor=target)
    return replace(change, anchor=target, clash="changed", now=words_of(there[target]))


def matches(old: Section, new: Section) -> dict[Anchor, Anchor]:
    """Which line of the new section is which of the old one: the same words first, then the most alike, each once."""
    found: dict[Anchor, Anchor] = {}
    left = dict(zip(anchors(new), new.lines, strict=True))
    waiting = dict(zip(anchors(old), old.lines, strict=True))
    for anchor in list(waiting):
        if anchor in left:
            found[anchor] = anchor
            del left[anchor], waiting[anchor]
    pairs = [
        (fuzz.ratio(before.words, after.words), bool(line.lead) and line.lead == other.lead, before, after)
        for before, line in waiting.items()
        for after, other in left.items()
    ]
    for score, led, before, after in sorted(pairs, key=lambda pair: (-pair[1], -pair[0], pair[2].words, pair[2].nth, pair[3].words, pair[3].nth)):
        if before in waiting and after in left and score >= (ALIKE_LED if led else ALIKE):
            found[before] = after
            del waiting[before], left[after]
    return found


def _before(anchor: Anchor, known: list[Anchor]) -> Anchor | None:
    place = known.index(anchor)
    return known[place - 1] if place else None


def _nearest(anchor: Anchor | None, known: list[Anchor], moved: Mapping[Anchor, Anchor]) -> Anchor | None:
    """The new place of this line, else of the nearest one above it; None at the top."""
    if anchor is None or anchor not in known:
        return None
    above = known[: known.index(anchor) + 1]
    return next((moved[one] for one in reversed(above) if one in moved), None)

"""What differs between two versions: section by section, line by line, as people read them. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from assistant.drafts.kept.content import words_of
from assistant.drafts.kept.wording import say
from assistant.drafts.model import Draft, Line
from knowledge.language.vocabulary import Language

Kind = Literal["added", "removed", "changed"]
ALIKE = 55.0


@dataclass(frozen=True)
class LineDifference:
    """A line that is only in one version, or says something else. `before` and `after` are the whole lines, "" where there is none."""

    kind: Kind
    before: str
    after: str


@dataclass(frozen=True)
class SectionDifference:
    """What differs in one section. state: new | gone | changed."""

    key: str
    title: str
    state: Literal["new", "gone", "changed"]
    lines: tuple[LineDifference, ...]


def differences(before: Draft, after: Draft) -> list[SectionDifference]:
    """The sections that differ, in the order of the newer version, then those that are gone."""
    old = {section.key: section for section in before.sections}
    found = []
    for section in after.sections:
        known = old.pop(section.key, None)
        lines = _lines(known.lines if known else [], section.lines)
        if lines or known is None:
            found.append(SectionDifference(section.key, section.title, "changed" if known else "new", tuple(lines)))
    for section in old.values():
        found.append(SectionDifference(section.key, section.title, "gone", tuple(_lines(section.lines, []))))
    return found


def _lines(before: list[Line], after: list[Line]) -> list[LineDifference]:
    """Marks are left out: a source's number is not what a line says."""
    old, new = [said(line) for line in before], [said(line) for line in after]
    found: list[LineDifference] = []
    for what, start, end, to_start, to_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            found += _paired(old[start:end], new[to_start:to_end])
    return found


def _paired(old: list[str], new: list[str]) -> list[LineDifference]:
    """Lines that stand for each other are one change; the rest was taken out or put in."""
    left = list(new)
    found = []
    for line in old:
        nearest = max(left, key=lambda other: fuzz.ratio(line, other), default=None)
        if nearest is not None and fuzz.ratio(line, nearest) >= ALIKE:
            left.remove(nearest)
            found.append(LineDifference("changed", line, nearest))
        else:
            found.append(LineDifference("removed", line, ""))
    return [*found, *(LineDifference("added", "", line) for line in left)]


def said(line: Line) -> str:
    """A line as it is compared and shown: its words and who wrote them, without marks."""
    return f"{words_of(line)} ({line.by})" if line.by else words_of(line)


def told(found: list[SectionDifference], language: Language) -> str:
    """The differences as text: "− old", "+ new" under each section's title."""
    if not found:
        return say("difference.none", language)
    parts = []
    for section in found:
        state = "" if section.state == "changed" else f" ({say(f'difference.{section.state}_section', language)})"
        lines = [f"{section.title}{state}"]
        for line in section.lines:
            lines += [f"  - {line.before}"] if line.before else []
            lines += [f"  + {line.after}"] if line.after else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)

"""Marks of sources in people's own lines, when the draft is made again and its sources have other numbers. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answers.citations import Citation
from assistant.drafts.kept.content import Content
from assistant.drafts.model import Basis, Draft

MARK = re.compile(r"\[(\d{1,4})\]")


def unknown_mark(text: str, draft: Draft) -> int | None:
    """The first mark in a text that the draft has no source for."""
    known = {citation.n for citation in draft.citations}
    return next((int(found) for found in MARK.findall(text) if int(found) not in known), None)


def carried_over(old: Content, new: Draft) -> tuple[Draft, Callable[[str], str]]:
    """The new draft with the sources that only people's lines still cite, and how marks of the old one are written in it."""
    used = {int(found) for change in old.changes for found in MARK.findall(change.text)}
    by_place = {_place(citation): citation.n for citation in reversed(new.citations)}
    numbers: dict[int, int] = {}
    citations, basis = list(new.citations), list(new.basis)
    for citation in old.draft.citations:
        if citation.n not in used:
            continue
        known = by_place.get(_place(citation))
        if known is None:
            known = max((one.n for one in citations), default=0) + 1
            citations.append(replace(citation, n=known))
            basis += [replace(one, n=known) for one in old.draft.basis if one.n == citation.n] or [Basis(known)]
        numbers[citation.n] = known

    def renumbered(text: str) -> str:
        return MARK.sub(lambda match: f"[{numbers.get(int(match[1]), int(match[1]))}]", text)

    return replace(new, citations=citations, basis=basis), renumbered


def _place(citation: Citation) -> tuple[str, str, str | None, str]:
    return citation.source, citation.locator, citation.record, citation.quote

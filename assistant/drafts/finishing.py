"""The last step of every draft: each line held against its evidence and the audience, marks numbered, sources listed."""

import re

from assistant.answers.citations import citations
from assistant.answers.harmless import MARK
from assistant.answers.verify import verify
from assistant.drafts.audience import evidence_allowed, names_others
from assistant.drafts.dossier import Dossier
from assistant.drafts.left_out import left_out
from assistant.drafts.model import Draft, Line, Section
from assistant.drafts.numbering import bases, numbers_of, shown
from assistant.drafts.sections import empty_of
from assistant.evidence import Evidence

_RUN = re.compile(rf"{MARK.pattern}(?:\s?{MARK.pattern})*")
"""Marks side by side."""


def finish(dossier: Dossier, title: str, sections: list[Section], facts: list[str]) -> Draft:
    """The draft of these sections. A line that its evidence does not carry, or that this audience may not see, is taken out."""
    removed: list[str] = []
    for part in sections:
        kept = [line for line in part.lines if _stands(dossier, line, removed)]
        if part.lines and not kept:
            part.empty_reason = empty_of(part.key, dossier)
        part.lines = kept
        part.charts = part.charts if kept else []
    numbers = numbers_of((number for part in sections for text in _texts(part) for number in MARK.findall(text)), dossier.desk.found)
    for part in sections:
        for line in part.lines:
            line.text = _numbered(line.text, numbers)
            line.cells = tuple(_numbered(cell, numbers) for cell in line.cells)
        for chart in part.charts:
            chart.marks = _numbered(chart.marks, numbers)
    found = [_clean(dossier, item) for item in shown(numbers, dossier.desk.found)]
    missing = [part.empty_reason for part in sections if not part.lines and part.empty_reason]
    read = [part for part in sections if part.lines or (part.empty_reason and not dossier.for_customer)]
    notes = [*left_out(dossier), *dossier.asks, *(missing if dossier.for_customer else [])]
    viewer = dossier.desk.viewer
    return Draft(
        title, read, citations(found, dossier.language), missing, dossier.language, dossier.request.kind, dossier.request.audience, facts,
        dossier.today, removed, customer=dossier.customer.legal_name or dossier.customer.name, author="" if viewer.everything else viewer.name or viewer.account,
        notes=notes, basis=bases(numbers, dossier.desk.found),
    )  # fmt: skip


def _stands(dossier: Dossier, line: Line, removed: list[str]) -> bool:
    desk = dossier.desk
    cited = [desk.found[number] for number in MARK.findall(_all(line)) if number in desk.found]
    allowed = all(evidence_allowed(item, dossier.request.audience, dossier.customer.id) for item in cited)
    plain = f"{line.lead} {line.text}"
    own = bool(cited) and all((item.kind == "record" or item.notes.get("kind") == "table_row") and item.customers == (dossier.customer.id,) for item in cited)
    if not allowed or names_others(MARK.sub(" ", plain), desk.linker, dossier.customer.id, own):
        removed.append(f"not for this draft: {plain}")
        return False
    if not cited and not line.stated:
        removed.append(f"no evidence: {plain}")
        return False
    judged = verify(plain, desk.found, dossier.basis, today=desk.today, linker=desk.linker, computed=desk.computed)
    removed += [f"{fault}: {words}" for words, fault in zip(judged.removed, judged.faults, strict=True)]
    return not judged.removed


def _texts(part: Section) -> list[str]:
    return [*(_all(line) for line in part.lines), *(chart.marks for chart in part.charts)]


def _all(line: Line) -> str:
    return " ".join([line.text, *line.cells])


def _numbered(text: str, numbers: dict[str, int]) -> str:
    """The text with numbers for marks; those that stand side by side are each told once."""

    def told(run: re.Match[str]) -> str:
        return "".join(dict.fromkeys(f"[{numbers[each]}]" for each in MARK.findall(run[0]) if each in numbers))

    return _RUN.sub(told, text)


def _clean(dossier: Dossier, item: Evidence) -> Evidence:
    """The evidence with a quote that leaves out what this draft may not quote."""
    parts = [part for part in item.quote.replace("\n", "; ").split("; ") if dossier.may_quote(part)]
    item.quote = "; ".join(parts)
    return item

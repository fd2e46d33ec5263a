"""The answer to an open question about one customer: the lines of the drafts' sections, under their titles where there are several."""

from assistant.drafts.model import Line, Section
from assistant.gaps.gap import NO_GAPS
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import phrase
from assistant.overviews.overview import Overview


def overview_answer(found: Overview | None, asked: Understanding) -> Composed:
    """Declined with the reason where nothing is on file."""
    gap = phrase("gap_kept", asked.language).strip()
    if found is None:
        return Composed(f"{phrase('not_known', asked.language, subject=f'“{asked.subject}”')} {gap}", abstained=True, reason="not_known")
    if not found.sections:
        said = found.nothing if found.reason in NO_GAPS else f"{found.nothing} {gap}"
        return Composed(said, abstained=True, reason=found.reason)
    return Composed("\n".join("\n".join(_part(section)) for section in found.sections))


def _part(section: Section) -> list[str]:
    return [f"{section.title}:", *(f"• {_told(line)}" for line in section.lines)]


def _told(line: Line) -> str:
    return f"{line.lead} {line.text}".strip() if line.lead else line.text

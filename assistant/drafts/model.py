"""A draft: sections of cited lines, as a person asked for it."""

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from assistant.answers.citations import Citation
from assistant.drafts.kinds.description import Audience, Kind
from assistant.drafts.wording import phrase
from knowledge.language.formats import format_date
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language

MARK = re.compile(r"\[(E?\d+)\]")


@dataclass(frozen=True)
class DraftRequest:
    """What is wanted.

    customer_id  None: over all customers that the viewer may see, for a kind that can be
    period       what a review covers
    topic        the words that say what it is about, as written
    subject      the record that it is about, "change:12"; "" for a kind that has none, or where none fits
    words        the request as a person wrote it: what it states itself, such as the figures of a business case
    """

    kind: Kind
    customer_id: int | None
    audience: Audience = "internal"
    language: Language = "id"
    period: Period | None = None
    meeting_on: date | None = None
    topic: str = ""
    subject: str = ""
    words: str = ""


@dataclass(frozen=True)
class Question:
    """What must be asked back before a draft can be made. missing: "customer" | "kind" | "subject" | "topic"."""

    text: str
    missing: str
    choices: tuple[str, ...] = ()


@dataclass
class Line:
    """One statement with its reference marks in the text; a row of a table also has its `cells`.

    lead   a short label in bold before the text (a date, a name)
    stated it is a remark of the draft itself, which rests on no source ("do nothing: things stay as they are")
    by     who wrote it, where a person did: "ditambahkan oleh Sari, 22 November 2026"
    """

    text: str
    evidence_ids: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    lead: str = ""
    stated: bool = False
    by: str = ""


@dataclass(frozen=True)
class Series:
    """One row of a chart: a value for each of the chart's labels, None where nothing was measured."""

    name: str
    values: list[float | None]


@dataclass
class Chart:
    """Values to be drawn: one for each of the `labels` (in order of time for a trend), beside their `target` where there is one.

    unit   "%", "jam", … as it is written in the draft's language; "" for plain counts
    form   "line" for a trend, "bars" for things beside each other; None: bars where no label has a digit, as months and dates have
    missed which points of the first series missed their target: drawn with another sign; empty: none is marked
    marks  reference marks of the evidence that the values are from, as in a line's text ("[E3] [E4]"; numbered when the draft is finished)
    """

    title: str
    labels: list[str]
    series: list[Series]
    target: list[float | None] | None = None
    unit: str = ""
    marks: str = ""
    form: Literal["line", "bars"] | None = None
    missed: list[bool] = field(default_factory=list)


@dataclass
class Section:
    """`headings` are those of the table that its lines are; `empty_reason` says why there are no lines; `charts` stand before the lines.

    details  it stands behind the page that is taken along; such sections come last
    """

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)
    empty_reason: str | None = None
    headings: tuple[str, ...] = ()
    charts: list[Chart] = field(default_factory=list)
    details: bool = False


@dataclass(frozen=True)
class Basis:
    """What a mark stands for in the store, so that a kept draft is shown only to who may see all that it rests on."""

    n: int
    passage_id: int | None = None
    record: str | None = None
    customers: tuple[int, ...] = ()


@dataclass
class Draft:
    """A finished draft: marks are [1], [2], … as in `citations`.

    removed  lines that their evidence did not carry
    author   who made it, as their account is named; `version` and `signed` ("Disetujui …") of a draft that is kept
    classified   who may have it, where that is not what its audience says
    basis    for each citation, where it stands in the store
    notes    for the author alone, never part of the text: what a customer's draft leaves out and why, what it could not say
    """

    title: str
    sections: list[Section]
    citations: list[Citation]
    missing: list[str]
    language: Language
    kind: Kind = "brief"
    audience: Audience = "internal"
    facts: list[str] = field(default_factory=list)
    as_of: date | None = None
    removed: list[str] = field(default_factory=list)
    customer: str = ""
    author: str = ""
    version: int | None = None
    signed: list[str] = field(default_factory=list)
    classified: str = ""
    basis: list[Basis] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """The whole text: title, sections, what is missing, sources."""
        parts = [f"# {self.title}", *([" · ".join(self.facts)] if self.facts else [])]
        for section in self.sections:
            if section is self.first_detail:
                parts += ["---", f"# {phrase('titles.details', self.language)}"]
            parts.append(f"## {section.title}")
            parts.append(section_text(section))
        if unsaid := self.unsaid:
            parts.append(f"## {phrase('titles.missing', self.language)}")
            parts.append("\n".join(f"- {item}" for item in unsaid))
        if self.citations:
            parts.append(f"## {phrase('titles.sources', self.language)}")
            parts.append("\n".join(f"- {entry}" for entry in sources(self.citations, self.language)))
        return "\n\n".join(parts) + "\n"

    @property
    def first_detail(self) -> Section | None:
        """The section with which the details begin; None where the draft has one part only."""
        return next((section for section in self.sections if section.details), None)

    @property
    def unsaid(self) -> list[str]:
        """What is missing beyond the reasons that empty sections give themselves; a customer's draft says none of it."""
        if self.audience == "customer":
            return []
        said = {section.empty_reason for section in self.sections}
        return [item for item in self.missing if item not in said]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: what `akrab draft` prints."""
        return {
            "answer": self.markdown(),
            "title": self.title,
            "language": self.language,
            "sections": [
                {"key": section.key, "title": section.title, "details": section.details, "lines": [line.text for line in section.lines], "empty_reason": section.empty_reason, "charts": [asdict(chart) for chart in section.charts]}
                for section in self.sections
            ],
            "citations": [citation.as_dict() for citation in self.citations],
            "missing": self.missing,
            "notes": self.notes,
        }


def section_text(section: Section) -> str:
    """A section's lines as Markdown: a table where they are rows, else a list; the reason where there are none."""
    if not section.lines:
        return f"_{section.empty_reason or '—'}_"
    rows = [line for line in section.lines if section.headings and len(line.cells) == len(section.headings)]
    parts = []
    if rows:
        cells = [section.headings, tuple("---" for _ in section.headings), *((*line.cells[:-1], f"{line.cells[-1]}{_by(line)}") for line in rows)]
        parts.append("\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in cells))
    rest = [line for line in section.lines if line not in rows]
    if rest:
        parts.append("\n".join(f"- **{line.lead}** {line.text}{_by(line)}" if line.lead else f"- {line.text}{_by(line)}" for line in rest))
    return "\n\n".join(parts)


def _by(line: Line) -> str:
    return f" _({line.by})_" if line.by else ""


def sources(citations: list[Citation], language: Language) -> list[str]:
    """One entry a file: "07_rapat/notulen.docx, 14 Oktober 2026: [3][6] bagian “Keputusan”; [5] baris 2"."""
    by_file: dict[str, dict[str, list[Citation]]] = {}
    for citation in citations:
        by_file.setdefault(citation.source, {}).setdefault(citation.locator.strip(), []).append(citation)
    entries = []
    for source, by_place in by_file.items():
        dated = next((one.date for found in by_place.values() for one in found if one.date and one.record is None), None)
        day = f", {format_date(date.fromisoformat(dated), language)}" if dated else ""
        places = "; ".join(f"{''.join(f'[{one.n}]' for one in found)} {place}".strip() for place, found in by_place.items())
        entries.append(f"{source or phrase('words.told_in_chat', language)}{day}: {places}")
    return entries

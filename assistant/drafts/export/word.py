"""A draft as a Word document: cover block, contents, sections with charts, lists and tables, numbered sources that the marks lead to."""

import io
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Cm, Emu

from assistant.drafts.export import word_fields, word_styles, word_template
from assistant.drafts.export.layout import (
    captioned,
    classification,
    column_shares,
    cover,
    has_contents,
    is_numeric,
    other_facts,
    source_entries,
    source_parts,
    spoken,
)
from assistant.drafts.export.pictures import png
from assistant.drafts.export.word_page import Page
from assistant.drafts.export.wording import say
from assistant.drafts.model import Chart, Draft, Line, Section
from assistant.drafts.wording import phrase
from knowledge.language.formats import format_date

_SPELLING = {"id": "id-ID", "en": "en-GB"}
HALF, WHOLE = (238.0, 138.0), (480.0, 140.0)
"""Width and height of a chart in points: two stand beside each other, one alone fills the line."""


def docx_bytes(draft: Draft, template: Path | None = None) -> bytes:
    """The document. Raises BadTemplate."""
    return _Writer(draft, template).written()


class _Writer(Page):
    """Writes one draft from top to bottom."""

    def written(self) -> bytes:
        """Everything in order, as bytes."""
        draft, language = self.draft, self.draft.language
        self._paragraph(draft.title, "Title")
        self._cover()
        headings = self._headings()
        if has_contents(draft):
            self._contents(headings)
        for number, section in enumerate(draft.sections):
            self._heading(headings[number])
            self._section(section)
        rest = headings[len(draft.sections) :]
        if draft.unsaid:
            self._heading(rest.pop(0))
            for item in draft.unsaid:
                self._write(self._paragraph("", "List Bullet"), item)
        if draft.citations:
            self._heading(rest.pop(0))
            self._sources()
        self._head_and_foot()
        values = {"title": draft.title, "customer": draft.customer, "date": format_date(draft.as_of, language) if draft.as_of else "", "author": draft.author,
                  "version": "" if draft.version is None else str(draft.version), "classification": classification(draft)}  # fmt: skip
        if self.own:
            word_template.fill(self.document, values)
        about = self.document.core_properties
        about.title, about.author, about.language, about.subject, about.comments = draft.title, draft.author or "Akrab", language, draft.customer, ""
        about.category = classification(draft)
        word_fields.language(self.document, _SPELLING[language])
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _headings(self) -> list[str]:
        draft = self.draft
        extra = [name for name, there in (("missing", draft.unsaid), ("sources", draft.citations)) if there]
        return [*(section.title for section in draft.sections), *(phrase(f"titles.{name}", draft.language) for name in extra)]

    def _heading(self, text: str) -> None:
        paragraph = self._paragraph(text, "Heading 1")
        self.headed += 1
        self._anchor(paragraph, f"_Toc{1000 + self.headed:06d}")

    def _cover(self) -> None:
        rows = cover(self.draft)
        half = (len(rows) + 1) // 2
        table = self._table(half, 4, None)
        shares = (0.15, 0.35, 0.15, 0.35)
        for at, (label, value) in enumerate(rows):
            cells = table.rows[at % half].cells
            column = 2 * (at // half)
            for cell, text, bold in ((cells[column], label, False), (cells[column + 1], value, True)):
                cell.paragraphs[0]._p.style = self._style(word_styles.COVER)
                cell.paragraphs[0].add_run(text).bold = bold or None
        self._widths(table, list(shares))
        for row in table.rows:
            word_fields.keep_whole(row)
        for fact in other_facts(self.draft):
            self._paragraph(fact, word_styles.REMARK)

    def _contents(self, headings: list[str]) -> None:
        """A field that Word renews on request; until then the titles lead to their sections."""
        self._paragraph(say("page.contents", self.draft.language), "TOC Heading")
        for at, title in enumerate(headings):
            paragraph = self._paragraph("", "TOC 1")
            if at == 0:
                word_fields.open_field(paragraph, r'TOC \o "1-1" \h \z \u')
            word_fields.link(paragraph, title, f"_Toc{1001 + at:06d}")
            if at == len(headings) - 1:
                word_fields.close_field(paragraph)

    def _section(self, section: Section) -> None:
        if not section.lines and not section.charts:
            self._paragraph(section.empty_reason or "—", word_styles.REMARK)
            return
        self._charts(section)
        if section.headings:
            self._rows(section)
            return
        for line in section.lines:
            paragraph = self._paragraph("", "List Bullet")
            self._line(paragraph, line)

    def _line(self, paragraph: Any, line: Line) -> None:
        if line.lead:
            paragraph.add_run(f"{line.lead} ").bold = True
        self._write(paragraph, line.text)
        if line.by:
            paragraph.add_run(f" ({line.by})").italic = True

    def _rows(self, section: Section) -> None:
        """A table; lines that are no rows of it (a person's own) stand under it."""
        rows = [line for line in section.lines if len(line.cells) == len(section.headings)]
        if rows:
            body = Section(section.key, section.title, rows, headings=section.headings)
            table = self._table(1, len(section.headings), self.table_style)
            word_fields.repeat_as_heading(table.rows[0])
            word_fields.keep_whole(table.rows[0])
            numeric = [is_numeric([line.cells[column] for line in rows]) for column in range(len(section.headings))]
            self._cells(table.rows[0], section.headings, numeric)
            for line in rows:
                row = table.add_row()
                word_fields.keep_whole(row)
                cells = line.cells if not line.by else (*line.cells[:-1], f"{line.cells[-1]} ({line.by})")
                self._cells(row, cells, numeric)
            self._widths(table, column_shares(body))
            self._paragraph("", word_styles.CELL)
        for line in section.lines:
            if line not in rows:
                self._line(self._paragraph("", "List Bullet"), line)

    def _charts(self, section: Section) -> None:
        """Two beside each other; one that is left over fills the line."""
        charts = section.charts
        for start in range(0, len(charts), 2):
            pair = charts[start : start + 2]
            if len(pair) == 1:
                self._picture(self._paragraph("", word_styles.CELL), pair[0], self._width, WHOLE)
                self._caption(self._paragraph("", "Caption"), captioned(pair[0], section))
                continue
            table = self._table(1, 2, None)
            self._widths(table, [0.5, 0.5])
            word_fields.keep_whole(table.rows[0])
            for cell, chart in zip(table.rows[0].cells, pair, strict=True):
                cell.paragraphs[0]._p.style = self._style(word_styles.CELL)
                self._picture(cell.paragraphs[0], chart, self._width // 2 - Cm(0.5), HALF)
                told = cell.add_paragraph()
                told._p.style = self._style("Caption")
                self._caption(told, captioned(chart, section))

    def _picture(self, paragraph: Any, chart: Chart, width: int, size: tuple[float, float]) -> None:
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png(chart, self.draft.language, *size)), width=Emu(width))
        word_fields.describe(shape, f"{chart.title}. {spoken(chart, self.draft.language)}")

    def _caption(self, paragraph: Any, words: str) -> None:
        self.figures += 1
        label = say("page.figure", self.draft.language)
        paragraph.add_run(f"{label} ")
        word_fields.field(paragraph, rf"SEQ {label} \* ARABIC", str(self.figures))
        self._write(paragraph, f". {words}")

    def _sources(self) -> None:
        for entry in source_entries(self.draft.citations, self.draft.language):
            paragraph = self._paragraph("", word_styles.SOURCE)
            for number, told in source_parts(entry):
                run = paragraph.add_run(f"[{number}]")
                run.bold = True
                self._anchor_run(run, f"source_{number}")
                paragraph.add_run(told)

    def _head_and_foot(self) -> None:
        """Classification above; title and page below. What the template says there stays."""
        draft, page = self.draft, self.document.sections[0]
        if not _says_anything(page.header):
            paragraph = page.header.paragraphs[0]
            paragraph._p.style = self._style("Header")
            paragraph.add_run(f"{draft.customer}\t{classification(draft)}" if draft.customer else classification(draft))
        if not _says_anything(page.footer):
            paragraph = page.footer.paragraphs[0]
            paragraph._p.style = self._style("Footer")
            paragraph.add_run(f"{draft.title}\t{say('page.page', draft.language)}")
            word_fields.field(paragraph, "PAGE", "1")
            paragraph.add_run(say("page.pages", draft.language))
            word_fields.field(paragraph, "NUMPAGES", "1")


def _says_anything(part: Any) -> bool:
    """Whether a header or footer has text, a field, a picture or a table."""
    return bool(part.tables) or any(paragraph.text.strip() or paragraph._p.findall(f".//{qn('w:drawing')}") or paragraph._p.findall(f".//{qn('w:fldSimple')}") for paragraph in part.paragraphs)

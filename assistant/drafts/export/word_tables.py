"""The tables of a Word document: the cover block, a section's rows, charts with their captions."""

import io
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from assistant.drafts.export import word_fields, word_styles
from assistant.drafts.export.columns import FEW_ROWS, Columns, columns, set_number
from assistant.drafts.export.layout import captioned, cover, cover_shares, other_facts, spoken
from assistant.drafts.export.pictures import png
from assistant.drafts.export.word_page import Page
from assistant.drafts.export.wording import say
from assistant.drafts.model import Chart, Line, Section

HALF, WHOLE = (238.0, 138.0), (480.0, 140.0)
"""Width and height of a chart in points: two stand beside each other, one alone fills the line."""
ROOM_TO_SIGN = Cm(1.1)
"""Height of a row that people fill in with a pen."""


class Tables(Page):
    """Everything that stands in cells."""

    def cover(self) -> None:
        """Label and value in two columns, between two rules; what it does not tell stands under it."""
        rows = cover(self.draft)
        half = (len(rows) + 1) // 2
        table = self._table(half, 4, None)
        for row in table.rows:
            for cell in row.cells:
                cell.paragraphs[0]._p.style = self._style(word_styles.COVER)
        for at, (label, value) in enumerate(rows):
            cells = table.rows[at % half].cells
            column = 2 * (at // half)
            for cell, text, bold in ((cells[column], label, False), (cells[column + 1], value, True)):
                cell.paragraphs[0].add_run(text).bold = bold or None
        self._widths(table, cover_shares(rows, Emu(self._width).pt, word_styles.COVER_LETTER))
        word_fields.rules(table, word_styles.RULE)
        for row in table.rows:
            word_fields.keep_whole(row)
        for fact in other_facts(self.draft):
            self._paragraph(fact, word_styles.REMARK)

    def rows(self, section: Section) -> None:
        """A table; lines that are no rows of it (a person's own) stand under it."""
        rows = [line for line in section.lines if len(line.cells) == len(section.headings)]
        if rows:
            self._filled(Section(section.key, section.title, rows, headings=section.headings))
        rest = [line for line in section.lines if line not in rows]
        if rows and rest:
            self._gap()
        for line in rest:
            self.line(self._item(), line)

    def line(self, paragraph: Any, line: Line) -> None:
        """A line of a list: its lead in bold, its words, who wrote it."""
        if line.lead:
            paragraph.add_run(f"{line.lead} ").bold = True
        self._write(paragraph, line.text)
        if line.by:
            paragraph.add_run(f" ({line.by})").italic = True

    def charts(self, section: Section) -> None:
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
            self._gap()  # two tables without a paragraph between them are one

    def _filled(self, body: Section) -> None:
        form = columns(body, Emu(self._width).pt, word_styles.CELL_LETTER * self.wide)
        table = self._table(1, len(body.headings), self.table_style)
        word_fields.repeat_as_heading(table.rows[0])
        word_fields.keep_whole(table.rows[0])
        self._cells(table.rows[0], body.headings, form)
        for line in body.lines:
            row = table.add_row()
            word_fields.keep_whole(row)
            if form.by_hand:
                row.height, row.height_rule = ROOM_TO_SIGN, WD_ROW_HEIGHT_RULE.AT_LEAST
            cells = line.cells if not line.by else (*line.cells[:-1], f"{line.cells[-1]} ({line.by})")
            self._cells(row, cells, form)
        together = table.rows[:-1] if len(body.lines) <= FEW_ROWS else table.rows[:2]
        for row in together:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._widths(table, form.shares)

    def _cells(self, row: Any, texts: tuple[str, ...], form: Columns) -> None:
        for cell, text, right in zip(row.cells, texts, form.numeric, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = self._style(word_styles.CELL)
            if right:
                paragraph.alignment = word_styles.RIGHT
            self._write(paragraph, set_number(text) if right else text)
            if form.size < 1:
                for run in paragraph._p.iter(qn("w:r")):
                    run.get_or_add_rPr().sz_val = Pt(round(2 * word_styles.CELL_LETTER * form.size) / 2)

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

    def _gap(self) -> None:
        self._paragraph("", word_styles.GAP)

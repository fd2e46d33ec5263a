"""The page that a Word document is written on: paragraphs and tables in their styles, in the place that the template gives; links and anchors."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph

from assistant.drafts.export import word_fields, word_named, word_styles, word_template
from assistant.drafts.export.layout import pieces
from assistant.drafts.export.wideness import wideness
from assistant.drafts.model import Draft

TIGHT_LETTER, TIGHT_HEADING = Pt(9.5), Pt(11)


class Page:
    """One document in the making; counts bookmarks, figures and headings."""

    def __init__(self, draft: Draft, template: Path | None) -> None:
        self.draft = draft
        self.document = Document() if template is None else word_template.opened(template)
        self.own = template is not None
        if not self.own:
            word_styles.own_look(self.document)
            word_fields.present_day(self.document)
        named = word_named.called(self.document) if self.own else {}
        word_styles.complete(self.document, named)
        self.wide = wideness(self.document) if self.own else 1.0
        self.place = word_template.make_room(self.document)
        self.table_style = word_styles.table_style(self.document, own=self.own)
        self.styles: dict[str, str] = dict(named)
        self.signs = self.own and "List Bullet" not in named
        self.bookmarks = self.figures = self.headed = 0

    def _paragraph(self, text: str, style: str) -> Any:
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self._style(style)
        self.place.addprevious(paragraph._p)
        return paragraph

    def tighten(self, after: Any) -> None:
        """The paragraphs since an element take little room: of the page that is taken along, which has to be one page."""
        for element in after.itersiblings():
            if element.tag != qn("w:p") or element is self.place:
                continue
            paragraph = Paragraph(element, self.document)
            heading = element.style == self._style("Heading 1")
            form = paragraph.paragraph_format
            form.space_before, form.space_after = (Pt(6), Pt(2)) if heading else (Pt(0), Pt(1))
            form.line_spacing = 1.0
            for run in element.iter(qn("w:r")):
                run.get_or_add_rPr().sz_val = TIGHT_HEADING if heading else TIGHT_LETTER

    def _item(self) -> Any:
        """A paragraph of a list; with a sign of its own where the template has no list."""
        paragraph = self._paragraph("", "List Bullet")
        if self.signs:
            paragraph.add_run("•\t")
        return paragraph

    def _style(self, name: str) -> str:
        """The id of a style; python-docx goes through all of them each time."""
        if name not in self.styles:
            self.styles[name] = self.document.styles[name].style_id
        return self.styles[name]

    def _table(self, rows: int, columns: int, style: Any) -> Any:
        table = self.document.add_table(rows=rows, cols=columns)
        table.style = style
        table.autofit = False
        self.place.addprevious(table._tbl)
        return table

    @property
    def _width(self) -> int:
        page: Any = self.document.sections[0]
        return int(page.page_width - page.left_margin - page.right_margin)

    def _anchor(self, paragraph: Any, name: str) -> None:
        self.bookmarks += 1
        word_fields.bookmark(paragraph, name, 10_000 + self.bookmarks)

    def _anchor_run(self, run: Any, name: str) -> None:
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(10_000 + self.bookmarks))
        start.set(qn("w:name"), name)
        run._r.addprevious(start)
        run._r.addnext(end)

    def _widths(self, table: Any, shares: list[float]) -> None:
        widths = [Emu(int(self._width * share)) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width

    def _write(self, paragraph: Any, text: str) -> None:
        """Text whose marks are raised and lead to their source."""
        known = {citation.n for citation in self.draft.citations}
        for piece in pieces(text):
            if piece.mark in known and piece.mark is not None:
                word_fields.link(paragraph, piece.text, f"source_{piece.mark}", self._style(word_fields.LINK_STYLE))
            else:
                paragraph.add_run(piece.text)

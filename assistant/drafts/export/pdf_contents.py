"""The contents of a PDF: number, title and page of every heading, in two columns where they are many."""

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

NUMBER_WIDTH, PAGE_WIDTH, BETWEEN = 20.0, 22.0, 24.0
"""Points that the number of a section and its page take, and between two columns."""
TWO_COLUMNS = 8
"""From so many entries they stand in two columns."""
_CLOSE = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5), ("VALIGN", (0, 0), (-1, -1), "TOP")]


class Contents(TableOfContents):
    """Told of every heading as (level, "number\\ttitle", page, key); what it says of the pages is known after a first pass."""

    def __init__(self, style: ParagraphStyle) -> None:
        super().__init__()
        self.style = style
        self.page_style = ParagraphStyle("page of contents", parent=style, alignment=2)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        entries = self._lastEntries or [(0, "\t", 0, None)]
        columns = 2 if len(entries) >= TWO_COLUMNS else 1
        each = (width - BETWEEN * (columns - 1)) / columns
        long = -(-len(entries) // columns)
        rows = []
        for at in range(long):
            row: list[Any] = []
            for place in range(at, long * columns, long):
                row += [""] if row else []
                row += self._cells(entries[place]) if place < len(entries) else ["", "", ""]
            rows.append(row)
        widths = [NUMBER_WIDTH, each - NUMBER_WIDTH - PAGE_WIDTH, PAGE_WIDTH]
        self._table = Table(rows, colWidths=widths if columns == 1 else [*widths, BETWEEN, *widths], style=TableStyle(_CLOSE))
        self.width, self.height = self._table.wrapOn(self.canv, width, height)
        return self.width, self.height

    def _cells(self, entry: tuple[int, str, int, str | None]) -> list[Any]:
        _, told, page, key = entry
        number, _, title = told.partition("\t")
        linked = [f'<a href="#{key}">{words}</a>' if key and words else words for words in (number, title, str(page))]
        return [Paragraph(linked[0], self.style), Paragraph(linked[1], self.style), Paragraph(linked[2], self.page_style)]

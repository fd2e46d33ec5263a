"""Tables inside documents (Word, PDF, markdown, HTML): cells are text."""

from knowledge.documents.cells import (
    GridRow,
    cell_text,
    filled,
    unique,
    without_blank_columns,
)
from knowledge.documents.cleaning import one_line
from knowledge.documents.grid import Grid, data_row, read_segment
from knowledge.documents.label_value import is_label_value, label_value_table
from knowledge.documents.model import Table


def text_table(
    cells: list[list[str]], name: str, *, numbers: list[int] | None = None, has_heading: bool | None = None
) -> Table | None:
    """A table found in a document: first row(s) are headings, cells are text. Label/value tables (two columns) become one row."""
    rows = [
        GridRow(numbers[i] if numbers else i + 1, [one_line(cell or "") or None for cell in row])
        for i, row in enumerate(cells)
    ]
    rows = [row for row in rows if any(cell is not None for cell in row.cells)]
    if not rows:
        return None
    rows = without_blank_columns(rows)
    if has_heading is not True and is_label_value(rows):
        return label_value_table(rows, name)
    if len(rows) < 2:
        return None
    if has_heading and len(filled(rows[0])) >= 2:
        headings = unique([cell_text(cell) for cell in rows[0].cells])
        return Table(name, headings, [data_row(row, len(headings)) for row in rows[1:]], header_row=rows[0].number)
    grid = Grid()
    read_segment(rows, name, grid, forced=True)
    if not grid.tables:
        return None
    table = grid.tables[0]
    table.title = table.title or "; ".join(text for _, text in grid.lines) or None
    return table

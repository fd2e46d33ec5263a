"""Tables inside documents (Word, PDF, markdown, HTML): cells are text."""

from knowledge.documents.cells import GridRow, filled, without_blank_columns
from knowledge.documents.cleaning import one_line
from knowledge.documents.grid import Grid, data_row, read_segment
from knowledge.documents.grid_headings import headings
from knowledge.documents.label_value import is_label_value, label_value_table
from knowledge.documents.model import Table


def text_table(
    cells: list[list[str]],
    name: str,
    *,
    numbers: list[int] | None = None,
    heading_rows: int | None = None,  # None: to be found out
) -> Table | None:
    """A table found in a document: first row(s) are headings, cells are text. A label/value table becomes one row."""
    rows = [
        GridRow(numbers[i] if numbers else i + 1, [one_line(cell or "") or None for cell in row])
        for i, row in enumerate(cells)
    ]
    rows = [row for row in rows if any(cell is not None for cell in row.cells)]
    if not rows:
        return None
    rows = without_blank_columns(rows)
    if not heading_rows and is_label_value(rows):
        return label_value_table(rows, name)
    if len(rows) < 2:
        return None
    if heading_rows and len(rows) > heading_rows and len(filled(rows[0])) >= 2:
        names = headings(rows[:heading_rows])
        data = [data_row(row, len(names)) for row in rows[heading_rows:]]
        return Table(name, names, data, header_row=rows[0].number)
    grid = Grid()
    read_segment(rows, name, grid, forced=True)
    if not grid.tables:
        return None
    table = grid.tables[0]
    table.title = table.title or "; ".join(text for _, text in grid.lines) or None
    return table

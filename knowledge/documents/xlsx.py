"""Excel workbooks: every sheet's tables with typed cells; merged cells repeated; formulas by their stored value."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from knowledge.documents.cells import GridRow
from knowledge.documents.cleaning import one_line
from knowledge.documents.errors import Unreadable
from knowledge.documents.grid import Grid, read_grid
from knowledge.documents.grid_headings import repeat_merged
from knowledge.documents.model import Block, Limits, LoadedDocument, Locator, Table
from knowledge.documents.spill import PART

_STREAM_FROM = 10 * 1024 * 1024  # bytes of sheet XML; merged cells need the whole sheet in memory, ~50 times its size
_NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def load_xlsx(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A workbook's tables; text outside tables (titles, remarks) as blocks. Large workbooks are streamed: merged cells
    then keep their value in the first cell only, and a warning says so. Raises Unreadable("too_large")
    beyond `limits.rows`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [item for item in archive.infolist() if item.filename.startswith("xl/worksheets/")]
        streamed = sum(item.file_size for item in sheets) > _STREAM_FROM
        unfinished = not streamed and any(_NO_VALUE.search(archive.read(item)) for item in sheets)
    workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=streamed)
    properties = workbook.properties
    document = LoadedDocument(name, "xlsx", title=one_line(properties.title or "") or None)
    if properties.creator and properties.creator != "openpyxl":
        document.author = one_line(properties.creator)
    if streamed:
        document.warnings.append("large workbook read as a stream: merged cells are not repeated")
    if unfinished:
        document.warnings.append("formulas without a stored value are read as empty cells")
    left = limits.rows
    try:
        for sheet in workbook.worksheets:
            hidden = sheet.sheet_state != "visible"
            rows = _streamed(sheet) if streamed else _rows(sheet)
            grid = read_grid(_counted(rows, left), one_line(sheet.title), limits.spill)
            left -= sum(len(table.rows) for table in grid.tables)
            _add_sheet(document, grid, one_line(sheet.title), hidden)
    finally:
        workbook.close()
    return document


def _counted(rows: Iterator[GridRow], left: int) -> Iterator[GridRow]:
    for number, row in enumerate(rows, 1):
        if number > left:
            raise Unreadable("too_large", "more rows than allowed")
        yield row


def _add_sheet(document: LoadedDocument, grid: Grid, sheet: str, hidden: bool) -> None:
    titles = {table.title for table in grid.tables}
    for number, text in grid.lines:
        locator = Locator(sheet=sheet, row=number)
        document.blocks.append(
            Block("heading", text, locator, level=1) if text in titles else Block("paragraph", text, locator)
        )
    for table in grid.tables:
        table.hidden = hidden
        table.source_part = sheet
        if hidden:
            table.notes.append("hidden")
        _settle_percentages(table)
        document.tables.append(table)


def _rows(sheet: Any) -> Iterator[GridRow]:
    rows: list[list[Any]] = []
    bold: list[bool] = []
    for cells in sheet.iter_rows():
        rows.append([_value(cell) for cell in cells])
        bold.append((len(rows) < 30 or not any(rows[-2])) and _is_bold(cells))
    # iter_rows starts at the first used cell, not at A1.
    top, left = sheet.min_row or 1, sheet.min_column or 1
    areas = [
        (area.min_row - top, area.min_col - left, area.max_row - top, area.max_col - left)
        for area in sheet.merged_cells.ranges
    ]
    spans, down = repeat_merged(rows, [area for area in areas if min(area) >= 0])
    for i, row in enumerate(rows):
        yield GridRow(top + i, row, bold[i], spans[i], i in down)


def _is_bold(cells: Any) -> bool:
    filled = [cell for cell in cells if cell.value is not None]
    return bool(filled) and all(cell.font is not None and cell.font.b for cell in filled)


def _streamed(sheet: Any) -> Iterator[GridRow]:
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = [_value(cell) for cell in cells]
        while values and values[-1] is None:
            values.pop()
        yield GridRow(number, values)


class _Percent(float):
    """A number shown with a percent sign, until its column is known."""


def _settle_percentages(table: Table) -> None:
    if not isinstance(table.rows, list):
        head = Table(table.name, table.headings, table.rows[:PART])
        _settle_percentages(head)
        table.percent_columns = head.percent_columns
        return
    for position, heading in enumerate(table.headings):
        numbers = [row.cells[position] for row in table.rows if isinstance(row.cells[position], int | float)]
        percentages = sum(isinstance(number, _Percent) for number in numbers)
        if percentages * 2 > len(numbers):
            table.percent_columns.append(heading)
        if percentages:
            for row in table.rows:
                if isinstance(row.cells[position], _Percent):
                    row.cells[position] = float(row.cells[position])


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, str):
        if cell.data_type == "e":
            return None
        text = "\n".join(filter(None, map(one_line, value.split("\n"))))
        return text or None
    if isinstance(value, dt.datetime):
        shown = (getattr(cell, "number_format", "") or "").lower()
        if value.time() == dt.time(0) and "h" not in re.sub(r'\[[^\]]*\]|"[^"]*"', "", shown):
            return value.date()
        return value.replace(microsecond=0)
    if isinstance(value, dt.timedelta):
        return str(value)
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and "%" in (getattr(cell, "number_format", "") or "")
    ):
        return _Percent(value)
    if isinstance(value, bool | int | float | dt.date | dt.time):
        return value
    return one_line(str(value)) or None

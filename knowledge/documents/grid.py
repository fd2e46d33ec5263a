"""A grid of cells → tables: title lines, heading rows, data rows, totals, remarks; several tables on a sheet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.documents.cells import (
    GridRow,
    cell_text,
    filled,
    is_value,
    unique,
    used_columns,
    with_columns,
    without_blank_columns,
)
from knowledge.documents.grid_bands import any_days, band_heading, only_periods, take_bands
from knowledge.documents.grid_blocks import blocks_beside
from knowledge.documents.grid_footnotes import settle_footnotes
from knowledge.documents.grid_headings import heading_depth, headings
from knowledge.documents.grid_totals import is_total, mark_totals
from knowledge.documents.label_value import is_label_value
from knowledge.documents.model import Row, Table
from knowledge.documents.spill import PART, Spill
from knowledge.documents.words import alternatives

_NOTE = re.compile(rf"^(?:\*+\)?|\d\)|(?:{alternatives('notes')})\b)", re.IGNORECASE)


@dataclass(slots=True)
class Grid:
    """What a sheet held: its tables, and text lines (row number, text) outside them."""

    tables: list[Table] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    """Columns of the sheet that the last table's rows were taken from."""
    band: int | None = None
    """The column of the last table that its bands were put into."""


def read_grid(rows: Iterable[GridRow], name: str, spill: Path | None = None) -> Grid:
    """Tables and loose text of one sheet (or csv file), in order. `rows` come without a gap or with their numbers.

    With a folder to `spill` to, the rows of a long table lie there and only a part of them is held in memory.
    """
    grid = Grid()
    for segment, goes_on in _segments(rows, PART if spill else None):
        if goes_on and spill and grid.tables and grid.columns:
            _append_part(grid, _same_columns(segment, grid.columns), spill)
        else:
            read_segment(segment, name, grid)
    _settle_loose_lines(grid)
    for table in grid.tables:
        settle_footnotes(table, [*table.notes, *(text for number, text in grid.lines if number > table.header_row)])
    if len(grid.tables) > 1:
        for number, table in enumerate(grid.tables, 1):
            table.name = f"{name} ({number})" if not table.title else f"{name}: {table.title}"
    return grid


def _segments(rows: Iterable[GridRow], most: int | None) -> Iterator[tuple[list[GridRow], bool]]:
    """Rows up to the next gap, and whether they go on from the segment before: none is longer than `most`."""
    segment: list[GridRow] = []
    end, goes_on = 0, False
    for row in rows:
        empty = all(cell is None for cell in row.cells)
        if segment and (empty or row.number > end or len(segment) == most):
            yield segment, goes_on
            segment, goes_on = [], not empty and row.number <= end
        if not empty:
            segment.append(row)
        end = row.number + row.height
    if segment:
        yield segment, goes_on


def read_segment(segment: list[GridRow], name: str, grid: Grid, *, forced: bool = False) -> None:
    width = max((len(filled(row)) for row in segment), default=0)
    if width < 2:
        grid.lines += [(row.number, cell_text(row.cells[filled(row)[0]])) for row in segment if filled(row)]
        return
    if not forced and grid.tables and _continues(grid, segment):
        _append(grid, segment)
        return
    titles: list[str] = []
    while segment and (len(filled(segment[0])) < 2 or _is_label_line(segment[0], width)):
        if len(filled(segment[0])) > 1:
            texts = [cell_text(segment[0].cells[i]) for i in filled(segment[0])]
            grid.lines.append((segment[0].number, " ".join(texts)))
            segment = segment[1:]
            continue
        titles.append(cell_text(segment[0].cells[filled(segment[0])[0]]))
        segment = segment[1:]
    if not forced and not grid.tables and width == 2 and is_label_value(without_blank_columns(segment)):
        # "Pelanggan | PT …" lines above a table belong to its title, not to its rows.
        grid.lines += [
            (row.number, ": ".join(cell_text(row.cells[i]).rstrip(":") for i in filled(row))) for row in segment
        ]
        return
    if len(blocks := blocks_beside(segment)) > 1:
        for block in blocks:
            read_segment(block, name, grid, forced=True)
        grid.tables[-len(blocks)].title = " – ".join(titles) or None
        return
    grid.band = None
    grid.columns = used_columns(segment)
    segment = with_columns(segment, grid.columns)
    depth = heading_depth(segment)
    names = headings(segment[:depth])
    table = Table(name, names, [], title=" – ".join(titles) or None, header_row=segment[0].number)
    grid.tables.append(table)
    _append(grid, segment[depth:])


def _append_part(grid: Grid, rows: list[GridRow], spill: Path) -> None:
    """The next rows of a table too long for memory."""
    table = grid.tables[-1]
    if isinstance(table.rows, list):
        table.rows = Spill(spill, table.rows)
    _append(grid, rows)


def _same_columns(rows: list[GridRow], kept: list[int]) -> list[GridRow]:
    """Rows of the columns that the table began with; what stands right of them stays."""
    width = max(len(row.cells) for row in rows)
    return with_columns(rows, [*kept, *range(kept[-1] + 1, width)])


def _is_label_line(row: GridRow, width: int) -> bool:
    """ "Pelanggan: | PT …" right above the heading of a wider table."""
    found = filled(row)
    return len(found) == 2 < width and cell_text(row.cells[found[0]]).endswith(":")


def _settle_loose_lines(grid: Grid) -> None:
    """Lines above the first table are its title (first line) and notes; they stay in `lines` as text as well."""
    if not grid.tables:
        return
    first = grid.tables[0]
    above = [text for number, text in grid.lines if number < first.header_row]
    if above and first.title is None:
        first.title = above.pop(0)
    first.notes += above
    last = grid.tables[-1]
    known = {note for table in grid.tables for note in table.notes}
    last.notes += [text for number, text in grid.lines if number > first.header_row and text not in known]


def _continues(grid: Grid, segment: list[GridRow]) -> bool:
    """A blank line in the middle of data: the next rows have the same columns and no heading of their own."""
    table = grid.tables[-1]
    width = len(table.headings) - (grid.band is not None)
    rows = [row for row in segment if len(filled(row)) >= 2]
    first = rows[0]
    if first.bold or len(first.cells) < width:
        return False
    if max(filled(first)) >= width:
        return False
    texts = [cell_text(cell) for cell in first.cells if cell is not None]
    if texts == [heading for heading in table.headings if heading][: len(texts)]:
        return False
    if is_total(first.cells):
        return True
    if any(is_value(cell) for cell in first.cells):
        return True
    typed = [i for i in range(width) if any(is_value(row.cells[i]) for row in table.rows[:20])]
    return not typed and len(filled(first)) == width and len(rows) == 1


def _append(grid: Grid, rows: list[GridRow]) -> None:
    """Rows of data, below those that the last table has."""
    table = grid.tables[-1]
    width = len(table.headings) - (grid.band is not None)
    bands = take_bands(rows, width, _last_band(grid))
    labels = dict(zip([row.number for row in bands.rows], bands.labels, strict=True)) if bands else {}
    rows = bands.rows if bands else rows
    new: list[Row] = []
    for row in rows:
        found = filled(row)
        if len(found) == 1 and width >= 2:
            text = cell_text(row.cells[found[0]])
            if _NOTE.match(text) or (
                row is rows[-1] and isinstance(row.cells[found[0]], str) and len(text.split()) > 4 and width > 2
            ):
                table.notes.append(text)
                grid.lines.append((row.number, text))
                continue
        data = data_row(row, width)
        if cell_text(data.cells[0]) == table.headings[0] and [cell_text(cell) for cell in data.cells] == table.headings:
            continue
        new.append(data)
    if not (labels and only_periods(labels.values()) and any_days(new)):
        _add_bands(grid, new, labels)
    if isinstance(table.rows, list):
        table.rows.extend(new)
        mark_totals(table.rows)
    else:  # which of them are totals is seen by the rows beside them
        mark_totals(new)
        table.rows.extend(new)


def _last_band(grid: Grid) -> str | None:
    table = grid.tables[-1]
    if grid.band is None or not isinstance(table.rows, list) or not table.rows:
        return None
    return cell_text(table.rows[-1].cells[grid.band]) or None


def _add_bands(grid: Grid, new: list[Row], labels: dict[int, str | None]) -> None:
    """Gives the rows a last cell that says which band they stand under, if the table has bands."""
    table, last = grid.tables[-1], _last_band(grid)
    if grid.band is None and labels and isinstance(table.rows, list):
        table.headings.append(unique([*table.headings, band_heading([*table.headings, *filter(None, labels.values())])])[-1])
        grid.band = len(table.headings) - 1
        for row in table.rows:
            row.cells.append(None)
    if grid.band is not None:
        for row in new:
            row.cells.append(None if row.is_total else labels.get(row.number, last))


def data_row(row: GridRow, width: int) -> Row:
    cells = (row.cells + [None] * width)[: max(width, 0)]
    surplus = [cell_text(cell) for cell in row.cells[width:] if cell is not None]
    if surplus and width:
        # A ragged line (an unquoted separator in its last column): nothing is lost.
        cells[-1] = " ".join(filter(None, [cell_text(cells[-1]), *surplus]))
    return Row(row.number, cells, is_total=is_total(cells))

"""A grid of cells → tables: title lines, heading rows, data rows, totals, remarks; several tables on a sheet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
from knowledge.documents.cleaning import one_line
from knowledge.documents.label_value import is_label_value
from knowledge.documents.model import Row, Table
from knowledge.documents.spill import PART, Spill
from knowledge.documents.words import alternatives, words

_TOTALS = words("totals")
_TOTAL_TAIL = re.compile(
    r"\s*(?:[:.]|\(.*\)|rp|idr|usd|eur|sgd|(?:tahun|year|bulan|month)?\s*(?:20\d\d|[qk]\d|tw\s?[ivx\d]+)(?:\s*20\d\d)?)\s*$",
    re.IGNORECASE,
)
_TOTAL_START = re.compile(rf"^(?:{alternatives('totals')})\b", re.IGNORECASE)
_NOTE = re.compile(rf"^(?:\*+\)?|\d\)|(?:{alternatives('notes')})\b)", re.IGNORECASE)


@dataclass(slots=True)
class Grid:
    """What a sheet held: its tables, and text lines (row number, text) outside them."""

    tables: list[Table] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    """Columns of the sheet that the last table's rows were taken from."""


def read_grid(rows: Iterable[GridRow], name: str, spill: Path | None = None) -> Grid:
    """Tables and loose text of one sheet (or csv file), in order. `rows` come without a gap or with their numbers.

    With a folder to `spill` to, the rows of a long table lie there and only a part of them is held in memory.
    """
    grid = Grid()
    for segment, goes_on in _segments(rows, PART if spill else None):
        if goes_on and spill and grid.tables and grid.columns:
            _append_part(grid.tables[-1], _same_columns(segment, grid.columns), spill)
        else:
            read_segment(segment, name, grid)
    _settle_loose_lines(grid)
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
    if not forced and grid.tables and _continues(grid.tables[-1], segment):
        _append(grid.tables[-1], segment)
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
    grid.columns = used_columns(segment)
    segment = with_columns(segment, grid.columns)
    depth = _heading_depth(segment)
    names = headings(segment[:depth])
    table = Table(name, names, [], title=" – ".join(titles) or None, header_row=segment[0].number)
    grid.tables.append(table)
    _append(table, segment[depth:])


def _append_part(table: Table, rows: list[GridRow], spill: Path) -> None:
    """The next rows of a table too long for memory."""
    if isinstance(table.rows, list):
        table.rows = Spill(spill, table.rows)
    _append(table, rows)


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
    last.notes += [text for number, text in grid.lines if number > first.header_row]


def _continues(table: Table, segment: list[GridRow]) -> bool:
    """A blank line in the middle of data: the next rows have the same columns and no heading of their own."""
    rows = [row for row in segment if len(filled(row)) >= 2]
    first = rows[0]
    if first.bold or len(first.cells) < len(table.headings):
        return False
    if max(filled(first)) >= len(table.headings):
        return False
    texts = [cell_text(cell) for cell in first.cells if cell is not None]
    if texts == [heading for heading in table.headings if heading][: len(texts)]:
        return False
    if _is_total(first.cells):
        return True
    if any(is_value(cell) for cell in first.cells):
        return True
    typed = [i for i in range(len(table.headings)) if any(is_value(row.cells[i]) for row in table.rows[:20])]
    return not typed and len(filled(first)) == len(table.headings) and len(rows) == 1


def _append(table: Table, rows: list[GridRow]) -> None:
    width = len(table.headings)
    new: list[Row] = []
    for row in rows:
        found = filled(row)
        if len(found) == 1 and width >= 2:
            text = cell_text(row.cells[found[0]])
            if _NOTE.match(text) or (
                row is rows[-1] and isinstance(row.cells[found[0]], str) and len(text.split()) > 4 and width > 2
            ):
                table.notes.append(text)
                continue
        data = data_row(row, width)
        if cell_text(data.cells[0]) == table.headings[0] and [cell_text(cell) for cell in data.cells] == table.headings:
            continue
        new.append(data)
    if isinstance(table.rows, list):
        table.rows.extend(new)
        _mark_totals(table.rows)
    else:  # which of them are totals is seen by the rows beside them
        _mark_totals(new)
        table.rows.extend(new)


def data_row(row: GridRow, width: int) -> Row:
    cells = (row.cells + [None] * width)[: max(width, 0)]
    surplus = [cell_text(cell) for cell in row.cells[width:] if cell is not None]
    if surplus and width:
        # A ragged line (an unquoted separator in its last column): nothing is lost.
        cells[-1] = " ".join(filter(None, [cell_text(cells[-1]), *surplus]))
    return Row(row.number, cells, is_total=_is_total(cells))


def _is_total(cells: Sequence[Any]) -> bool:
    first = next((cell for cell in cells if cell is not None), None)
    if not isinstance(first, str):
        return False
    label = one_line(first).lower().strip("*: ")
    while label not in _TOTALS and (shorter := _TOTAL_TAIL.sub("", label)) != label:
        label = shorter
    return label in _TOTALS


def _mark_totals(rows: list[Row]) -> None:
    """ "Total biaya langganan" is a total where the row's other text cells are empty; "Total Niaga" may be a customer."""
    texts = [sum(isinstance(cell, str) and not is_value(cell) for cell in row.cells) for row in rows]
    usual = sorted(texts)[len(texts) // 2] if texts else 0
    for row, count in zip(rows, texts, strict=True):
        first = next((cell for cell in row.cells if cell is not None), None)
        if isinstance(first, str) and _TOTAL_START.match(first) and usual >= 3 and count * 2 <= usual:
            row.is_total = True


def _heading_depth(rows: list[GridRow]) -> int:
    """How many rows the heading takes: 2 where the first is a band over the second ("2026" over "Q1", "Q2")."""
    depth = 1
    while depth < min(4, len(rows) - 1):
        row, below = rows[depth - 1], rows[depth]
        beneath = filled(below)
        if not beneath or any(_is_data_value(below.cells[i]) for i in beneath):
            break
        gaps = [i for i in beneath if i >= len(row.cells) or row.cells[i] is None or i in row.spans]
        if not (row.spans or row.merged_down or gaps):
            break
        if not gaps and not row.merged_down:
            break
        if not row.spans and not row.merged_down and not _differs(below, rows[depth + 1]):
            break
        depth += 1
    return depth


def _is_data_value(cell: Any) -> bool:
    # Years and short quarter names stand in headings too.
    if isinstance(cell, int) and not isinstance(cell, bool) and 1990 <= cell <= 2100:
        return False
    return is_value(cell)


def _differs(heading: GridRow, data: GridRow) -> bool:
    return any(
        is_value(data.cells[i]) for i in filled(heading) if i < len(data.cells) and not is_value(heading.cells[i])
    )


def headings(rows: list[GridRow]) -> list[str]:
    """Unique headings of one or more heading rows, "2026 / K1" where a band stands over them."""
    width = max(len(row.cells) for row in rows)
    columns: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        carried = ""
        for i in range(width):
            text = cell_text(row.cells[i]) if i < len(row.cells) else ""
            if text:
                carried = text
            elif depth < len(rows) - 1 and any(
                i < len(low.cells) and low.cells[i] is not None for low in rows[depth + 1 :]
            ):
                text = carried
            if text and text not in columns[i]:
                columns[i].append(text)
    return unique([" / ".join(parts) for parts in columns])


def repeat_merged(
    rows: list[list[Any]], areas: Iterable[tuple[int, int, int, int]]
) -> tuple[list[frozenset[int]], set[int]]:
    """Fill merged areas (top, left, bottom, right; 0-based, inclusive) with their first cell's value, in place.

    Returns per row the columns filled from the left, and the rows from which a merged cell reaches down.
    """
    spans: list[set[int]] = [set() for _ in rows]
    down: set[int] = set()
    for top, left, bottom, right in areas:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        if value is None:
            continue
        for r in range(top, min(bottom, len(rows) - 1) + 1):
            for c in range(left, min(right, len(rows[r]) - 1) + 1):
                rows[r][c] = value
                if c > left:
                    spans[r].add(c)
            if r < bottom:
                down.add(r)
    return [frozenset(columns) for columns in spans], down

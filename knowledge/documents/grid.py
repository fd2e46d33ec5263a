"""A grid of cells → tables: title lines, one or more heading rows, data rows, totals, remarks; several tables on a sheet."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.documents.cleaning import one_line
from knowledge.documents.model import Row, Table
from knowledge.documents.words import alternatives, words

_TOTALS = words("totals")
_TOTAL_TAIL = re.compile(
    r"\s*(?:[:.]|\(.*\)|rp|idr|usd|eur|sgd|(?:tahun|year|bulan|month)?\s*(?:20\d\d|[qk]\d|tw\s?[ivx\d]+)(?:\s*20\d\d)?)\s*$",
    re.IGNORECASE,
)
_TOTAL_START = re.compile(rf"^(?:{alternatives('totals')})\b", re.IGNORECASE)
_NOTE = re.compile(rf"^(?:\*+\)?|\d\)|(?:{alternatives('notes')})\b)", re.IGNORECASE)
_VALUE = re.compile(
    r"^[^A-Za-z]*\d[^A-Za-z]*$|^(?:rp|idr|usd|eur|\$|€)\s?[\d.,]+|^\d[\d.,]*\s?\S{0,4}$|^\S+@\S+$|^\d{1,4}[-/ .]\w{2,9}[-/ .]\d{2,4}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class GridRow:
    """A row as found: its number in the file, its cells, and whether it is styled as a heading (bold or filled)."""

    number: int
    cells: list[Any]
    bold: bool = False
    spans: frozenset[int] = frozenset()  # columns whose value was repeated from the cell left of it
    merged_down: bool = False  # a merged cell reaches from this row into the next


@dataclass(slots=True)
class Grid:
    """What a sheet held: its tables, and text lines (row number, text) outside them."""

    tables: list[Table] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)


def row_text(headings: Sequence[str], cells: Sequence[Any]) -> str:
    """ "Heading: value; Heading: value", empty cells left out, dates as ISO, whole floats without ".0"."""
    pairs = ((heading, cell_text(cell)) for heading, cell in zip(headings, cells, strict=False))
    return "; ".join(f"{heading}: {text}" if heading else text for heading, text in pairs if text)


def cell_text(value: Any) -> str:
    """A cell as text: ISO dates, whole floats without ".0", None as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return one_line(str(value))


def read_grid(rows: Iterable[GridRow], name: str) -> Grid:
    """Tables and loose text of one sheet (or csv file), in order. `rows` come without a gap or with their numbers."""
    grid = Grid()
    for segment in _segments(rows):
        _read_segment(segment, name, grid)
    _settle_loose_lines(grid)
    if len(grid.tables) > 1:
        for number, table in enumerate(grid.tables, 1):
            table.name = f"{name} ({number})" if not table.title else f"{name}: {table.title}"
    return grid


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
    rows = _without_blank_columns(rows)
    if has_heading is not True and _is_label_value(rows):
        return _label_value_table(rows, name)
    if len(rows) < 2:
        return None
    if has_heading and len(_filled(rows[0])) >= 2:
        headings = _unique([cell_text(cell) for cell in rows[0].cells])
        return Table(name, headings, [_data_row(row, len(headings)) for row in rows[1:]], header_row=rows[0].number)
    grid = Grid()
    _read_segment(rows, name, grid, forced=True)
    if not grid.tables:
        return None
    table = grid.tables[0]
    table.title = table.title or "; ".join(text for _, text in grid.lines) or None
    return table


def _segments(rows: Iterable[GridRow]) -> Iterable[list[GridRow]]:
    segment: list[GridRow] = []
    for row in rows:
        if any(cell is not None for cell in row.cells):
            if segment and row.number != segment[-1].number + 1 and row.number - segment[-1].number > 1:
                yield segment
                segment = []
            segment.append(row)
        elif segment:
            yield segment
            segment = []
    if segment:
        yield segment


def _filled(row: GridRow) -> list[int]:
    return [i for i, cell in enumerate(row.cells) if cell is not None and i not in row.spans]


def _is_value(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(_VALUE.match(cell.strip())))


def _without_blank_columns(rows: list[GridRow]) -> list[GridRow]:
    width = max(len(row.cells) for row in rows)
    kept = [i for i in range(width) if any(i < len(row.cells) and row.cells[i] is not None for row in rows)]
    if len(kept) == width:
        return rows
    return [
        GridRow(row.number, [row.cells[i] if i < len(row.cells) else None for i in kept], row.bold,
                frozenset(new for new, old in enumerate(kept) if old in row.spans), row.merged_down)
        for row in rows
    ]  # fmt: skip


def _read_segment(segment: list[GridRow], name: str, grid: Grid, *, forced: bool = False) -> None:
    width = max((len(_filled(row)) for row in segment), default=0)
    if width < 2:
        grid.lines += [(row.number, cell_text(row.cells[_filled(row)[0]])) for row in segment if _filled(row)]
        return
    if not forced and grid.tables and _continues(grid.tables[-1], segment):
        _append(grid.tables[-1], segment)
        return
    titles: list[str] = []
    while segment and len(_filled(segment[0])) < 2:
        titles.append(cell_text(segment[0].cells[_filled(segment[0])[0]]))
        segment = segment[1:]
    if not forced and not grid.tables and width == 2 and _is_label_value(_without_blank_columns(segment)):
        # "Pelanggan | PT …" lines above a table belong to its title, not to its rows.
        grid.lines += [
            (row.number, ": ".join(cell_text(row.cells[i]).rstrip(":") for i in _filled(row))) for row in segment
        ]
        return
    segment = _without_blank_columns(segment)
    depth = _heading_depth(segment)
    headings = _headings(segment[:depth])
    table = Table(name, headings, [], title=" – ".join(titles) or None, header_row=segment[0].number)
    grid.tables.append(table)
    _append(table, segment[depth:])


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
    rows = [row for row in segment if len(_filled(row)) >= 2]
    first = rows[0]
    if first.bold or len(first.cells) < len(table.headings):
        return False
    if max(_filled(first)) >= len(table.headings):
        return False
    texts = [cell_text(cell) for cell in first.cells if cell is not None]
    if texts == [heading for heading in table.headings if heading][: len(texts)]:
        return False
    if _is_total(first.cells):
        return True
    if any(_is_value(cell) for cell in first.cells):
        return True
    typed = [i for i in range(len(table.headings)) if any(_is_value(row.cells[i]) for row in table.rows[:20])]
    return not typed and len(_filled(first)) == len(table.headings) and len(rows) == 1


def _append(table: Table, rows: list[GridRow]) -> None:
    width = len(table.headings)
    for row in rows:
        filled = _filled(row)
        if len(filled) == 1 and width >= 2:
            text = cell_text(row.cells[filled[0]])
            if _NOTE.match(text) or (
                row is rows[-1] and isinstance(row.cells[filled[0]], str) and len(text.split()) > 4 and width > 2
            ):
                table.notes.append(text)
                continue
        data = _data_row(row, width)
        if [cell_text(cell) for cell in data.cells] == table.headings:
            continue
        table.rows.append(data)
    _mark_totals(table)


def _data_row(row: GridRow, width: int) -> Row:
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


def _mark_totals(table: Table) -> None:
    """ "Total biaya langganan" is a total where the row's other text cells are empty; "Total Niaga" may be a customer."""
    texts = [sum(isinstance(cell, str) and not _is_value(cell) for cell in row.cells) for row in table.rows]
    usual = sorted(texts)[len(texts) // 2] if texts else 0
    for row, count in zip(table.rows, texts, strict=True):
        first = next((cell for cell in row.cells if cell is not None), None)
        if isinstance(first, str) and _TOTAL_START.match(first) and usual >= 3 and count * 2 <= usual:
            row.is_total = True


def _heading_depth(rows: list[GridRow]) -> int:
    """How many rows the heading takes: 2 where the first is a band over the second ("2026" over "Q1", "Q2")."""
    depth = 1
    while depth < min(4, len(rows) - 1):
        row, below = rows[depth - 1], rows[depth]
        beneath = _filled(below)
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
    return _is_value(cell)


def _differs(heading: GridRow, data: GridRow) -> bool:
    return any(
        _is_value(data.cells[i]) for i in _filled(heading) if i < len(data.cells) and not _is_value(heading.cells[i])
    )


def _headings(rows: list[GridRow]) -> list[str]:
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
    return _unique([" / ".join(parts) for parts in columns])


def _unique(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result: list[str] = []
    for position, heading in enumerate(headings, 1):
        name = heading or f"({position})"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def _is_label_value(rows: list[GridRow]) -> bool:
    """Two columns of labels and values ("Tanggal | 3 Mei 2026"), perhaps with a column of colons between."""
    pairs = [_pair(row) for row in rows]
    if len(rows) < 1 or any(pair is None for pair in pairs):
        return False
    labels = [pair[0] for pair in pairs if pair]
    if any(not label or len(label) > 60 or _is_value(label) for label in labels) or len(set(labels)) != len(labels):
        return False
    known = words("labels") | words("date_labels")
    named = sum(label.endswith(":") or label.rstrip(": ").lower() in known for label in labels)
    colon_column = any(":" in [cell for cell in row.cells if cell] for row in rows)
    first = pairs[0]
    return colon_column or named >= max(1, len(labels) * 0.5) or (first is not None and _is_value(first[1]))


def _pair(row: GridRow) -> tuple[str, str] | None:
    texts = [cell_text(cell) for i, cell in enumerate(row.cells) if cell is not None and i not in row.spans]
    texts = [text for text in texts if text != ":"]
    if len(texts) == 1 and row.cells and row.cells[0] is not None:
        texts.append("")
    return (texts[0], texts[1].removeprefix(":").strip()) if len(texts) == 2 else None


def _label_value_table(rows: list[GridRow], name: str) -> Table:
    pairs = [pair for row in rows if (pair := _pair(row))]
    headings = _unique([label.rstrip(": ") for label, _ in pairs])
    return Table(name, headings, [Row(rows[0].number, [value or None for _, value in pairs])], header_row=rows[0].number,
                 notes=["label-value"])  # fmt: skip


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

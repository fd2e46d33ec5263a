"""Heading rows of a table: how many there are, and one heading a column out of them; merged cells."""

from collections.abc import Iterable
from typing import Any

from knowledge.documents.cells import GridRow, cell_text, filled, is_value, unique


def heading_depth(rows: list[GridRow]) -> int:
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

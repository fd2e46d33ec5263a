"""Tables drawn in plain text: rows of cells between bars or tabs, with or without a line below the headings."""

import re
from collections.abc import Sequence

_BORDER = re.compile(r"^\s*[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{1,}:?\s*)*[|+]?\s*$")
_LEAST_BARE = 3
"""Columns that a row without outer bars must have: "Ada yang lain | tidak" is a sentence."""


def pipe_table_at(lines: Sequence[str], position: int) -> tuple[list[list[str]], list[int], int] | None:
    """(rows of cells, the index of each one's line, index of the line after the table) of a table that starts at this line.

    Two rows or more with as many cells; borders ("|---|---|", "+----+") are left out.
    """
    rows: list[list[str]] = []
    numbers: list[int] = []
    end = position
    while end < len(lines):
        if rows and _BORDER.match(lines[end]) or not rows and _BORDER.match(lines[end]) and "+" in lines[end]:
            end += 1
            continue
        cells = _cells(lines[end])
        if cells is None or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        numbers.append(end)
        end += 1
    return (rows, numbers, end) if len(rows) >= 2 else None


def _cells(line: str) -> list[str] | None:
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        cells = stripped[1:-1].split("|") if stripped.endswith("|") else stripped[1:].split("|")
        return [cell.strip() for cell in cells] if len(cells) >= 2 else None
    mark = "\t" if stripped.count("\t") >= _LEAST_BARE - 1 else "|"
    cells = stripped.split(mark) if mark == "\t" else re.split(r"\s+\|\s+", stripped)
    return [cell.strip() for cell in cells] if len(cells) >= _LEAST_BARE else None

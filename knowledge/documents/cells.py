"""Rows of cells as a sheet, a csv file or a document's table gives them, and cells as text."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.documents.cleaning import one_line
from knowledge.language.currencies import WRITTEN

_VALUE = re.compile(
    rf"^[^A-Za-z]*\d[^A-Za-z]*$|^(?:{WRITTEN}|\$|€)\s?[\d.,]+|^\d[\d.,]*\s?\S{{0,4}}$"
    r"|^\S+@\S+$|^\d{1,4}[-/ .]\w{2,9}[-/ .]\d{2,4}$",
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
    height: int = 1  # lines of the file that it takes


def row_text(headings: Sequence[str], cells: Sequence[Any]) -> str:
    """ "Heading: value; Heading: value", empty cells left out, dates as ISO, whole floats without ".0"."""
    pairs = ((heading, cell_text(cell)) for heading, cell in zip(headings, cells, strict=False))
    return "; ".join(f"{heading}: {text}" if heading else text for heading, text in pairs if text)


def cell_text(value: Any) -> str:
    """A cell as text: ISO dates, whole floats without ".0", None as ""."""
    if isinstance(value, str):
        return one_line(value)
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


def filled(row: GridRow) -> list[int]:
    return [i for i, cell in enumerate(row.cells) if cell is not None and i not in row.spans]


def is_value(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(_VALUE.match(cell.strip())))


def without_blank_columns(rows: list[GridRow]) -> list[GridRow]:
    return with_columns(rows, used_columns(rows))


def used_columns(rows: list[GridRow]) -> list[int]:
    """Columns in which any of the rows has a cell."""
    width = max(len(row.cells) for row in rows)
    return [i for i in range(width) if any(i < len(row.cells) and row.cells[i] is not None for row in rows)]


def with_columns(rows: list[GridRow], kept: list[int]) -> list[GridRow]:
    """Rows of these columns only."""
    if kept == list(range(max((len(row.cells) for row in rows), default=0))):
        return rows
    return [
        GridRow(row.number, [row.cells[i] if i < len(row.cells) else None for i in kept], row.bold,
                frozenset(new for new, old in enumerate(kept) if old in row.spans), row.merged_down, row.height)
        for row in rows
    ]  # fmt: skip


def unique(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result: list[str] = []
    for position, heading in enumerate(headings, 1):
        name = heading or f"({position})"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result

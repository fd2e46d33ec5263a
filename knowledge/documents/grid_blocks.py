"""Tables side by side on a sheet, with empty columns between them."""

from knowledge.documents.cells import GridRow, filled, is_value, with_columns
from knowledge.documents.spill import PART

_NARROWEST = 2


def blocks_beside(segment: list[GridRow]) -> list[list[GridRow]]:
    """The segment's rows as one list a table, left to right; the segment alone where it is one table.

    Empty columns part tables where each side has a heading of two columns or more, and the sides do not have the same rows: a table
    with an empty column in its middle has both in every row.
    """
    if len(segment) >= PART:
        return [segment]
    blocks = _blocks(segment)
    if len(blocks) < 2 or any(len(columns) < _NARROWEST for columns in blocks):
        return [segment]
    head = segment[0]
    if not all(all(at < len(head.cells) and _is_heading(head.cells[at]) for at in columns) for columns in blocks):
        return [segment]
    there = [{row.number for row in segment if any(at < len(row.cells) and row.cells[at] is not None for at in columns)} for columns in blocks]
    same_headings = len({tuple(str(head.cells[at]) for at in columns) for columns in blocks}) < len(blocks)
    if all(rows == there[0] for rows in there) and not same_headings:
        return [segment]
    return [[row for row in with_columns(segment, columns) if any(cell is not None for cell in row.cells)] for columns in blocks]


def _is_heading(cell: object) -> bool:
    return isinstance(cell, str) and not is_value(cell)


def _blocks(segment: list[GridRow]) -> list[list[int]]:
    """Runs of columns that any row of more than one cell uses."""
    used = {at for row in segment if len(filled(row)) > 1 for at in range(len(row.cells)) if row.cells[at] is not None}
    blocks: list[list[int]] = []
    for at in sorted(used):
        if blocks and at == blocks[-1][-1] + 1:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    return blocks

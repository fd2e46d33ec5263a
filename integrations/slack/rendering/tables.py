"""Tables as table blocks: at most 100 rows, 20 columns and 10,000 characters each; Slack takes one a message."""

import re

from integrations.slack.rendering.elements import Element, rich_text, section, words
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import cut

ROWS, COLUMNS, CELL, ROOM = 100, 20, 1_000, 9_000
_NUMBER = re.compile(r"(?:[A-Z]{3} |Rp ?)?[-−+]?[\d.,]+ ?%?(?: ?\[\d+\])*|[-–—]?")


def table_blocks(rows: list[list[str]]) -> list[Block]:
    """Blocks of a table whose first row is its headings; what is too wide or too long goes on in the next, headings repeated."""
    return [block for columns in _column_groups(rows) for block in _long(columns)]


def _column_groups(rows: list[list[str]]) -> list[list[list[str]]]:
    """The first column stays beside every group of the others."""
    width = len(rows[0])
    if width <= COLUMNS:
        return [rows]
    return [[[row[0], *row[start : start + COLUMNS - 1]] for row in rows] for start in range(1, width, COLUMNS - 1)]


def _long(rows: list[list[str]]) -> list[Block]:
    limit = max(24, min(CELL, ROOM // (3 * len(rows[0]))))
    cells = [[cut(" ".join(cell.split()), limit) for cell in row] for row in rows]
    heading, body = cells[0], cells[1:]
    blocks, page, room = [], [heading], _size(heading)
    for row in body:
        if len(page) == ROWS or room + _size(row) > ROOM:
            blocks.append(_block(page))
            page, room = [heading], _size(heading)
        page.append(row)
        room += _size(row)
    return [*blocks, _block(page)]


def _size(row: list[str]) -> int:
    return sum(len(cell) + 2 for cell in row)


def _block(rows: list[list[str]]) -> Block:
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else ()
    settings = [
        {
            "align": "right" if any(column) and all(_NUMBER.fullmatch(cell) for cell in column) else "left",
            "is_wrapped": True,
        }
        for column in columns
    ]
    made: Block = {
        "type": "table",
        "rows": [[_cell(cell, number == 0) for cell in row] for number, row in enumerate(rows)],
    }
    return made | ({"column_settings": settings} if settings else {})


def _cell(text: str, heading: bool) -> Element:
    return rich_text(section(words(text.replace("**", ""), bold=heading)))


def as_text(rows: list[list[str]]) -> str:
    """A table in words, for notifications: a row a line."""
    return "\n".join(" · ".join(cell for cell in row if cell) for row in rows)

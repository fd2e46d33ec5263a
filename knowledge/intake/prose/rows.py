"""Rows of a table as a clause's text holds them: "Service: Help Desk; Monthly fee: EUR 500"."""

import re

_CELL = re.compile(r"\s*([^:;]{1,60}?):\s+(\S.*)")


def cells_of(line: str) -> list[tuple[str, str]]:
    """The cells of a row as (heading, value); none where the line is no row."""
    cells = [_CELL.fullmatch(part) for part in line.split(";")]
    if len(cells) < 2 or any(cell is None or re.search(r"\d\s*%", cell[1]) for cell in cells):
        return []
    return [(cell[1].strip(), cell[2].strip()) for cell in cells if cell]

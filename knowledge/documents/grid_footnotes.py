"""Marks of footnotes in cells ("Mitra Jaya *)") and the lines under the table that explain them ("*) belum diperpanjang")."""

import re
from collections.abc import Sequence

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row, Table
from knowledge.documents.words import WORDS, words
from knowledge.language.detection import detect

_NOTE = re.compile(r"^(\*+\)?|\d\)|[¹²³⁴†‡]\)?)\s*+[=:.]?\s*+(?=\w)(.+)$", re.DOTALL)
_MARK = re.compile(r"(?:(?<!\*)\*+\)?|\d\)|[¹²³⁴†‡]\)?)$")
_WORD = re.compile(r"\w")


def settle_footnotes(table: Table, lines: Sequence[str]) -> None:
    """Takes the marks out of the cells and puts what they mean into a column of remarks. `lines`: texts around the table."""
    if not isinstance(table.rows, list):
        return
    meant = {match[1].rstrip(")"): match[2].strip() for text in lines if (match := _NOTE.match(text.strip()))}
    if not meant:
        return
    told: dict[int, list[str]] = {}
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            text, mark = _marked(cell) if isinstance(cell, str) else ("", "")
            bare = mark.rstrip(")")
            if bare in meant and (not bare.isdigit() or mark.endswith(")") and "(" not in text):
                row.cells[column] = text
                told.setdefault(at, []).append(meant[bare])
    if told:
        _tell(table, told, list(meant.values()))


def _marked(cell: str) -> tuple[str, str]:
    """A cell without the mark at its end, and that mark; ("", "") where it has none or is nothing else."""
    match = _MARK.search(cell)
    text = cell[: match.start()].rstrip() if match else ""
    return (text, match[0]) if match and _WORD.search(text) else ("", "")


def _tell(table: Table, told: dict[int, list[str]], notes: list[str]) -> None:
    column = next((at for at, heading in enumerate(table.headings) if heading.lower().strip(" .") in words("remarks")), None)
    if column is None:
        heading = WORDS["remarks"]["en" if detect(" ".join([*table.headings, *notes])) == "en" else "id"][0].capitalize()
        table.headings.append(heading)
        column = len(table.headings) - 1
    for at, row in enumerate(table.rows):
        _widen(row, column + 1)
        if at in told:
            row.cells[column] = "; ".join(filter(None, [cell_text(row.cells[column]), *told[at]]))


def _widen(row: Row, width: int) -> None:
    row.cells.extend([None] * (width - len(row.cells)))

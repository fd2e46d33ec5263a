"""Delimited text: separator and encoding found, title lines above the heading, ragged rows. Cells stay text."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from knowledge.documents.cells import GridRow
from knowledge.documents.cleaning import decode, one_line, open_text
from knowledge.documents.errors import Unreadable
from knowledge.documents.grid import read_grid
from knowledge.documents.model import Block, Limits, LoadedDocument, Locator

_SEPARATORS = (",", ";", "\t", "|")


def load_csv(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A csv/tsv file's table. Row numbers are the line numbers in the file; "1.250,50" stays text. Beyond `limits.max_text`
    the file is read row by row."""
    text: TextIO = open_text(data) if len(data) > limits.max_text else io.StringIO(decode(data)[0])
    csv.field_size_limit(10 * 1024 * 1024)
    head = text.read(50_000)
    text.seek(0)
    declared = head[:6].lower().startswith("sep=") and len(head) > 4
    separator = head[4] if declared else separator_of(head)
    document = LoadedDocument(name, "csv")
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    grid = read_grid(_rows(text, separator, limits.rows, skip=1 if declared else 0), stem, limits.spill)
    if len(grid.lines) > limits.max_rows_at_once:
        raise Unreadable("too_large", "more lines of text than allowed")
    for number, line in grid.lines:
        document.blocks.append(Block("paragraph", line, Locator(line=number)))
    document.tables = grid.tables
    if not grid.tables and not grid.lines:
        raise Unreadable("empty")
    return document


def separator_of(text: str) -> str:
    """The separator that splits most lines into the same number (≥ 2) of cells."""
    sample = "\n".join(text[:50_000].split("\n")[:60])

    def score(separator: str) -> tuple[float, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if row)
        except csv.Error:
            return 0.0, 0
        width, lines = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda item: item[1] * item[0], default=(0, 0)
        )
        return lines / max(1, sum(widths.values())), width

    return max(_SEPARATORS, key=lambda separator: (round(score(separator)[0], 1), score(separator)[1]))


def _rows(text: TextIO, separator: str, most: int, skip: int) -> Iterator[GridRow]:
    reader = csv.reader(text, delimiter=separator, skipinitialspace=True)
    line = 1
    try:
        for count, cells in enumerate(reader):
            if count > most:
                raise Unreadable("too_large", "more rows than allowed")
            if count >= skip:
                yield GridRow(line, [one_line(cell) or None for cell in cells], height=max(1, reader.line_num + 1 - line))
            # A quoted cell may hold line ends: the next row starts after them.
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("damaged", f"csv: {error}") from error

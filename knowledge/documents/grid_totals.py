"""Rows of a table that add up others."""

import re
from collections.abc import Sequence
from typing import Any

from knowledge.documents.cells import is_value
from knowledge.documents.cleaning import one_line
from knowledge.documents.model import Row
from knowledge.documents.words import alternatives, words
from knowledge.language.currencies import WRITTEN

_TOTALS = words("totals")
_TOTAL_TAIL = re.compile(
    rf"\s*(?:[:.]|\(.*\)|{WRITTEN}|(?:tahun|year|bulan|month)?\s*(?:20\d\d|[qk]\d|tw\s?[ivx\d]+)(?:\s*20\d\d)?)\s*$",
    re.IGNORECASE,
)
_LONGEST = 500
"""Characters of a cell that may be the label of a total; longer ones tell something."""
_TOTAL_START = re.compile(rf"^(?:{alternatives('totals')})\b", re.IGNORECASE)


def is_total(cells: Sequence[Any]) -> bool:
    """Whether a row's first cell is the whole label of a total: "Jumlah", "TOTAL 2026", "Rata-rata (Rp)"."""
    first = next((cell for cell in cells if cell is not None), None)
    if not isinstance(first, str) or len(first) > _LONGEST:
        return False
    label = one_line(first).lower().strip("*: ")
    while label not in _TOTALS and (shorter := _TOTAL_TAIL.sub("", label)) != label:
        label = shorter
    return label in _TOTALS


def mark_totals(rows: list[Row]) -> None:
    """ "Total biaya langganan" is a total where the row's other text cells are empty; "Total Niaga" may be a customer."""
    texts = [sum(isinstance(cell, str) and not is_value(cell) for cell in row.cells) for row in rows]
    usual = sorted(texts)[len(texts) // 2] if texts else 0
    for row, count in zip(rows, texts, strict=True):
        first = next((cell for cell in row.cells if cell is not None), None)
        if isinstance(first, str) and _TOTAL_START.match(first) and usual >= 3 and count * 2 <= usual:
            row.is_total = True
    if rows and not rows[-1].is_total and adds_up(rows):
        rows[-1].is_total = True


def adds_up(rows: Sequence[Row]) -> bool:
    """Whether the last row has the sums of the rows above it, whatever it is called ("All", "Kelompok"): in two columns at least."""
    above, last = [row for row in rows[:-1] if not row.is_total], rows[-1]
    sums = 0
    for at, cell in enumerate(last.cells):
        column = [row.cells[at] for row in above if at < len(row.cells) and _is_number(row.cells[at])]
        if not _is_number(cell) or len(column) < _ADDED:
            continue
        if not cell or abs(sum(column) - cell) > _ROUNDING * abs(cell):
            return False
        sums += 1
    return sums >= _COLUMNS_ADDED


_ADDED, _COLUMNS_ADDED, _ROUNDING = 3, 2, 0.001


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)

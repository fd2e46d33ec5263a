"""Lines across a table that say what the rows below them have in common: "JULI 2026", "Wilayah Timur", a customer's name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.documents.cells import GridRow, cell_text, filled, is_value
from knowledge.documents.model import Row
from knowledge.documents.words import WORDS
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect

_ANY_DAY = date(2000, 1, 1)
_LONGEST, _DAY = 60, 30
_ENDS = re.compile(r"[\s:–-]+$")


@dataclass
class Bands:
    """Rows of data with the band each stands under; `labels` is as long as `rows`, None before the first band."""

    rows: list[GridRow]
    labels: list[str | None]


def take_bands(rows: list[GridRow], width: int, label: str | None = None) -> Bands | None:
    """The rows without the lines across the table; None where there are none. `label`: the band that stands above the first row."""
    if width < 2 or not any(_is_band(row, width) for row in rows):
        return None
    bands = Bands([], [])
    for at, row in enumerate(rows):
        if _is_band(row, width) and any(not _is_band(other, width) for other in rows[at + 1 :]):
            label = _ENDS.sub("", cell_text(row.cells[filled(row)[0]]))
        else:
            bands.rows.append(row)
            bands.labels.append(label)
    return bands if any(bands.labels) else None


def band_heading(texts: list[str]) -> str:
    """What the column of bands is headed, in the table's language."""
    language = "en" if detect(" ".join(texts)) == "en" else "id"
    return WORDS["band"][language][0]


def only_periods(labels: Iterable[str | None]) -> bool:
    """Whether all bands are months, quarters or years."""
    said = [label for label in labels if label]
    return bool(said) and all(map(_is_period, said))


def any_days(rows: Sequence[Row]) -> bool:
    """Whether a column of the rows holds days, so that bands of months say nothing more."""
    width = max((len(row.cells) for row in rows), default=0)
    return any(sum(_is_day(row.cells[at]) for row in rows if at < len(row.cells)) * 2 > len(rows) for at in range(width))


def _is_day(cell: Any) -> bool:
    if isinstance(cell, date):
        return True
    spans = find_dates(cell, _ANY_DAY) if isinstance(cell, str) and len(cell) <= _DAY else []
    return len(spans) == 1 and spans[0].precision == "day" and spans[0].has_year


def _is_band(row: GridRow, width: int) -> bool:
    """One text alone in a row, merged over most of the table, bold, in capitals, with a colon, or a period."""
    found = filled(row)
    if len(found) != 1 or not isinstance(row.cells[found[0]], str):
        return False
    text = cell_text(row.cells[found[0]])
    if not text or len(text) > _LONGEST or is_value(text) and not _is_period(text):
        return False
    merged = len(row.spans) + 1 >= max(2, width // 2)
    return merged or row.bold or found[0] == 0 and (text.isupper() and text.replace(" ", "").isalpha() and len(text) > 3 or text.endswith(":") or _is_period(text))


def _is_period(text: str) -> bool:
    spans = [span for span in find_dates(text, _ANY_DAY) if span.precision != "day" and not span.relative]
    return len(spans) == 1 and spans[0].end - spans[0].start >= len(text) - 2

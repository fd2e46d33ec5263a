"""Pages set in two columns: the gutter between them found, each column read from top to bottom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.documents.pdf_lines import Line, lines_of

_MIDDLE = (0.35, 0.65)
"""Where a gutter may be, as shares of the text's width."""
_NARROWEST = 8.0
_FEWEST_ROWS = 6
_WORDS_A_SIDE = 3.5
"""Points; rows with words on both sides; words a row and side: cells of a table without ruling lines have fewer."""
_LONG_LEFT, _SHORT_RIGHT = 15, 4
"""Rows left and right of the gutter of a last page, whose right column is short and stands at other heights than the left one's rows."""
_FILLED = 0.7
"""How far the fullest half of the left rows reach towards the gutter: running text fills its column."""
_CROSSED = 0.3


def in_reading_order(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Words (pdfplumber's, with size and fontname) → lines with `order` set, column by column where the page has two."""
    gutter = _gutter(words)
    if gutter is None:
        return [replace(line, order=(line.top, 0, line.top)) for line in lines_of(words)]
    whole = [line for line in _rows(words) if _crosses(line, gutter)]
    crossing = {id(word) for row in whole for word in row}
    rest = [word for word in words if id(word) not in crossing]
    lines = [replace(line, order=(line.top, 0, line.top)) for line in lines_of([word for row in whole for word in row])]
    stops = sorted(line.top for line in lines)
    for column, side in ((1, [word for word in rest if word["x1"] <= gutter]), (2, [word for word in rest if word["x0"] >= gutter])):
        for line in lines_of(side):
            above = max((top for top in stops if top <= line.top), default=0.0)
            lines.append(replace(line, column=column, order=(above, column, line.top)))
    return sorted(lines, key=lambda line: line.order)


def _rows(words: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Words of one height on the page, whichever column they are of."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"], 1), word["x0"])):
        last = rows[-1][-1] if rows else None
        if last and abs(word["top"] + word["bottom"] - last["top"] - last["bottom"]) < 0.8 * (word["bottom"] - word["top"]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def _crosses(row: Sequence[dict[str, Any]], gutter: float) -> bool:
    """Whether a row runs through the gutter: a word does, or two stand at its sides no further apart than words do."""
    if any(word["x0"] < gutter < word["x1"] for word in row):
        return True
    left = max((word["x1"] for word in row if word["x1"] <= gutter), default=None)
    right = min((word["x0"] for word in row if word["x0"] >= gutter), default=None)
    return left is not None and right is not None and right - left < _NARROWEST


def _gutter(words: Sequence[dict[str, Any]]) -> float | None:
    """The middle of the white strip between two columns of running text, None where there are none."""
    if not words:
        return None
    left, right = min(word["x0"] for word in words), max(word["x1"] for word in words)
    rows = _rows(words)
    first, last = left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left)
    places = sorted({round((one["x1"] + other["x0"]) / 2, 0) for row in rows for one, other in zip(row, row[1:], strict=False) if other["x0"] - one["x1"] >= _NARROWEST})
    best: tuple[int, float] | None = None
    for place in places:
        if not first <= place <= last:
            continue
        sides = [([w for w in row if w["x1"] <= place], [w for w in row if w["x0"] >= place]) for row in rows if not _crosses(row, place)]
        both = [(one, other) for one, other in sides if one and other]
        crossed = len(rows) - len(sides)
        lefts, rights = [one for one, _ in sides if one], [other for _, other in sides if other]
        aligned = len(both) >= _FEWEST_ROWS and _running([one for one, _ in both], [other for _, other in both], left, place)
        short = len(lefts) >= _LONG_LEFT and len(rights) >= _SHORT_RIGHT and _running(lefts, rights, left, place)
        if crossed > _CROSSED * len(rows) or not (aligned or short):
            continue
        if best is None or len(both) > best[0]:
            best = len(both), place
    return best[1] if best else None


def _running(lefts: Sequence[Sequence[dict[str, Any]]], rights: Sequence[Sequence[dict[str, Any]]], left: float, place: float) -> bool:
    """Whether rows are of running text: as many words as sentences have, and the left ones reach towards the gutter."""
    sides = [*lefts, *rights]
    reach = sorted((row[-1]["x1"] - left) / (place - left) for row in lefts)[len(lefts) // 2 :]
    return sum(map(len, sides)) >= _WORDS_A_SIDE * len(sides) and min(reach) >= _FILLED

"""How a table's width is divided, by what its cells need in print: no amount and no word is cut in two."""

import re
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from assistant.drafts.export import fonts
from assistant.drafts.model import Section
from knowledge.language.currencies import WRITTEN

_MARK = re.compile(r"\[\d+\]")
_NUMBER = re.compile(rf"[-–−+]?\s?(?:{WRITTEN})?\s?[-–−+]?\d[\d.,]*\s?(?:%|[A-Za-z]{{1,6}})?")
_HYPHEN = re.compile(r"^-(?=\s?(?:Rp|[A-Z]{3}\s)?\d)")
SMALL_LETTER = 0.66
"""A raised mark is so much of the size of other signs."""
SIZES = (1.0, 0.92, 0.84, 0.76)
"""Of the usual letters: the largest at which every amount and word of the table stays whole, and most cells on one or two lines."""
AT_EASE, SMALLEST_AT_EASE = 0.4, 0.9
"""What the columns have of the width that they would like beyond what they need; letters are not made smaller than this for it."""
SLACK = 1.05
"""Readers may have another font than the one that is measured."""
MARGINS = 9.0
"""Points that the sides of a cell take."""
LONGEST = 0.5
"""No column asks for more of the width than this before the others have what they need."""
BY_HAND = (66.0, 110.0)
"""Points for a column that people fill in with a pen: at least, at best."""
FEW_ROWS = 10
"""A table of no more rows stays on one page."""


@dataclass(frozen=True)
class Columns:
    """shares: of the width, together 1; numeric: which columns stand right; size: of the usual letters; by_hand: some are filled in with a pen."""

    shares: list[float]
    numeric: list[bool]
    size: float
    by_hand: bool


def columns(section: Section, width: float, letter: float) -> Columns:
    """The columns of a section's table (all its lines are rows) in a width and a letter size in points."""
    fonts.register()
    held = [[line.cells[at] for line in section.lines] for at in range(len(section.headings))]
    numeric = [is_numeric(cells) for cells in held]
    blank = [not any(cell.strip() for cell in cells) for cells in held]
    fitting: list[Columns] = []
    for size in SIZES:
        wants = [_wants(heading, cells, letter * size, number, empty) for heading, cells, number, empty in zip(section.headings, held, numeric, blank, strict=True)]
        least, best = [one for one, _ in wants], [max(one, min(other, LONGEST * width)) for one, other in wants]
        if sum(least) <= width:
            fitting.append(Columns(_divided(least, best, width), numeric, size, any(blank)))
            if size >= SMALLEST_AT_EASE and width - sum(least) >= AT_EASE * (sum(best) - sum(least)):
                return fitting[-1]
    return fitting[0] if fitting else Columns([one / sum(least) for one in least], numeric, SIZES[-1], any(blank))


def _divided(least: list[float], best: list[float], width: float) -> list[float]:
    """What is left after what each column needs goes to those that would have more; then to all alike."""
    room, wished = width - sum(least), sum(best) - sum(least)
    if wished > room:
        return [(one + (other - one) * room / wished) / width for one, other in zip(least, best, strict=True)]
    return [other / sum(best) for other in best]


def _wants(heading: str, cells: list[str], letter: float, number: bool, empty: bool) -> tuple[float, float]:
    """Points that a column needs at least, and with which no cell of it would go on to a second line."""
    words = [_width(word, letter, bold=True) for word in heading.split()]
    least, best = max(words, default=0.0), _width(heading, letter, bold=True)
    for cell in cells:
        whole = _width(cell, letter)
        least = max(least, whole if number else max((_width(word, letter) for word in _bound(cell).split()), default=0.0))
        best = max(best, whole)
    if empty:
        least, best = max(least, BY_HAND[0]), max(least, BY_HAND[1])
    return least * SLACK + MARGINS, best * SLACK + MARGINS


def _bound(cell: str) -> str:
    """Marks stay with the word before them."""
    return cell.replace(" [", "[")


def _width(text: str, letter: float, *, bold: bool = False) -> float:
    font = fonts.BOLD if bold else fonts.PLAIN
    told = fonts.plain(_MARK.sub("", _bound(text)))
    marks = "".join(_MARK.findall(text))
    return float(stringWidth(told, font, letter) + stringWidth(marks, font, letter * SMALL_LETTER))


def is_numeric(column: list[str]) -> bool:
    """Whether a table's column holds numbers, which stand right."""
    filled = [_MARK.sub("", cell).strip() for cell in column if cell.strip(" –—-")]
    return bool(filled) and sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) * 3 >= 2 * len(filled)


def set_number(cell: str) -> str:
    """A cell with a true minus sign before a number."""
    return _HYPHEN.sub("−", cell)

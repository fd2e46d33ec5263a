"""Words on a PDF page → lines → paragraphs; running headers and footers found over pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.documents.cleaning import one_line
from knowledge.documents.outline import starts_anew

_PAGE_NUMBER = re.compile(
    r"(?i)^[-–\s]*\d+[-–\s]*(?:(?:dari|of|/)\s*\d+)?$|(?:^|.*\s)(?:halaman|hal\.?|page|p\.)\s*\d+\s*(?:(?:dari|of|/)\s*\d+)?$"
)


@dataclass(slots=True)
class Line:
    """A line of text with its box in points from the page's top left, its letter height and whether it is bold."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    column: int = 0
    """0: the page's whole width; 1, 2, …: a column of it, from the left."""
    order: tuple[float, int, float] = (0.0, 0, 0.0)
    """Where it is read: the top of its stretch of columns, its column, its own top."""


def lines_of(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Words (pdfplumber's, with size and fontname) joined into lines by their vertical place."""
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["top"], 1), word["x0"])):
        last = lines[-1] if lines else None
        if last and abs((word["top"] + word["bottom"]) / 2 - (last[-1]["top"] + last[-1]["bottom"]) / 2) < 0.4 * (
            word["bottom"] - word["top"]
        ):
            last.append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda word: word["x0"])) for line in lines]


def _line(words: list[dict[str, Any]]) -> Line:
    bold = all(re.search(r"(?i)bold|black|heavy|semibold", word.get("fontname") or "") for word in words)
    return Line(
        one_line(" ".join(word["text"] for word in words)),
        words[0]["x0"], max(word["x1"] for word in words), min(word["top"] for word in words),
        max(word["bottom"] for word in words), max(word.get("size") or 0.0 for word in words), bold,
    )  # fmt: skip


def running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[str]:
    """Texts (digits masked) at the top or bottom tenth of at least 3 pages: headers and footers."""
    counts: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        counts.update({mask(line.text) for line in lines if _at_edge(line, height)})
    return {text for text, count in counts.items() if count >= 3 and count >= len(pages) * 0.4}


def mask(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def is_running(line: Line, height: float, running: set[str], body_size: float) -> bool:
    """True for a header or footer found by running_lines, for lines that end in a page number ("… hal. 2"), and for small
    print at the page's very top or bottom."""
    small = line.size < 0.85 * body_size
    return _at_edge(line, height) and (small or mask(line.text) in running or bool(_PAGE_NUMBER.match(line.text)))


def _at_edge(line: Line, height: float) -> bool:
    return line.bottom < height * 0.1 or line.top > height * 0.9


def joined(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """Lines → paragraphs: (text, first line). A new one starts at a number or bullet, a gap, a short last line, or
    another letter size or weight."""
    paragraphs: list[tuple[str, Line]] = []
    edges: dict[int, float] = {}
    for line in lines:
        edges[line.column] = max(edges.get(line.column, 0.0), line.right)
    previous: Line | None = None
    for line in lines:
        if not line.text:
            continue
        if previous is None or not paragraphs or _starts(previous, line, edges[previous.column]):
            paragraphs.append((line.text, line))
        else:
            text, first = paragraphs[-1]
            paragraphs[-1] = (hyphen_joined(text, line.text), first)
        previous = line
    return paragraphs


def _starts(previous: Line, line: Line, right_edge: float) -> bool:
    height = max(previous.bottom - previous.top, 1.0)
    gap = line.top - previous.bottom
    if previous.column and line.column > previous.column:  # a sentence may run on at the top of the next column
        runs_on = line.text[0].islower() or not starts_anew(previous.text, line.text) and line.text[0] == "("
        return not runs_on or previous.text[-1] in ".!?:;" or abs(line.size - previous.size) > 0.6
    if gap > 0.75 * height or gap < -2 * height:
        return True
    if abs(line.size - previous.size) > 0.6 or line.bold != previous.bold:
        return True
    if starts_anew(previous.text, line.text):
        return True
    # A line that ends well before the margin although the next word would have fitted ends its paragraph.
    first_word = len(line.text.split()[0]) * (line.right - line.left) / max(1, len(line.text))
    return previous.right + first_word + 0.5 * height < right_edge - 2 * height and not line.text[0].islower()


def hyphen_joined(text: str, following: str) -> str:
    """ "pem-" + "bayaran" → "pembayaran"; "masing-" + "masing" keeps its hyphen, so does "CL-" + "7"."""
    match = re.search(r"(\w+)-$", text)
    if not match or not following[:1].islower():
        return f"{text}{'' if text.endswith(('-', '/')) and following[:1].isalnum() and match else ' '}{following}"
    if re.match(r"\w+", following) and following.lower().startswith(match[1].lower()):
        return text + following
    return text[:-1] + following

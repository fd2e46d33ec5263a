"""Reads an exported Word file as a person does: units of text under their headings, and what each mark points to."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

SOURCES = ("sumber", "sources")
_MARK = re.compile(r"\[(\d+)\]")
_ENTRY = re.compile(r"((?:\[\d+\]\s*)+)([^\[]*)")
_CAPTION = re.compile(r"(?:Gambar|Figure) \d+\. [^\d]*$")
_CONTENTS = re.compile(r"^(?:toc|caption|contents|header|footer)", re.IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """A paragraph or a row of a table, without its marks. tail: words behind the last mark."""

    heading: str
    text: str
    marks: tuple[int, ...]
    kind: Literal["title", "line", "row"]
    tail: str = ""


@dataclass(frozen=True)
class Place:
    """Where a mark points to: the bare file name and the words for the place in it."""

    file: str
    locator: str


@dataclass(frozen=True)
class Word:
    """A file as read: all units of the body, and the places by mark."""

    units: tuple[Unit, ...]
    places: dict[int, Place]

    @property
    def text(self) -> str:
        """All that somebody reads."""
        sources = (f"{place.file} {place.locator}" for place in self.places.values())
        return "\n".join([*(unit.text for unit in self.units), *sources])

    @property
    def body(self) -> str:
        """What stands above the sources."""
        return "\n".join(unit.text for unit in self.units)


def read_word(content: bytes) -> Word:
    """The body of a .docx; headers, footers and a table of contents are left out."""
    units: list[Unit] = []
    places: dict[int, Place] = {}
    heading = ""
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            units += _rows(block, heading)
            continue
        text, style = " ".join(block.text.split()), _style(block)
        if not text or _CONTENTS.match(style):
            continue
        if style.startswith("Heading"):
            heading = text
        elif heading.lower() in SOURCES:
            places |= _places(text)
        else:
            units.append(_unit(heading, text, "line" if heading and style != "Title" else "title"))
    return Word(tuple(units), places)


def _style(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""


def _unit(heading: str, text: str, kind: Literal["title", "line", "row"]) -> Unit:
    found = list(_MARK.finditer(text))
    tail = text[found[-1].end() :].strip(" .;,|)") if found else ""
    return Unit(heading, " ".join(_MARK.sub(" ", text).split()), tuple(int(one[1]) for one in found), kind, tail)


def _rows(table: Table, heading: str) -> Iterator[Unit]:
    """Every row but the one of headings; a table above the first heading says which draft this is."""
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        if _repeats(row) or all(_CAPTION.match(cell) or not cell for cell in cells):
            continue
        unit = _unit(heading, " | ".join(cells), "row" if heading else "title")
        yield Unit(unit.heading, unit.text, unit.marks, unit.kind)


def _repeats(row: Any) -> bool:
    return bool(row._tr.xpath("./w:trPr/w:tblHeader"))  # noqa: SLF001  python-docx has no public way to ask


def _places(text: str) -> dict[int, Place]:
    """Places by mark: "[3] 07_rapat/notulen.docx, 14 Oktober 2026: bagian “Keputusan”; [5] baris 2"; marks side by side share their places."""
    places: dict[int, Place] = {}
    file = ""
    for group in _ENTRY.finditer(text):
        marks = [int(number) for number in _MARK.findall(group[1])]
        words = group[2].strip().rstrip(";").strip()
        if not file:
            named, _, words = words.partition(": ")
            file = PurePosixPath(re.sub(r",\s*\d{1,2} \w+ \d{4}$", "", named.strip().rstrip(":"))).name
        each = words.split("; ")
        shared = each if len(each) == len(marks) else [words] * len(marks)
        places |= {mark: Place(file, place.strip()) for mark, place in zip(marks, shared, strict=True)}
    return places

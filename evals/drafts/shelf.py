"""The files of a provider as plain text, read apart from the product: whole files, and the rows of tables by number."""

import contextlib
import csv
import email
import email.policy
import email.utils
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import docx
import openpyxl
import pdfplumber

from evals.drafts.word import Place
from evals.reading import dates, folded, numbers

OWN = re.compile(r"(?:permintaan|perhitungan|asumsi) draf ini|(?:the request for|the reckoning of|an assumption of) this draft")
"""How a draft names, as a source, the request that it was made for, what it works out, and what it takes for granted."""
_SHORT_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d)(?!\d)")
_DASHED_DATE = re.compile(r"(?<!\d)(\d{1,2})-([A-Za-z]{3,9})-(\d{4})(?!\d)")
_ROW = re.compile(r"(?:baris|row)\s+(\d+)", re.IGNORECASE)
_SHEET = re.compile(r"sheet\s+([^,]+),", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A text with what it says; `today` gives days without a year theirs."""

    text: str
    today: date

    @cached_property
    def folded(self) -> str:
        """As evals.reading folds it, with nothing but words and numbers between single spaces."""
        return flat(self.text)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every value that it may mean."""
        return frozenset(numbers(self.text)) | frozenset(numbers(self.text.replace("-", " ")))

    @cached_property
    def dates(self) -> set[date]:
        """Every day that it names; a chat writes 29/01/27, a table 29-Jan-2027."""
        short = (f"20{year}-{month}-{day}" for day, month, year in _SHORT_DATE.findall(self.text))
        return dates(_DASHED_DATE.sub(r"\1 \2 \3", self.text), self.today) | dates(" ".join(short), self.today)


@dataclass
class Files:
    """All files beneath a folder by bare name, in lower case."""

    folder: Path
    today: date
    _whole: dict[str, Words] = field(default_factory=dict)
    _rows: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                with contextlib.suppress(Exception):  # a provider has files that nobody can open
                    text, rows = _read(path)
                    self._whole[path.name.lower()] = Words(text, self.today)
                    self._rows[path.name.lower()] = rows

    def knows(self, place: Place) -> bool:
        """Whether what a mark points to is there: a file, or the request itself."""
        return place.file.lower() in self._whole or bool(OWN.match(place.file.lower()))

    def whole(self, place: Place) -> Words:
        """The whole file; nothing of its own where it is the request, which every unit may state."""
        return self._whole.get(place.file.lower()) or Words("", self.today)

    def narrow(self, place: Place) -> Words:
        """The row that the place names, with its table's headings; else the whole file."""
        row = _ROW.search(place.locator)
        sheets = self._rows.get(place.file.lower()) or {}
        if row is None or not sheets:
            return self.whole(place)
        named = _SHEET.search(place.locator)
        sheet = next((rows for title, rows in sheets.items() if named and title.startswith(named[1].strip())), next(iter(sheets.values())))
        if int(row[1]) not in sheet:
            return self.whole(place)
        head = "\n".join(text for number, text in sheet.items() if number <= 4 and number < int(row[1]) and not _has_values(text))
        return Words(f"{head}\n{sheet[int(row[1])]}", self.today)


def flat(text: str) -> str:
    """Words and numbers alone, for comparing quotations."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _has_values(text: str) -> bool:
    return sum(any(sign.isdigit() for sign in cell) for cell in text.split(" | ")) > 1


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _read(path: Path) -> tuple[str, dict[str, dict[int, str]]]:
    content = path.read_bytes()
    match path.suffix.lower():
        case ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            rows = {
                page.title: {number: " | ".join(_cell(cell) for cell in row) for number, row in enumerate(page.iter_rows(values_only=True), 1)} for page in book.worksheets
            }
            return "\n".join(text for page in rows.values() for text in page.values()), rows
        case ".csv":
            text = _decoded(content)
            separator = max(",;\t", key=text.split("\n", 1)[0].count)
            table = {number: " | ".join(row) for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1)}
            return "\n".join(table.values()), {"": table}
        case ".docx":
            document = docx.Document(io.BytesIO(content))
            cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
            return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]), {}
        case ".pdf":
            with pdfplumber.open(io.BytesIO(content)) as pages:
                return "\n".join(page.extract_text() or "" for page in pages.pages), {}
        case ".eml":
            message = email.message_from_bytes(content, policy=email.policy.default)
            body = message.get_body(("plain", "html"))
            heads = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Date") if message[name]]
            sent = email.utils.parsedate_to_datetime(str(message["Date"])).date().isoformat() if message["Date"] else ""
            return "\n".join([*heads, sent, re.sub(r"(?m)^>+ ?", "", body.get_content()) if body else ""]), {}
    return _decoded(content), {}


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")

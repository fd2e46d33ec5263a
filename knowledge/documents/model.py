"""What a loader gives back: blocks of text and tables, each with the place where it stands."""

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from knowledge.documents.spill import Spill

BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "quote", "metadata"]

_LABELS: dict[str, dict[str, str]] = {
    "id": {"page": "hlm. {}", "sheet": "sheet {}", "row": "baris {}", "clause": "Pasal {}", "section": "bagian “{}”",
           "line": "baris {}", "part": "lampiran {}"},
    "en": {"page": "p. {}", "sheet": "sheet {}", "row": "row {}", "clause": "clause {}", "section": "section “{}”",
           "line": "line {}", "part": "attachment {}"},
}  # fmt: skip
_PARAGRAPH_OF_ARTICLE = re.compile(r"^(.+?)\((\d+)\)$")


@dataclass(slots=True, frozen=True)
class Locator:
    """Where something stands in its file. `page`, `row` and `line` count from 1; `part`: an attachment's name."""

    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    clause: str | None = None
    section: str | None = None
    line: int | None = None
    speaker: str | None = None
    part: str | None = None

    def label(self, lang: str) -> str:
        """The place in words, "hlm. 2, Pasal 3.2" or "p. 2, clause 3.2"; empty when nothing is known. A part that is a sheet of its name is said once."""
        words = _LABELS.get(lang, _LABELS["en"])
        parts = [words["part"].format(self.part)] if self.part and self.part != self.sheet else []
        if self.sheet:
            parts.append(words["sheet"].format(self.sheet))
        if self.page is not None:
            parts.append(words["page"].format(self.page))
        if self.clause:
            parts.append(words["clause"].format(self._clause_words(lang)))
        elif self.section:
            parts.append(words["section"].format(self.section))
        if self.row is not None:
            parts.append(words["row"].format(self.row))
        elif self.line is not None and not self.clause:
            parts.append(words["line"].format(self.line))
        if self.speaker:
            parts.append(self.speaker)
        return ", ".join(parts)

    def _clause_words(self, lang: str) -> str:
        match = _PARAGRAPH_OF_ARTICLE.match(self.clause or "")
        return f"{match[1]} ayat ({match[2]})" if match and lang == "id" else self.clause or ""


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item, table row, quoted or metadata text, in reading order.

    `level` is a heading's or list item's depth, or a quote's nesting (1 = the message answered). `cells` are a table
    row's (heading, value) pairs. `date` is when quoted words were written, where the quote says so. `lead`: the words in bold with
    which it opens and goes on otherwise ("**Term.** From …"), as they stand in `text`.
    """

    kind: BlockKind
    text: str
    locator: Locator = field(default_factory=Locator)
    level: int = 0
    section_path: tuple[str, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()
    date: dt.date | None = None
    lead: str = ""


@dataclass(slots=True)
class Row:
    """A data row. `number` is its row in the sheet or its line in the file, from 1; cells stand as the headings do."""

    number: int
    cells: list[Any]
    is_total: bool = False


@dataclass(slots=True)
class Table:
    """A table with unique headings. `percent_columns`: headings whose numbers are shown as percent (0.5 = 50 %)."""

    name: str
    headings: list[str]
    rows: list[Row] | Spill[Row]
    title: str | None = None
    notes: list[str] = field(default_factory=list)
    header_row: int = 0
    source_part: str | None = None
    percent_columns: list[str] = field(default_factory=list)
    hidden: bool = False
    page: int | None = None
    clause: str | None = None
    section: str | None = None


@dataclass(slots=True)
class LoadedDocument:
    """A file's whole content. Dates are calendar dates; `date_source` is "mail", "text", "name" or "property"."""

    name: str
    media: str
    title: str | None = None
    author: str | None = None
    date: dt.date | None = None
    date_source: str | None = None
    participants: dict[str, list[str]] = field(default_factory=dict)
    subject: str | None = None
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    language: str | None = None
    warnings: list[str] = field(default_factory=list)
    hidden_text: list[str] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Limits:
    """Guards against files that would eat the machine. Sizes in bytes.

    max_text  of a text file (md, txt, html, json, yaml), and of the XML parts of a text document divided by `xml_ratio`: what is
              read takes many times its size in memory, while a large pdf or mail is mostly pictures
    max_rows  of a csv file or workbook that is read row by row; `max_rows_at_once` of one that is not
    spill     folder for the rows of long tables; without it csv files and workbooks are read at once, within `max_text`
    """

    max_bytes: int = 100 * 1024 * 1024
    max_text: int = 3 * 1024 * 1024
    xml_ratio: int = 8
    max_unzipped: int = 1024 * 1024 * 1024
    max_sheets: int = 1024 * 1024 * 1024  # XML of a workbook
    max_rows: int = 2_000_000
    max_rows_at_once: int = 30_000  # an import takes about 17 KB of memory a row
    max_pages: int = 3000
    max_members: int = 10_000
    bomb_ratio: int = 100
    bomb_bytes: int = 200 * 1024 * 1024
    spill: Path | None = None

    @property
    def rows(self) -> int:
        """The most rows of a csv file or workbook."""
        return self.max_rows if self.spill else min(self.max_rows, self.max_rows_at_once)


DEFAULT_LIMITS = Limits()

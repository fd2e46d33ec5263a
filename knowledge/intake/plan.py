"""What will be written for one document, worked out before the store is touched. Ids below zero belong to new rows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.documents.model import LoadedDocument
from knowledge.documents.spill import Spill
from knowledge.intake.prose.facts import ProseFacts
from knowledge.intake.report import Problem


@dataclass
class Parsed:
    """A file as read, spooled to disk between the stages. `parent`: the mail that an attachment came with."""

    source: str
    root: str
    sha256: str
    size: int
    mtime: float
    doc: LoadedDocument
    parent: str | None = None

    @property
    def is_table_file(self) -> bool:
        """Spreadsheets and data files, whose rows are passages; tables of other documents stand among their blocks."""
        return self.doc.media in ("xlsx", "csv", "json", "yaml")


@dataclass
class PlannedPassage:
    """`customers`: customer id → required. `words_only`: found by its words, not by meaning."""

    text: str
    context: str
    kind: str
    language: str
    locator: dict[str, Any]
    stems: str
    dated: date | None = None
    customers: dict[int, bool] = field(default_factory=dict)
    words_only: bool = False


@dataclass
class PlannedRow:
    """A SheetRow; `passage` is the index of its passage in the plan."""

    number: int
    cells: dict[str, Any]
    customer_id: int | None = None
    passage: int | None = None
    is_total: bool = False


@dataclass
class PlannedTable:
    """A SheetTable with its rows."""

    name: str
    title: str
    record_kind: str | None
    columns: list[dict[str, Any]]
    rows: list[PlannedRow] | Spill[PlannedRow] = field(default_factory=list)


@dataclass
class PlannedRecord:
    """A record of a kind; `values` are columns of its table. `row`: (table, row) indexes in the plan; `passage` likewise;
    `line`: the row's number in the file.

    `touched`: customers of a known error.
    """

    kind: str
    identity: str
    values: dict[str, Any]
    customer_id: int | None = None
    key: str | None = None
    quote: str = ""
    locator: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    row: tuple[int, int] | None = None
    line: int = 0
    passage: int | None = None
    origin: str = "import"
    touched: tuple[int, ...] = ()


@dataclass
class PlannedAccount:
    """An account with the customers it may see."""

    username: str
    values: dict[str, Any]
    customers: set[int] = field(default_factory=set)
    locator: dict[str, Any] = field(default_factory=dict)


@dataclass
class DocumentPlan:
    """Everything that one document gives. `document`: columns of its Document row."""

    source: str
    root: str
    document: dict[str, Any]
    parent: str | None = None
    passages: list[PlannedPassage] = field(default_factory=list)
    tables: list[PlannedTable] = field(default_factory=list)
    records: list[PlannedRecord] | Spill[PlannedRecord] = field(default_factory=list)
    accounts: list[PlannedAccount] = field(default_factory=list)
    names: list[tuple[int, str, str]] = field(default_factory=list)  # (customer id, name, kind) that the document states
    facts: ProseFacts | None = None
    problems: list[Problem] = field(default_factory=list)
    unknown_tables: list[str] = field(default_factory=list)

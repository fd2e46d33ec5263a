"""Documents, their passages, and spreadsheets kept as typed rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from knowledge.records.authority import Authority
from knowledge.records.base import UtcDateTime, now


class Document(SQLModel, table=True):
    """A file (or a member of an archive, or an attachment: `parent_id`) as it was imported.

    source     path inside the imported folder, posix; `root` the folder that was given
    kind       agreement | amendment | sla | ola | underpinning_contract | change_notice | letter | table | minutes | email | call_note | guide | note | other
    authority  rank of precedence, 0 = strongest (knowledge/records/authority.py)
    internal   never to be used in customer-facing text
    state      "importing" until everything taken from it is written, then "ready"; only ready documents are answered from
    """

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    root: str = ""
    sha256: str = Field(default="", index=True)
    size: int = 0
    mtime: float = 0.0
    media: str = ""
    kind: str = "other"
    authority: int = Authority.OTHER
    title: str = ""
    author: str | None = None
    dated: date | None = None
    language: str | None = None
    internal: bool = False
    customer_id: int | None = Field(default=None, index=True, foreign_key="customer.id")  # its main customer
    parent_id: int | None = Field(default=None, foreign_key="document.id")
    meta: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="importing", index=True)
    imported_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


WORDS_ONLY = "words"
"""In place of an embedding model's name: a passage that is found by its words alone (a row of a very large table)."""


class Passage(SQLModel, table=True):
    """A citable piece of a document: clause, list item, paragraph, mail message, spreadsheet row, or an approved update."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int | None = Field(default=None, index=True, foreign_key="document.id")
    ordinal: int = 0
    text: str
    context: str = ""  # title > section path; goes into the embedding and the full-text index with the text
    kind: str = "paragraph"
    language: str = "id"
    locator: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    dated: date | None = None
    authority: int = Authority.OTHER
    internal: bool = False
    record_kind: str | None = None  # the record made from it, if any
    record_id: int | None = None
    superseded_by_id: int | None = Field(default=None, index=True)  # the passage (amending clause) that replaces it
    superseded_from: date | None = None
    stems: str = ""
    embedding: bytes | None = None
    embedding_model: str | None = Field(default=None, index=True)
    ready: bool = Field(default=False, index=True)  # set in the transaction that completes its document


class PassageCustomer(SQLModel, table=True):
    """Whom a passage is about, hence who may see it: every `required` customer, and at least one of the others if there are any."""

    passage_id: int = Field(primary_key=True, foreign_key="passage.id", ondelete="CASCADE")
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", index=True)
    required: bool = True


class AlsoNamed(SQLModel, table=True):
    """A customer whom an upload names, or whose people it names, and that its uploader might not see: to whoever reads the upload, these
    names are words like any other (docs/decisions/0011-uploads.md). It gives nobody any right."""

    document_id: int = Field(primary_key=True, foreign_key="document.id", ondelete="CASCADE")
    customer_id: int = Field(primary_key=True, foreign_key="customer.id", ondelete="CASCADE", index=True)


class SheetTable(SQLModel, table=True):
    """A table of a document (sheet, csv, table in a contract), kept whole as typed rows whether or not a record kind knows it."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(index=True, foreign_key="document.id")
    name: str = ""
    title: str = ""
    record_kind: str | None = None
    columns: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """[{"name": heading, "field": record field or None, "type": "text|number|date|money|bool|percent", "currency": …, "values": [≤ 50 distinct texts]}]"""
    row_count: int = 0


class SheetRow(SQLModel, table=True):
    """One row: cells by heading, typed to JSON (numbers as numbers, dates as ISO text)."""

    id: int | None = Field(default=None, primary_key=True)
    table_id: int = Field(index=True, foreign_key="sheettable.id")
    document_id: int = Field(index=True, foreign_key="document.id")
    customer_id: int | None = Field(default=None, index=True, foreign_key="customer.id")
    passage_id: int | None = Field(default=None, index=True)
    number: int = 0
    cells: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_total: bool = False


class ImportProblem(SQLModel, table=True):
    """Something that could not be taken, and why: a whole file, a row, or a cell."""

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(index=True)
    root: str = ""
    locator: str = ""
    reason: str = ""
    severity: str = "file"  # file | row | cell
    customer_id: int | None = None
    seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class StoreFact(SQLModel, table=True):
    """Named facts of the store itself, e.g. the content generation that caches compare with."""

    name: str = Field(primary_key=True)
    value: str = ""

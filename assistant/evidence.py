"""Evidence: what a tool found, with the place where it stands. Every statement of an answer rests on some."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.records.authority import Authority


@dataclass
class Evidence:
    """One citable thing.

    id        "E1", "E2", … unique within a turn
    kind      passage | record | computed
    quote     the source's own words (record: its row as "Heading: value; …")
    source    path of the file inside the imported folder; "" for something told in chat and approved
    locator   where in the file, as data (knowledge.documents.model.Locator as JSON)
    record    "KIND:ID" for a record
    authority rank of precedence (knowledge.records.authority), smaller prevails
    values    what a query computed or read: {field: value}; dates as ISO text
    score     how well it fits the question, 0–1, as its finder judged
    notes     flags such as superseded, superseded_by (evidence id), computed_from, claim
    """

    id: str
    kind: str
    quote: str
    source: str
    locator: dict[str, Any] = field(default_factory=dict)
    context: str = ""
    title: str = ""
    doc_kind: str = "other"
    dated: date | None = None
    authority: int = Authority.OTHER
    internal: bool = False
    language: str = "id"
    customers: tuple[int, ...] = ()
    record: str | None = None
    passage_id: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    score: float = 0.0
    notes: dict[str, Any] = field(default_factory=dict)

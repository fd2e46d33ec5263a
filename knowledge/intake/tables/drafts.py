"""A record as a row says it, before it is known whom it is about."""

from dataclasses import dataclass, field
from typing import Any

from knowledge.documents.cells import cell_text


@dataclass
class RecordDraft:
    """A record as its row says. `customer`: spellings, the surest first; `customers`: entries of a list cell.

    `cells`: the whole row by heading, for the quote; `part`: what tells records of one row apart; `problems`: reasons in words.
    """

    kind: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    customer: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    key: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    part: str = ""
    problems: list[str] = field(default_factory=list)


def plain(cell: Any) -> Any:
    """A cell as JSON: numbers and yes/no as they are, all else as text."""
    return cell if isinstance(cell, bool | int | float) or cell is None else cell_text(cell)


def names_all(entries: list[str], words: frozenset[str]) -> bool:
    """Whether a list cell says "all"."""
    return any(entry.lower().strip() in words for entry in entries)

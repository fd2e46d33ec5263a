"""What an import did, in numbers and words."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something that could not be taken, and why. `locator`: sheet, row or page in words; severity: file | row | cell | note."""

    source: str
    locator: str
    reason: str
    severity: str = "row"
    code: str = ""
    """Why, as one of Unreadable's reason codes or of knowledge.intake.rights; "" where there is only the sentence."""


@dataclass
class ImportReport:
    """documents: counts of new, changed, unchanged, removed, missing, unreadable; records: counts by kind of what was written.

    merges: spellings taken for one customer; differences: edits by people that the new file contradicts; tables_unknown: tables
    kept as rows without a record kind ("file > sheet").
    """

    documents: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    merges: list[dict[str, Any]] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tables_unknown: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def took_anything(self) -> bool:
        """Whether the store knows other files than before."""
        return any(self.documents[state] for state in ("new", "changed", "removed"))

    def as_json(self) -> dict[str, Any]:
        """The contract of `akrab import --json`."""
        return {
            "documents": dict(self.documents),
            "records": dict(self.records),
            "problems": [{"source": problem.source, "locator": problem.locator, "reason": problem.reason} for problem in self.problems],
            "merges": self.merges,
            "differences": self.differences,
            "missing": self.missing,
            "tables_unknown": self.tables_unknown,
            "seconds": round(self.seconds, 3),
        }

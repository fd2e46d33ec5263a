"""What one import carries from stage to stage."""

from collections.abc import Callable
from dataclasses import dataclass, field

from knowledge.documents.errors import Unreadable
from knowledge.intake.files import SeenFile
from knowledge.intake.plan import DocumentPlan, Parsed
from knowledge.intake.report import ImportReport, Problem
from knowledge.intake.rights import Rights
from knowledge.intake.staging import Spool

Progress = Callable[[str, int, int], None]
"""Called with stage ("read", "understand", "write"), how many are done and of how many (0: not known yet)."""


@dataclass
class Work:
    """What one import carries from stage to stage."""

    report: ImportReport
    parsed: Spool[Parsed]
    plans: Spool[DocumentPlan]
    replaced: dict[tuple[str, str], int] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    touched_times: dict[int, tuple[int, float]] = field(default_factory=dict)
    people: list[dict[tuple[int, int], int]] = field(default_factory=list)
    aliases: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)
    unreadable: list[tuple[str, Problem]] = field(default_factory=list)
    copies: list[tuple[SeenFile, int]] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    also_named: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    rights: Rights | None = None

    @property
    def apart(self) -> bool:
        """Whether what is written must not touch what others' files gave."""
        return self.rights is not None and self.rights.apart


def note_unreadable(work: Work, root: str, source: str, problem: Unreadable | None) -> None:
    """A file that cannot be read, into the report and for the store."""
    reason = problem.message("en") if problem else "cannot be read"
    if problem and problem.detail:
        reason = f"{reason} ({problem.detail})"
    noted = Problem(source, "", reason, "file", problem.reason_code if problem else "damaged")
    work.report.problems.append(noted)
    work.unreadable.append((root, noted))

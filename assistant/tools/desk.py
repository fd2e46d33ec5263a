"""What a tool works at during one turn: the store as one person may see it, today's date, and the finders."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from threading import RLock
from typing import Any, Protocol

from sqlmodel import Session

from assistant.answers.verify import Computed
from assistant.evidence import Evidence
from knowledge.access import Viewer
from knowledge.embeddings.base import Embedder
from knowledge.intake.prose.history import ClauseHistory
from knowledge.linking import Linker
from knowledge.reading.base import PassageReader, nobody


class Finder(Protocol):
    """What `search` needs of knowledge.index.retriever.HybridRetriever."""

    def search(
        self, query: str, viewer: Viewer, k: int = 30, *, kinds: Collection[str] | None = None, customer_ids: Collection[int] | None = None
    ) -> list[Any]: ...


@dataclass
class Desk:
    """One turn of one person. `found` collects the evidence of all tools under the ids that statements refer to."""

    session: Session
    viewer: Viewer
    today: date
    linker: Linker
    finder: Finder
    embedder: Embedder
    language: str = "id"
    trained: Callable[[], PassageReader | None] = nobody
    """The trained reader, loaded when first asked for."""

    found: dict[str, Evidence] = field(default_factory=dict)
    computed: Computed = field(default_factory=Computed)
    lock: RLock = field(default_factory=RLock)  # the agent calls tools side by side; a database session serves one at a time
    searched: dict[tuple[str, tuple[int, ...], int], list[Evidence]] = field(default_factory=dict)
    """What the searches of this turn have brought, by words, customers and limit: two tools may search for the same."""

    wordings: dict[str, tuple[ClauseHistory, int]] = field(default_factory=dict)
    """Of evidence that states a wording of an amended clause: the clause's history and which wording of it, by evidence id."""

    _places: dict[tuple[str, object], list[str]] = field(default_factory=dict)
    """Ids of what was found, by kind and passage and by kind and record."""
    _placed: int = 0

    def keep(self, evidence: Evidence) -> Evidence:
        """Register evidence under a new id; the same passage or record found twice keeps its first id."""
        for known in self._like(evidence):
            same_passage = evidence.passage_id is not None and known.passage_id == evidence.passage_id
            same_record = evidence.record is not None and known.record == evidence.record and known.values == evidence.values
            if same_passage or same_record:
                if evidence.score:  # 0: nobody has judged how well it fits
                    known.score = max(known.score, evidence.score) if known.score else evidence.score
                known.notes.update(evidence.notes)
                return known
        evidence.id = f"E{len(self.found) + 1}"
        self.found[evidence.id] = evidence
        self._place(evidence)
        return evidence

    def _like(self, evidence: Evidence) -> list[Evidence]:
        """What was found of the same kind and passage or record, in the order in which it was found."""
        if self._placed != len(self.found):  # somebody else has added to what was found
            self._places.clear()
            self._placed = 0
            for known in self.found.values():
                self._place(known)
        ids = {number for place in _keys(evidence) for number in self._places.get(place, ())}
        return [self.found[number] for number in sorted(ids, key=lambda number: int(number[1:]))]

    def _place(self, evidence: Evidence) -> None:
        self._placed += 1
        for place in _keys(evidence):
            self._places.setdefault(place, []).append(evidence.id)


def _keys(evidence: Evidence) -> list[tuple[str, object]]:
    return [(evidence.kind, each) for each in (evidence.passage_id, evidence.record) if each is not None]

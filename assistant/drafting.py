"""Draft: a document asked for in words or by its parts, from what one person may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from assistant.drafts import Draft, DraftRequest, Question, UnknownCustomer, draft, understand_request
from assistant.drafts.model import Audience, Kind
from assistant.progress import OnEvent
from assistant.settings import Settings
from assistant.tools.desk import Desk
from knowledge.access import Viewer, names_unknown_to
from knowledge.embeddings.base import Embedder
from knowledge.index.retriever import HybridRetriever
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker
from knowledge.store import read

__all__ = ["Drafting", "Question", "UnknownCustomer", "as_dict"]


@dataclass
class Drafting:
    """Makes drafts over one store."""

    engine: Engine
    settings: Settings
    retriever: HybridRetriever
    embedder: Embedder

    def asked_for(self, text: str, viewer: Viewer) -> Draft | Question:
        """The draft that a request in words asks for, or the question back."""
        wanted = self.understood(text, viewer)
        return wanted if isinstance(wanted, Question) else self.make(wanted, viewer)

    def understood(self, text: str, viewer: Viewer, *, kind: Kind | None = None, customer_id: int | None = None) -> DraftRequest | Question:
        """What a request in words asks for, or the question back; `kind` and `customer_id` where they are known already."""
        with read(self.engine) as session:
            return understand_request(text, self._desk(session, viewer), kind, customer_id)

    def make(self, request: DraftRequest, viewer: Viewer, on_event: OnEvent | None = None) -> Draft:
        """The draft of a request; `on_event` hears of each step, and what it raises ends the work. Raises UnknownCustomer."""
        with read(self.engine) as session:
            return draft(self._desk(session, viewer), request, on_event)

    def of(
        self,
        kind: Kind,
        customer: str,
        viewer: Viewer,
        *,
        audience: Audience = "internal",
        language: Language = "id",
        period: Period | None = None,
        meeting_on: date | None = None,
        topic: str = "",
    ) -> Draft:
        """A draft by its parts. Raises UnknownCustomer, also for one whom the viewer may not see."""
        with read(self.engine) as session:
            desk = self._desk(session, viewer)
            seen = {
                number for found in desk.linker.customers(customer) for number in found.customer_ids if viewer.may_see(number)
            }
            if len(seen) != 1:
                raise UnknownCustomer(customer)
            return draft(desk, DraftRequest(kind, seen.pop(), audience, language, period, meeting_on, topic))

    def _desk(self, session: Any, viewer: Viewer) -> Desk:
        return Desk(session, viewer, self.settings.day(), Linker.of(self.engine, names_unknown_to(session, viewer)), self.retriever, self.embedder)


def as_dict(made: Draft | Question) -> dict[str, Any]:
    """For JSON; a question back has no sections."""
    if isinstance(made, Question):
        return {"answer": made.text, "sections": [], "citations": [], "missing": [], "asked": True, "choices": list(made.choices)}
    return made.as_dict()

"""Draft: a document asked for in words or by its parts, from what one person may see."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from assistant.drafts import Draft, DraftRequest, Question, UnknownCustomer, draft, understand_request
from assistant.drafts.case_stated import without_figures
from assistant.drafts.kinds import Audience, Kind, described
from assistant.drafts.subjects import settle
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

__all__ = ["Drafting", "Question", "UnclearRequest", "UnknownCustomer", "as_dict"]


class UnclearRequest(ValueError):
    """What a draft is to be about must be asked back; the message is the question."""


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

    def settled(self, request: DraftRequest, viewer: Viewer) -> DraftRequest | Question:
        """A request by its parts with the record that it is about, or the question back. Its topic also states the figures that the kind takes."""
        with read(self.engine) as session:
            return settle(self._desk(session, viewer), _with_figures(request), request.topic)

    def make(self, request: DraftRequest, viewer: Viewer, on_event: OnEvent | None = None) -> Draft:
        """The draft of a request; `on_event` hears of each step, and what it raises ends the work. Raises UnknownCustomer."""
        with read(self.engine) as session:
            return draft(self._desk(session, viewer), request, on_event)

    def wanted(
        self,
        kind: Kind,
        customer: str | None,
        viewer: Viewer,
        *,
        audience: Audience = "internal",
        language: Language = "id",
        period: Period | None = None,
        meeting_on: date | None = None,
        topic: str = "",
    ) -> DraftRequest:
        """A request by its parts; customer None: over all that the viewer may see. Raises UnknownCustomer, also for one whom the viewer may
        not see, and UnclearRequest where it must be asked back what it is about."""
        with read(self.engine) as session:
            desk = self._desk(session, viewer)
            number = _customer(desk, customer) if customer is not None else None
            found = settle(desk, _with_figures(DraftRequest(kind, number, audience, language, period, meeting_on, topic)), topic)
            if isinstance(found, Question):
                raise UnclearRequest(found.text)
            return found

    def _desk(self, session: Any, viewer: Viewer) -> Desk:
        return Desk(session, viewer, self.settings.day(), Linker.of(self.engine, names_unknown_to(session, viewer)), self.retriever, self.embedder)


def _with_figures(request: DraftRequest) -> DraftRequest:
    """The request with the topic's own words kept as what it states, and figures taken out of what it is about."""
    about = without_figures(request.topic) if "figures" in described(request.kind).takes else request.topic
    return replace(request, topic=about, words=request.words or request.topic)


def _customer(desk: Desk, name: str) -> int:
    """The customer that a name means. Raises UnknownCustomer."""
    seen = {number for found in desk.linker.customers(name) for number in found.customer_ids if desk.viewer.may_see(number)}
    if len(seen) != 1:
        raise UnknownCustomer(name)
    return seen.pop()


def as_dict(made: Draft | Question) -> dict[str, Any]:
    """For JSON; a question back has no sections."""
    if isinstance(made, Question):
        return {"answer": made.text, "sections": [], "citations": [], "missing": [], "asked": True, "choices": list(made.choices)}
    return made.as_dict()

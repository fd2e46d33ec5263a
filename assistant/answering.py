"""Ask: one question of one person, in a conversation, answered with citations or declined with the reason."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Engine

from assistant.agent import run_agent
from assistant.answers.citations import Citation, citations
from assistant.answers.harmless import harmless
from assistant.answers.verify import MARK, verify
from assistant.conversation import last_state, new_conversation, remember
from assistant.explaining import NotForThisViewer, explanation
from assistant.history import earlier_turns
from assistant.models.builtin.brain import Brain
from assistant.models.builtin.composing import abstain
from assistant.models.builtin.questions.followups import TurnState, language_of
from assistant.models.factory import ModelChoice
from assistant.pleasantries import pleasantry, reply_to
from assistant.progress import OnEvent
from assistant.settings import Settings
from assistant.tools.desk import Desk
from assistant.turns import Turn
from knowledge.access import Viewer, names_unknown_to
from knowledge.embeddings.base import Embedder
from knowledge.index.retriever import HybridRetriever
from knowledge.linking import Linker
from knowledge.reading.base import PassageReader, nobody
from knowledge.store import read


@dataclass
class Answer:
    """What `akrab ask --json` prints. reason is None unless abstained."""

    answer: str
    language: str
    abstained: bool
    reason: str | None
    citations: list[Citation]
    conversation: str
    model: str
    seconds: float
    removed: list[str] = field(default_factory=list)
    turn: int = 0
    explanation: dict[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        data = asdict(self)
        if self.explanation is None:
            data.pop("explanation")
        data["citations"] = [citation.as_dict() for citation in self.citations]
        data.pop("removed")
        data.pop("turn")
        return data


class Answering:
    """Answers questions over one store. Safe to use from several threads."""

    def __init__(self, engine: Engine, settings: Settings, retriever: HybridRetriever, embedder: Embedder, model: ModelChoice, trained: Callable[[], PassageReader | None] = nobody) -> None:
        self.engine = engine
        self.settings = settings
        self.retriever = retriever
        self.embedder = embedder
        self.model = model
        self.trained = trained

    def ask(
        self, text: str, viewer: Viewer, conversation: str | None = None, on_event: OnEvent | None = None, owner: str | None = None,
        explain: bool = False, kept: bool = True,
    ) -> Answer:
        """Answer a question in Indonesian or English. Raises UnknownConversation for somebody else's conversation.

        owner: whose conversation it is, where not the viewer's own: that of a group who all read it. What `on_event` raises ends the
        question; nothing of it is kept. explain: with how the answer came about; raises NotForThisViewer for who does not see everything.
        kept: whether the turn is remembered, and a gap where there is no answer.
        """
        if explain and not viewer.everything:
            raise NotForThisViewer
        began = time.perf_counter()
        owner = owner or viewer.account
        before = last_state(self.engine, conversation, owner) if conversation else None
        if (kind := pleasantry(text)) is not None:
            language = language_of(text, None)
            return Answer(reply_to(kind, language), language, False, None, [], conversation or new_conversation(), "builtin", 0.0)
        history = earlier_turns(self.engine, conversation, owner) if conversation and self.model.remote is not None else []
        conversation = conversation or new_conversation()
        today = self.settings.day()
        with read(self.engine) as session:
            desk = Desk(session, viewer, today, Linker.of(self.engine, names_unknown_to(session, viewer)), self.retriever, self.embedder, trained=self.trained)
            brain = Brain(desk, TurnState.of(before) if before else None)
            reply = run_agent(self.model, brain, desk, text, self.settings, history=history, on_event=on_event)
            asked = brain.asked or brain.understand(text)
            checked = verify(reply.text, desk.found, f"{asked.question}\n{text}", today=today, linker=desk.linker, computed=desk.computed, viewer=viewer)
            abstained, reason = reply.abstained, reply.reason
            if abstained and not desk.found.keys() & set(MARK.findall(reply.text)):
                checked.text, checked.removed = harmless(reply.text), []  # says what was looked for, states nothing
            if not abstained and not checked.text:
                declined = abstain(asked, [])
                checked = verify(declined.text, {}, asked.question, today=today, linker=desk.linker, computed=desk.computed, viewer=viewer)
                checked.text = checked.text or harmless(declined.text)
                abstained, reason = True, "not_carried"
            cited = citations(checked.cited, asked.language)
            state = asdict(brain.state())
            explained = explanation(brain, desk, reply, checked, viewer) if explain else None
        answer = Answer(checked.text, asked.language, abstained, reason, cited, conversation, reply.model, round(time.perf_counter() - began, 3), [*reply.removed, *checked.removed], explanation=explained)
        if not kept:
            return answer
        answer.turn = remember(
            self.engine,
            Turn(
                conversation_id=conversation,
                asked=text,
                answer=answer.answer,
                language=answer.language,
                abstained=abstained,
                reason=reason,
                citations=[citation.as_dict() for citation in cited],
                state=state,
                model=reply.model,
                seconds=answer.seconds,
            ),
            viewer.account,
            owner,
        )
        return answer

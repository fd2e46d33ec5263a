"""The loop: one LangChain agent for every model, with a limit of steps and, for remote models, a deadline and strict verification."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.attempt import Turn, attempt
from assistant.models.builtin.brain import Brain
from assistant.models.builtin.composing import abstain
from assistant.models.builtin.model import BuiltinModel
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.factory import ModelChoice
from assistant.progress import OnEvent, tool_status
from assistant.settings import Settings
from assistant.tools.desk import Desk
from assistant.tools.toolbox import toolbox

PROMPT = Path(__file__).parent / "prompts" / "answer.md"
LANGUAGES = {"id": "Indonesian", "en": "English"}
EARLIER_TURNS, EARLIER_CHARACTERS = 6, 2_000
_CITATION = re.compile(r"\s?\[\d{1,3}\]")


@dataclass
class Reply:
    """A model's words with reference marks [E1]. A remote model's are verified already; the built-in model's not yet.

    model: who answered; fallback: why the built-in model answered instead of the chosen one (deadline | steps | failure | empty |
    busy), None if it did not; removed: what the verifier took out of a remote model's words.
    """

    text: str
    model: str
    abstained: bool = False
    reason: str | None = None
    fallback: str | None = None
    removed: list[str] = field(default_factory=list)


def run_agent(
    choice: ModelChoice,
    brain: Brain,
    desk: Desk,
    text: str,
    settings: Settings,
    *,
    history: Sequence[tuple[str, str]] = (),
    on_event: OnEvent | None = None,
) -> Reply:
    """Let the chosen model answer with the desk's tools; the built-in one takes over when a remote model fails or is late.

    history: earlier questions and answers of the conversation, oldest first (the built-in model remembers through its brain);
    on_event: told of tool calls and of verified pieces of text, in the caller's thread (the built-in model's text comes at once, as the reply).
    """
    if choice.remote is None:
        return _builtin(brain, desk, text, settings, on_event)
    asked = brain.understand(text)
    if asked.unseen:
        return _builtin(brain, desk, text, settings, on_event)
    own_words = asked.question if not history else text
    turn = Turn(
        question=asked.question if asked.question == text else f"{asked.question}\n{text}",
        messages=[*_earlier(history), HumanMessage(own_words)],
        prompt=system_prompt(desk.today, asked.language),
        max_steps=settings.max_steps,
        seconds=settings.deadline,
        language=asked.language,
    )
    tried = attempt(choice.remote, desk, turn, on_event)
    if tried.failure is not None or tried.verified is None:
        reply = _builtin(brain, desk, text, settings, on_event)
        reply.fallback = tried.failure or "failure"
        return reply
    desk.found.update(tried.found)
    desk.computed.add(tried.computed)
    desk.computed.by_evidence.update(tried.computed.by_evidence)
    verified = tried.verified
    if not verified.cited:
        return _not_carried(asked, choice, bool(verified.removed), verified.removed)
    return Reply(verified.marked, choice.name, removed=verified.removed)


def system_prompt(today: date, language: str) -> str:
    """prompts/answer.md with today's date and the language to answer in."""
    text = PROMPT.read_text(encoding="utf-8")
    return text.replace("{today}", f"{today:%A}, {today.isoformat()}").replace("{language}", LANGUAGES[language])


def _earlier(history: Sequence[tuple[str, str]]) -> list[BaseMessage]:
    """Earlier turns as messages; their citations are not references of this turn."""
    messages: list[BaseMessage] = []
    for question, answer in history[-EARLIER_TURNS:]:
        messages += [
            HumanMessage(question[:EARLIER_CHARACTERS]),
            AIMessage(_CITATION.sub("", answer)[:EARLIER_CHARACTERS]),
        ]
    return messages


def _not_carried(asked: Understanding, choice: ModelChoice, claimed: bool, removed: list[str]) -> Reply:
    """Nothing that the model said is carried by evidence: not known, in our own words and the asker's language."""
    return Reply(
        abstain(asked, []).text,
        choice.name,
        abstained=True,
        reason="not_carried" if claimed else "not_known",
        removed=removed,
    )


def _builtin(brain: Brain, desk: Desk, text: str, settings: Settings, on_event: OnEvent | None = None) -> Reply:
    agent: Any = create_agent(BuiltinModel(brain=brain), toolbox(desk))
    answer = ""
    for update in agent.stream(
        {"messages": [HumanMessage(text)]},
        config={"recursion_limit": 2 * settings.max_steps + 1},
        stream_mode="updates",
    ):
        for message in (update.get("model") or {}).get("messages", []):
            answer = str(message.text)
            if on_event is not None:
                for call in message.tool_calls:
                    on_event(tool_status(call["name"], brain.asked.language if brain.asked else "id"))
    composed = brain.composed
    return Reply(
        answer, "builtin", abstained=bool(composed and composed.abstained), reason=composed.reason if composed else None
    )

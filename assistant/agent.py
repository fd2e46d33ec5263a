"""The loop: one LangChain agent for every model, with a limit of steps and, for remote models, a deadline."""

import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as DeadlineExceeded
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.errors import GraphRecursionError

from assistant.models.builtin.brain import Brain
from assistant.models.builtin.model import BuiltinModel
from assistant.models.factory import ModelChoice
from assistant.settings import Settings
from assistant.tools.desk import Desk
from assistant.tools.toolbox import toolbox

PROMPT = Path(__file__).parent / "prompts" / "answer.md"


@dataclass
class Reply:
    """A model's words, not yet verified. `fallback` says why the built-in model answered instead of the chosen one."""

    text: str
    model: str
    abstained: bool = False
    reason: str | None = None
    fallback: str | None = None


def run_agent(choice: ModelChoice, brain: Brain, desk: Desk, text: str, settings: Settings) -> Reply:
    """Let the chosen model answer with the desk's tools; the built-in one takes over when a remote model fails or is late."""
    if choice.remote is not None:
        asked = brain.understand(text)
        if not asked.unseen:
            outcome = _within(settings.deadline, lambda: _loop(choice.remote, desk, asked.question, settings))  # type: ignore[arg-type]
            if outcome is not None and outcome.strip():
                return Reply(outcome, choice.name, abstained="[E" not in outcome, reason=None if "[E" in outcome else "not_known")
        reply = _builtin(brain, desk, text, settings)
        reply.fallback = "deadline or failure of the remote model"
        return reply
    return _builtin(brain, desk, text, settings)


def _builtin(brain: Brain, desk: Desk, text: str, settings: Settings) -> Reply:
    answer = _loop(BuiltinModel(brain=brain), desk, text, settings)
    composed = brain.composed
    return Reply(answer, "builtin", abstained=bool(composed and composed.abstained), reason=composed.reason if composed else None)


def _loop(model: BaseChatModel, desk: Desk, text: str, settings: Settings) -> str:
    agent = create_agent(model, toolbox(desk), system_prompt=PROMPT.read_text(encoding="utf-8"))
    result: dict[str, Any] = agent.invoke({"messages": [HumanMessage(text)]}, config={"recursion_limit": 2 * settings.max_steps + 1})
    last = result["messages"][-1]
    return str(last.text) if isinstance(last, AIMessage) else ""


def _within(seconds: float, work: Any) -> str | None:
    """The result of `work`, or None if it fails or is not there in time; a late one is left to end on its own."""
    future: Future[str] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except (GraphRecursionError, Exception) as failure:  # noqa: BLE001  a remote model may fail in any way
            future.set_exception(failure)

    threading.Thread(target=run, daemon=True).start()
    try:
        return future.result(timeout=seconds)
    except DeadlineExceeded:
        return None
    except Exception:  # noqa: BLE001
        return None

"""A remote model's attempt at a turn: in a thread of its own, with its own database session and desk, until a deadline.

An attempt that is late, fails or breaks the limits is abandoned: it keeps running only until its next token or tool call, which is
refused; nothing that it found or said reaches the turn.
"""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from langchain.agents import create_agent
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langgraph.errors import GraphRecursionError
from sqlalchemy import Engine

from assistant.answers.computed import Computed
from assistant.answers.releasing import Release
from assistant.answers.verify import Verified
from assistant.evidence import Evidence
from assistant.progress import Event, OnEvent, tool_status
from assistant.tools.desk import Desk
from assistant.tools.toolbox import toolbox
from knowledge.store import read

log = logging.getLogger(__name__)

Failure = Literal["deadline", "steps", "failure", "empty", "busy"]
MOST_CHARACTERS = 24_000
CALLS_A_STEP = 4
_RUNNING = threading.BoundedSemaphore(32)
"""Attempts at work, abandoned ones included: a server that hangs must not pile up threads without end."""

ENOUGH_CALLS = "No more tool calls in this turn. Answer now from what the tools returned, or say that it is not known."


class AttemptOver(Exception):
    """The attempt was abandoned; whatever it still tries is refused."""


class TooLong(Exception):
    """The model says more than any answer needs."""


@dataclass
class Attempt:
    """What came of it. `failure` None: `verified` holds its carried words, `found` and `computed` what they rest on."""

    failure: Failure | None = None
    verified: Verified | None = None
    found: dict[str, Evidence] = field(default_factory=dict)
    computed: Computed = field(default_factory=Computed)


@dataclass
class Turn:
    """What a remote model is asked. question: standing alone, for judging and for the tools; messages: as the model reads it."""

    question: str
    messages: Sequence[BaseMessage]
    prompt: str
    max_steps: int
    seconds: float
    language: str = "id"


def attempt(model: BaseChatModel, desk: Desk, turn: Turn, on_event: OnEvent | None = None) -> Attempt:
    """Let a model try; returns at the deadline at the latest. `on_event` is called in the caller's thread, never after the return."""
    if not _RUNNING.acquire(timeout=min(1.0, turn.seconds)):
        return Attempt("busy")
    news: queue.Queue[Event | Attempt] = queue.Queue()
    work = _Work(model, desk, turn, news)
    threading.Thread(target=work.run, name="akrab-remote-model", daemon=True).start()
    ends = time.monotonic() + turn.seconds
    sent_text = False
    while True:
        try:
            item = news.get(timeout=max(0.0, ends - time.monotonic()))
        except queue.Empty:
            item = Attempt("deadline")
        if isinstance(item, Attempt):
            work.over.set()
            if item.failure is not None and sent_text and on_event is not None:
                on_event(Event("discard"))
            return item
        if on_event is not None:
            sent_text = item.kind == "text" or (sent_text and item.kind != "discard")
            on_event(item)


class _Tokens(BaseCallbackHandler):
    """Stops a stream of an abandoned attempt at its next token, and one that never ends."""

    raise_error = True

    def __init__(self, over: threading.Event) -> None:
        self.over = over
        self.characters = 0

    def on_llm_new_token(self, token: Any, **kwargs: Any) -> None:
        self.characters += len(str(token))
        if self.over.is_set():
            raise AttemptOver
        if self.characters > MOST_CHARACTERS:
            raise TooLong


class _Work:
    """The part that runs in the attempt's own thread."""

    def __init__(self, model: BaseChatModel, desk: Desk, turn: Turn, news: "queue.Queue[Event | Attempt]") -> None:
        self.model, self.desk, self.turn, self.news = model, desk, turn, news
        self.over = threading.Event()
        self.calls = 0
        bound = desk.session.get_bind()
        self.engine: Engine = bound if isinstance(bound, Engine) else bound.engine

    def run(self) -> None:
        """Ends with exactly one Attempt in `news`."""
        try:
            self.news.put(self._loop())
        except AttemptOver:
            self.news.put(Attempt("deadline"))
        except GraphRecursionError:
            self.news.put(Attempt("steps"))
        except Exception as failure:  # noqa: BLE001  a remote model may fail in any way
            log.warning("remote model failed: %s", type(failure).__name__)
            self.news.put(Attempt("failure"))
        finally:
            _RUNNING.release()

    def gate(self, tool: str) -> str | None:
        """Before each tool call: nothing for an abandoned attempt, and only so many calls."""
        if self.over.is_set():
            raise AttemptOver
        self.calls += 1
        return ENOUGH_CALLS if self.calls > CALLS_A_STEP * self.turn.max_steps else None

    def _loop(self) -> Attempt:
        turn = self.turn
        with read(self.engine) as session:
            own = replace(self.desk, session=session, found={}, computed=Computed(), lock=threading.RLock(), searched={})
            agent: Any = create_agent(self.model, toolbox(own, turn.question, self.gate), system_prompt=turn.prompt)
            release = Release(own, turn.question, turn.prompt, self._tell)
            config: Any = {"recursion_limit": 2 * turn.max_steps + 1, "callbacks": [_Tokens(self.over)]}
            final = ""
            for kind, data in agent.stream(
                {"messages": list(turn.messages)}, config=config, stream_mode=["messages", "updates"]
            ):
                if self.over.is_set():
                    raise AttemptOver
                if kind == "messages":
                    self._heard(data[0], release)
                else:
                    final = self._step(data, release, final)
            if not final.strip():
                return Attempt("empty")
            if len(final) > MOST_CHARACTERS:
                return Attempt("failure")
            if not own.found:
                return Attempt("empty")  # it asked for nothing: it cannot know anything
            return Attempt(None, release.finish(final), dict(own.found), own.computed)

    def _heard(self, message: Any, release: Release) -> None:
        if isinstance(message, AIMessageChunk):
            if message.tool_call_chunks:
                release.hold()
            elif message.text:
                release.add(str(message.text))

    def _step(self, update: Any, release: Release, final: str) -> str:
        for state in update.values():
            for message in (state or {}).get("messages", []):
                if isinstance(message, AIMessage):
                    if message.tool_calls:
                        release.restart()
                        for call in message.tool_calls:
                            self._tell(tool_status(call["name"], self.turn.language))
                        final = ""
                    else:
                        final = str(message.text)
        return final

    def _tell(self, event: Event) -> None:
        if not self.over.is_set():
            self.news.put(event)

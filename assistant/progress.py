"""Progress of an answer in the making, for doors that show it: what is being done, and text whose statements are already verified."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from knowledge.language.vocabulary import words_beside


@dataclass(frozen=True)
class Event:
    """One step.

    kind  status   a tool is called; `text` says so in the asker's language, `tool` is its name
          text     the next verified piece of the answer, references numbered [1], [2], …
          discard  what was sent as text so far no longer holds; what follows starts anew
    """

    kind: Literal["status", "text", "discard"]
    text: str = ""
    tool: str = ""


OnEvent = Callable[[Event], None]


def _words() -> dict[str, dict[str, str]]:
    return words_beside(__file__, "progress")


def tool_status(tool: str, language: str) -> Event:
    """The status line of a tool call."""
    words = _words().get(tool) or _words()["other"]
    return Event("status", words[language], tool)

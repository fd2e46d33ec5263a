"""Letting an answer out while it is still being written: each statement only after it has been verified."""

import re
from collections.abc import Callable

from assistant.answers.verify import Verified, verify
from assistant.progress import Event
from assistant.tools.desk import Desk

_COMPLETE = re.compile(r"\n|\]\S{0,3}\s+(?=[A-Z“•])")

MOST_AT_ONCE = 6_000
"""Characters up to which an answer is let out while it is written; the rest of a longer one comes at its end."""


class Release:
    """Takes a model's words as they come; tells verified pieces. What was told and no longer holds is called back by a discard."""

    def __init__(self, desk: Desk, question: str, prompt: str, tell: Callable[[Event], None]) -> None:
        self.desk, self.question, self.prompt, self.tell = desk, question, prompt, tell
        self.heard = ""
        self.judged = 0
        self.told = ""
        self.held = False

    def add(self, words: str) -> None:
        """More words of the message being written."""
        self.heard += words
        if self.held or not self.desk.found or len(self.heard) > MOST_AT_ONCE:
            return
        ends = [match.end() for match in _COMPLETE.finditer(self.heard, self.judged)]
        if ends:
            self.judged = ends[-1]
            self._tell_more(self._verified(self.heard[: self.judged]).text)

    def hold(self) -> None:
        """The message calls tools: it is not the answer."""
        self.held = True

    def restart(self) -> None:
        """A new message begins; the one before was not the answer."""
        if self.told:
            self.tell(Event("discard"))
        self.heard, self.judged, self.told, self.held = "", 0, "", False

    def finish(self, words: str) -> Verified:
        """The whole answer, judged; what is not told yet is told."""
        verified = self._verified(words)
        if not verified.text.startswith(self.told):
            self.tell(Event("discard"))
            self.told = ""
        if verified.cited:
            self._tell_more(verified.text)
        return verified

    def _tell_more(self, text: str) -> None:
        if text.startswith(self.told) and len(text) > len(self.told):
            self.tell(Event("text", text[len(self.told) :]))
            self.told = text

    def _verified(self, words: str) -> Verified:
        desk = self.desk
        return verify(
            words,
            desk.found,
            self.question,
            today=desk.today,
            linker=desk.linker,
            computed=desk.computed,
            viewer=desk.viewer,
            strict=True,
            prompt=self.prompt,
        )

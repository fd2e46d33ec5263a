"""An answer as it comes: what is being done, then verified text, then sources and buttons, all in one message of the thread.

Slack's streams end by themselves after some minutes, by the person's Stop, or with the process; whatever happens, the message is
brought to its final words by an update, and never a second message.
"""

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from integrations.slack.background import in_thread
from integrations.slack.delivery.failing import code_of
from integrations.slack.door import Door, Place
from integrations.slack.rendering.answers import stream_so_far
from integrations.slack.rendering.message import Block, Message

Chunk = dict[str, Any]
ENDED = ("message_not_in_streaming_state", "streaming_state_conflict", "message_not_found", "not_in_streaming_state")


class StoppedByPerson(Exception):
    """The person pressed Stop."""


class AnswerStream:
    """One streamed message. `raw`: the answer's text as far as it is known; `sent`: what of it stands in the message, as Markdown."""

    def __init__(self, door: Door, key: str, place: Place) -> None:
        self.door, self.key, self.place = door, key, place
        self.ts: str | None = None
        self.sent = self.raw = ""
        self.broken = False
        self.tasks: dict[str, str] = {}

    async def resume(self) -> bool:
        """Whether an earlier try has finished it; one that it had only begun is taken over."""
        place = self.place
        known = await in_thread(self.door.outbox.begin_stream, self.key, place.channel, place.thread_ts, place.ts)
        if known is None:
            return False
        if known.state == "sent":
            return True
        self.ts = known.ts or await self.door.outbox.find_stream(known)
        if self.ts is not None:
            self.broken = True  # what stands there is unknown: it is replaced as a whole
            await self._end_quietly()
        return False

    async def task(self, number: str, title: str) -> None:
        """A step of the work begins; the one before it is done."""
        before: list[Chunk] = []
        if self.tasks and number not in self.tasks:
            last, its_title = list(self.tasks.items())[-1]
            before.append({"type": "task_update", "id": last, "title": its_title, "status": "complete"})
        self.tasks[number] = title
        await self._append([*before, {"type": "task_update", "id": number, "title": title, "status": "in_progress"}])

    async def text(self, markdown: str) -> None:
        """The next piece of verified text, escaped already."""
        if markdown:
            await self._append([{"type": "markdown_text", "text": markdown}])
            self.sent += markdown

    async def add(self, text: str) -> None:
        """The next verified piece of the answer as the loop gives it; what a later word could still change is held back."""
        self.raw += text
        known = stream_so_far(self.raw)
        if known.startswith(self.sent):
            await self.text(known[len(self.sent) :])

    def discard(self) -> None:
        """What was sent no longer holds: the whole is written anew at the end."""
        self.broken = True

    async def close(self, pieces: Sequence[str], closing: Sequence[Block], whole: Message, *, last: bool = True) -> None:
        """The rest of the text, then the closing blocks; `whole` replaces everything where the stream cannot be gone on with.

        last: False where more belongs to the same answer; it is done when `finished` is called.
        """
        expected = "".join(pieces)
        if not self.broken and expected.startswith(self.sent):
            try:
                await self._finish([piece for piece in _rest(pieces, self.sent) if piece], closing)
            except SlackApiError as error:
                code = code_of(error)
                if code == "stopped_by_user":
                    raise StoppedByPerson from error
                if code not in ENDED:
                    raise
                self.broken = True
        else:
            await self._end_quietly()
            self.broken = True
        if self.broken:
            await self._replace(whole)
        if last:
            await self.finished()

    async def finished(self) -> None:
        """All of it is said: another try has nothing left to do."""
        assert self.ts is not None
        await in_thread(self.door.outbox.mark, self.key, self.ts)

    async def end_with(self, message: Message) -> None:
        """Instead of an answer: a word on why there is none."""
        await self._end_quietly()
        await self._replace(message)
        await self.finished()

    async def _append(self, chunks: Sequence[Chunk]) -> None:
        if self.broken:
            return
        if self.ts is None:
            await self._start(chunks)
            return
        try:
            await self.door.client.chat_appendStream(channel=self.place.channel, ts=self.ts, chunks=list(chunks))
        except SlackApiError as error:
            if code_of(error) == "stopped_by_user":
                raise StoppedByPerson from error
            if code_of(error) not in ENDED:
                raise
            self.broken = True

    async def _start(self, chunks: Sequence[Chunk]) -> None:
        place = self.place
        response = await self.door.client.chat_startStream(
            channel=place.channel, thread_ts=place.thread_ts, chunks=list(chunks), recipient_team_id=self.door.team or None, recipient_user_id=place.user,
        )  # fmt: skip
        self.ts = str(response["ts"])
        await in_thread(self.door.outbox.note_stream, self.key, self.ts)

    async def _finish(self, pieces: Sequence[str], closing: Sequence[Block]) -> None:
        for piece in pieces:
            await self.text(piece)
        if self.broken:
            return
        ended: list[Chunk] = [{"type": "task_update", "id": number, "title": title, "status": "complete"} for number, title in self.tasks.items()]
        if self.ts is None:
            await self._start(ended or [{"type": "markdown_text", "text": "\u2026"}])
        await self.door.client.chat_stopStream(channel=self.place.channel, ts=str(self.ts), chunks=ended, blocks=list(closing) or None)

    async def _end_quietly(self) -> None:
        if self.ts is not None:
            await self.door.quietly(self.door.client.chat_stopStream(channel=self.place.channel, ts=self.ts, chunks=[]))

    async def _replace(self, message: Message) -> None:
        if self.ts is None:
            response = await self.door.client.chat_postMessage(
                channel=self.place.channel, thread_ts=self.place.thread_ts, text=message.text, blocks=message.blocks, unfurl_links=False, unfurl_media=False
            )
            self.ts = str(response["ts"])
        else:
            await self.door.outbox.update(self.place.channel, self.ts, message.text, message.blocks)


def _rest(pieces: Sequence[str], sent: str) -> list[str]:
    """The pieces without what was sent."""
    left, rest = len(sent), []
    for piece in pieces:
        rest.append(piece[left:] if left < len(piece) else "")
        left = max(0, left - len(piece))
    return rest

"""The outbox: a message is written down before it is sent, so that the same step of the same event never posts twice.

Slack's posts know no idempotency key. A post that may or may not have gone out (the process died, the connection broke) is looked
for in the thread itself before it is sent again: posts carry their key as metadata; a stream that had not come so far is the only
message of ours after the event's that no row knows, because events of one thread are worked on one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine, delete, select, update
from sqlmodel import col

from integrations.slack.background import in_thread
from integrations.slack.delivery.failing import code_of
from integrations.slack.tables import SlackPost
from knowledge.store import read, write

METADATA = "akrab_post"


@dataclass(frozen=True)
class Sent:
    """Where a message is."""

    channel: str
    ts: str


@dataclass
class Outbox:
    """Posts over one store and one client."""

    engine: Engine
    client: AsyncWebClient
    bot_user: str = ""

    async def post(
        self, key: str, channel: str, text: str, blocks: Sequence[dict[str, Any]] | None = None, *, thread_ts: str | None = None, detail: Mapping[str, Any] | None = None
    ) -> Sent:
        """A message into a channel or thread, once."""
        known = await in_thread(self._begin, key, channel, thread_ts, dict(detail or {}))
        if known is not None:
            if known.state == "sent" and known.ts:
                return Sent(known.channel, known.ts)
            if found := await self.find(known):
                await in_thread(self.mark, key, found)
                return Sent(known.channel, found)
        response = await self.client.chat_postMessage(
            channel=channel, thread_ts=thread_ts, text=text, blocks=list(blocks) if blocks else None, unfurl_links=False, unfurl_media=False,
            metadata={"event_type": METADATA, "event_payload": {"key": key}},
        )  # fmt: skip
        ts = str(response["ts"])
        place = str(response["channel"])  # a user id opens that person's direct messages
        await in_thread(self.mark, key, ts, place)
        return Sent(place, ts)

    async def ephemeral(self, key: str, channel: str, user: str, text: str, blocks: Sequence[dict[str, Any]] | None = None, *, thread_ts: str | None = None) -> None:
        """A message that one person sees for a while. It cannot be looked for afterwards: after a crash it may be missing, never double."""
        if await in_thread(self._begin, key, channel, thread_ts, {"ephemeral": user}) is not None:
            return
        try:
            await self.client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread_ts, text=text, blocks=list(blocks) if blocks else None)
        except SlackApiError as error:
            if code_of(error):  # Slack said no in so many words: it was not shown, and another try may
                await in_thread(self._forget, key)
            raise
        await in_thread(self.mark, key, "")

    async def update(self, channel: str, ts: str, text: str, blocks: Sequence[dict[str, Any]]) -> None:
        """Replace what a message of ours says; doing it twice does no harm."""
        await self.client.chat_update(channel=channel, ts=ts, text=text, blocks=list(blocks))

    async def find(self, post: SlackPost) -> str | None:
        """The ts of a message that may have been sent, looked for where it would be."""
        for message in await self._written_since(post):
            metadata: dict[str, Any] = message.get("metadata") or {}
            if metadata.get("event_type") == METADATA and (metadata.get("event_payload") or {}).get("key") == post.key:
                return str(message["ts"])
        return None

    async def find_stream(self, post: SlackPost) -> str | None:
        """The ts of a stream that was begun without its ts being noted."""
        ours = [message for message in await self._written_since(post) if not message.get("metadata") and message.get("user") == self.bot_user]
        known = await in_thread(self._known, post.channel, [str(message["ts"]) for message in ours])
        return next((str(message["ts"]) for message in ours if str(message["ts"]) not in known), None)

    async def _written_since(self, post: SlackPost) -> list[dict[str, Any]]:
        since = str(post.detail.get("since") or post.at.timestamp() - 5)
        try:
            if post.thread_ts:
                response = await self.client.conversations_replies(
                    channel=post.channel, ts=post.thread_ts, oldest=since, limit=200, include_all_metadata=True
                )
            else:
                response = await self.client.conversations_history(channel=post.channel, oldest=since, limit=200, include_all_metadata=True)
        except SlackApiError as error:
            if code_of(error) in ("thread_not_found", "channel_not_found"):
                return []
            raise
        messages: list[dict[str, Any]] = response.get("messages", [])
        return [message for message in messages if float(message["ts"]) > float(since)]

    async def find_file(self, post: SlackPost) -> bool:
        """Whether a file that may have been sent is in its thread, among those of ours that no row knows."""
        known = await in_thread(self.files_noted, post.channel)
        name = post.detail.get("filename")
        ours = [message for message in await self._written_since(post) if message.get("user") == self.bot_user]
        files: list[dict[str, Any]] = [file for message in ours for file in message.get("files") or []]
        return any(file.get("name") == name and file.get("id") not in known for file in files)

    def begin_file(self, key: str, channel: str, thread_ts: str | None, filename: str) -> SlackPost | None:
        """Write down that a file will be sent; the row of an earlier try, None if there was none."""
        return self._begin(key, channel, thread_ts, {"filename": filename})

    def note_file(self, key: str, filename: str, file_id: str) -> None:
        """The file was sent."""
        self._set(key, state="sent", ts="", detail={"filename": filename, "file": file_id})

    def begin_stream(self, key: str, channel: str, thread_ts: str, since: str) -> SlackPost | None:
        """Write down that a stream will be begun; the row of an earlier try, None if there was none."""
        return self._begin(key, channel, thread_ts, {"stream": True, "since": since})

    def note_stream(self, key: str, ts: str) -> None:
        """The stream has begun; it is not finished."""
        self._set(key, ts=ts)

    def mark(self, key: str, ts: str, channel: str | None = None) -> None:
        """It was sent."""
        self._set(key, state="sent", ts=ts, **({"channel": channel} if channel else {}))

    def where(self, key: str, state: Literal["sending", "sent"] = "sent") -> Sent | None:
        """Where the message of a key is: one that was sent, or ("sending") a stream that was begun and not finished."""
        with read(self.engine) as session:
            post = session.execute(select(SlackPost).where(col(SlackPost.key) == key, col(SlackPost.state) == state)).scalar_one_or_none()
            return Sent(post.channel, post.ts) if post and post.ts else None

    def _forget(self, key: str) -> None:
        with write(self.engine) as session:
            session.execute(delete(SlackPost).where(col(SlackPost.key) == key))

    def _set(self, key: str, **values: Any) -> None:
        with write(self.engine) as session:
            session.execute(update(SlackPost).where(col(SlackPost.key) == key).values(**values))

    def _begin(self, key: str, channel: str, thread_ts: str | None, detail: dict[str, Any]) -> SlackPost | None:
        with write(self.engine) as session:
            known = session.execute(select(SlackPost).where(col(SlackPost.key) == key)).scalar_one_or_none()
            if known is None:
                session.add(SlackPost(key=key, channel=channel, thread_ts=thread_ts, detail=detail))
            return known

    def _known(self, channel: str, stamps: list[str]) -> set[str]:
        with read(self.engine) as session:
            found = session.execute(select(col(SlackPost.ts)).where(col(SlackPost.channel) == channel, col(SlackPost.ts).in_(stamps)))
            return {str(ts) for ts in found.scalars()}

    def files_noted(self, channel: str) -> set[str]:
        """The ids of files and canvases that were sent to a channel."""
        with read(self.engine) as session:
            found = session.execute(select(col(SlackPost.detail)).where(col(SlackPost.channel) == channel, col(SlackPost.state) == "sent")).scalars()
            return {str(detail["file"]) for detail in found if detail.get("file")}

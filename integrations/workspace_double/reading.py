"""What a person sees of the workspace, for tests: messages, modals, Home, statuses, prompts, canvases."""

from typing import Any

from integrations.workspace_double.inside import Inside
from integrations.workspace_double.showing import shown_message, text_of, words_of
from integrations.workspace_double.state import BOT_USER, Json
from integrations.workspace_double.wire import view_json


class Reading(Inside):
    def messages(self, channel: str, thread_ts: str | None = None, visible_to: str | None = None) -> list[Json]:
        """Messages of a channel, or of one thread (its first message too), oldest first.

        Without `visible_to` what everybody sees; with it that person's ephemeral messages too.
        """
        with self.state.lock:
            found = self.state.thread(channel, thread_ts) if thread_ts else self.state.in_channel(channel)
            return [
                shown_message(self.state, m) for m in found if not m.deleted and m.ephemeral_to in (None, visible_to)
            ]

    def replies(self, channel: str, thread_ts: str, visible_to: str | None = None) -> list[Json]:
        """What the bot wrote in a thread."""
        return [
            m for m in self.messages(channel, thread_ts, visible_to) if m["user"] == BOT_USER and m["ts"] != thread_ts
        ]

    def message(self, channel: str, ts: str) -> Json:
        """One message, whoever sees it; deleted ones have deleted=True. Raises KeyError."""
        with self.state.lock:
            for message in self.state.in_channel(channel):
                if message.ts == ts:
                    return shown_message(self.state, message)
        raise KeyError(ts)

    @staticmethod
    def text_of(message: Json) -> str:
        """All words that a reader of a message (or of a view) sees."""
        if message.get("type") in ("modal", "home"):
            parts = [message.get("title"), message.get("blocks"), message.get("submit"), message.get("close")]
            return "\n".join(filter(None, map(words_of, parts)))
        return text_of(message)

    def views(self, user: str) -> list[Json]:
        """Open modals of a person, the topmost last, with state.values."""
        with self.state.lock:
            return [view_json(self.state.views[v]) for v in self.state.stacks.get(user, [])]

    def home(self, user: str) -> Json | None:
        with self.state.lock:
            return view_json(self.state.homes[user]) if user in self.state.homes else None

    def status(self, channel: str, thread_ts: str) -> str:
        """The status shown in a thread; empty when there is none (it goes after 2 minutes, or with a message)."""
        with self.state.lock:
            found = self.state.status(channel, thread_ts)
            return found.text if found else ""

    def session(self, channel: str, thread_ts: str | None = None) -> dict[str, Any]:
        return dict(self.state.sessions.get((channel, thread_ts), {}))

    def prompts(self, channel: str) -> Json | None:
        return self.state.channels[channel].prompts

    def canvases(self) -> list[Json]:
        with self.state.lock:
            found = self.state.canvases.values()
            return [
                {"id": c.id, "title": c.title, "markdown": c.markdown, "channel": c.channel, "access": dict(c.access)}
                for c in found
            ]

    def file(self, file_id: str) -> bytes:
        return self.state.files[file_id].data or b""

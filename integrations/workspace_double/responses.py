"""Response URLs: what the app says to an interaction within half an hour, five times at most."""

import json
from typing import Any

from aiohttp import web

from integrations.workspace_double import posting
from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.state import BOT_ID, BOT_USER, Message, State


class Responses:
    def __init__(self, state: State) -> None:
        self.state = state

    async def serve(self, request: web.Request) -> web.Response:
        """POST /response/NAME"""
        try:
            args = json.loads(await request.text() or "{}")
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        try:
            with self.state.lock:
                self.respond(request.match_info["name"], args)
        except SlackError as error:
            return web.json_response(error.answer(), status=404 if error.error.endswith("_url") else 400)
        return web.json_response({"ok": True})

    def respond(self, name: str, args: dict[str, Any]) -> None:
        place = self.state.tickets.use_response(name)
        original = place.message_ts and self._original(place.channel, place.message_ts)
        if args.get("delete_original"):
            if original:
                original.deleted = True
                self.state.changed()
            return
        if args.get("replace_original") and original:
            text, blocks, attachments = posting.content(self.state, args)
            original.text, original.blocks, original.attachments = text, blocks, attachments
            original.edited = {"user": BOT_USER, "ts": self.state.clock.stamp()}
            self.state.changed()
            return
        self.say(place.channel, place.user, args, args.get("thread_ts") or place.thread_ts)

    def say(self, channel: str, user: str, args: dict[str, Any], thread_ts: str | None = None) -> Message:
        """A message of the app that needs no membership: seen by one person unless response_type is in_channel."""
        text, blocks, attachments = posting.content(self.state, args)
        seen_by = None if args.get("response_type") == "in_channel" else user
        ts = self.state.clock.stamp()
        message = Message(
            ts, channel, BOT_USER, text, blocks, attachments, thread_ts, bot_id=BOT_ID, ephemeral_to=seen_by
        )
        message.sent_with = {k: args[k] for k in posting.SENT_WITH if k in args}
        return self.state.add(message)

    def _original(self, channel: str, ts: str) -> Message | None:
        try:
            return self.state.message(channel, ts)
        except SlackError:
            return None

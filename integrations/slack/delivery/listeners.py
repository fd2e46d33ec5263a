"""What Slack tells is written down, then acknowledged; the worker does the rest. Only modals are opened here, while their trigger lives.

With process_before_response a listener runs before the acknowledgement goes out: what could not be kept is not acknowledged, and
Slack sends it again. Every listener is therefore short: one write to the store, no call to Slack.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery import inbox
from integrations.slack.door import Door
from integrations.slack.drafts.revising import SUBMITTED
from integrations.slack.rendering.notices import loading_messages, status
from integrations.slack.talk.decisions import submit_edit
from integrations.slack.talk.modals import open_modal

Payload = dict[str, Any]
ANY = re.compile(r".*", re.DOTALL)
Keep = Callable[[str, str, str, Payload], Awaitable[bool]]
MODALS = frozenset(("proposal_edit", "source_open", "home_log", "home_draft", "draft_edit", "answer_feedback"))
"""Actions (their part before a colon) that open a modal."""
IGNORED_SUBTYPES = frozenset(("message_changed", "message_deleted", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "bot_message", "message_replied"))


def listen(app: AsyncApp, door: Door, wake: Callable[[], None], opened_home: Callable[[Door, str, str], Awaitable[None]]) -> None:
    """Register the listeners. `wake` tells the worker that something is there; `opened_home` is told the user and the tab."""

    async def keep(key: str, kind: str, lane: str, payload: Payload) -> bool:
        fresh = await in_thread(inbox.keep, door.akrab.engine, key, kind, lane, payload, door.clock())
        if fresh:
            wake()
        return fresh

    @app.event("app_mention")
    @app.event("message")
    async def heard(event: Payload, body: Payload) -> None:
        if event.get("subtype") in IGNORED_SUBTYPES or event.get("bot_id") or not event.get("user") or event.get("user") == door.bot_user:
            return
        channel, ts = str(event["channel"]), str(event["ts"])
        thread = str(event.get("thread_ts") or ts)
        names = ("channel", "user", "text", "ts", "thread_ts", "channel_type", "files")
        fresh = await keep(f"message:{channel}:{ts}", "message", f"thread:{channel}:{thread}", {name: event[name] for name in names if event.get(name)})
        if fresh and (event.get("channel_type") == "im" or channel.startswith("D") or f"<@{door.bot_user}" in str(event.get("text"))):
            door.tasks.start(_show_status(door, channel, thread, str(event["user"])))

    @app.event("agent_session_stopped")
    async def stopped(event: Payload) -> None:
        await in_thread(inbox.ask_to_stop, door.akrab.engine, str(event.get("channel")), str(event.get("thread_ts") or ""))

    @app.event("app_home_opened")
    async def opened(event: Payload) -> None:
        door.tasks.start(door.quietly(opened_home(door, str(event["user"]), str(event.get("tab") or "home"))))

    @app.event("member_joined_channel")
    @app.event("member_left_channel")
    async def moved(event: Payload) -> None:
        door.rooms.forget(str(event.get("channel")))

    @app.event("user_change")
    async def changed(event: Payload) -> None:
        door.people.forget(str((event.get("user") or {}).get("id")))

    @app.event("app_context_changed")
    async def looked_elsewhere() -> None:
        return None

    @app.action(ANY)
    async def clicked(ack: AsyncAck, body: Payload) -> None:
        action = body["actions"][0]
        name, value = str(action["action_id"]), _value(action)
        user = str(body["user"]["id"])
        payload = _where(body) | {"action_id": name, "value": value, "user": user, "response_url": body.get("response_url")}
        if name.split(":")[0] in MODALS and not value.endswith(":up"):
            door.tasks.start(door.quietly(open_modal(door, name, value, payload, str(body.get("trigger_id") or ""))))
        if name.split(":")[0] not in MODALS or name == "answer_feedback":
            stamp = action.get("action_ts") or body.get("trigger_id")
            place = payload.get("message_ts") or payload.get("view_id") or ""
            await keep(f"action:{user}:{place}:{stamp}:{name}"[:250], "action", f"click:{value or place}"[:200], payload)
        await ack()

    @app.view_submission(ANY)
    async def submitted(ack: AsyncAck, body: Payload) -> None:
        view = body["view"]
        user = str(body["user"]["id"])
        about = _about(view)
        payload: Payload = {"callback_id": view["callback_id"], "user": user, "view": _slim(view), "about": about, "channel": about.get("channel")}
        answer, more = await _settled(door, user, view, about)
        if answer is not None:
            await ack(**answer)
            return
        await keep(f"view:{view['id']}:{view.get('hash')}", "view", f"view:{user}", payload | more)
        await ack()

    @app.view_closed(ANY)
    async def closed(ack: AsyncAck) -> None:
        await ack()

    @app.command(ANY)
    async def commanded(ack: AsyncAck, body: Payload) -> None:
        user, channel = str(body["user_id"]), str(body["channel_id"])
        payload = {"command": body["command"], "text": body.get("text") or "", "user": user, "channel": channel, "response_url": body.get("response_url")}
        await keep(f"command:{body.get('trigger_id')}", "command", f"command:{user}", payload)
        await ack()

    @app.shortcut(ANY)
    async def shortcut(ack: AsyncAck, body: Payload) -> None:
        await ack()
        name = str(body["callback_id"])
        payload = {"user": str(body["user"]["id"]), "channel": (body.get("channel") or {}).get("id"), "message": body.get("message")}
        door.tasks.start(door.quietly(open_modal(door, name, "", payload, str(body.get("trigger_id") or ""))))


async def _settled(door: Door, user: str, view: Payload, about: Payload) -> tuple[Payload | None, Payload]:
    """What a modal is answered with at once ({} closes it; None: it is kept for the worker), and what is kept beside it."""
    name = view["callback_id"]
    if name == "proposal_edited":
        decision = await at_length(submit_edit, door, await door.people.person(user), view, about)
        if decision is not None and decision.status == "bad_field":
            return {"response_action": "errors", "errors": {_block_of(view, decision.field): decision.answer}}, {}
        return None, {"word": decision.answer if decision is not None and not decision.done else None}
    if name in SUBMITTED:
        result = await at_length(SUBMITTED[name], door, await door.people.person(user), view, about)
        return (result.answer, {}) if result.answer or result.outcome is None else (None, {"outcome": result.outcome})
    return None, {}


async def _show_status(door: Door, channel: str, thread: str, user: str) -> None:
    """That somebody is at work, in the person's language, before the work begins."""
    try:
        language = (await door.people.person(user)).language
    except (SlackApiError, OSError):
        return
    await door.quietly(
        door.client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status(language), loading_messages=loading_messages(language))
    )


def _where(body: Mapping[str, Any]) -> Payload:
    """Where a click happened: channel, message and thread, or the view."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    return {
        "channel": channel,
        "message_ts": message.get("ts") or container.get("message_ts"),
        "thread_ts": message.get("thread_ts") or container.get("thread_ts") or message.get("ts"),
        "ephemeral": bool(container.get("is_ephemeral")),
        "view_id": (body.get("view") or {}).get("id"),
    }


def _value(action: Mapping[str, Any]) -> str:
    """What was chosen: a button's value, or that of the option."""
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or action.get("selected_date") or action.get("selected_conversation") or action.get("selected_channel") or "")


def _about(view: Mapping[str, Any]) -> Payload:
    """What a modal carries about where it came from."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _slim(view: Mapping[str, Any]) -> Payload:
    """The part of a view that says what was filled in."""
    return {name: view.get(name) for name in ("id", "hash", "callback_id", "private_metadata", "state")}


def _block_of(view: Mapping[str, Any], field: str | None) -> str:
    """The input at which an error is shown: that of the field, else the first."""
    blocks = list((view.get("state") or {}).get("values") or {})
    return next((block for block in blocks if field and block.split(":")[-1] == field), blocks[0] if blocks else "")

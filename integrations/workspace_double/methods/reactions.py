"""reactions.add, remove, get."""

from typing import Any

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import BOT_USER, Message, State
from integrations.workspace_double.wire import message_json


def react(state: State, message: Message, user: str, name: str) -> None:
    people = message.reactions.setdefault(name, [])
    if user in people:
        raise SlackError("already_reacted")
    people.append(user)
    ts = state.clock.stamp()
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {
        "type": "reaction_added",
        "user": user,
        "reaction": name,
        "item": item,
        "item_user": message.user,
        "event_ts": ts,
    }
    state.changed()
    state.emit("reaction_added", event)


@method("reactions.add", "reactions:write")
def add(state: State, args: Args) -> dict[str, Any]:
    channel, ts, name = need(args, "channel", "timestamp", "name")
    if ":" in name:
        raise SlackError("invalid_name")
    react(state, state.message(state.writable(channel).id, ts), BOT_USER, name)
    return {}


@method("reactions.remove", "reactions:write")
def remove(state: State, args: Args) -> dict[str, Any]:
    channel, ts, name = need(args, "channel", "timestamp", "name")
    message = state.message(state.writable(channel).id, ts)
    if BOT_USER not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(BOT_USER)
    if not message.reactions[name]:
        del message.reactions[name]
    state.changed()
    return {}


@method("reactions.get", "reactions:read")
def get(state: State, args: Args) -> dict[str, Any]:
    channel, ts = need(args, "channel", "timestamp")
    message = state.message(state.writable(channel).id, ts)
    return {"type": "message", "channel": message.channel, "message": message_json(state, message)}

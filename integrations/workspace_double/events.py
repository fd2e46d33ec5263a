"""Events: what Slack tells a subscribed app when something happens in the workspace."""

import secrets

from integrations.workspace_double.delivery import Delivery
from integrations.workspace_double.state import APP, BOT_USER, TEAM, Channel, Json, Message, State
from integrations.workspace_double.wire import message_json


def publisher(state: State, delivery: Delivery) -> None:
    """Gives the state its way to tell the app: state.emit(subscription, event)."""

    def emit(subscription: str, event: Json) -> str | None:
        if not state.manifest.wants(subscription):
            return None
        return delivery.post("events_api", envelope_payload(state, event))

    state.emit = emit


def envelope_payload(state: State, event: Json) -> Json:
    channel = state.channels.get(str(event.get("channel", "")))
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "double",
        "team_id": TEAM,
        "api_app_id": APP,
        "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(state.clock.now()),
        "event_context": secrets.token_hex(8),
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "authorizations": [authorization],
        "event": event,
    }


def subscription_of(channel: Channel) -> tuple[str, str]:
    """(subscription, channel_type) of messages in a channel."""
    if channel.is_im:
        return "message.im", "im"
    return ("message.groups", "group") if channel.is_private else ("message.channels", "channel")


def posted(state: State, message: Message) -> None:
    """A new message: message.* and, for a mention in a channel, app_mention too; in either order, as in Slack."""
    channel = state.channels[message.channel]
    if message.ephemeral_to or BOT_USER not in channel.members:
        return
    subscription, channel_type = subscription_of(channel)
    shown = message_json(state, message) | {"channel": channel.id, "event_ts": message.ts}
    for name in ("reply_count", "reply_users", "latest_reply"):
        shown.pop(name, None)
    author = state.users[message.user]
    if author.team != TEAM:
        shown |= {"team": author.team, "user_team": author.team, "source_team": author.team}
    events = [(subscription, shown | {"channel_type": channel_type})]
    if f"<@{BOT_USER}>" in message.text and not channel.is_im and message.user != BOT_USER:
        events.append(("app_mention", shown | {"type": "app_mention"}))
        if int(message.ts[-1]) % 2:
            events.reverse()
    for name, event in events:
        state.emit(name, event)


def changed(state: State, message: Message, before: Json) -> None:
    channel = state.channels[message.channel]
    if message.ephemeral_to or BOT_USER not in channel.members:
        return
    subscription, channel_type = subscription_of(channel)
    ts = state.clock.stamp()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message_json(state, message),
        "previous_message": before,
    }
    state.emit(subscription, event | {"channel": channel.id, "channel_type": channel_type, "ts": ts, "event_ts": ts})


def deleted(state: State, message: Message, before: Json) -> None:
    channel = state.channels[message.channel]
    if message.ephemeral_to or BOT_USER not in channel.members:
        return
    subscription, channel_type = subscription_of(channel)
    ts = state.clock.stamp()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": before,
    }
    state.emit(subscription, event | {"channel": channel.id, "channel_type": channel_type, "ts": ts, "event_ts": ts})

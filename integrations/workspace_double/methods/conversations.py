"""conversations.*: opening a direct message, members page by page, history and replies."""

from typing import Any

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.methods.registry import Args, method, need, need_scope_of_channel, page
from integrations.workspace_double.state import BOT_USER, Channel, Message, State
from integrations.workspace_double.wire import channel_json, message_json


def readable(state: State, args: Args, action: str) -> Channel:
    (channel_id,) = need(args, "channel")
    channel = state.channel(channel_id)
    need_scope_of_channel(state, channel, action)
    if BOT_USER not in channel.members and (channel.is_private or channel.is_im):
        raise SlackError("channel_not_found")
    if action == "history" and BOT_USER not in channel.members:
        raise SlackError("not_in_channel")
    return channel


@method("conversations.open", "im:write")
def open_conversation(state: State, args: Args) -> dict[str, Any]:
    if args.get("channel"):
        channel = state.channel(args["channel"])
    else:
        (users,) = need(args, "users")
        people = users if isinstance(users, list) else str(users).split(",")
        if len(people) != 1:
            raise SlackError("not_enough_users" if not people else "method_not_supported_for_channel_type")
        if people[0] not in state.users:
            raise SlackError("user_not_found")
        if state.users[people[0]].is_bot:
            raise SlackError("cannot_dm_bot")
        channel = state.direct(people[0])
    return {"channel": channel_json(channel) if args.get("return_im") else {"id": channel.id}}


@method("conversations.info")
def info(state: State, args: Args) -> dict[str, Any]:
    members = str(args.get("include_num_members", "")).lower() in ("true", "1")
    return {"channel": channel_json(readable(state, args, "read"), members=members)}


@method("conversations.members")
def members(state: State, args: Args) -> dict[str, Any]:
    found, cursor = page(readable(state, args, "read").members, args, 100 if not args.get("limit") else 1000)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", "channels:read", "groups:read", "im:read")
def list_conversations(state: State, args: Args) -> dict[str, Any]:
    kinds = str(args.get("types") or "public_channel").split(",")
    found = [
        channel_json(c)
        for c in state.channels.values()
        if kind_of(c) in kinds and (BOT_USER in c.members or kind_of(c) == "public_channel")
    ]
    shown, cursor = page(found, args, 100 if not args.get("limit") else 1000)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


@method("users.conversations", "channels:read", "groups:read", "im:read")
def users_conversations(state: State, args: Args) -> dict[str, Any]:
    user = args.get("user") or BOT_USER
    kinds = str(args.get("types") or "public_channel").split(",")
    found = [
        channel_json(c) for c in state.channels.values() if kind_of(c) in kinds and {user, BOT_USER} <= set(c.members)
    ]
    shown, cursor = page(found, args, 100 if not args.get("limit") else 1000)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def kind_of(channel: Channel) -> str:
    return "im" if channel.is_im else "private_channel" if channel.is_private else "public_channel"


@method("conversations.join", "channels:join")
def join(state: State, args: Args) -> dict[str, Any]:
    (channel_id,) = need(args, "channel")
    channel = state.channel(channel_id)
    if channel.is_private or channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    if BOT_USER not in channel.members:
        channel.members.append(BOT_USER)
        state.changed()
    return {"channel": channel_json(channel)}


def between(messages: list[Message], args: Args) -> list[Message]:
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9" * 20)
    inclusive = str(args.get("inclusive", "")).lower() in ("true", "1")
    return [m for m in messages if (oldest < m.ts < latest) or (inclusive and m.ts in (oldest, latest))]


@method("conversations.history")
def history(state: State, args: Args) -> dict[str, Any]:
    channel = readable(state, args, "history")
    found = [
        m for m in state.in_channel(channel.id) if not m.deleted and not m.ephemeral_to and m.thread_ts in (None, m.ts)
    ]
    shown, cursor = page(between(found, args)[::-1], args, 100 if not args.get("limit") else 999)
    return {
        "messages": [message_json(state, m) for m in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


@method("conversations.replies")
def replies(state: State, args: Args) -> dict[str, Any]:
    channel = readable(state, args, "history")
    (ts,) = need(args, "ts")
    try:
        first = state.message(channel.id, ts)
    except SlackError as error:
        raise SlackError("thread_not_found") from error
    found = [m for m in state.thread(channel.id, first.thread_ts or first.ts) if not m.deleted and not m.ephemeral_to]
    shown, cursor = page(between(found, args), args, 1000)
    return {
        "messages": [message_json(state, m) for m in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }

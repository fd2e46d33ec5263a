"""Payloads of interactions: the parts that block actions, submissions, commands and shortcuts share."""

from typing import Any

from integrations.workspace_double.state import APP, TEAM, Json, Message, State
from integrations.workspace_double.wire import message_json


def person(state: State, user: str) -> Json:
    found = state.user(user)
    return {"id": found.id, "username": found.name, "name": found.name, "team_id": found.team}


def base(state: State, kind: str, user: str) -> Json:
    return {
        "type": kind,
        "user": person(state, user),
        "api_app_id": APP,
        "token": "double",
        "team": {"id": TEAM, "domain": "akrab"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": state.tickets.trigger(user),
    }


def place(state: State, channel: str) -> Json:
    return {"id": channel, "name": state.channels[channel].name}


def response_url(state: State, user: str, channel: str, message: Message | None = None) -> str:
    name = state.tickets.response(
        user, channel, message.ts if message else None, message.thread_ts if message else None
    )
    return f"{state.base}/response/{name}"


def clicked_message(state: State, user: str, message: Message) -> Json:
    """The part of block_actions that tells of the message clicked in."""
    container: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.ephemeral_to),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    told: Json = {
        "container": container,
        "channel": place(state, message.channel),
        "response_url": response_url(state, user, message.channel, message),
        "state": {"values": message.values},
    }
    if message.ephemeral_to:
        return told  # Slack does not repeat an ephemeral message
    return told | {"message": message_json(state, message)}


def command(state: State, user: str, channel: str, name: str, text: str) -> Json:
    return {
        "token": "double",
        "team_id": TEAM,
        "team_domain": "akrab",
        "channel_id": channel,
        "channel_name": state.channels[channel].name,
        "user_id": user,
        "user_name": state.user(user).name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url(state, user, channel),
        "trigger_id": state.tickets.trigger(user),
    }

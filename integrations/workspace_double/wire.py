"""How things look in Slack's JSON: messages, users, channels, files and views as the Web API and events show them."""

import copy
from typing import Any

from integrations.workspace_double.state import (
    APP,
    BOT_ID,
    BOT_USER,
    TEAM,
    Canvas,
    Channel,
    File,
    Json,
    Message,
    State,
    User,
    View,
)


def message_json(state: State, message: Message) -> Json:
    """As conversations.history and events show it."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": TEAM}
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.client_msg_id:
        shown["client_msg_id"] = message.client_msg_id
    if message.bot_id:
        shown |= {
            "bot_id": message.bot_id,
            "app_id": APP,
            "bot_profile": {"id": BOT_ID, "app_id": APP, "name": state.users[BOT_USER].name},
        }
    if message.blocks:
        shown["blocks"] = copy.deepcopy(message.blocks)
    if message.attachments:
        shown["attachments"] = copy.deepcopy(message.attachments)
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
        if message.thread_ts != message.ts:
            shown["parent_user_id"] = next(
                (m.user for m in state.thread(message.channel, message.thread_ts)), message.user
            )
    replies = [
        m
        for m in state.thread(message.channel, message.ts)
        if m.ts != message.ts and not m.deleted and not m.ephemeral_to
    ]
    if replies and message.thread_ts in (None, message.ts):
        shown |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": sorted({m.user for m in replies}),
            "latest_reply": replies[-1].ts,
        }
    if message.files:
        shown["files"] = [file_json(state, state.files[f]) for f in message.files]
    if message.metadata:
        shown["metadata"] = message.metadata
    if message.edited:
        shown["edited"] = message.edited
    if message.reactions:
        shown["reactions"] = [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items()]
    if message.stream:
        shown["streaming_state"] = "in_progress" if message.stream.state == "streaming" else "completed"
        shown["text"] = message.text or message.stream.text
    return shown


def user_json(state: State, user: User, *, locale: bool = False) -> Json:
    profile: Json = {"real_name": user.real_name, "display_name": user.name, "team": user.team}
    if user.email and not user.is_stranger and state.manifest.has("users:read.email"):
        profile["email"] = user.email
    shown: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_stranger": user.is_stranger,
        "tz": user.tz,
        "tz_offset": 25200,
    }
    return shown | {"locale": user.locale} if locale else shown


def channel_json(channel: Channel, *, members: bool = False) -> Json:
    shown: Json = {
        "id": channel.id,
        "is_im": channel.is_im,
        "is_channel": not channel.is_private and not channel.is_im,
        "is_group": channel.is_private,
        "is_private": channel.is_private or channel.is_im,
        "is_mpim": False,
        "is_archived": False,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "is_member": BOT_USER in channel.members,
        "context_team_id": TEAM,
    }
    if channel.is_im:
        return shown | {"user": channel.im_user, "is_open": True}
    return (
        shown
        | {"name": channel.name, "name_normalized": channel.name}
        | ({"num_members": len(channel.members)} if members else {})
    )


def canvas_json(canvas: Canvas) -> Json:
    """A canvas as files.list shows it."""
    owner = next(target for target, level in canvas.access.items() if level == "owner")
    return {"id": canvas.id, "name": canvas.title, "title": canvas.title, "filetype": "canvas", "user": owner, "created": int(canvas.created)}


def file_json(state: State, file: File) -> Json:
    url = f"{state.base}/files/{file.id}/{file.name}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "size": file.length,
        "user": file.user,
        "created": int(file.created),
        "mode": "hosted",
        "is_external": False,
        "channels": list(file.channels),
        "url_private": url,
        "url_private_download": f"{url}?download=1",
        "permalink": f"https://akrab.slack.com/files/{file.user}/{file.id}/{file.name}",
    }


def view_json(view: View) -> Json:
    content: dict[str, Any] = copy.deepcopy(view.content)
    return {
        "callback_id": "",
        "external_id": "",
        "private_metadata": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **content,
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "state": {"values": copy.deepcopy(view.values)},
    }

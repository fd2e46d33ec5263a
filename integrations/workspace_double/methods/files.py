"""files.*: upload in three steps (address, bytes, completion), information; downloads are the server's."""

import json
import mimetypes
from typing import Any

from integrations.workspace_double import events, posting
from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import BOT_ID, BOT_USER, File, Message, State
from integrations.workspace_double.wire import canvas_json, file_json


def new_file(state: State, name: str, length: int, user: str, data: bytes | None = None, title: str = "") -> File:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(state.new_id("F"), name, title or name, kind, data, length, user, state.clock.now())
    state.files[file.id] = file
    return file


@method("files.getUploadURLExternal", "files:write")
def upload_address(state: State, args: Args) -> dict[str, Any]:
    name, length = need(args, "filename", "length")
    if int(length) < 1:
        raise invalid_arguments("length must be at least 1")
    file = new_file(state, name, int(length), BOT_USER)
    return {"upload_url": f"{state.base}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(state: State, args: Args) -> dict[str, Any]:
    (given,) = need(args, "files")
    wanted = json.loads(given) if isinstance(given, str) else given
    if not isinstance(wanted, list) or not wanted:
        raise invalid_arguments("files must be a list")
    files = []
    for item in wanted:
        file = state.files.get(str(item.get("id")))
        if file is None or file.data is None:
            raise SlackError("file_not_found")
        file.title = item.get("title") or file.title
        files.append(file)
    targets = [args["channel_id"]] if args.get("channel_id") else str(args.get("channels") or "").split(",")
    blocks = args.get("blocks")
    for target in [t for t in targets if t]:
        channel = state.writable(target)
        thread_ts = posting.thread_of(state, channel.id, args.get("thread_ts"))
        message = Message(
            state.clock.stamp(),
            channel.id,
            BOT_USER,
            args.get("initial_comment") or "",
            thread_ts=thread_ts,
            bot_id=BOT_ID,
        )
        if blocks:
            message.blocks = posting.content(state, {"blocks": blocks})[1]
        message.files = [f.id for f in files]
        for file in files:
            file.channels.append(channel.id)
        state.add(message)
        events.posted(state, message)
    return {"files": [file_json(state, f) for f in files]}


@method("files.info", "files:read")
def info(state: State, args: Args) -> dict[str, Any]:
    (file_id,) = need(args, "file")
    return {"file": file_json(state, readable_file(state, file_id))}


@method("files.list", "files:read")
def listed(state: State, args: Args) -> dict[str, Any]:
    """Newest first; canvases are files of type "canvas"."""
    user, since = args.get("user"), float(args.get("ts_from") or 0)
    kinds = [kind for kind in str(args.get("types") or "all").split(",") if kind]
    found = [file_json(state, f) for f in state.files.values() if f.data is not None] if "all" in kinds else []
    if {"all", "canvas", "spaces"} & set(kinds):
        found += [canvas_json(canvas) for canvas in state.canvases.values()]
    fitting = [f for f in found if (not user or f["user"] == user) and f["created"] >= since]
    return {"files": sorted(fitting, key=lambda f: -f["created"])[: int(args.get("count") or 100)]}


def readable_file(state: State, file_id: Any) -> File:
    """A file that the bot may see: its own, or in a channel that it is in."""
    file = state.files.get(str(file_id))
    if file is None or file.data is None:
        raise SlackError("file_not_found")
    if file.user != BOT_USER and not any(BOT_USER in state.channels[c].members for c in file.channels):
        raise SlackError("file_not_found")
    return file


@method("files.delete", "files:write")
def delete(state: State, args: Args) -> dict[str, Any]:
    (file_id,) = need(args, "file")
    file = readable_file(state, file_id)
    if file.user != BOT_USER:
        raise SlackError("cant_delete_file")
    file.data = None
    state.changed()
    return {}

"""canvases.*: created, edited, shared, read; a canvas's content is markdown."""

import json
from typing import Any

from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import BOT_USER, Canvas, State

OPERATIONS = ("insert_at_end", "insert_at_start", "replace", "rename", "delete", "insert_after", "insert_before")


def markdown_of(content: Any) -> str:
    content = json.loads(content) if isinstance(content, str) else content or {"type": "markdown", "markdown": ""}
    if (
        not isinstance(content, dict)
        or content.get("type") != "markdown"
        or not isinstance(content.get("markdown"), str)
    ):
        raise invalid_arguments("document_content must be {type: markdown, markdown: …}")
    return str(content["markdown"])


def canvas_of(state: State, args: Args) -> Canvas:
    (canvas_id,) = need(args, "canvas_id")
    if canvas_id not in state.canvases:
        raise SlackError("canvas_not_found")
    return state.canvases[canvas_id]


def make(state: State, title: str, markdown: str, channel: str | None) -> dict[str, Any]:
    canvas = Canvas(state.new_id("F"), title, markdown, channel, {BOT_USER: "owner"}, state.clock.now())
    if channel:
        canvas.access[channel] = "write"
    state.canvases[canvas.id] = canvas
    state.changed()
    return {"canvas_id": canvas.id}


@method("canvases.create", "canvases:write")
def create(state: State, args: Args) -> dict[str, Any]:
    channel = state.writable(args["channel_id"]).id if args.get("channel_id") else None
    return make(state, str(args.get("title") or "Untitled"), markdown_of(args.get("document_content")), channel)


@method("conversations.canvases.create", "canvases:write")
def create_in_channel(state: State, args: Args) -> dict[str, Any]:
    (channel_id,) = need(args, "channel_id")
    channel = state.writable(channel_id)
    if any(c.channel == channel.id for c in state.canvases.values()):
        raise SlackError("channel_canvas_already_exists")
    return make(state, channel.name, markdown_of(args.get("document_content")), channel.id)


@method("canvases.edit", "canvases:write")
def edit(state: State, args: Args) -> dict[str, Any]:
    canvas = canvas_of(state, args)
    changes = json.loads(args["changes"]) if isinstance(args.get("changes"), str) else args.get("changes")
    if not isinstance(changes, list) or len(changes) != 1 or changes[0].get("operation") not in OPERATIONS:
        raise invalid_arguments("changes: one change with a known operation")
    operation = changes[0]["operation"]
    if operation == "rename":
        canvas.title = markdown_of(changes[0].get("title_content"))
    elif operation == "delete":
        canvas.markdown = ""
    else:
        text = markdown_of(changes[0].get("document_content"))
        if operation == "replace":
            canvas.markdown = text
        elif operation in ("insert_at_start", "insert_before"):
            canvas.markdown = f"{text}\n\n{canvas.markdown}"
        else:
            canvas.markdown = f"{canvas.markdown}\n\n{text}"
    state.changed()
    return {}


@method("canvases.access.set", "canvases:write")
def set_access(state: State, args: Args) -> dict[str, Any]:
    canvas = canvas_of(state, args)
    (level,) = need(args, "access_level")
    if level not in ("read", "write", "owner"):
        raise invalid_arguments("access_level must be read, write or owner")
    if bool(args.get("channel_ids")) == bool(args.get("user_ids")):
        raise invalid_arguments("either channel_ids or user_ids")
    given = args.get("channel_ids") or args.get("user_ids")
    ids = given if isinstance(given, list) else str(given).split(",")
    failed = [i for i in ids if i not in state.channels and i not in state.users]
    if failed:
        raise SlackError("channel_not_found" if args.get("channel_ids") else "user_not_found")
    for target in ids:
        canvas.access[target] = level
    state.changed()
    return {"failed_to_update_channel_ids": [], "failed_to_update_user_ids": []}


@method("canvases.getContent", "canvases:read")
def get_content(state: State, args: Args) -> dict[str, Any]:
    canvas = canvas_of(state, args)
    return {"content": canvas.markdown, "title": canvas.title}


@method("canvases.delete", "canvases:write")
def delete(state: State, args: Args) -> dict[str, Any]:
    canvas = canvas_of(state, args)
    del state.canvases[canvas.id]
    state.changed()
    return {}

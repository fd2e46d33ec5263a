"""What a person sees: messages of a channel or thread, and all words of a message in reading order."""

import copy
from typing import Any

from integrations.workspace_double import streams
from integrations.workspace_double.state import Json, Message, State
from integrations.workspace_double.writing import unescaped


def shown_message(state: State, message: Message) -> Json:
    """A message as tests and the page read it (not Slack's wire form)."""
    stream = message.stream
    return {
        "ts": message.ts,
        "channel": message.channel,
        "user": message.user,
        "bot_id": message.bot_id,
        "text": message.text,
        "blocks": copy.deepcopy(message.blocks),
        "attachments": copy.deepcopy(message.attachments),
        "thread_ts": message.thread_ts,
        "subtype": message.subtype,
        "streaming": streams.is_streaming(state, message),
        "stream_state": stream.state if stream else None,
        "stream_text": stream.text if stream else "",
        "tasks": copy.deepcopy(list(stream.tasks.values())) if stream else [],
        "plan": stream.plan if stream else None,
        "task_display_mode": stream.task_display_mode if stream else None,
        "edited": message.edited,
        "files": [shown_file(state, f) for f in message.files],
        "ephemeral_to": message.ephemeral_to,
        "reactions": [{"name": n, "users": list(u)} for n, u in message.reactions.items()],
        "deleted": message.deleted,
        "metadata": message.metadata,
        "sent_with": dict(message.sent_with),
    }


def shown_file(state: State, file_id: str) -> Json:
    file = state.files[file_id]
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "size": file.length,
        "mimetype": file.mimetype,
        "url": f"/_/file/{file.id}",
    }


def text_of(message: Json) -> str:
    """All words a reader sees: the stream with its plan and tasks, then blocks (or the text where there are none), then files."""
    words: list[str] = []
    if message.get("plan"):
        words.append(message["plan"])
    for task in message.get("tasks") or []:
        words += [task.get(name) or "" for name in ("title", "details", "output")]
        words += [source.get("text", "") for source in task.get("sources") or []]
    words.append(message.get("stream_text") or "")
    blocks = message.get("blocks") or []
    if not blocks:
        words.append(unescaped(message.get("text") or ""))
    words += [words_of(block) for block in blocks]
    for attachment in message.get("attachments") or []:
        words += [str(attachment.get(name, "")) for name in ("pretext", "title", "text", "footer")]
        words += [words_of(block) for block in attachment.get("blocks") or []]
    words += [file["title"] for file in message.get("files") or []]
    return "\n".join(word for word in words if word)


READ_IN_ORDER = (
    "title", "rich_text_title", "subtitle", "label", "text", "body", "subtext", "caption", "fields", "accessory", "element", "elements", "options",
    "rows", "details", "output", "sources", "tasks", "child_blocks", "actions", "hint", "placeholder", "initial_value",
    "positive_button", "negative_button", "alt_text",
)  # fmt: skip
INLINE = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}


def words_of(value: Any) -> str:
    """All words below a block, element or view."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(w for w in map(words_of, value) if w)
    if not isinstance(value, dict):
        return ""
    kind = value.get("type")
    if kind in ("plain_text", "mrkdwn"):
        return unescaped(value.get("text") or "") if kind == "mrkdwn" else str(value.get("text") or "")
    if kind in INLINE:
        return "".join(_inline(part) for part in value.get("elements", []))
    if kind == "raw_number":
        return str(value.get("text") or value.get("value"))
    if kind in ("table", "data_table"):
        rows = [" | ".join(words_of(cell) for cell in row) for row in value.get("rows", [])]
        return "\n".join([*([value["caption"]] if value.get("caption") else []), *rows])
    return "\n".join(w for w in (words_of(value[name]) for name in READ_IN_ORDER if value.get(name)) if w)


def _inline(part: Json) -> str:
    kind = part.get("type")
    if kind == "link":
        return str(part.get("text") or part.get("url"))
    if kind == "user":
        return f"<@{part['user_id']}>"
    if kind == "channel":
        return f"<#{part['channel_id']}>"
    if kind == "broadcast":
        return f"@{part['range']}"
    if kind == "emoji":
        return f":{part['name']}:"
    return str(part.get("text") or part.get("fallback") or "")

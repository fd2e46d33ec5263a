"""A file or canvas, once: written down before it is sent, and looked for where that may have been cut off."""

from integrations.slack.background import in_thread
from integrations.slack.door import Door
from integrations.slack.tables import SlackPost

_BEFORE = 60
"""Seconds that Slack's clock may be behind ours."""


async def upload(door: Door, key: str, channel: str, thread_ts: str, data: bytes, filename: str, title: str) -> None:
    """Upload a file into a thread unless an earlier try of the same step has. Raises SlackApiError."""
    known = await in_thread(door.outbox.begin_file, key, channel, thread_ts or None, filename)
    if known is not None and (known.state == "sent" or await door.outbox.find_file(known)):
        await in_thread(door.outbox.mark, key, "")
        return
    response = await door.client.files_upload_v2(
        content=data, filename=filename, title=title, channel=channel, thread_ts=thread_ts or None, request_file_info=False
    )
    files = response.get("files") or []
    await in_thread(door.outbox.note_file, key, filename, str(files[0]["id"]) if files else "")


async def make_canvas(door: Door, key: str, channel: str, title: str, markdown: str) -> str:
    """The id of a canvas: the one that an earlier try of the same step has made, else a new one. Raises SlackApiError."""
    known = await in_thread(door.outbox.begin_file, key, channel, None, title)
    canvas = str(known.detail.get("file") or "") or await _found(door, known, title) if known is not None else ""
    if not canvas:
        created = await door.client.canvases_create(title=title, document_content={"type": "markdown", "markdown": markdown})
        canvas = str(created["canvas_id"])
    await in_thread(door.outbox.note_file, key, title, canvas)
    return canvas


async def _found(door: Door, known: SlackPost, title: str) -> str:
    """A canvas of ours of this title that no row knows, made since; "" if there is none. Slack lists canvases among the files."""
    since = int(known.at.timestamp()) - _BEFORE
    listed = await door.client.files_list(user=door.bot_user, ts_from=str(since), types="canvas,spaces", count=100)
    noted = await in_thread(door.outbox.files_noted, known.channel)
    fitting = [str(file["id"]) for file in listed.get("files") or [] if file.get("title") == title and str(file["id"]) not in noted]
    return fitting[0] if fitting else ""

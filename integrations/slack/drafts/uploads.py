"""A file into a thread, once: written down before it is sent, and looked for in the thread where that may have been cut off."""

from integrations.slack.background import in_thread
from integrations.slack.door import Door


async def upload(door: Door, key: str, channel: str, thread_ts: str, data: bytes, filename: str, title: str) -> None:
    """Upload a file unless an earlier try of the same step has. Raises SlackApiError."""
    known = await in_thread(door.outbox.begin_file, key, channel, thread_ts or None, filename)
    if known is not None and (known.state == "sent" or await door.outbox.find_file(known)):
        await in_thread(door.outbox.mark, key, "")
        return
    response = await door.client.files_upload_v2(
        content=data, filename=filename, title=title, channel=channel, thread_ts=thread_ts or None, request_file_info=False
    )
    files = response.get("files") or []
    await in_thread(door.outbox.note_file, key, filename, str(files[0]["id"]) if files else "")

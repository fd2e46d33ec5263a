"""Messages written piece by piece: start, append, stop; the server ends one by itself about five minutes after its start."""

from typing import Any

from integrations.workspace_double import events
from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.posting import with_ids
from integrations.workspace_double.state import BOT_ID, BOT_USER, Message, State, Stream
from integrations.workspace_double.wire import message_json

STREAM_LIFE = 300.0  # seconds; seen, not documented (python-slack-sdk issue 1859)


def start(state: State, channel: str, thread_ts: str, chunks: list[dict[str, Any]], task_display_mode: str) -> Message:
    message = Message(state.clock.stamp(), channel, BOT_USER, bot_id=BOT_ID, thread_ts=thread_ts)
    message.stream = Stream(state.clock.now(), task_display_mode=task_display_mode)
    message.sent_with = {"unfurl_links": False, "unfurl_media": False}
    _write(state, message, chunks)
    state.statuses.pop((channel, thread_ts), None)
    state.add(message)
    events.posted(state, message)
    return message


def append(state: State, message: Message, chunks: list[dict[str, Any]]) -> None:
    must_be_open(state, message)
    _write(state, message, chunks)
    state.changed()


def stop(state: State, message: Message, chunks: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> None:
    stream = must_be_open(state, message)
    before = message_json(state, message)
    _write(state, message, chunks)
    message.blocks += with_ids(state, blocks)
    stream.state = "complete"
    state.changed()
    events.changed(state, message, before)


def must_be_open(state: State, message: Message) -> Stream:
    """Raises message_not_in_streaming_state, or stopped_by_user."""
    stream = message.stream
    if stream is None:
        raise SlackError("message_not_in_streaming_state")
    if is_streaming(state, message):
        return stream
    raise SlackError("stopped_by_user" if stream.state == "stopped_by_user" else "message_not_in_streaming_state")


def is_streaming(state: State, message: Message) -> bool:
    stream = message.stream
    if stream is None or stream.state != "streaming":
        return False
    if state.clock.now() - stream.started >= STREAM_LIFE:
        stream.state = "expired"
        state.changed()
        return False
    return True


def _write(state: State, message: Message, chunks: list[dict[str, Any]]) -> None:
    stream = message.stream
    assert stream is not None
    if mode := next((c.get("mode", "chunks") for c in chunks), None):
        if stream.mode not in (None, mode):
            raise SlackError("streaming_mode_mismatch")
        stream.mode = mode
    for chunk in chunks:
        if chunk["type"] == "markdown_text":
            stream.text += chunk["text"]
        elif chunk["type"] == "task_update":
            before = stream.tasks.get(chunk["id"], {})
            joined = {k: v for k, v in chunk.items() if k != "type" and v is not None}
            for name in ("details", "output"):  # they grow from update to update
                if name in before and name in joined:
                    joined[name] = before[name] + joined[name]
            if "sources" in before and "sources" in joined:
                joined["sources"] = [*before["sources"], *joined["sources"]]
            stream.tasks[chunk["id"]] = before | joined
        elif chunk["type"] == "plan_update":
            stream.plan = chunk["title"]
        else:
            message.blocks += with_ids(state, chunk["blocks"])

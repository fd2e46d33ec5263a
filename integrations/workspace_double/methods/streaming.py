"""chat.startStream, chat.appendStream, chat.stopStream."""

from typing import Any

from integrations.workspace_double import posting, streams
from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.limits import check_chunks, check_message, parsed_blocks
from integrations.workspace_double.methods.agents import set_session
from integrations.workspace_double.methods.chat import own
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import State
from integrations.workspace_double.wire import message_json


@method("chat.startStream", "chat:write")
def start_stream(state: State, args: Args) -> dict[str, Any]:
    channel_id, thread_ts = need(args, "channel", "thread_ts")
    channel = state.writable(channel_id)
    if not channel.is_im:
        for name in ("recipient_team_id", "recipient_user_id"):
            if not args.get(name):
                raise SlackError(f"missing_{name}")
    recipient = args.get("recipient_user_id")
    if recipient and recipient not in state.users:
        raise SlackError("user_not_found")
    mode = args.get("task_display_mode") or "timeline"
    if mode not in ("timeline", "plan", "dense"):
        raise invalid_arguments("task_display_mode must be timeline or plan")
    thread = posting.thread_of(state, channel.id, thread_ts)
    assert thread is not None
    chunks = check_chunks(args.get("chunks"), args.get("markdown_text"))
    message = streams.start(state, channel.id, thread, chunks, mode)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.appendStream", "chat:write")
def append_stream(state: State, args: Args) -> dict[str, Any]:
    message = own(state, args, "message_not_owned_by_app")
    streams.must_be_open(state, message)
    chunks = check_chunks(args.get("chunks"), args.get("markdown_text"))
    if not chunks and args.get("chunks") is None:
        raise SlackError("no_text")
    streams.append(state, message, chunks)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.stopStream", "chat:write")
def stop_stream(state: State, args: Args) -> dict[str, Any]:
    message = own(state, args, "message_not_owned_by_app")
    streams.must_be_open(state, message)
    chunks = check_chunks(args.get("chunks"), args.get("markdown_text"))
    blocks = parsed_blocks(args.get("blocks"))
    check_message(blocks)
    streams.stop(state, message, chunks, blocks)
    if args.get("metadata"):
        message.metadata = args["metadata"]
    if args.get("session_status"):
        set_session(state, message.channel, message.thread_ts, {"status": args["session_status"]})
    return {"channel": message.channel, "ts": message.ts, "message": message_json(state, message)}

"""chat.*: messages posted, shown to one person, changed, deleted, and their permalinks."""

from typing import Any

from integrations.workspace_double import events, posting, streams
from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.limits.messages import UPDATE_TEXT_MOST
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import BOT_USER, Message, State
from integrations.workspace_double.wire import message_json


@method("chat.postMessage", "chat:write")
def post_message(state: State, args: Args) -> dict[str, Any]:
    (channel_id,) = need(args, "channel")
    channel = state.writable(channel_id)
    message = posting.post(state, channel.id, args)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(state, message)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(state: State, args: Args) -> dict[str, Any]:
    channel_id, user = need(args, "channel", "user")
    channel = state.writable(channel_id)
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = posting.post(state, channel.id, args, ephemeral_to=user)
    return {"message_ts": message.ts}


def own(state: State, args: Args, refusal: str) -> Message:
    channel_id, ts = need(args, "channel", "ts")
    message = state.message(state.channel(channel_id).id, ts)
    if message.ephemeral_to:
        raise SlackError("message_not_found")  # an ephemeral message is changed by its response_url only
    if message.user != BOT_USER:
        raise SlackError(refusal)
    return message


@method("chat.update", "chat:write")
def update(state: State, args: Args) -> dict[str, Any]:
    """Blocks that are not given are kept; an empty list removes them."""
    message = own(state, args, "cant_update_message")
    if streams.is_streaming(state, message):
        raise SlackError("streaming_state_conflict")
    if len(args.get("text") or "") > UPDATE_TEXT_MOST:
        raise SlackError("msg_too_long")
    before = message_json(state, message)
    kept = args.get("blocks") is None and args.get("markdown_text") is None
    text, blocks, attachments = posting.content(state, args | ({"blocks": None} if kept else {}))
    message.text = text
    if not kept:
        message.blocks = blocks
    if args.get("attachments") is not None:
        message.attachments = attachments
    if args.get("metadata"):
        message.metadata = args["metadata"]
    if message.stream and (text or not kept):
        message.stream.text, message.stream.tasks, message.stream.plan = (
            "",
            {},
            None,
        )  # what is given takes the stream's place
    message.sent_with |= {k: args[k] for k in posting.SENT_WITH if k in args}
    message.edited = {"user": BOT_USER, "ts": state.clock.stamp()}
    state.changed()
    events.changed(state, message, before)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": message_json(state, message)}


@method("chat.delete", "chat:write")
def delete(state: State, args: Args) -> dict[str, Any]:
    message = own(state, args, "cant_delete_message")
    before = message_json(state, message)
    message.deleted = True
    state.changed()
    events.deleted(state, message, before)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink")
def permalink(state: State, args: Args) -> dict[str, Any]:
    channel_id, ts = need(args, "channel", "message_ts")
    message = state.message(state.channel(channel_id).id, ts)
    link = f"https://akrab.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"channel": message.channel, "permalink": link}


@method("chat.unfurl", "links:write")
def unfurl(state: State, args: Args) -> dict[str, Any]:
    need(args, "channel", "ts")
    return {}

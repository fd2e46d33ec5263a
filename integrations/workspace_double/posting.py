"""Messages of the bot: posted, changed, deleted, and shown to one person only."""

import copy
from typing import Any

from integrations.workspace_double import events
from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.limits import check_message, parsed_blocks
from integrations.workspace_double.limits.messages import MARKDOWN_MOST, TEXT_MOST
from integrations.workspace_double.limits.views import elements_in
from integrations.workspace_double.state import BOT_ID, BOT_USER, Json, Message, State


def with_ids(state: State, blocks: list[Json]) -> list[Json]:
    """A copy whose blocks and elements all have ids; a markdown block does not keep its own."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        if block["type"] == "markdown":
            block.pop("block_id", None)
        if not block.get("block_id"):
            block["block_id"] = state.short_id()
        for element in elements_in(block):
            if element.get("type") in WITHOUT_ACTION:
                continue
            if not element.get("action_id"):
                element["action_id"] = state.short_id()
    return blocks


WITHOUT_ACTION = {
    "image", "mrkdwn", "plain_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted", "url",
}  # fmt: skip


def content(state: State, args: dict[str, Any]) -> tuple[str, list[Json], list[Json]]:
    """(text, blocks, attachments) of a call's arguments; raises no_text, markdown_text_conflict, msg_too_long, …"""
    text, markdown = args.get("text") or "", args.get("markdown_text")
    blocks, attachments = parsed_blocks(args.get("blocks")), parsed_blocks(args.get("attachments"))
    if markdown is not None:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_MOST:
            raise SlackError("msg_too_long")
        blocks = [{"type": "markdown", "text": markdown}] if markdown else []
        text = markdown
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    check_message(blocks)
    for attachment in attachments:
        if isinstance(attachment, dict) and attachment.get("blocks"):
            check_message(attachment["blocks"])
    return str(text)[:TEXT_MOST], with_ids(state, blocks), attachments


def thread_of(state: State, channel: str, thread_ts: Any) -> str | None:
    """The thread to reply into; its first message must exist and be no reply itself."""
    if not thread_ts:
        return None
    found = {m.ts: m for m in state.in_channel(channel) if not m.ephemeral_to}.get(str(thread_ts))
    if found is None:
        raise SlackError("thread_not_found")
    if found.thread_ts and found.thread_ts != found.ts:
        raise SlackError("cannot_reply_to_message")
    return found.ts


def post(state: State, channel: str, args: dict[str, Any], *, ephemeral_to: str | None = None) -> Message:
    text, blocks, attachments = content(state, args)
    thread_ts = thread_of(state, channel, args.get("thread_ts"))
    message = Message(
        state.clock.stamp(),
        channel,
        BOT_USER,
        text,
        blocks,
        attachments,
        thread_ts,
        bot_id=BOT_ID,
        metadata=args.get("metadata") or None,
        ephemeral_to=ephemeral_to,
        sent_with={k: args[k] for k in SENT_WITH if k in args},
    )
    if thread_ts and not ephemeral_to:
        state.statuses.pop((channel, thread_ts), None)
    state.add(message)
    events.posted(state, message)
    return message


SENT_WITH = ("unfurl_links", "unfurl_media", "parse", "link_names", "mrkdwn", "reply_broadcast")

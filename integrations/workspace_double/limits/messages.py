"""Messages: text, blocks together, markdown, and chunks of a stream."""

import json
from typing import Any

from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.limits.blocks import BLOCKS, IN_MESSAGE, TASK_STATUS, characters
from integrations.workspace_double.limits.elements import element_of
from integrations.workspace_double.limits.rules import Problems, Rule, anything, items, record, say, string, typed

TEXT_MOST = 40_000  # a longer text is cut
UPDATE_TEXT_MOST = 4_000
MARKDOWN_MOST = 12_000  # of all markdown of one payload together
BLOCKS_MOST = 50
BLOCKS_CHARACTERS = 13_200  # seen, not documented: bolt-js issue 2509
TASK_TEXT_MOST = 256


def parsed_blocks(blocks: Any) -> list[dict[str, Any]]:
    """Blocks as a list, from a list or its JSON; anything else is invalid_blocks_format."""
    if blocks in (None, ""):
        return []
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError as error:
            raise SlackError("invalid_blocks_format") from error
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    return blocks


def refuse(problems: Problems, error: str = "invalid_blocks") -> None:
    if problems:
        raise SlackError(error, errors=problems, response_metadata={"messages": problems})


def check_message(blocks: list[dict[str, Any]], *, most: int = BLOCKS_MOST) -> None:
    """Raises invalid_blocks, msg_blocks_too_long or only_one_table_allowed; `blocks` as in parsed_blocks."""
    problems: Problems = []
    items(typed(BLOCKS, IN_MESSAGE, "block"), 0, most)(problems, "/blocks", blocks)
    _unique_ids(problems, blocks)
    kinds = [b.get("type") for b in blocks if isinstance(b, dict)]
    markdown = sum(len(b.get("text") or "") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown")
    if markdown > MARKDOWN_MOST:
        say(problems, "/blocks", f"markdown blocks together have no more than {MARKDOWN_MOST} characters")
    refuse(problems)
    if kinds.count("table") > 1:
        raise SlackError("only_one_table_allowed")
    if characters(blocks) > BLOCKS_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def _unique_ids(problems: Problems, blocks: list[Any]) -> None:
    ids = [b["block_id"] for b in blocks if isinstance(b, dict) and b.get("block_id")]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        say(problems, "/blocks", f"block_id must be unique: {repeated}")
    for number_, block in enumerate(blocks):
        elements = block.get("elements") if isinstance(block, dict) else None
        actions = [str(e["action_id"]) for e in elements or [] if isinstance(e, dict) and e.get("action_id")]
        for repeated in sorted({a for a in actions if actions.count(a) > 1}):
            say(problems, f"/blocks/{number_}", f"action_id must be unique within a block: {repeated}")


def _task(fields: dict[str, Rule]) -> Rule:
    return record({"type": string()} | fields, ["type", *fields])


CHUNKS: dict[str, Rule] = {
    "markdown_text": _task({"text": string(MARKDOWN_MOST)}),
    "plan_update": _task({"title": string(TASK_TEXT_MOST, 1)}),
    "blocks": _task({"blocks": items(anything, 0, BLOCKS_MOST)}),
    "task_update": record(
        {
            "type": string(),
            "id": string(None, 1),
            "title": string(TASK_TEXT_MOST, 1),
            "status": TASK_STATUS,
            "details": string(TASK_TEXT_MOST),
            "output": string(TASK_TEXT_MOST),
            "sources": items(element_of({"url"})),
        },
        ["type", "id", "title", "status"],
    ),
}


def check_chunks(chunks: Any, markdown_text: Any) -> list[dict[str, Any]]:
    """The chunks of one call of a stream, `markdown_text` as a chunk of its own; raises invalid_chunks, msg_too_long, …"""
    if markdown_text is not None and not isinstance(markdown_text, str):
        raise invalid_arguments("markdown_text must be a string")
    if isinstance(chunks, str):
        try:
            chunks = json.loads(chunks)
        except ValueError as error:
            raise SlackError("invalid_chunks") from error
    if chunks is not None and not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    if chunks and markdown_text:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    if markdown_text:
        if len(markdown_text) > MARKDOWN_MOST:
            raise SlackError("msg_too_long")
        return [{"type": "markdown_text", "text": markdown_text, "mode": "markdown_text"}]
    given = list(chunks or [])
    written = sum(len(c.get("text") or "") for c in given if isinstance(c, dict) and c.get("type") == "markdown_text")
    if written > MARKDOWN_MOST:
        raise SlackError("msg_too_long")
    problems: Problems = []
    items(typed(CHUNKS, CHUNKS, "chunk"))(problems, "/chunks", given)
    refuse(problems, "invalid_chunks")
    for chunk in given:
        if chunk["type"] == "blocks":
            check_message(chunk["blocks"])
    return given

"""Blocks: fields, limits and the surfaces they may stand on, as in Slack's reference (docs.slack.dev/reference/block-kit/blocks)."""

from typing import Any

from integrations.workspace_double.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element_of
from integrations.workspace_double.limits.rich_text import RICH_TEXT
from integrations.workspace_double.limits.rules import (
    Problems,
    Rule,
    anything,
    boolean,
    items,
    number,
    one_of,
    record,
    say,
    string,
    text,
    typed,
    web_address,
)

TABLE_ROWS, TABLE_COLUMNS, TABLE_CHARACTERS = 100, 20, 10_000
TASK_STATUS = one_of("pending", "in_progress", "complete", "error")
IMAGE = element_of({"image"})


def block(fields: dict[str, Rule], *required: str) -> Rule:
    return record({"type": string(), "block_id": string(255)} | fields, ["type", *required])


def _with(shape: Rule, *any_of: str) -> Rule:
    """The shape, and at least one of these fields."""

    def rule(problems: Problems, path: str, value: Any) -> None:
        shape(problems, path, value)
        if not any(value.get(name) for name in any_of):
            say(problems, path, f"needs one of {', '.join(any_of)}")

    return rule


def _cell(*kinds: str) -> Rule:
    cells: dict[str, Rule] = {
        "raw_text": record({"type": string(), "text": string(None, 1)}, ["type", "text"]),
        "raw_number": record({"type": string(), "value": number(), "text": string(None, 1)}, ["type", "value", "text"]),
        "rich_text": RICH_TEXT,
    }
    return typed(cells, kinds, "cell")


def characters(value: Any) -> int:
    """Characters of every "text" below a value: what counts as the size of a table or a message."""
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else characters(v) for k, v in value.items())
    return sum(map(characters, value)) if isinstance(value, list) else 0


_any_cell = _cell("raw_text", "raw_number", "rich_text")
_column = record({"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column_or_none(problems: Problems, path: str, value: Any) -> None:
    if value is not None:
        _column(problems, path, value)


def _table(problems: Problems, path: str, value: Any) -> None:
    block(
        {
            "rows": items(items(_any_cell, 1, TABLE_COLUMNS), 1, TABLE_ROWS),
            "column_settings": items(_column_or_none, 0, TABLE_COLUMNS),
        },
        "rows",
    )(problems, path, value)
    if characters(value.get("rows")) > TABLE_CHARACTERS:
        say(problems, path, f"a table has no more than {TABLE_CHARACTERS} characters")


def _data_table(problems: Problems, path: str, value: Any) -> None:
    block(
        {
            "rows": items(items(_any_cell, 1, TABLE_COLUMNS), 2, 201),
            "caption": string(None, 1),
            "page_size": number(1, 100),
            "row_header_column_index": number(0, TABLE_COLUMNS - 1),
        },
        "rows",
        "caption",
    )(problems, path, value)
    rows = [row for row in value.get("rows") or [] if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        say(problems, path, "all rows must have the same number of cells")
    for number_, cell in enumerate(rows[0] if rows else []):
        _cell("raw_text", "raw_number")(problems, f"{path}/rows/0/{number_}", cell)
    if characters(rows) > TABLE_CHARACTERS:
        say(problems, path, f"a table has no more than {TABLE_CHARACTERS} characters")


_task_fields: dict[str, Rule] = {
    "task_id": string(None, 1),
    "title": string(None, 1),
    "status": TASK_STATUS,
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": items(element_of({"url"})),
}
_task_card = block(_task_fields, "task_id", "title")
_card = _with(
    block(
        {
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "subtext": text(200),
            "actions": items(element_of({"button"}), 1, 3),
        }
    ),
    "hero_image",
    "title",
    "actions",
    "body",
)


def _container(problems: Problems, path: str, value: Any) -> None:
    inner = typed(BLOCKS, set(BLOCKS) - {"container", "input", "carousel"}, "block")
    _with(
        block(
            {
                "title": text(150, plain_only=True),
                "rich_text_title": RICH_TEXT,
                "subtitle": text(150),
                "child_blocks": items(inner, 1, 10),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": IMAGE,
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            "child_blocks",
        ),
        "title",
        "rich_text_title",
    )(problems, path, value)
    if value.get("is_collapsible") and value.get("has_header_divider"):
        say(problems, path, "has_header_divider cannot be set when is_collapsible is true")


def _plan(problems: Problems, path: str, value: Any) -> None:
    task = typed({"task_card": _task_card}, ["task_card"], "block")
    block({"title": string(None, 1), "tasks": items(task, 0, 50)}, "title")(problems, path, value)


BLOCKS: dict[str, Rule] = {
    "section": _with(
        block(
            {
                "text": text(3000),
                "fields": items(text(2000), 1, 10),
                "accessory": element_of(IN_SECTION),
                "expand": boolean,
            }
        ),
        "text",
        "fields",
    ),
    "divider": block({}),
    "image": _with(
        block(
            {
                "alt_text": string(2000, 1),
                "image_url": web_address(3000),
                "title": text(2000, plain_only=True),
                "slack_file": record({"id": string(), "url": web_address()}),
            },
            "alt_text",
        ),
        "image_url",
        "slack_file",
    ),
    "actions": block({"elements": items(element_of(IN_ACTIONS), 1, 25)}, "elements"),
    "context": block(
        {
            "elements": items(
                typed(
                    {"image": IMAGE, "mrkdwn": text(3000), "plain_text": text(3000)},
                    ["image", "mrkdwn", "plain_text"],
                    "element",
                ),
                1,
                10,
            )
        },
        "elements",
    ),
    "context_actions": block({"elements": items(element_of({"feedback_buttons", "icon_button"}), 1, 5)}, "elements"),
    "input": block(
        {
            "label": text(2000, plain_only=True),
            "element": element_of(IN_INPUT),
            "hint": text(2000, plain_only=True),
            "dispatch_action": boolean,
            "optional": boolean,
        },
        "label",
        "element",
    ),
    "file": block({"external_id": string(), "source": one_of("remote")}, "external_id", "source"),
    "call": block({"call_id": string(), "api_decoration_available": boolean, "call": anything}, "call_id"),
    "header": block({"text": text(150, plain_only=True), "level": number(1, 4)}, "text"),
    "markdown": block({"text": string(12_000, 1)}, "text"),
    "video": block(
        {
            "alt_text": string(None, 1),
            "title": text(199, plain_only=True),
            "video_url": web_address(),
            "thumbnail_url": web_address(),
            "title_url": web_address(),
            "description": text(200, plain_only=True),
            "provider_icon_url": web_address(),
            "provider_name": string(),
            "author_name": string(49),
        },
        "alt_text",
        "title",
        "video_url",
        "thumbnail_url",
    ),
    "rich_text": RICH_TEXT,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": record(
        {"type": string(), "block_id": string(255), "title": string(), "chart": anything}, ["type", "chart"]
    ),
    "task_card": _task_card,
    "plan": _plan,
    "card": _card,
    "carousel": block({"elements": items(typed({"card": _card}, ["card"], "block"), 1, 10)}, "elements"),
    "container": _container,
    "alert": block({"text": text(200), "level": one_of("default", "info", "warning", "error", "success")}, "text"),
    "auth_provider": block(
        {
            "value": string(150, 1),
            "name": text(75, plain_only=True),
            "is_connected": boolean,
            "description": text(150, plain_only=True),
            "icon_url": web_address(3000),
            "auth_url": web_address(3000),
            "disconnect_url": web_address(3000),
            "connected_identity": text(75, plain_only=True),
            "connected_context": text(75, plain_only=True),
            "accessory": element_of({"overflow"}),
            "fallback": anything,
        },
        "value",
        "name",
        "is_connected",
    ),
}
MESSAGES_ONLY = {
    "context_actions", "file", "markdown", "table", "data_table", "data_visualization", "task_card", "plan", "carousel", "call",
}  # fmt: skip
IN_MESSAGE = set(BLOCKS)
IN_VIEW = set(BLOCKS) - MESSAGES_ONLY

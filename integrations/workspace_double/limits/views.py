"""Modals and the Home tab."""

import json
from typing import Any

from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.limits.blocks import BLOCKS, IN_VIEW
from integrations.workspace_double.limits.rules import (
    Problems,
    Rule,
    boolean,
    items,
    one_of,
    record,
    say,
    string,
    text,
    typed,
)

VIEW_BYTES = 250_000
COMMON: dict[str, Rule] = {
    "type": one_of("modal", "home"),
    "blocks": items(typed(BLOCKS, IN_VIEW, "block"), 1, 100),
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
MODAL = record(
    COMMON
    | {
        "title": text(24, plain_only=True),
        "submit": text(24, plain_only=True),
        "close": text(24, plain_only=True),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    ["type", "title", "blocks"],
)
HOME = record(COMMON, ["type", "blocks"])


def check_view(view: Any) -> dict[str, Any]:
    """The view as a dict; raises invalid_arguments (with Slack's words on what is wrong) or view_too_large."""
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError as error:
            raise invalid_arguments("view is no valid JSON") from error
    if not isinstance(view, dict):
        raise invalid_arguments("missing required field: view")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    problems: Problems = []
    (HOME if view.get("type") == "home" else MODAL)(problems, "/view", view)
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        _unique_ids(problems, [b for b in blocks if isinstance(b, dict)])
        if (
            view.get("type") == "modal"
            and not view.get("submit")
            and any(b.get("type") == "input" for b in blocks if isinstance(b, dict))
        ):
            say(problems, "/view", "submit is required when an input block is within blocks")
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    return view


def _unique_ids(problems: Problems, blocks: list[dict[str, Any]]) -> None:
    ids = [b["block_id"] for b in blocks if b.get("block_id")]
    for repeated in sorted({str(i) for i in ids if ids.count(i) > 1}):
        say(problems, "/view/blocks", f"block_id must be unique: {repeated}")
    actions = [str(e["action_id"]) for b in blocks for e in elements_in(b) if e.get("action_id")]
    for repeated in sorted({a for a in actions if actions.count(a) > 1}):
        say(problems, "/view/blocks", f"action_id must be unique: {repeated}")
    if sum(bool(e.get("focus_on_load")) for b in blocks for e in elements_in(b)) > 1:
        say(problems, "/view/blocks", "only one element may have focus_on_load")


def elements_in(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The block's elements that can be acted on, those of cards and child blocks too."""
    found: list[Any] = [block.get("accessory"), block.get("element"), *(block.get("actions") or [])]
    for inner in [*(block.get("elements") or []), *(block.get("child_blocks") or [])]:
        if isinstance(inner, dict) and inner.get("type") in BLOCKS and inner.get("type") != "image":
            found += elements_in(inner)
        else:
            found.append(inner)
    return [e for e in found if isinstance(e, dict)]

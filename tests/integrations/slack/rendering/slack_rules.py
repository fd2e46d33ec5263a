"""What every output must hold: Slack's limits, and that nothing in it acts."""

import re
from typing import Any

from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View

from integrations.slack.rendering.message import Message
from integrations.slack.rendering.text import APART
from integrations.workspace_double.limits import check_message, check_view

PINGS = re.compile(r"[@＠](?i:channel|here|everyone)\b|<[@#!]|(?<![\w.])@[UWBSC][A-Z0-9]{6,}")
TURNING = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08]")
ACTING = {"image", "video", "file", "emoji", "broadcast", "channel", "usergroup", "url", "markdown"}


def assert_message(message: Message) -> None:
    """Slack takes it, and its words are inert."""
    assert 0 < len(message.text) <= 4_000
    assert "<" not in message.text and ">" not in message.text
    assert not PINGS.search(message.text) and not TURNING.search(message.text)
    assert_blocks(message.blocks)


def assert_blocks(blocks: list[dict[str, Any]], most: int = 50) -> None:
    assert len(blocks) <= most
    check_message(blocks, most=most)
    parsed = SdkBlock.parse_all(blocks)
    assert None not in parsed
    for block in parsed:
        block.to_dict()  # validates lengths
    assert_inert(blocks)


def assert_view(view: dict[str, Any]) -> None:
    check_view(view)
    View(**view).to_dict()
    assert_inert({key: value for key, value in view.items() if key != "private_metadata"})


def assert_inert(value: Any, path: str = "") -> None:
    """No image, no mention, no link but Slack's own, no mrkdwn that Slack would parse."""
    if isinstance(value, dict):
        kind = value.get("type")
        assert kind not in ACTING, path
        if kind == "mrkdwn":
            assert value["verbatim"] is True and not re.search(r"[<>]", value["text"]), path
        if kind == "plain_text":
            assert value["emoji"] is False
        if kind == "link":
            assert re.match(r"https://[a-z0-9-]+\.slack\.com/|http://127\.0\.0\.1[:/]", value["url"]), value["url"]
        for name, item in value.items():
            if name not in ("value", "initial_value", "action_id", "block_id", "url"):
                assert_inert(item, f"{path}/{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            assert_inert(item, f"{path}/{number}")
    elif isinstance(value, str):
        assert not PINGS.search(value), (path, value[:200])
        assert not TURNING.search(value), (path, value[:200])


def shown(value: Any) -> str:
    """All words of blocks, without the joiners that keep mentions apart."""
    if isinstance(value, dict):
        return "".join(
            item if key == "text" and isinstance(item, str) else shown(item) for key, item in value.items()
        ).replace(APART, "")
    return "\n".join(shown(item) for item in value) if isinstance(value, list) else ""

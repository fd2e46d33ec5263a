"""A message: blocks, and the plain words for notifications and for clients that show no blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from integrations.slack.rendering.text import mrkdwn

Block = dict[str, Any]
TEXT_LIMIT = 3_900  # chat.update refuses more than 4,000
ROOM = 12_500
"""Characters of all blocks of a message together; Slack refuses about 13,200 (`msg_blocks_too_long`)."""


@dataclass(frozen=True)
class Message:
    """What chat.postMessage, chat.postEphemeral and chat.update take. `text` is escaped already."""

    text: str
    blocks: list[Block]


def message(text: str, blocks: Iterable[Block]) -> Message:
    """A message with this fallback, neutralised and cut."""
    return Message(mrkdwn(text, TEXT_LIMIT).strip() or "–", list(blocks))


def characters(blocks: Iterable[Block]) -> int:
    """How much of a message's room blocks take: the characters of all their texts."""
    return sum(_characters(block) for block in blocks)


def _characters(value: Any) -> int:
    if isinstance(value, dict):
        return sum(
            len(item) if key == "text" and isinstance(item, str) else _characters(item) for key, item in value.items()
        )
    return sum(_characters(item) for item in value) if isinstance(value, list) else 0

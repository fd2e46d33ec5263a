"""What Slack's refusals say."""

from typing import Any

from slack_sdk.errors import SlackApiError


def code_of(error: SlackApiError) -> str:
    """Slack's name for the error ("channel_not_found"); "" where a server between said something else than JSON (502, 503)."""
    data: Any = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""

"""What the workspace refuses: to the bot by an error name, to a person by a word."""

from typing import Any


class SlackError(Exception):
    """A Web API answer with ok=false; `error` is Slack's name for it, `more` stands beside it in the answer."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def answer(self) -> dict[str, Any]:
        return {"ok": False, "error": self.error, **self.more}


class NotPossible(Exception):
    """A person tries what Slack's client does not offer: a button that is not there, a channel that is not theirs."""


class AckRefused(Exception):
    """The bot's answer to a submission is one that Slack does not accept."""


class ManifestRefused(Exception):
    """Slack does not accept this app manifest."""


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})

"""What an interaction gives the app for a while: a trigger to open a modal, a response URL to answer to."""

import secrets
from dataclasses import dataclass, field

from integrations.workspace_double.clock import Clock
from integrations.workspace_double.errors import SlackError

TRIGGER_LIFE = 3.0  # seconds
RESPONSE_USES = 5
RESPONSE_LIFE = 1800.0  # seconds


@dataclass
class Trigger:
    user: str
    given: float
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    channel: str
    given: float
    message_ts: str | None = None  # the message that was clicked
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class Tickets:
    clock: Clock
    triggers: dict[str, Trigger] = field(default_factory=dict)
    responses: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, user: str) -> str:
        name = f"{len(self.triggers) + 1}.{int(self.clock.now())}.{secrets.token_hex(6)}"
        self.triggers[name] = Trigger(user, self.clock.now())
        return name

    def use_trigger(self, name: object) -> str:
        """The user whose trigger it is; raises invalid_, expired_ or exchanged_trigger_id."""
        trigger = self.triggers.get(str(name))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock.now() - trigger.given > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def response(self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None) -> str:
        name = secrets.token_urlsafe(12)
        self.responses[name] = ResponseUrl(user, channel, self.clock.now(), message_ts, thread_ts)
        return name

    def use_response(self, name: str) -> ResponseUrl:
        """Raises invalid_url, expired_url or used_url."""
        found = self.responses.get(name)
        if found is None:
            raise SlackError("invalid_url")
        if self.clock.now() - found.given > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        found.uses += 1
        return found

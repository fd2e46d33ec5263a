"""What a person calls the app by: slash commands, global shortcuts, message shortcuts."""

from typing import Any

from integrations.workspace_double import payloads, writing
from integrations.workspace_double.acting import Acting
from integrations.workspace_double.errors import NotPossible, SlackError
from integrations.workspace_double.wire import message_json
from integrations.workspace_double.words import word


class Calling(Acting):
    def command(self, user: str, channel: str, command: str, text: str = "") -> str:
        """Types a slash command; what the app answers in its ack is shown. The envelope's id."""
        with self.state.lock:
            self.member(user, channel)
            known = [c["command"] for c in self.state.manifest.commands]
            if self.state.manifest.given and command not in known:
                raise NotPossible(f"{command} is not a valid command; there is {known}")
            escape = any(c["command"] == command and c.get("should_escape") for c in self.state.manifest.commands)
            text = writing.as_command(self.state, text) if escape else text
            payload = payloads.command(self.state, user, channel, command, text)

        def failed(error: str) -> str:
            return word("command_failed", self.state.user(user), command=command, error=error)

        def answered(answer: Any) -> None:
            if answer:
                try:
                    self.responses.say(channel, user, answer if isinstance(answer, dict) else {"text": str(answer)})
                except SlackError as error:
                    self.responses.say(channel, user, {"text": failed(error.error)})

        def given_up() -> None:
            self.responses.say(channel, user, {"text": failed("operation_timeout")})

        return self.delivery.post("slash_commands", payload, answered, given_up)

    def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> str:
        """A global shortcut, or (channel, ts) a message shortcut; the envelope's id."""
        with self.state.lock:
            kind = "message" if ts else "global"
            known = [s["callback_id"] for s in self.state.manifest.shortcuts if s["type"] == kind]
            if self.state.manifest.given and callback_id not in known:
                raise NotPossible(f"no {kind} shortcut {callback_id}; there is {known}")
            payload = payloads.base(self.state, "message_action" if ts else "shortcut", user)
            payload |= {"callback_id": callback_id, "action_ts": self.state.clock.stamp()}
            if ts:
                message = self.seen(user, str(channel), ts)
                payload |= {
                    "channel": payloads.place(self.state, message.channel),
                    "message_ts": message.ts,
                    "message": message_json(self.state, message),
                    "response_url": payloads.response_url(self.state, user, message.channel, message),
                }
        return self.delivery.post("interactive", payload)

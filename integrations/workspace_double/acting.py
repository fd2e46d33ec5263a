"""What a person does with messages and places: writes, changes, uploads, reacts, opens the app, joins, presses Stop."""

import uuid
from collections.abc import Sequence

from integrations.workspace_double import events, streams, writing
from integrations.workspace_double.errors import NotPossible, SlackError
from integrations.workspace_double.inside import Inside
from integrations.workspace_double.methods import reactions
from integrations.workspace_double.methods.files import new_file
from integrations.workspace_double.state import BOT_USER, TEAM, Channel, Message, User
from integrations.workspace_double.wire import message_json, view_json


class Acting(Inside):
    def member(self, user: str, channel: str) -> tuple[User, Channel]:
        found = self.state.channels.get(channel)
        if found is None or user not in found.members:
            raise NotPossible(f"{user} is not in {channel}")
        return self.state.user(user), found

    def seen(self, user: str, channel: str, ts: str) -> Message:
        """A message that this person sees; raises NotPossible."""
        self.member(user, channel)
        try:
            message = self.state.message(channel, ts)
        except SlackError as error:
            raise NotPossible(f"no message {ts} in {channel}") from error
        if message.ephemeral_to not in (None, user):
            raise NotPossible(f"{user} does not see the message {ts}")
        return message

    def post(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Sequence[tuple[str, bytes]] | None = None,
    ) -> str:
        """Writes a message; its ts. The app gets message.* and, for a mention in a channel, app_mention too."""
        with self.state.lock:
            person, place = self.member(user, channel)
            if place.is_im and not self.state.manifest.messages_tab:
                raise NotPossible("sending messages to this app has been turned off")
            if thread_ts:
                first = self.seen(user, channel, thread_ts)
                thread_ts = first.thread_ts or first.ts
            sent = writing.as_sent(self.state, text)
            message = Message(self.state.clock.stamp(), channel, person.id, sent, thread_ts=thread_ts)
            message.client_msg_id = str(uuid.uuid4())
            message.blocks = writing.rich_text(self.state, sent) if sent else []
            stored = [new_file(self.state, name, len(data), user, data) for name, data in files or []]
            for file in stored:
                file.channels.append(channel)
            if stored:
                message.files, message.subtype = [f.id for f in stored], "file_share"
            self.state.add(message)
            events.posted(self.state, message)
        for file in stored:
            shared = {
                "type": "file_shared",
                "file_id": file.id,
                "user_id": user,
                "file": {"id": file.id},
                "channel_id": channel,
            }
            if BOT_USER in place.members:
                self.state.emit("file_shared", shared | {"event_ts": self.state.clock.stamp()})
        return message.ts

    def upload(
        self, user: str, channel: str, name: str, data: bytes, text: str = "", thread_ts: str | None = None
    ) -> str:
        """Drops a file, with a word perhaps; the message's ts."""
        return self.post(user, channel, text, thread_ts, [(name, data)])

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        with self.state.lock:
            message = self._own(user, channel, ts)
            before = message_json(self.state, message)
            message.text = writing.as_sent(self.state, text)
            message.blocks = writing.rich_text(self.state, message.text)
            message.edited = {"user": user, "ts": self.state.clock.stamp()}
            self.state.changed()
            events.changed(self.state, message, before)

    def delete(self, user: str, channel: str, ts: str) -> None:
        with self.state.lock:
            message = self._own(user, channel, ts)
            before = message_json(self.state, message)
            message.deleted = True
            self.state.changed()
            events.deleted(self.state, message, before)

    def _own(self, user: str, channel: str, ts: str) -> Message:
        message = self.seen(user, channel, ts)
        if message.user != user:
            raise NotPossible("only one's own messages")
        return message

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        with self.state.lock:
            try:
                reactions.react(self.state, self.seen(user, channel, ts), user, name)
            except SlackError as error:
                raise NotPossible(error.error) from error

    def open_home(self, user: str, tab: str = "home") -> str | None:
        """Opens the app's Home or Messages tab; the envelope's id, if the app is told."""
        with self.state.lock:
            self.state.user(user)
            if tab == "home" and not self.state.manifest.home_tab:
                raise NotPossible("the app has no Home tab")
            event = {"type": "app_home_opened", "user": user, "channel": self.state.direct(user).id, "tab": tab}
            if tab == "home" and user in self.state.homes:
                event["view"] = view_json(self.state.homes[user])  # type: ignore[assignment]
            return self.state.emit("app_home_opened", event | {"event_ts": self.state.clock.stamp()})

    def look_at(self, user: str, channel: str) -> str | None:
        """Looks at a channel with the app open beside it: app_context_changed."""
        with self.state.lock:
            self.member(user, channel)
            entity = {"type": "slack#/types/channel_id", "value": channel, "team_id": TEAM}
            event = {
                "type": "app_context_changed",
                "user": user,
                "channel": self.state.direct(user).id,
                "context": {"entities": [entity]},
            }
            return self.state.emit("app_context_changed", event | {"event_ts": self.state.clock.stamp()})

    def join(self, channel: str, user: str) -> None:
        with self.state.lock:
            found = self.state.channels[channel]
            if user not in found.members:
                found.members.append(user)
                self.state.changed()
                self._moved("member_joined_channel", found, user)

    def leave(self, channel: str, user: str) -> None:
        with self.state.lock:
            found = self.state.channels[channel]
            if user in found.members:
                found.members.remove(user)
                self.state.changed()
                self._moved("member_left_channel", found, user)

    def _moved(self, kind: str, channel: Channel, user: str) -> None:
        if BOT_USER in channel.members or user == BOT_USER:
            event = {
                "type": kind,
                "user": user,
                "channel": channel.id,
                "channel_type": "G" if channel.is_private else "C",
            }
            self.state.emit(kind, event | {"team": self.state.users[user].team, "event_ts": self.state.clock.stamp()})

    def stop_stream(self, user: str, channel: str, ts: str) -> str | None:
        """Presses Stop at a message being written, or (ts of the thread) in a session that is processing."""
        with self.state.lock:
            message = self.seen(user, channel, ts)
            thread_ts = message.thread_ts or message.ts
            running = [m for m in self.state.thread(channel, thread_ts) if streams.is_streaming(self.state, m)]
            processing = self.state.sessions.get((channel, thread_ts), {}).get("status") == "processing"
            if not running and not processing:
                raise NotPossible("nothing to stop")
            for stopped in running:
                assert stopped.stream is not None
                stopped.stream.state = "stopped_by_user"
            self.state.changed()
            ts = self.state.clock.stamp()
            event = {
                "type": "agent_session_stopped",
                "user": user,
                "channel": channel,
                "thread_ts": thread_ts,
                "event_ts": ts,
            }
            return self.state.emit("agent_session_stopped", event | {"streaming_message_ts": [m.ts for m in running]})

"""What the workspace holds: people, channels, messages, files, canvases, views; nothing of how it is served."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from integrations.workspace_double.clock import Clock
from integrations.workspace_double.errors import NotPossible, SlackError
from integrations.workspace_double.manifest import Manifest
from integrations.workspace_double.tickets import Tickets

Json = dict[str, Any]
TEAM, APP, BOT_USER, BOT_ID = "T0DOUBLE1", "A0DOUBLE1", "U0AKRABBOT", "B0AKRABBOT"
BOT_TOKEN, APP_TOKEN = "xoxb-double-bot", "xapp-1-double-app"  # of no workspace but this one
AGENT_STATUS_LIFE = 120.0  # seconds after which Slack clears a thread's status


@dataclass
class User:
    id: str
    name: str
    real_name: str
    email: str | None
    locale: str = "id-ID"
    team: str = TEAM
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    tz: str = "Asia/Jakarta"


@dataclass
class Channel:
    id: str
    name: str
    members: list[str]
    is_private: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    im_user: str | None = None
    prompts: Json | None = None  # suggested prompts of a direct message: {"title", "prompts"}


@dataclass
class File:
    id: str
    name: str
    title: str
    mimetype: str
    data: bytes | None
    length: int
    user: str
    created: float
    channels: list[str] = field(default_factory=list)


@dataclass
class Stream:
    """A message while it is written: its markdown so far, its tasks, its plan, and how it ended."""

    started: float
    state: str = "streaming"  # streaming · complete · stopped_by_user · expired
    text: str = ""
    tasks: dict[str, Json] = field(default_factory=dict)
    plan: str | None = None
    task_display_mode: str = "timeline"
    mode: str | None = None  # markdown_text or chunks: what it was first written with


@dataclass
class Message:
    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    client_msg_id: str | None = None
    subtype: str | None = None
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    edited: Json | None = None
    deleted: bool = False
    ephemeral_to: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    stream: Stream | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)  # chosen in its menus, as in state.values
    sent_with: Json = field(default_factory=dict)  # unfurl_links, unfurl_media, parse, link_names, mrkdwn


@dataclass
class View:
    id: str
    user: str
    content: Json  # as the app gave it, with block_ids and action_ids filled in
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)  # what the person entered, as in view.state.values


@dataclass
class Canvas:
    id: str
    title: str
    markdown: str
    channel: str | None = None
    access: dict[str, str] = field(default_factory=dict)  # channel or user id → read · write · owner
    created: float = 0.0


@dataclass
class Status:
    text: str
    loading_messages: list[str]
    set_at: float


class State:
    """One workspace. Hold `lock` while reading or changing more than one thing; call `changed()` after a change."""

    def __init__(self, manifest: Manifest, clock: Clock) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self.manifest = manifest
        self.tickets = Tickets(clock)
        self.base = ""  # http://127.0.0.1:PORT, known once it is served
        self.version = 0
        self.ticks = 0
        self.condition = threading.Condition()
        self.listeners: list[Callable[[], None]] = []
        self.emit: Callable[[str, Json], str | None] = lambda subscription, event: None
        self._numbers = itertools.count(1)
        self.team_name = "Akrab"
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._messages: dict[str, dict[str, Message]] = {}  # by channel and ts, in the order of ts
        self._threads: dict[tuple[str, str], list[Message]] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}  # user → ids of open modals, the topmost last
        self.homes: dict[str, View] = {}
        self.statuses: dict[tuple[str, str], Status] = {}
        self.sessions: dict[tuple[str, str | None], Json] = {}
        bot_name = manifest.name.lower().replace(" ", "-")
        self.users[BOT_USER] = User(BOT_USER, bot_name, manifest.name, None, "en-US", is_bot=True)

    # --- telling that something happened
    def changed(self) -> None:
        with self.lock:
            self.version += 1
        self.tick()

    def tick(self) -> None:
        """Wakes those who wait, without a new version (a call was recorded, an ack came)."""
        with self.condition:
            self.ticks += 1
            self.condition.notify_all()
        for listener in list(self.listeners):
            listener()

    # --- ids
    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):08X}"

    def short_id(self) -> str:
        return f"b{next(self._numbers):05x}"

    # --- looking up, as the Web API does
    def channel(self, channel: Any) -> Channel:
        """Raises channel_not_found. A user's id stands for the direct message with that user."""
        if channel in self.users and channel != BOT_USER:
            return self.direct(channel)
        if channel not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel]

    def writable(self, channel: Any) -> Channel:
        """A channel that the bot may write to: not_in_channel otherwise (a private one it is not in: channel_not_found)."""
        found = self.channel(channel)
        if BOT_USER not in found.members:
            raise SlackError("channel_not_found" if found.is_private or found.is_im else "not_in_channel")
        return found

    def direct(self, user: str) -> Channel:
        for channel in self.channels.values():
            if channel.is_im and channel.im_user == user:
                return channel
        channel = Channel(self.new_id("D"), "directmessage", [user, BOT_USER], is_im=True, im_user=user)
        self.channels[channel.id] = channel
        self.changed()
        return channel

    def message(self, channel: str, ts: Any) -> Message:
        found = self._messages.get(channel, {}).get(str(ts))
        if found is None or found.deleted:
            raise SlackError("message_not_found")
        return found

    def in_channel(self, channel: str) -> list[Message]:
        return list(self._messages.get(channel, {}).values())

    def thread(self, channel: str, thread_ts: str) -> list[Message]:
        """The first message and its replies."""
        first = self._messages.get(channel, {}).get(thread_ts)
        return ([first] if first else []) + self._threads.get((channel, thread_ts), [])

    def add(self, message: Message) -> Message:
        with self.lock:
            self._messages.setdefault(message.channel, {})[message.ts] = message
            if message.thread_ts and message.thread_ts != message.ts:
                self._threads.setdefault((message.channel, message.thread_ts), []).append(message)
        self.changed()
        return message

    def status(self, channel: str, thread_ts: str) -> Status | None:
        found = self.statuses.get((channel, thread_ts))
        if found and self.clock.now() - found.set_at < AGENT_STATUS_LIFE:
            return found
        return None

    def user(self, user: str) -> User:
        if user not in self.users:
            raise NotPossible(f"no such person: {user}")
        return self.users[user]

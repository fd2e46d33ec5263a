"""What every handler of a happening gets: the product, the client, the outbox, people, rooms, a clock."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.wiring import Akrab
from integrations.slack.audience.people import People, Person
from integrations.slack.audience.rooms import Room, Rooms
from integrations.slack.background import Tasks
from integrations.slack.delivery.outbox import Outbox, Sent
from integrations.slack.rendering.message import Message
from integrations.slack.settings import SlackSettings
from integrations.slack.tables import SlackEvent
from knowledge.records.base import now

Clock = Callable[[], datetime]


@dataclass
class Door:
    """One per process."""

    akrab: Akrab
    settings: SlackSettings
    client: AsyncWebClient
    outbox: Outbox
    people: People
    rooms: Rooms
    tasks: Tasks = field(default_factory=Tasks)
    clock: Clock = now
    bot_user: str = ""
    team: str = ""

    async def quietly(self, call: Awaitable[Any]) -> Any:
        """A call whose failure costs the person nothing: a status, a suggestion."""
        try:
            return await call
        except (SlackApiError, OSError, TimeoutError):
            return None


Handler = Callable[[Door, SlackEvent], Awaitable[None]]


@dataclass(frozen=True)
class Place:
    """Where a happening took place, and who did it. thread_ts: of the thread that an answer belongs into; ts: of the message."""

    channel: str
    user: str
    thread_ts: str
    ts: str

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Place":
        """From an event's payload as the listeners keep it."""
        ts = str(payload.get("ts") or "")
        return cls(str(payload["channel"]), str(payload["user"]), str(payload.get("thread_ts") or ts), ts)


async def tell(door: Door, key: str, place: Place, room: Room, message: Message) -> None:
    """Say something to one person only: in a direct message as a message, in a channel so that nobody else sees it."""
    if room.private:
        await door.outbox.post(key, place.channel, message.text, message.blocks, thread_ts=place.thread_ts or None, detail={"since": place.ts} if place.ts else None)
    else:
        await door.outbox.ephemeral(key, place.channel, place.user, message.text, message.blocks, thread_ts=place.thread_ts or None)


async def write_to(door: Door, key: str, person: Person, message: Message) -> Sent:
    """A message into somebody's direct messages."""
    opened = await door.client.conversations_open(users=person.user)
    return await door.outbox.post(key, str(opened["channel"]["id"]), message.text, message.blocks)

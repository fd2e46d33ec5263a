"""Who reads along: in a channel only what every member may see is said; in a direct message what its person may see."""

import time
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from integrations.slack.audience.people import People, Person
from knowledge.access import Viewer

MOST_MEMBERS = 1_000
"""A larger channel is treated as one that somebody without rights reads."""


@dataclass(frozen=True)
class Room:
    """Where something is said.

    private   only the person and the product are there
    outside   guests, people of other companies or a shared channel: nothing internal may be said
    shared    what all members may see; `internal`: all of them may see what is marked internal; None where somebody is there whom the access table does not have
    names     of the members, as they are called
    """

    channel: str
    private: bool
    outside: bool = False
    shared: frozenset[int] | None = None
    internal: bool = True
    names: tuple[str, ...] = ()

    def viewer(self, person: Person) -> Viewer | None:
        """What may be said here to this person; None if nothing internal may be."""
        if person.viewer is None or not person.staff:
            return None
        if self.private:
            return person.viewer
        if self.outside or self.shared is None:
            return None
        return replace(person.viewer, customers=person.viewer.customers & self.shared, internal=person.viewer.internal and self.internal)

    def narrows(self, person: Person) -> bool:
        """Whether the person may see more than may be said here."""
        here = self.viewer(person)
        return person.viewer is not None and person.staff and (here is None or (here.customers, here.internal) != (person.viewer.customers, person.viewer.internal))


class Rooms:
    """Looks rooms up. Members are kept for some seconds and forgotten when somebody joins or leaves; rights are read each time."""

    def __init__(self, people: People, client: AsyncWebClient, seconds: float = 30.0) -> None:
        self.people, self.client, self.seconds = people, client, seconds
        self._members: dict[str, tuple[float, list[str] | None]] = {}
        self._channels: dict[str, tuple[float, dict[str, Any]]] = {}

    async def room(self, channel: str) -> Room:
        """The room behind a channel id."""
        if channel.startswith("D"):
            return Room(channel, private=True)
        about = await self._about(channel)
        if about.get("is_im"):
            return Room(channel, private=True)
        members = await self._present(channel)
        if members is None:
            return Room(channel, private=False, outside=bool(about.get("is_ext_shared") or about.get("is_shared")))
        people = [person for person in [await self.people.person(member) for member in members] if not person.bot]
        outside = bool(about.get("is_ext_shared") or about.get("is_pending_ext_shared")) or any(person.guest or person.stranger for person in people)
        shared: frozenset[int] | None = None
        known = [person.viewer.customers for person in people if person.viewer is not None]
        if known and len(known) == len(people):
            shared = frozenset.intersection(*known)
        internal = all(person.viewer is not None and person.viewer.internal for person in people)
        return Room(channel, False, outside, shared, internal, tuple(person.name for person in people))

    def forget(self, channel: str) -> None:
        """Somebody joined or left, or the channel changed."""
        self._members.pop(channel, None)
        self._channels.pop(channel, None)

    async def _about(self, channel: str) -> dict[str, Any]:
        known = self._channels.get(channel)
        if known and time.monotonic() - known[0] < self.seconds:
            return known[1]
        response = await self.client.conversations_info(channel=channel)
        about: dict[str, Any] = response["channel"]
        self._channels[channel] = (time.monotonic(), about)
        return about

    async def _present(self, channel: str) -> list[str] | None:
        known = self._members.get(channel)
        if known and time.monotonic() - known[0] < self.seconds:
            return known[1]
        members: list[str] | None = []
        cursor = ""
        while members is not None:
            response = await self.client.conversations_members(channel=channel, limit=200, cursor=cursor or None)
            members += response["members"]
            if len(members) > MOST_MEMBERS:
                members = None
                break
            cursor = (response.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        self._members[channel] = (time.monotonic(), members)
        return members

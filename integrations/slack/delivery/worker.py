"""The worker: takes happenings out of the inbox and sees each through, however often a try fails or a process dies."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections.abc import Mapping
from datetime import timedelta

from slack_sdk.errors import SlackApiError

from integrations.slack.background import in_thread
from integrations.slack.delivery import inbox
from integrations.slack.delivery.failing import code_of
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.rendering.notices import notice
from integrations.slack.tables import SlackEvent

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
HOPELESS = frozenset(
    ("channel_not_found", "is_archived", "not_in_channel", "user_not_found", "account_inactive", "invalid_auth", "token_revoked", "restricted_action")
)  # fmt: skip
"""Errors after which another try says nothing new, and nobody can be told."""


class Deadline(Exception):
    """It took longer than a person should wait."""


class Stopped(Exception):
    """The person no longer wants it; raised inside the work."""


class Worker:
    """Works on `at_once` happenings at a time. Any number of workers, in any number of processes, share one inbox."""

    def __init__(self, door: Door, handlers: Mapping[str, Handler]) -> None:
        self.door, self.handlers = door, handlers
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self.lease = timedelta(seconds=door.settings.lease_seconds)
        self._wake = asyncio.Event()
        self._stopping = False
        self._places = asyncio.Semaphore(door.settings.at_once)
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work, in the running event loop."""
        self._loop = asyncio.get_running_loop().create_task(self._run())

    def wake(self) -> None:
        """There is something new in the inbox."""
        self._wake.set()

    async def stop(self, seconds: float = 25.0) -> None:
        """Take nothing new; give what is being worked on this long to come to its end. What is left, another worker takes over."""
        self._stopping = True
        self._wake.set()
        if self._loop:
            with contextlib.suppress(asyncio.CancelledError):
                await self._loop
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()

    async def _run(self) -> None:
        while not self._stopping:
            await self._places.acquire()
            event = None
            try:
                event = None if self._stopping else await in_thread(inbox.claim, self.door.akrab.engine, self.name, self.door.clock(), self.lease)
            except Exception:
                log.exception("the inbox could not be read")
            if event is None:
                self._places.release()
                await self._pause()
                continue
            task = asyncio.get_running_loop().create_task(self._work(event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pause(self) -> None:
        self._wake.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), LOOK_SECONDS)

    async def _work(self, event: SlackEvent) -> None:
        engine, clock = self.door.akrab.engine, self.door.clock
        task = asyncio.current_task()
        holding = asyncio.get_running_loop().create_task(self._hold(event, task))
        try:
            await self.handlers[event.kind](self.door, event)
            await in_thread(inbox.done, engine, event, clock())
        except asyncio.CancelledError:
            log.warning("work on %s was cut off", event.key)
        except Exception as failure:  # noqa: BLE001  whatever it is: the person gets an answer, or is told
            await self._failed(event, failure)
        finally:
            holding.cancel()
            self._places.release()
            self._wake.set()

    async def _failed(self, event: SlackEvent, failure: Exception) -> None:
        code = code_of(failure) if isinstance(failure, SlackApiError) else None
        log.warning("%s failed (try %d): %s %s", event.key, event.attempts, type(failure).__name__, code or failure, exc_info=not code)
        engine = self.door.akrab.engine
        if event.attempts < inbox.TRIES and code not in HOPELESS and not isinstance(failure, Deadline):
            await in_thread(inbox.try_again, engine, event, self.door.clock())
            return
        reference = inbox.new_reference()
        log.error("%s given up: %s", event.key, reference)
        if code not in HOPELESS:
            try:
                await self._apologise(event, reference)
            except Exception:
                log.exception("no apology for %s", event.key)
        await in_thread(inbox.give_up, engine, event, self.door.clock(), reference)

    async def _apologise(self, event: SlackEvent, reference: str) -> None:
        if not event.payload.get("user") or not event.payload.get("channel"):
            return
        place = Place.of(event.payload)
        person = await self.door.people.person(place.user)
        message = notice("failed", person.language, reference=reference)
        room = await self.door.rooms.room(place.channel)
        begun = await in_thread(self.door.outbox.where, f"{event.key}:answer", "sending")
        if begun is not None:
            await self.door.quietly(self.door.client.chat_stopStream(channel=begun.channel, ts=begun.ts, chunks=[]))
            await self.door.outbox.update(begun.channel, begun.ts, message.text, message.blocks)
            return
        await tell(self.door, f"{event.key}:apology", place, room, message)

    async def _hold(self, event: SlackEvent, work: "asyncio.Task[None] | None") -> None:
        """Renew the lease while working; if another worker has it, stop at once."""
        while True:
            await asyncio.sleep(self.lease.total_seconds() / 3)
            try:
                held = await in_thread(inbox.renew, self.door.akrab.engine, event, self.door.clock(), self.lease)
            except Exception:  # noqa: BLE001  tried again in a while; the lease is long enough for two failures
                log.warning("the lease of %s could not be renewed", event.key)
                continue
            if not held and work is not None:
                work.cancel()
                return

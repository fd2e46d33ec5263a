"""Delivery of events, interactions and commands to the app: over Socket Mode or HTTP, with acks, retries and duplicates.

An event that is not acknowledged within 3 s is sent again at once, after a minute and after five; interactions and commands
are sent once, and the person sees an error. Each payload goes to one connection. Everything but `post` runs in the server's loop.
"""

import asyncio
import itertools
import logging
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from integrations.workspace_double.state import State

ACK_WITHIN = 3.0  # seconds
RETRY_AFTER = (0.0, 60.0, 300.0)  # seconds after a failed attempt
CONNECTIONS_MOST = 10
log = logging.getLogger(__name__)


@dataclass
class Ack:
    at: float  # the workspace's clock
    seconds: float  # real time from sending to the ack
    payload: Any  # what the app answered with: None, text of a command, errors of a view


@dataclass
class Envelope:
    id: str
    type: str  # events_api · interactive · slash_commands
    payload: dict[str, Any]
    attempt: int = 0
    reason: str = ""
    due: float = 0.0  # when it is to be sent (scheduled) or given up (sent), by the workspace's clock
    state: str = "scheduled"  # scheduled · sent · acked · timed out · lost
    sent: float = 0.0  # real time, seconds
    route: "Route | None" = None

    @property
    def event_id(self) -> str | None:
        return self.payload.get("event_id")


class Route(Protocol):
    """One way to the app: a Socket Mode connection, or the request URL."""

    async def send(self, envelope: Envelope) -> None: ...


@dataclass
class Delivery:
    state: State
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    envelopes: dict[str, Envelope] = field(default_factory=dict)  # every one ever sent, in order
    acks: dict[str, Ack] = field(default_factory=dict)
    open: dict[str, Envelope] = field(default_factory=dict)  # not acknowledged, not given up
    lost: list[Envelope] = field(default_factory=list)  # given up
    routes: list[Route] = field(default_factory=list)
    duplicates_next: int = 0
    duplicates_share: float = 0.0
    reorder_next: int = 0
    answered: dict[str, Callable[[Any], None]] = field(
        default_factory=dict
    )  # envelope → what to do with the ack's payload
    given_up: dict[str, Callable[[], None]] = field(default_factory=dict)  # envelope → what to do when no ack came
    over_http: bool = False
    loop: asyncio.AbstractEventLoop | None = None
    _held: list[Envelope] = field(default_factory=list)
    _turn: Any = field(default_factory=itertools.count)
    _wake: asyncio.Event | None = None
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self.state.clock.on_move(self.wake)
        self._later(self._watch())

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self) -> None:
        if self.loop and self._wake and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._wake.set)

    # --- from any thread
    def post(
        self,
        kind: str,
        payload: dict[str, Any],
        answered: Callable[[Any], None] | None = None,
        given_up: Callable[[], None] | None = None,
    ) -> str:
        """Sends a payload; the id of its (first) envelope."""
        with self.state.lock:
            envelopes = [self._envelope(kind, payload)]
            if answered:
                self.answered[envelopes[0].id] = answered
            if given_up:
                self.given_up[envelopes[0].id] = given_up
            if kind == "events_api" and (self.duplicates_next > 0 or self.rng.random() < self.duplicates_share):
                self.duplicates_next = max(0, self.duplicates_next - 1)
                envelopes.append(self._envelope(kind, payload))
            if kind == "events_api" and self.reorder_next > 0:
                self.reorder_next -= 1
                self._held += envelopes
                ready = self._held[::-1] if self.reorder_next == 0 else []
                if ready:
                    self._held = []
            else:
                ready = envelopes
        for envelope in ready:
            self._on_loop(envelope)
        return envelopes[0].id

    def _envelope(self, kind: str, payload: dict[str, Any], attempt: int = 0, reason: str = "") -> Envelope:
        envelope = Envelope(str(uuid.uuid4()), kind, payload, attempt, reason, due=self.state.clock.now())
        self.envelopes[envelope.id] = self.open[envelope.id] = envelope
        return envelope

    def _on_loop(self, envelope: Envelope) -> None:
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._send, envelope)

    def redeliver(self, event_id: str) -> str:
        """Sends an event once more, as Slack does now and then even after an ack."""
        with self.state.lock:
            first = next(e for e in self.envelopes.values() if e.event_id == event_id)
            again = self._envelope(first.type, first.payload, 1, "timeout")
        self._on_loop(again)
        return again.id

    # --- in the loop
    def connected(self, route: Route) -> None:
        if self.over_http and not hasattr(route, "url"):
            return
        self.routes.append(route)
        for envelope in list(self.open.values()):
            if envelope.route is None and envelope.state == "sent":  # it waited for a connection
                self._hand_over(envelope)

    def disconnected(self, route: Route) -> None:
        """What the connection took without an ack goes out again on another one."""
        if route in self.routes:
            self.routes.remove(route)
        for envelope in list(self.open.values()):
            if envelope.route is route and envelope.state == "sent":
                self._failed(envelope, "connection closed")

    def _send(self, envelope: Envelope) -> None:
        envelope.state = "sent"
        envelope.due = self.state.clock.now() + ACK_WITHIN
        envelope.sent = time.perf_counter()
        self._hand_over(envelope)
        if self._wake:
            self._wake.set()

    def _hand_over(self, envelope: Envelope) -> None:
        if self.routes:
            route = self.routes[next(self._turn) % len(self.routes)]
            envelope.route = route
            envelope.sent = time.perf_counter()
            self._later(self._through(route, envelope))

    async def _through(self, route: Route, envelope: Envelope) -> None:
        try:
            await route.send(envelope)
        except (ConnectionError, OSError) as error:
            log.debug("a connection broke while sending: %s", error)
            if envelope.state == "sent":
                self._failed(envelope, "connection closed")

    def acked(self, envelope_id: str, payload: Any) -> None:
        envelope = self.envelopes.get(envelope_id)
        if envelope is None or envelope_id in self.acks:
            return
        self.acks[envelope_id] = Ack(self.state.clock.now(), time.perf_counter() - envelope.sent, payload)
        if envelope.state == "sent":
            envelope.state = "acked"
            self.open.pop(envelope_id, None)
            if envelope_id in self.answered:
                self.answered[envelope_id](payload)
        self.state.tick()

    def failed(self, envelope: Envelope, reason: str, *, again: bool = True) -> None:
        if envelope.state == "sent":
            self._failed(envelope, reason, again=again)

    def _failed(self, envelope: Envelope, reason: str, *, again: bool = True) -> None:
        self.open.pop(envelope.id, None)
        if envelope.type == "events_api" and again and envelope.attempt < len(RETRY_AFTER):
            envelope.state = "timed out"
            with self.state.lock:
                retry = self._envelope(envelope.type, envelope.payload, envelope.attempt + 1, reason)
            wait = RETRY_AFTER[envelope.attempt]
            retry.due = self.state.clock.now() + wait
            if wait == 0:
                self._send(retry)
        else:
            envelope.state = "lost"
            self.lost.append(envelope)
            if envelope.id in self.given_up:
                self.given_up[envelope.id]()
        self.state.tick()

    async def _watch(self) -> None:
        """Sends what is due, gives up what was not acknowledged in time."""
        assert self._wake is not None
        while True:
            now = self.state.clock.now()
            for envelope in [e for e in list(self.open.values()) if e.due <= now]:
                if envelope.state == "sent":
                    self._failed(envelope, "timeout")
                elif envelope.attempt > 0:
                    self._send(envelope)
            waits = [
                e.due - self.state.clock.now() for e in list(self.open.values()) if e.state == "sent" or e.attempt > 0
            ]
            self._wake.clear()
            try:
                async with asyncio.timeout(max(0.0, min(waits)) if waits else None):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _later(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

"""The workspace double: people and channels, what they do and see, and faults, served on loopback as Slack would be."""

import asyncio
from typing import Any, Self

from integrations.workspace_double import events
from integrations.workspace_double.calls import Call, Calls
from integrations.workspace_double.clock import Clock
from integrations.workspace_double.delivery import Ack, Delivery, Envelope
from integrations.workspace_double.door import Door, doing
from integrations.workspace_double.faults import Faults
from integrations.workspace_double.interacting import Interacting
from integrations.workspace_double.manifest import Manifest
from integrations.workspace_double.rates import Rates
from integrations.workspace_double.reading import Reading
from integrations.workspace_double.request_url import RequestUrl
from integrations.workspace_double.responses import Responses
from integrations.workspace_double.server import Server
from integrations.workspace_double.sockets import Sockets
from integrations.workspace_double.state import APP_TOKEN, BOT_TOKEN, BOT_USER, TEAM, Channel, State, User
from integrations.workspace_double.wire import user_json


class Workspace(Interacting, Reading):
    """A Slack workspace on 127.0.0.1. `manifest` (dict) limits the app to its scopes, events, commands and shortcuts."""

    bot_user_id, team_id = BOT_USER, TEAM
    bot_token, app_token = BOT_TOKEN, APP_TOKEN

    def __init__(
        self,
        manifest: dict[str, Any] | None = None,
        port: int = 0,
        *,
        rate_limits: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.state = State(Manifest(manifest), self.clock)
        self.delivery = Delivery(self.state)
        self.responses = Responses(self.state)
        self.faults = Faults()
        self.calls: list[Call] = []
        events.publisher(self.state, self.delivery)
        self._sockets = Sockets(self.delivery)
        calls = Calls(self.state, self._sockets, self.faults, Rates(self.clock, rate_limits), self.calls)
        self._server = Server(
            self.state, self.delivery, self._sockets, calls, self.responses, Door(self.state, doing(self)), port
        )
        self.aio = Awaited(self)

    # --- serving
    def start(self) -> Self:
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Address of the web page."""
        return f"{self.state.base}/"

    @property
    def base_url(self) -> str:
        """Address of the Web API, for `AsyncWebClient(base_url=…)`."""
        return f"{self.state.base}/api/"

    @property
    def port(self) -> int:
        return self._server.port

    def http(self, url: str, signing_secret: str) -> None:
        """From now on payloads are POSTed to this request URL, signed, instead of going over Socket Mode."""

        async def switch() -> None:
            self.delivery.over_http = True
            self.delivery.routes.clear()
            self.delivery.connected(RequestUrl(url, signing_secret, self.delivery))

        self._server.run(switch())

    # --- people and places
    def add_user(
        self,
        name: str,
        email: str | None = None,
        locale: str = "id-ID",
        is_restricted: bool = False,
        is_ultra_restricted: bool = False,
        is_stranger: bool = False,
        is_bot: bool = False,
        team: str | None = None,
    ) -> str:
        """`name`: shown name; the @name is its words joined by dots. Returns the user's id."""
        with self.state.lock:
            handle = ".".join(name.lower().split())
            home = team or ("T0STRANGE" if is_stranger else TEAM)
            user = User(self.state.new_id("U"), handle, name, email, locale, home, is_bot)
            user.is_restricted, user.is_ultra_restricted = is_restricted or is_ultra_restricted, is_ultra_restricted
            user.is_stranger = is_stranger
            self.state.users[user.id] = user
        self.state.changed()
        return user.id

    def change_user(self, user: str, **changes: Any) -> None:
        """Changes fields of a person (locale, email, is_restricted, deleted, …); the app gets user_change."""
        with self.state.lock:
            found = self.state.user(user)
            for name, value in changes.items():
                if not hasattr(found, name):
                    raise TypeError(f"a person has no {name}")
                setattr(found, name, value)
            self.state.changed()
            told = user_json(self.state, found, locale=True)
            self.state.emit("user_change", {"type": "user_change", "user": told, "event_ts": self.clock.stamp()})

    def add_channel(
        self, name: str, members: list[str], private: bool = False, ext_shared: bool = False, bot: bool = True
    ) -> str:
        with self.state.lock:
            people = [self.state.user(m).id for m in members] + ([BOT_USER] if bot else [])
            channel = Channel(
                self.state.new_id("C"), name.removeprefix("#"), people, is_private=private, is_ext_shared=ext_shared
            )
            self.state.channels[channel.id] = channel
        self.state.changed()
        return channel.id

    def dm(self, user: str) -> str:
        """The direct message between a person and the app."""
        with self.state.lock:
            return self.state.direct(self.state.user(user).id).id

    # --- faults
    def fail_next(
        self, method: str, error: str | int, times: int = 1, after_effect: bool = False, retry_after: int = 1
    ) -> None:
        """The next calls of `method` ("*": any) fail: with an error name, 429, another status, or "hang" (no answer)."""
        self.faults.fail_next(method, error, times, after_effect, retry_after)

    def random_faults(
        self,
        share: float,
        seed: int,
        kinds: tuple[str | int, ...] = ("internal_error", 503, 429),
        methods: tuple[str, ...] = (),
        duplicates: float = 0.0,
        after_effect_share: float = 0.0,
    ) -> None:
        """A share of calls (of these methods; none: all) fails, a share of events is delivered twice. share=0 ends it."""
        self.faults.random_faults(share, seed, kinds, methods, after_effect_share)
        self.delivery.rng.seed(seed)
        self.delivery.duplicates_share = duplicates

    def duplicate_next(self, n: int = 1) -> None:
        """The next n events are delivered twice: two envelopes, one event_id."""
        self.delivery.duplicates_next += n

    def reorder_next(self, n: int) -> None:
        """The next n events are held back, then delivered in reverse order."""
        self.delivery.reorder_next = n

    def redeliver(self, event_id: str) -> str:
        return self.delivery.redeliver(event_id)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to go: warning · refresh_requested · link_disabled · too_many_websockets."""
        self._server.run(self._sockets.ask_to_leave(reason))

    def drop_connections(self, most: int | None = None) -> int:
        """Connections break without a word; how many did."""
        return int(self._server.run(self._sockets.drop(most)))

    # --- delivery
    @property
    def connections(self) -> int:
        return len(self._sockets.connections)

    @property
    def acks(self) -> dict[str, Ack]:
        return self.delivery.acks

    @property
    def envelopes(self) -> list[Envelope]:
        """Everything ever sent to the app, in order; retries and duplicates are envelopes of their own."""
        return list(self.delivery.envelopes.values())

    @property
    def lost(self) -> list[Envelope]:
        """Given up: events after the last retry, interactions and commands without an ack within 3 s."""
        return list(self.delivery.lost)

    def unacked(self) -> list[Envelope]:
        with self.state.lock:
            return list(self.delivery.open.values())

    def settle(self, timeout: float = 10) -> None:
        """Waits until nothing is un-acked."""
        self.wait(lambda: not self.delivery.open, timeout)

    def wait_connected(self, connections: int = 1, timeout: float = 10) -> None:
        self.wait(lambda: len(self._sockets.connections) >= connections, timeout)


class Awaited:
    """`await ws.aio.submit(…)`: any method of the workspace in a thread, for tests whose bot runs in the test's own loop."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._workspace, name)

        async def awaited(*args: Any, **named: Any) -> Any:
            return await asyncio.to_thread(method, *args, **named)

        return awaited

"""A workspace double with the provider's colleagues in it, and the real Slack app over a real store, in Socket Mode."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from integrations.slack.app import SlackApp
from integrations.slack.manifest import manifest
from integrations.slack.settings import SlackSettings
from integrations.workspace_double import Workspace
from knowledge.embeddings.e5 import E5Embedder
from knowledge.intake.importer import import_paths
from tests.integrations.slack.provider import PEOPLE, write_portfolio

TODAY = date(2026, 11, 22)


class Running:
    """A Slack app in an event loop of its own thread, so that a test can wait for what it does."""

    def __init__(self, akrab: Akrab, settings: SlackSettings, **options: Any) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.app: SlackApp = self._run(self._start(akrab, settings, options))

    async def _start(self, akrab: Akrab, settings: SlackSettings, options: dict[str, Any]) -> SlackApp:
        app = SlackApp(akrab, settings, **options)
        await app.start()
        await app.connect()
        return app

    def _run(self, work: Any, seconds: float = 30.0) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def stop(self) -> None:
        """As on SIGTERM."""
        if self._thread.is_alive():
            self._run(self.app.stop(10.0))
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(10)

    def hear_nothing_more(self) -> None:
        """Its connection to Slack ends; what it works on goes on."""
        assert self.app._socket is not None
        self._run(self.app._socket.close_async())

    def vanish(self) -> None:
        """As on SIGKILL, seen from outside: nothing is finished, nothing is said, connections break."""
        for task in asyncio.all_tasks(self.loop):
            self.loop.call_soon_threadsafe(task.cancel)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)


@dataclass
class Office:
    """The workspace, the people in it by account name, and how to start the app."""

    ws: Workspace
    akrab: Akrab
    users: dict[str, str]
    running: list[Running] = field(default_factory=list)

    def dm(self, who: str) -> str:
        """The direct messages of somebody with the bot."""
        return self.ws.dm(self.users[who])

    def start(self, **options: Any) -> Running:
        """One more process of the app, so to say."""
        settings = slack_settings(self.ws, **options.pop("settings", {}))
        running = Running(self.akrab, settings, **options)
        self.running.append(running)
        return running

    def answer(self, channel: str, ts: str, number: int = 1, timeout: float = 30.0) -> dict[str, Any]:
        """The bot's n-th finished message in the thread of a message."""

        def there() -> dict[str, Any] | None:
            found = self.said(channel, ts)
            return found[number - 1] if len(found) >= number else None

        return self.ws.wait(there, timeout)

    def said(self, channel: str, ts: str, to: str | None = None) -> list[dict[str, Any]]:
        """What the bot has said in a thread, finished; with what only `to` sees."""
        messages = self.ws.messages(channel, thread_ts=ts, visible_to=self.users[to] if to else None)
        return [one for one in messages if one.get("user") == self.ws.bot_user_id and not one.get("streaming")]

    def idle(self, timeout: float = 30.0) -> None:
        """Wait until nothing is left to do."""
        self.ws.settle()
        self.ws.wait(lambda: nothing_waits(self.akrab), timeout)


def slack_settings(ws: Workspace, **options: Any) -> SlackSettings:
    """Settings for the workspace double."""
    return SlackSettings(
        bot_token=SecretStr(ws.bot_token), app_token=SecretStr(ws.app_token), signing_secret=SecretStr("shh-of-the-tests"), api=ws.base_url, **options
    )


def nothing_waits(akrab: Akrab) -> bool:
    """Whether the inbox is worked off."""
    with akrab.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM slack_event WHERE state IN ('waiting', 'working')").scalar()
    return count == 0


@pytest.fixture(scope="session")
def provider_home(tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Path:
    """A data directory with the portfolio imported, never written to again."""
    folder = tmp_path_factory.mktemp("portfolio")
    write_portfolio(folder)
    home = tmp_path_factory.mktemp("provider")
    akrab = bootstrap(Settings(home=home, today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    import_paths(akrab.engine, [folder], today=TODAY)
    akrab.embed_new()
    with akrab.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    akrab.engine.dispose()
    return home


@pytest.fixture
def product(provider_home: Path, tmp_path: Path, embedder: E5Embedder) -> Iterator[Akrab]:
    """The product over a copy of that directory."""
    home = tmp_path / "home"
    shutil.copytree(provider_home, home)
    akrab = bootstrap(Settings(home=home, today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    yield akrab
    akrab.engine.dispose()


@pytest.fixture
def empty_office(product: Akrab) -> Iterator[Office]:
    """The workspace with its people; the app is not started."""
    with Workspace(manifest=manifest()) as ws:
        users = {account: ws.add_user(name, mail, locale="en-US" if account == "bimo" else "id-ID") for account, (name, mail, _) in PEOPLE.items()}
        users["orang"] = ws.add_user("Orang Baru", "orang@sarana.example")
        users["tamu"] = ws.add_user("Tamu Undangan", "sekar@sarana.example", is_restricted=True)
        office = Office(ws, product, users)
        yield office
        for running in office.running:
            running.stop()


@pytest.fixture
def office(empty_office: Office) -> Office:
    """The workspace with the app at work in it."""
    empty_office.start()
    return empty_office


Wait = Callable[[Callable[[], Any]], Any]

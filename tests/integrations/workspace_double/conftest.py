import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from integrations.workspace_double import Workspace


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with Workspace() as workspace:
        yield workspace


class Bot:
    """slack_bolt's AsyncApp over Socket Mode, in a thread and loop of its own."""

    def __init__(self, ws: Workspace, connections: int = 1) -> None:
        self.ws = ws
        self.loop = asyncio.new_event_loop()
        self.client = AsyncWebClient(token=ws.bot_token, base_url=ws.base_url)
        self.app = AsyncApp(client=self.client)
        self.handlers: list[AsyncSocketModeHandler] = []
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._connections = connections

    def run(self, work, timeout: float = 10):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def connect(self) -> "Bot":
        async def open_all() -> None:
            for _ in range(self._connections):
                handler = AsyncSocketModeHandler(self.app, self.ws.app_token)
                await handler.connect_async()
                self.handlers.append(handler)

        self.run(open_all())
        self.ws.wait_connected(self._connections)
        return self

    def close(self) -> None:
        async def close_all() -> None:
            for handler in self.handlers:
                await handler.close_async()
            others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self.run(close_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()


@pytest.fixture
def new_bot(ws: Workspace) -> Iterator[Callable[..., Bot]]:
    bots: list[Bot] = []

    def make(connections: int = 1) -> Bot:
        bots.append(Bot(ws, connections))
        return bots[-1]

    yield make
    for bot in bots:
        bot.close()

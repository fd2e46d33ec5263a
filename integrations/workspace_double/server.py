"""The workspace's server on 127.0.0.1: its own thread and event loop, so that any test or command can use it."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from aiohttp import web

from integrations.workspace_double.calls import Calls
from integrations.workspace_double.delivery import Delivery
from integrations.workspace_double.door import Door
from integrations.workspace_double.responses import Responses
from integrations.workspace_double.sockets import Sockets
from integrations.workspace_double.state import State
from integrations.workspace_double.transfers import Transfers

BODY_MOST = 256 * 1024 * 1024


class Server:
    def __init__(
        self,
        state: State,
        delivery: Delivery,
        sockets: Sockets,
        calls: Calls,
        responses: Responses,
        door: Door,
        port: int,
    ) -> None:
        self.state, self.delivery, self.sockets = state, delivery, sockets
        self.calls, self.responses, self.door = calls, responses, door
        self.port = port
        self.loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._up = threading.Event()
        self._down: asyncio.Event | None = None
        self._trouble: BaseException | None = None

    def start(self) -> None:
        """Returns when the port is open; raises what kept it from opening."""
        self._thread = threading.Thread(target=self._run, name="workspace-double", daemon=True)
        self._thread.start()
        self._up.wait()
        if self._trouble:
            raise self._trouble

    def stop(self) -> None:
        if self.loop and self._down and self._thread and self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._down.set)
            self._thread.join(10)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Runs something in the server's loop, from another thread, and waits for it."""
        assert self.loop is not None
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001  # told to the thread that waits in start()
            self._trouble = error
        finally:
            self._up.set()

    def application(self) -> web.Application:
        transfers = Transfers(self.state)
        app = web.Application(client_max_size=BODY_MOST)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self.calls.serve),
                web.get("/link/", self.sockets.link),
                web.post("/response/{name}", self.responses.serve),
                web.post("/upload/{file}", transfers.upload),
                web.get("/files/{file}/{name}", transfers.download),
                *self.door.routes(),
            ]
        )
        return app

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._down = asyncio.Event()
        runner = web.AppRunner(self.application(), shutdown_timeout=0.2)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port)
            await site.start()
            self.port = runner.addresses[0][1]
            self.state.base = f"http://127.0.0.1:{self.port}"
            await self.delivery.start()
            self._up.set()
            await self._down.wait()
        finally:
            await self.delivery.stop()
            self.door.close()
            for connection in list(self.sockets.connections):
                await connection.socket.close()
            await runner.cleanup()

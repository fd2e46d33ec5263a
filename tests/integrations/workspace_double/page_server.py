"""A stand-in for the workspace's JSON door: one snapshot that tests change, acts recorded, files of the page served."""

import asyncio
import copy
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from aiohttp import web

import integrations

Json = dict[str, Any]
PAGE = Path(integrations.__file__).parent / "workspace_double" / "page"
FIXTURE = Path(__file__).with_name("page_fixture.json")


class PageServer:
    """Serves the page on 127.0.0.1 in a thread of its own. `acts`: what the page sent; `answer`: what acts are answered with."""

    def __init__(self) -> None:
        self.snapshot: Json = json.loads(FIXTURE.read_text(encoding="utf-8"))
        self.acts: list[Json] = []
        self.answer: Callable[[Json], Json | None] = lambda act: None
        self.requested: list[str] = []
        self._ts = 1795310000
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *failure: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def change(self, work: Callable[[Json], None]) -> None:
        """Change the snapshot and wake the pages that wait for changes."""

        async def changed() -> None:
            async with self._changed:
                work(self.snapshot)
                self.snapshot["version"] += 1
                self._changed.notify_all()

        asyncio.run_coroutine_threadsafe(changed(), self._loop).result(5)

    def acts_of(self, what: str) -> list[Json]:
        return [act for act in self.acts if act["do"] == what]

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop, self._changed = asyncio.get_running_loop(), asyncio.Event(), asyncio.Condition()
        app = web.Application(middlewares=[self._note])
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/_/snapshot", self._snapshot),
                web.get("/_/changes", self._changes),
                web.post("/_/act", self._act),
                web.get("/_/file/{id}", self._file),
                web.static("/", PAGE),
            ]
        )
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.requested.append(request.path)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _index(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _snapshot(self, request: web.Request) -> web.Response:
        me = request.query.get("as") or "U1"
        seen = copy.deepcopy(self.snapshot)
        seen["me"] = me
        seen["channels"] = [one for one in seen["channels"] if me in one["members"]]
        seen["messages"] = {one["id"]: seen["messages"][one["id"]] for one in seen["channels"]}
        return web.json_response(seen)

    async def _changes(self, request: web.Request) -> web.Response:
        since = int(request.query["since"])
        async with self._changed:
            await self._changed.wait_for(lambda: self.snapshot["version"] > since)
        return web.json_response({"version": self.snapshot["version"]})

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(text="# Kunjungan\n\nSemua **baik**.", content_type="text/markdown")

    async def _act(self, request: web.Request) -> web.Response:
        act = await request.json()
        self.acts.append(act)
        answer = self.answer(act)
        if answer is None:
            answer = {"ok": True}
            if act["do"] == "post":
                answer["ts"] = await self._post(act)
        return web.json_response(answer)

    async def _post(self, act: Json) -> str:
        self._ts += 1
        message = {
            "ts": f"{self._ts}.000100",
            "user": act["as"],
            "bot_id": None,
            "text": act["text"],
            "thread_ts": act.get("thread_ts"),
        }
        async with self._changed:
            self.snapshot["messages"][act["channel"]].append(message)
            self.snapshot["version"] += 1
            self._changed.notify_all()
        return str(message["ts"])

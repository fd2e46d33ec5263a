"""The JSON door of the web page: what one person sees, what changed, and what that person does. For 127.0.0.1 only."""

import asyncio
import base64
import binascii
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from integrations.workspace_double.errors import AckRefused, NotPossible, SlackError
from integrations.workspace_double.snapshot import snapshot
from integrations.workspace_double.state import State

PAGE = Path(__file__).parent / "page"
POLL_SECONDS = 25.0
Act = Callable[[dict[str, Any]], dict[str, Any]]


class Door:
    def __init__(self, state: State, act: Act) -> None:
        self.state = state
        self.act = act
        self._changed: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        state.listeners.append(self._wake)

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/_/snapshot", self.snapshot),
            web.get("/_/changes", self.changes),
            web.post("/_/act", self.do),
            web.get("/_/file/{file}", self.file),
            web.get("/{name:.*}", self.page),
        ]

    def guard(self, request: web.Request) -> None:
        """No other site may use the door: not by a foreign name for 127.0.0.1, not from a foreign page."""
        port = self.state.base.rpartition(":")[2]
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin is not None and origin.removeprefix("http://") not in hosts):
            raise web.HTTPForbidden(text="only for pages of this workspace")
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise web.HTTPForbidden(text="only for pages of this workspace")

    def me(self, request: web.Request) -> str:
        user = request.query.get("as", "")
        if user not in self.state.users:
            raise web.HTTPNotFound(text="no such person")
        return user

    async def snapshot(self, request: web.Request) -> web.Response:
        """GET /_/snapshot?as=USER; without `as`, the first person."""
        self.guard(request)
        people = [u.id for u in self.state.users.values() if not u.is_bot]
        user = self.me(request) if request.query.get("as") else (people[0] if people else "")
        with self.state.lock:
            return web.json_response(snapshot(self.state, user))

    async def changes(self, request: web.Request) -> web.Response:
        """GET /_/changes?since=VERSION&as=USER: answers when there is a newer version, or after 25 s."""
        self.guard(request)
        self._loop = asyncio.get_running_loop()
        since = int(request.query.get("since") or 0)
        event = asyncio.Event()
        self._changed.add(event)
        end = self._loop.time() + POLL_SECONDS
        try:
            while self.state.version <= since and not self._closed and self._loop.time() < end:
                try:
                    async with asyncio.timeout_at(end):
                        await event.wait()
                except TimeoutError:
                    break
                event.clear()
        finally:
            self._changed.discard(event)
        return web.json_response({"version": self.state.version})

    async def do(self, request: web.Request) -> web.Response:
        """POST /_/act {"as", "do", …}: {"ok": true, …} or {"ok": false, "error"}."""
        self.guard(request)
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="application/json")
        wanted = await request.json()
        try:
            done = await asyncio.to_thread(self.act, wanted)
        except (NotPossible, AckRefused, SlackError, TimeoutError) as error:
            return web.json_response({"ok": False, "error": str(error)})
        except (KeyError, TypeError, binascii.Error) as error:
            return web.json_response({"ok": False, "error": f"not understood: {error}"}, status=400)
        return web.json_response({"ok": True} | done)

    async def file(self, request: web.Request) -> web.Response:
        """GET /_/file/FILE"""
        self.guard(request)
        file = self.state.files.get(request.match_info["file"])
        if file is None or file.data is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if not file.mimetype.startswith("image/") or "svg" in file.mimetype:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mimetype, headers=headers)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Files of the page; / is index.html."""
        self.guard(request)
        path = (PAGE / (request.match_info["name"] or "index.html")).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-store"})

    def close(self) -> None:
        self._closed = True
        for event in self._changed:
            event.set()

    def _wake(self) -> None:
        if self._loop and self._changed and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        for event in list(self._changed):
            event.set()


def doing(ws: Any) -> Act:
    """What the page may do, as calls of the workspace's own methods."""

    def act(wanted: dict[str, Any]) -> dict[str, Any]:
        args = {k: v for k, v in wanted.items() if k not in ("as", "do", "type")}
        user, do = wanted["as"], wanted["do"]
        if do == "submit":
            answer = ws.submit(user, **args)
            return {"answer": answer, "errors": answer.get("errors")}
        if do == "upload":
            data = base64.b64decode(args.pop("data"), validate=True)
            return {"ts": ws.upload(user, args.pop("channel"), args.pop("name"), data, **args)}
        if do == "post":
            return {"ts": ws.post(user, **args)}
        if do == "suggest":
            return {"options": ws.suggest(user, **args)}
        if do in ("click", "close", "command", "shortcut", "open_home", "react", "edit", "delete", "fill"):
            return {"envelope": getattr(ws, do)(user, **args)}
        if do == "stop":
            return {"envelope": ws.stop_stream(user, **args)}
        if do == "dm":
            return {"channel": ws.dm(user)}
        raise NotPossible(f"unknown: {do}")

    return act

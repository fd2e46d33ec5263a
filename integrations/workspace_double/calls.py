"""Web API calls: token, body in any of its forms, faults, rate limits, scopes, and the method itself; each call is recorded."""

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.faults import HANG, Fault, Faults
from integrations.workspace_double.methods import METHODS
from integrations.workspace_double.rates import Rates
from integrations.workspace_double.sockets import Sockets
from integrations.workspace_double.state import State

JSON_FIELDS = ("blocks", "attachments", "metadata", "view", "chunks", "prompts", "loading_messages")
log = logging.getLogger(__name__)


@dataclass
class Call:
    at: float  # the workspace's clock
    method: str
    args: dict[str, Any]
    ok: bool = False
    error: str | None = None
    answer: dict[str, Any] | None = None


@dataclass
class Calls:
    state: State
    sockets: Sockets
    faults: Faults
    rates: Rates
    made: list[Call]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """/api/METHOD"""
        name = request.match_info["method"]
        call = Call(self.state.clock.now(), name, await arguments(request))
        with self.state.lock:
            self.made.append(call)
        fault = self.faults.of(name)
        if fault and not fault.after_effect:
            return await self._faulty(call, fault, request)
        wait = self.rates.wait(name, call.args)
        if wait:
            return self._limited(call, wait)
        call.answer = self._answer(name, call.args, request.headers.get("Authorization", ""))
        call.ok, call.error = call.answer["ok"], call.answer.get("error")
        if fault:
            return await self._faulty(call, fault, request)
        self.state.tick()
        headers = {"x-oauth-scopes": ",".join(self.state.manifest.scopes) or "chat:write"}
        return web.json_response(call.answer, headers=headers)

    def _answer(self, name: str, args: dict[str, Any], authorization: str) -> dict[str, Any]:
        try:
            token = authorization.removeprefix("Bearer ").strip() or str(args.get("token") or "")
            self._check_token(name, token)
            if name == "apps.connections.open":
                if not self.state.manifest.socket_mode:
                    raise SlackError("socket_mode_disabled")
                address = self.state.base.replace("http://", "ws://")
                return {"ok": True, "url": f"{address}/link/?ticket={self.sockets.ticket()}&app_id=A0DOUBLE1"}
            method = METHODS.get(name)
            if method is None:
                raise SlackError("unknown_method", req_method=name)
            self.state.manifest.need(*method.scopes)
            with self.state.lock:
                return {"ok": True} | method.work(self.state, args)
        except SlackError as error:
            return error.answer()

    @staticmethod
    def _check_token(name: str, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if not token.startswith(("xoxb-", "xapp-")):
            raise SlackError("invalid_auth")
        if token.startswith("xapp-") != (name == "apps.connections.open"):
            raise SlackError("not_allowed_token_type")

    async def _faulty(self, call: Call, fault: Fault, request: web.Request) -> web.StreamResponse:
        call.ok, call.error = False, str(fault.error)
        self.state.tick()
        if fault.error == HANG:
            await asyncio.Event().wait()  # until the client gives up
        if fault.error in (429, "ratelimited"):
            return self._limited(call, fault.retry_after)
        if isinstance(fault.error, int):
            return web.Response(status=fault.error, text="upstream error")
        return web.json_response({"ok": False, "error": fault.error})

    def _limited(self, call: Call, wait: int) -> web.Response:
        call.ok, call.error = False, "ratelimited"
        self.state.tick()
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(wait)})


async def arguments(request: web.Request) -> dict[str, Any]:
    """Query and body together. The body's look decides, not its Content-Type: the SDK labels forms as JSON too."""
    raw = (await request.text()).strip()
    body: dict[str, Any]
    if raw.startswith("{"):
        body = json.loads(raw)
    else:
        body = dict(parse_qsl(raw, keep_blank_values=True))
        for name in JSON_FIELDS:
            if str(body.get(name, "")).startswith(("{", "[")):
                body[name] = json.loads(body[name])
    return dict(request.query) | {k: v for k, v in body.items() if v is not None}

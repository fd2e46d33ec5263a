"""A scripted OpenAI-compatible chat server on the loopback: streams, calls tools, and does what a bad server or model does."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Say:
    """Words, in chunks of `chunk` characters every `pause` seconds; the connection breaks after `break_after` chunks."""

    text: str
    chunk: int = 12
    pause: float = 0.0
    break_after: int | None = None


@dataclass
class Call:
    """Tool calls: (name, arguments as the raw string that is sent), after `text`."""

    calls: list[tuple[str, str]]
    text: str = ""


@dataclass
class Hang:
    """Never answers."""


@dataclass
class Status:
    """An HTTP error."""

    code: int


@dataclass
class Raw:
    """Bytes that are no answer at all."""

    body: str


Move = Say | Call | Hang | Status | Raw
Script = Callable[[list[dict[str, Any]]], Move]
"""From the messages of a request to what the server does."""


@dataclass
class OpenAiServer:
    """`url` for AKRAB_MODEL_URL; `requests` holds every request body; `closed` counts streams that the client left early."""

    script: Script
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent_chunks: int = 0
    closed: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        move = self.script(body["messages"])
        if isinstance(move, Hang):
            await asyncio.sleep(600)
        if isinstance(move, Status):
            return web.json_response(
                {"error": {"message": "scripted failure", "type": "server_error"}},
                status=move.code,
                headers={"retry-after": "0"},
            )
        if isinstance(move, Raw):
            return web.Response(text=move.body, content_type="application/json")
        if isinstance(move, (Say, Call)):
            return await self._stream(request, move) if body.get("stream") else web.json_response(_whole(move))
        raise TypeError(move)

    async def _stream(self, request: web.Request, move: Say | Call) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        try:
            for number, delta in enumerate(_deltas(move)):
                if isinstance(move, Say) and move.break_after is not None and number >= move.break_after:
                    assert request.transport is not None
                    request.transport.abort()
                    return response
                await response.write(f"data: {json.dumps(_chunk(delta))}\n\n".encode())
                self.sent_chunks += 1
                if isinstance(move, Say) and move.pause:
                    await asyncio.sleep(move.pause)
            reason = "tool_calls" if isinstance(move, Call) else "stop"
            await response.write(f"data: {json.dumps(_chunk({}, reason))}\n\ndata: [DONE]\n\n".encode())
            await response.write_eof()
        except (ConnectionError, asyncio.CancelledError):
            self.closed += 1
            raise
        return response


def _deltas(move: Say | Call) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    text = move.text
    size = move.chunk if isinstance(move, Say) else 1_000
    for at in range(0, len(text), size):
        yield {"content": text[at : at + size]}
    for index, (name, arguments) in enumerate(move.calls if isinstance(move, Call) else []):
        yield {
            "tool_calls": [
                {"index": index, "id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": ""}}
            ]
        }
        for at in range(0, len(arguments), 20):
            yield {"tool_calls": [{"index": index, "function": {"arguments": arguments[at : at + 20]}}]}


def _chunk(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
    }


def _whole(move: Say | Call) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": move.text}
    if isinstance(move, Call):
        message["tool_calls"] = [
            {"id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": arguments}}
            for index, (name, arguments) in enumerate(move.calls)
        ]
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
    }


@contextmanager
def openai_server(script: Script) -> Iterator[OpenAiServer]:
    """The server, running in a thread of its own until the block ends."""
    server = OpenAiServer(script)
    loop = asyncio.new_event_loop()
    started = threading.Event()
    runner: web.AppRunner | None = None

    async def start() -> None:
        nonlocal runner
        application = web.Application()
        application.router.add_post("/v1/chat/completions", server.answer)
        runner = web.AppRunner(application, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        server.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/v1"  # type: ignore[union-attr]
        started.set()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield server
    finally:
        assert runner is not None
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)

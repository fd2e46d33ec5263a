"""`akrab serve`: health for the operator, and Slack's requests over HTTP with their signature checked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from sqlalchemy import text
from starlette.concurrency import run_in_threadpool

from assistant.wiring import Akrab
from integrations.slack.app import SlackApp
from integrations.slack.settings import SlackSettings
from knowledge.store import read

MOST_BYTES = 1_000_000
"""Slack's requests are far smaller; anything larger is refused before it is read."""


def create_server(akrab: Akrab, slack: SlackSettings | None = None) -> FastAPI:
    """The web application. slack: with a bot token and a signing secret, Slack's requests are taken at /slack/events."""
    app = SlackApp(akrab, slack) if slack is not None and slack.over_http else None

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if app is not None:
            await app.start()
        yield
        if app is not None:
            await app.stop()

    server = FastAPI(title="Akrab", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @server.get("/healthz")
    async def alive() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @server.get("/readyz")
    async def ready(response: Response) -> dict[str, str]:
        """The store answers too."""
        try:
            await run_in_threadpool(_look, akrab)
        except Exception as error:  # noqa: BLE001  whatever is wrong with the store
            response.status_code = 503
            return {"status": "store", "why": type(error).__name__}
        return {"status": "ok"}

    if app is not None:
        handler = AsyncSlackRequestHandler(app.bolt)

        @server.post("/slack/events")
        async def slack_events(request: Request) -> Response:
            """Everything that Slack sends: events, clicks, modals, commands. Without a valid signature: 401."""
            if int(request.headers.get("content-length") or 0) > MOST_BYTES:
                return Response(status_code=413)
            answer: Response = await handler.handle(request)
            return answer

    return server


def _look(akrab: Akrab) -> None:
    with read(akrab.engine) as session:
        session.execute(text("SELECT 1"))

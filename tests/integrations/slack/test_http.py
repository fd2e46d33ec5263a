"""The same over HTTP: the FastAPI door with its signature check, real requests through a real server."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from assistant.wiring import Akrab
from integrations.slack.manifest import manifest
from integrations.web.server import create_server
from integrations.workspace_double import Workspace
from tests.integrations.slack.conftest import Office, slack_settings
from tests.integrations.slack.provider import PEOPLE

SECRET = "shh-of-the-tests"
QUESTION = "Berapa menit waktu respons insiden prioritas 1 Tirta Kencana?"


class Server:
    """uvicorn in a thread."""

    def __init__(self, akrab: Akrab, workspace: Workspace) -> None:
        self.server = uvicorn.Server(uvicorn.Config(create_server(akrab, slack_settings(workspace)), port=0, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        end = time.monotonic() + 30
        while not self.server.started and time.monotonic() < end:
            time.sleep(0.02)
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """As on SIGTERM."""
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture
def served(product: Akrab) -> Iterator[tuple[Office, Server]]:
    """The workspace delivers to the server's request URL."""
    with Workspace(manifest=manifest("en", "https://akrab.example")) as ws:
        users = {account: ws.add_user(name, mail) for account, (name, mail, _) in PEOPLE.items()}
        server = Server(product, ws)
        ws.http(f"{server.url}/slack/events", SECRET)
        yield Office(ws, product, users), server
        server.stop()


def test_a_question_a_card_and_a_command_over_http(served: tuple[Office, Server]) -> None:
    office, _ = served
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ws.duplicate_next(1)
    ts = ws.post(sekar, place, QUESTION)
    assert "11 menit" in ws.text_of(office.answer(place, ts))
    told = ws.post(sekar, place, "Bu Laksmi komplain laporan bulanan telat lagi")
    card = office.answer(place, told)
    ws.click(sekar, "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert "Disimpan" in ws.text_of(ws.message(place, card["ts"]))
    ws.command(sekar, place, "/akrab", "bantuan")
    office.idle()
    assert len(office.said(place, ts)) == 1
    assert ws.unacked() == [] == ws.lost


def _signed(body: str, at: int, secret: str = SECRET) -> dict[str, str]:
    signature = "v0=" + hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"content-type": "application/json", "x-slack-request-timestamp": str(at), "x-slack-signature": signature}


@pytest.mark.parametrize(
    ("secret", "age", "status"), [(SECRET, 0, 200), ("another", 0, 401), (SECRET, 600, 401)], ids=["good", "forged", "old"]
)
def test_only_signed_and_fresh_requests_are_taken(served: tuple[Office, Server], secret: str, age: int, status: int) -> None:
    office, server = served
    place = office.dm("sekar")
    event = {"type": "message", "channel_type": "im", "channel": place, "user": office.users["sekar"], "text": "bantuan", "ts": "1795000000.000100", "event_ts": "1795000000.000100"}
    body = json.dumps({"type": "event_callback", "team_id": office.ws.team_id, "event_id": "Ev1", "event": event})
    answered = httpx.post(f"{server.url}/slack/events", content=body, headers=_signed(body, int(time.time()) - age, secret))
    assert answered.status_code == status
    with office.akrab.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM slack_event").scalar() == (1 if status == 200 else 0)


def test_without_a_signature_nothing_is_taken_and_health_answers(served: tuple[Office, Server]) -> None:
    _, server = served
    assert httpx.post(f"{server.url}/slack/events", json={"type": "url_verification", "challenge": "x"}).status_code == 401
    assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{server.url}/readyz").json() == {"status": "ok"}
    assert httpx.get(f"{server.url}/docs").status_code == 404
    assert httpx.post(f"{server.url}/slack/events", content=b"x" * 1_100_000).status_code == 413

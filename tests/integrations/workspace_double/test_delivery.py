"""Delivery to the real slack_bolt: acks, retries, duplicates, order, several connections, lost connections, HTTP."""

import asyncio
import hashlib
import hmac
import json
import threading
import time

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from integrations.workspace_double import Workspace


@pytest.fixture
def talk(ws):
    sari = ws.add_user("Sari")
    return sari, ws.dm(sari)


def test_an_event_without_ack_is_retried_at_once_after_a_minute_and_after_five(ws, talk, new_bot):
    sari, dm = talk
    new_bot().connect()  # a bot without listeners: bolt does not acknowledge
    ws.post(sari, dm, "halo")
    ws.wait(lambda: len(ws.envelopes) == 1 and ws.envelopes[0].state == "sent")
    ws.clock.advance(3)
    ws.wait(lambda: len(ws.envelopes) == 2 and ws.envelopes[1].state == "sent")
    ws.clock.advance(3)
    ws.wait(lambda: len(ws.envelopes) == 3)
    assert ws.envelopes[2].state == "scheduled"
    ws.clock.advance(60)
    ws.wait(lambda: ws.envelopes[2].state == "sent")
    ws.clock.advance(3)
    ws.wait(lambda: len(ws.envelopes) == 4)
    ws.clock.advance(299)
    assert ws.envelopes[3].state == "scheduled"
    ws.clock.advance(1)
    ws.wait(lambda: ws.envelopes[3].state == "sent")
    ws.clock.advance(3)
    ws.wait(lambda: ws.lost)
    assert [e.attempt for e in ws.envelopes] == [0, 1, 2, 3]
    assert len({e.event_id for e in ws.envelopes}) == 1
    assert not ws.unacked()


def test_a_duplicate_has_the_same_event_id_and_reaches_the_listener_twice(ws, talk, new_bot):
    sari, dm = talk
    bot, heard = new_bot(), []

    async def message(body):
        heard.append(body["event_id"])

    bot.app.event("message")(message)
    bot.connect()
    ws.duplicate_next()
    ws.post(sari, dm, "satu")
    ws.wait(lambda: len(heard) == 2)
    ws.post(sari, dm, "dua")
    ws.wait(lambda: len(heard) == 3)
    assert heard[0] == heard[1] != heard[2]
    ws.settle()
    ws.redeliver(heard[2])
    ws.wait(lambda: heard.count(heard[2]) == 2)
    assert ws.envelopes[-1].attempt == 1


def test_events_held_back_come_in_reverse_order(ws, talk, new_bot):
    sari, dm = talk
    bot, heard = new_bot(), []

    async def message(event):
        heard.append(event["text"])

    bot.app.event("message")(message)
    bot.connect()
    ws.reorder_next(3)
    for word in ("satu", "dua", "tiga"):
        ws.post(sari, dm, word)
    ws.wait(lambda: len(heard) == 3)
    assert [e.payload["event"]["text"] for e in sorted(ws.envelopes, key=lambda e: e.sent)] == ["tiga", "dua", "satu"]


def test_each_payload_goes_to_one_of_several_connections(ws, talk, new_bot):
    sari, dm = talk
    first, second = new_bot(), new_bot()
    heard = {"first": 0, "second": 0}

    def counting(name):
        async def message(event):
            heard[name] += 1

        return message

    for name, bot in (("first", first), ("second", second)):
        bot.app.event("message")(counting(name))
        bot.connect()
    ws.wait_connected(2)
    for number in range(10):
        ws.post(sari, dm, f"{number}")
    ws.wait(lambda: sum(heard.values()) == 10)
    assert heard == {"first": 5, "second": 5}


def test_what_a_broken_connection_took_without_ack_goes_out_on_another(ws, talk, new_bot):
    sari, dm = talk
    deaf = new_bot().connect()  # acknowledges nothing
    ws.post(sari, dm, "halo")
    ws.wait(lambda: ws.envelopes and ws.envelopes[0].route)
    other, heard = new_bot(), []

    async def message(body):
        heard.append(body["event_id"])

    other.app.event("message")(message)
    other.connect()
    ws.wait_connected(2)
    deaf.run(deaf.handlers[0].close_async())
    ws.wait(lambda: heard)
    assert heard == [ws.envelopes[0].event_id]
    assert ws.envelopes[1].attempt == 1 and ws.envelopes[1].reason == "connection closed"


def test_a_refresh_makes_the_client_connect_anew_and_nothing_is_lost(ws, talk, new_bot):
    sari, dm = talk
    bot, heard = new_bot(), []

    async def message(event):
        heard.append(event["text"])

    bot.app.event("message")(message)
    bot.connect()
    ws.disconnect("refresh_requested")
    ws.post(sari, dm, "sesudahnya")  # waits for a connection
    ws.wait(lambda: heard == ["sesudahnya"])
    assert sum(c.method == "apps.connections.open" for c in ws.calls) == 2


def test_acks_carry_their_time_and_payload(ws, talk, new_bot):
    sari, dm = talk
    bot = new_bot()

    async def command(ack):
        await ack("sebentar")

    bot.app.command("/akrab")(command)
    bot.connect()
    envelope = ws.command(sari, dm, "/akrab", "brief")
    ack = ws.wait(lambda: ws.acks.get(envelope))
    assert ack.payload == {"text": "sebentar"} and 0 < ack.seconds < 3
    shown = ws.wait(lambda: ws.messages(dm, visible_to=sari))
    assert shown[0]["text"] == "sebentar" and shown[0]["ephemeral_to"] == sari
    assert ws.messages(dm) == []


def test_a_command_without_ack_tells_the_person_and_is_not_retried(ws, talk, new_bot):
    sari, dm = talk
    new_bot().connect()
    ws.command(sari, dm, "/akrab")
    ws.wait(lambda: ws.envelopes[0].state == "sent")
    ws.clock.advance(3)
    shown = ws.wait(lambda: ws.messages(dm, visible_to=sari))
    assert "operation_timeout" in shown[0]["text"]
    assert len(ws.envelopes) == 1


class Endpoint:
    """A request URL that records and answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict, str]] = []
        self.statuses: list[int] = []
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(5)

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_post("/slack/events", self.serve)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self.runner.addresses[0][1]}/slack/events"

    async def serve(self, request):
        self.requests.append((dict(request.headers), await request.text()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.runner.cleanup(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)


def test_over_http_payloads_are_signed_and_retried_with_headers(ws: Workspace, talk):
    sari, dm = talk
    endpoint = Endpoint()
    endpoint.statuses = [500, 200]
    ws.http(endpoint.url, "rahasia")
    ws.post(sari, dm, "halo")
    ws.settle()
    endpoint.stop()
    (first, body), (second, again) = endpoint.requests
    base = f"v0:{first['X-Slack-Request-Timestamp']}:{body}"
    assert first["X-Slack-Signature"] == "v0=" + hmac.new(b"rahasia", base.encode(), hashlib.sha256).hexdigest()
    assert SignatureVerifier("rahasia").is_valid_request(body, first)
    assert abs(int(first["X-Slack-Request-Timestamp"]) - time.time()) < 5
    assert "X-Slack-Retry-Num" not in first
    assert second["X-Slack-Retry-Num"] == "1" and second["X-Slack-Retry-Reason"] == "http_error"
    assert json.loads(body)["event_id"] == json.loads(again)["event_id"]

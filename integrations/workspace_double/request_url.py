"""HTTP mode: payloads as POST requests to the app's request URL, signed with the v0 signature."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from integrations.workspace_double.delivery import ACK_WITHIN, Delivery, Envelope


def signature(secret: str, timestamp: str, body: str) -> str:
    """docs.slack.dev/authentication/verifying-requests-from-slack"""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()


class RequestUrl:
    def __init__(self, url: str, signing_secret: str, delivery: Delivery) -> None:
        self.url = url
        self.signing_secret = signing_secret
        self.delivery = delivery

    async def send(self, envelope: Envelope) -> None:
        body, content_type = self.body(envelope)
        timestamp = str(int(time.time()))  # real time: the app checks it against its own clock
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.signing_secret, timestamp, body),
        }
        if envelope.attempt:
            headers |= {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": envelope.reason}
        try:
            timeout = aiohttp.ClientTimeout(total=ACK_WITHIN)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self.url, data=body, headers=headers) as answer,
            ):
                text = await answer.text()
                if answer.status == 200:
                    self.delivery.acked(envelope.id, _payload(text))
                else:
                    again = answer.headers.get("X-Slack-No-Retry") != "1"
                    self.delivery.failed(envelope, "http_error", again=again)
        except TimeoutError:
            self.delivery.failed(envelope, "http_timeout")
        except aiohttp.ClientError:
            self.delivery.failed(envelope, "connection_failed")

    @staticmethod
    def body(envelope: Envelope) -> tuple[str, str]:
        if envelope.type == "events_api":
            return json.dumps(envelope.payload), "application/json"
        if envelope.type == "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}), "application/x-www-form-urlencoded"
        return urlencode(envelope.payload), "application/x-www-form-urlencoded"


def _payload(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return {"text": text}

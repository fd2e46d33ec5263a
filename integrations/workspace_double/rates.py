"""Slack's rate limits (docs.slack.dev/apis/web-api/rate-limits): tiers a minute, and one message a second into a channel."""

import math
from dataclasses import dataclass, field
from typing import Any

from integrations.workspace_double.clock import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute
POST_BURST = 5  # messages into one channel before one a second holds
METHOD_TIERS = {
    "chat.startStream": 2,
    "chat.stopStream": 2,
    "chat.appendStream": 4,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "canvases.create": 2,
    "canvases.edit": 3,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.list": 2,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "reactions.add": 3,
    "reactions.remove": 2,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "files.info": 4,
    "assistant.threads.setStatus": 4,
    "assistant.threads.setSuggestedPrompts": 4,
    "apps.connections.open": 3,
}


@dataclass
class Bucket:
    left: float
    at: float


@dataclass
class Rates:
    clock: Clock
    on: bool = False
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def wait(self, method: str, args: dict[str, Any]) -> int:
        """Seconds to wait before this call may be made; 0: it is let through and counted."""
        if not self.on:
            return 0
        if method == "chat.postMessage":
            return self._take(f"{method}:{args.get('channel')}", POST_BURST, 1.0)
        tier = TIERS.get(METHOD_TIERS.get(method, 0))
        return self._take(method, tier, tier / 60) if tier else 0

    def _take(self, key: str, size: float, per_second: float) -> int:
        now = self.clock.now()
        bucket = self.buckets.setdefault(key, Bucket(size, now))
        bucket.left = min(size, bucket.left + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.left < 1:
            return max(1, math.ceil((1 - bucket.left) / per_second))
        bucket.left -= 1
        return 0

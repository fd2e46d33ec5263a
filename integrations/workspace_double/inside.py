"""What every part of the workspace works on: its state, its delivery, and waiting for something to become true."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from integrations.workspace_double.delivery import Delivery
from integrations.workspace_double.responses import Responses
from integrations.workspace_double.state import State

T = TypeVar("T")
SLICE = 0.02  # seconds; a predicate may look at things that tell nobody of their change


class Inside:
    state: State
    delivery: Delivery
    responses: Responses

    def wait(self, predicate: Callable[[], T], timeout: float = 10) -> T:
        """The predicate's first true value; raises TimeoutError. Blocks: in a running loop use `await ws.aio.wait(…)`."""
        end = time.monotonic() + timeout
        while True:
            seen = self.state.ticks
            value = predicate()
            if value:
                return value
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"did not become true within {timeout} s")
            with self.state.condition:
                if self.state.ticks == seen:
                    self.state.condition.wait(min(SLICE, left))

    def answer_to(self, envelope_id: str, timeout: float = 10) -> Any:
        """The payload of an envelope's ack; raises TimeoutError when the app did not acknowledge in time."""
        self.wait(lambda: envelope_id not in self.delivery.open, timeout)
        if self.delivery.envelopes[envelope_id].state != "acked":
            raise TimeoutError(f"the app did not acknowledge {envelope_id} in time")
        return self.delivery.acks[envelope_id].payload

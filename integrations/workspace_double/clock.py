"""The workspace's clock: it runs by itself, and tests move it forward."""

import threading
import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970 (UTC). `advance` moves the clock and wakes what waits for a moment (retries, ends of streams)."""

    def __init__(self, start: float | None = None) -> None:
        self._offset = 0.0 if start is None else start - time.time()
        self._last_stamp = 0
        self._lock = threading.Lock()
        self._on_move: list[Callable[[], None]] = []

    def now(self) -> float:
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("the clock moves forward only")
        self._offset += seconds
        for wake in list(self._on_move):
            wake()

    def on_move(self, wake: Callable[[], None]) -> None:
        self._on_move.append(wake)

    def stamp(self) -> str:
        """A message's ts: seconds and microseconds, unique and rising within the workspace."""
        with self._lock:
            self._last_stamp = max(int(self.now() * 1_000_000), self._last_stamp + 1)
            return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

"""Faults on demand: the next call of a method fails in a chosen way, or a share of all calls does."""

import random
import threading
from dataclasses import dataclass, field

HANG = "hang"


@dataclass
class Fault:
    """`error`: an error name of Slack's, 429, another HTTP status (500, 503), or "hang" (no answer)."""

    method: str  # "*" for any
    error: str | int
    times: int = 1
    after_effect: bool = False  # the call is carried out, and its answer is lost
    retry_after: int = 1  # seconds, with 429


@dataclass
class Faults:
    planned: list[Fault] = field(default_factory=list)
    share: float = 0.0
    kinds: tuple[str | int, ...] = ()
    after_effect_share: float = 0.0
    methods: frozenset[str] = frozenset()  # empty: all
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fail_next(self, method: str, error: str | int, times: int, after_effect: bool, retry_after: int) -> None:
        with self._lock:
            self.planned.append(Fault(method, error, times, after_effect, retry_after))

    def random_faults(
        self, share: float, seed: int, kinds: tuple[str | int, ...], methods: tuple[str, ...], after_effect_share: float
    ) -> None:
        with self._lock:
            self.share, self.kinds, self.methods = share, kinds, frozenset(methods)
            self.after_effect_share = after_effect_share
            self.rng = random.Random(seed)

    def of(self, method: str) -> Fault | None:
        """The fault of this call, used up once."""
        with self._lock:
            for fault in self.planned:
                if fault.method in ("*", method):
                    fault.times -= 1
                    if fault.times <= 0:
                        self.planned.remove(fault)
                    return fault
            if self.share and method not in ("apps.connections.open", "auth.test"):
                wanted = not self.methods or method in self.methods
                if wanted and self.rng.random() < self.share:
                    return Fault(
                        method, self.rng.choice(self.kinds), after_effect=self.rng.random() < self.after_effect_share
                    )
        return None

"""How a set is run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from assistant.settings import Settings

T = TypeVar("T")


class BadSet(ValueError):
    """A folder does not hold the set that was asked for; the message says what is missing."""


@dataclass(frozen=True)
class Options:
    """folder of the set; limit: questions (0 = all), drawn with the seed; vectors: file in which passages' vectors are kept; tell: (stage, done, total)."""

    folder: Path
    settings: Settings
    limit: int = 0
    seed: int = 1
    vectors: Path | None = None
    peers: bool = True
    tell: Callable[[str, int, int], None] = lambda stage, done, total: None

    def drawn(self, items: Sequence[T], limit: int | None = None) -> list[T]:
        """The items, or `limit` of them drawn with the seed, in their order."""
        wanted = self.limit if limit is None else limit
        if not wanted or wanted >= len(items):
            return list(items)
        return [items[i] for i in sorted(Random(self.seed).sample(range(len(items)), wanted))]

    def file(self, name: str) -> Path:
        """Raises BadSet when the folder lacks it."""
        if not (self.folder / name).exists():
            raise BadSet(f"{self.folder / name} is missing")
        return self.folder / name

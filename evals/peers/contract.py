"""What a peer does: rank passages for a question."""

from collections.abc import Mapping
from typing import Protocol

Passages = Mapping[str, str]
"""Name → text."""


class Peer(Protocol):
    """A system that ranks passages."""

    @property
    def name(self) -> str: ...

    def rank(self, question: str, k: int) -> list[str]:
        """Names of the k best passages, best first."""
        ...

"""What the rules make of one clause, and what every rule needs to read it. Clauses come folded and with their names masked."""

import re
from dataclasses import dataclass, field

from assistant.proposals.phrases import pattern
from assistant.proposals.reading import FactKind
from assistant.proposals.stance import Stance

NAME = re.compile(r"x(?:person|customer|org)[a-z]+q")
TO = re.compile(r"(?:\b(?:ke|kepada|kpd|untuk|buat|pada|to|for|with|dengan|sama|bagi)\s+)$")
"""Before a name: it is the one to whom or with whom, not the one who does."""


@dataclass(frozen=True)
class Cue:
    """A clause's kind. kind None with `denied`: it says that something is not so, hence no fact. `context`: only where it was said.

    settled  the grammar says outright whose the commitment is ("I asked Ann to send …")
    unclear  it tells something, but which of these kinds is not sure enough: to be asked
    """

    kind: FactKind | None
    stance: Stance = field(default_factory=Stance)
    party: str | None = None
    denied: bool = False
    context: bool = False
    weak: bool = False
    settled: bool = False
    unclear: tuple[FactKind, ...] = ()


def without(norm: str, *path: str) -> str:
    """A clause with the phrases of one list of kinds.toml blanked out."""
    return pattern("kinds", *path).sub(lambda match: " " * len(match[0]), norm)

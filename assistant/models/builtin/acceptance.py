"""Whether to answer from a sentence that was read, or from none: nothing is answered from one that leaves out what the question is about.

A trained reader, where there is one, is asked about the passages of the best sentences: whether they answer, and where.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.models.builtin.reading import TYPED, Reading
from assistant.models.builtin.understanding import Understanding
from knowledge.reading.base import PassageReader
from knowledge.reading.base import Reading as Opinion

LEAST = 0.4
"""Below this share of what the question is about, a sentence is about something else, however near it stands."""
ASKED_ABOUT = 3
"""So many passages are read again by the trained reader."""


@dataclass
class Weights:
    """How much each sign counts for a sentence's being the one; fitted on the evaluation sets (docs/measurements.md)."""

    accept: float = 0.38
    bias: float = -3.2
    covered: float = 0.13
    topic: float = 0.74
    own: float = 1.06
    stands_out: float = 1.37
    ahead: float = 2.4
    cross: float = 1.28
    untyped: float = 2.5


class Acceptance:
    """For one question and all sentences that were read for it, best first."""

    def __init__(self, asked: Understanding, ranked: Sequence[Reading], trained: PassageReader | None = None, weights: Weights | None = None) -> None:
        self.asked = asked
        self.ranked = ranked
        self.weights = weights or Weights()
        self._trained = trained
        self._typed_ask = any(kind in TYPED for kind in asked.asks)
        dense = [float(item.notes["dense"]) for item in {reading.evidence.id: reading.evidence for reading in ranked}.values() if "dense" in item.notes]
        several = len(dense) > 1
        self._mean, self._spread = (statistics.fmean(dense), statistics.pstdev(dense) or 1.0) if several else (0.0, 1.0)

    def accepts(self, reading: Reading) -> bool:
        """Whether to answer from the sentence: it holds the kind of value asked for, leaves out nothing that the question
        names by code, acronym or time, and is likely enough to be the one (see `confidence`)."""
        needs_value = any(kind in TYPED for kind in self.asked.asks[:1]) and not self.asked.asks_for("conflict", "list", "method", "reason", "yesno")
        if needs_value and not reading.typed:
            return False
        if reading.vetoed or reading.topic_coverage < 0.3 or reading.coverage < LEAST:
            return False
        if reading.evidence.notes.get("kind") == "table_row" and reading.evidence.authority >= 35 and reading.coverage < (0.64 if reading.typed else 0.72):
            return False  # a long row holds many words by chance
        whole = reading.coverage >= 0.65 and reading.topic_coverage >= 0.55 and reading.score >= 0.58
        return whole or self.confidence(reading) >= self.weights.accept

    def confidence(self, reading: Reading) -> float:
        """How likely the sentence answers the question, 0–1: logistic in what it covers, how it stands out by meaning among all
        that was found, and how far the next sentence that would answer differently is behind."""
        rival = next((other for other in self.ranked if other is not reading and self._rivals(reading, other)), None)
        behind = min(max(reading.score - rival.score, 0.0) if rival else 0.3, 0.3) / 0.3
        meaning = max(min((reading.evidence.notes.get("dense", self._mean) - self._mean) / self._spread, 3.0), -1.0) / 3.0
        weights = self.weights
        total = weights.bias + weights.topic * reading.topic_coverage + weights.own * reading.own_coverage + weights.covered * reading.coverage
        total += weights.stands_out * meaning + weights.ahead * behind
        total += weights.cross * (reading.evidence.language != self.asked.language) - (0.0 if reading.typed or not self._typed_ask else weights.untyped)
        return 1.0 / (1.0 + math.exp(-total))

    def opinion(self, reading: Reading) -> Opinion | None:
        """What the trained reader makes of the sentence's passage; None where it was not asked about it."""
        return self._opinions.get(reading.evidence.id)

    @cached_property
    def _opinions(self) -> dict[str, Opinion]:
        items = list({reading.evidence.id: reading.evidence for reading in self.ranked}.values())[:ASKED_ABOUT]
        if self._trained is None or not items:
            return {}
        near = [float(item.notes.get("dense", self._mean)) for item in items]
        read = self._trained.read(self.asked.question, [item.quote for item in items], near)
        return {item.id: opinion for item, opinion in zip(items, read, strict=True)}

    def _rivals(self, reading: Reading, other: Reading) -> bool:
        """Whether another sentence would give another answer."""
        if reading.values and other.values:
            return not {value.value for value in reading.values} & {value.value for value in other.values}
        return other.evidence is not reading.evidence and (other.typed or not reading.typed)

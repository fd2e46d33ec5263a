"""Whether to answer from a sentence that was read, or from none: nothing is answered from one that leaves out what the question is about.

Where question and passages are about no customer and of no agreement (guides, policies, articles), a trained reader is asked besides whether the best passages
answer, and where. With customers the rules alone decide: they were no worse there (docs/decisions/0012-reader.md).
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.reading import TYPED, Reading
from knowledge.reading.base import PassageReader, nobody
from knowledge.reading.base import Reading as Opinion
from knowledge.records.authority import Authority

LEAST = 0.4
"""Below this share of what the question is about, a sentence is about something else, however near it stands."""
LEAST_OF_TOPIC = 0.3
LEAST_OF_AMOUNT = 0.5
"""The same of an amount of a customer's: every agreement holds some."""
OF_AGREEMENTS = Authority.ANNEX
"""Documents of this rank or better are agreements, with suppliers and between teams too: clauses, which the trained reader never saw."""
ASKED_ABOUT = 3
"""So many passages are read again by the trained reader."""
SURE, EASE = 0.5, 0.65
"""From this probability on, a sentence in which the trained reader finds the answer need say only so much less of what was asked,
and its value need not be one that the rules know ("the guard" for "who")."""
PLAINLY = 0.6
"""From this confidence on a sentence may say what is asked in other words."""
UNREAD = -2.0
"""Logit for a passage that the trained reader was not asked about."""


@dataclass(frozen=True)
class Weights:
    """How much each sign counts for a sentence's being the one; fitted on the evaluation sets (docs/measurements.md).

    accept: from this probability on it is answered from. answers: by the logit that the passage answers; span: where the answer stands in the sentence.
    """

    accept: float
    bias: float
    covered: float
    topic: float
    own: float
    stands_out: float
    ahead: float
    cross: float
    untyped: float
    answers: float = 0.0
    span: float = 0.0


RULES = Weights(accept=0.38, bias=-3.2, covered=0.13, topic=0.74, own=1.06, stands_out=1.37, ahead=2.4, cross=1.28, untyped=2.5)
READ = Weights(accept=0.3, bias=-3.51, covered=0.24, topic=-0.14, own=0.04, stands_out=0.29, ahead=0.3, cross=0.14, untyped=-0.2, answers=0.65, span=2.14)


def _of_nobody(asked: Understanding, passages: Sequence[Evidence]) -> bool:
    return bool(passages) and not asked.customers and not any(item.customers or item.authority <= OF_AGREEMENTS for item in passages)


class Acceptance:
    """For one question and all sentences that were read for it, best first. trained: gives the trained reader, None where there is none."""

    def __init__(self, asked: Understanding, ranked: Sequence[Reading], trained: Callable[[], PassageReader | None] = nobody) -> None:
        self.asked = asked
        self.ranked = ranked
        self._trained = trained
        self._free = asked.idiom is not None and not asked.idiom.kinds  # it may be laid down without a value
        self._typed_ask = not self._free and any(kind in TYPED for kind in asked.asks)
        items = list({reading.evidence.id: reading.evidence for reading in ranked}.values())
        self._first = items[:ASKED_ABOUT]
        dense = [float(item.notes["dense"]) for item in items if "dense" in item.notes]
        several = len(dense) > 1
        self._mean, self._spread = (statistics.fmean(dense), statistics.pstdev(dense) or 1.0) if several else (0.0, 1.0)

    def accepted(self, most: int) -> list[Reading]:
        """Those of the first `most` sentences that may be answered from, the best first."""
        found = [reading for reading in self.ranked[:most] if self.accepts(reading)]
        return sorted(found, key=self.confidence, reverse=True) if self._opinions else found

    def accepts(self, reading: Reading) -> bool:
        """Whether to answer from the sentence: it holds the kind of value asked for, leaves out nothing that the question
        names by code, acronym or time, and is likely enough to be the one (see `confidence`)."""
        needs_value = not self._free and any(kind in TYPED for kind in self.asked.asks[:1]) and not self.asked.asks_for("conflict", "list", "method", "reason", "yesno")
        opinion = self.opinion(reading)
        sure = opinion is not None and opinion.answers > SURE and self._stands_in(opinion, reading)
        if reading.vetoed or needs_value and (not (reading.typed or sure) or sure and self._lacks_amount(reading)):
            return False
        ease = EASE if sure or self._plainly(reading) else 1.0
        if reading.topic_coverage < ease * LEAST_OF_TOPIC or reading.coverage < ease * self._least:
            return False
        if not sure and not self._names(reading) and reading.evidence.notes.get("kind") == "table_row" and reading.evidence.authority >= Authority.GUIDE and reading.coverage < (0.64 if reading.typed else 0.72):
            return False  # a long row holds many words by chance
        whole = not self._opinions and reading.coverage >= 0.65 and reading.topic_coverage >= 0.55 and reading.score >= 0.58
        return whole or self.confidence(reading) >= self._weights.accept

    def _plainly(self, reading: Reading) -> bool:
        """A sentence with the kind of value asked for that stands out by meaning says it in other words; a row holds values by chance."""
        in_prose = reading.evidence.notes.get("kind") != "table_row" and reading.evidence.authority <= Authority.MASTER_TABLE
        return in_prose and reading.typed and self.confidence(reading) >= PLAINLY

    def confidence(self, reading: Reading) -> float:
        """How likely the sentence answers the question, 0–1: logistic in what it covers, how it stands out by meaning among all
        that was found, how far the next sentence that would answer differently is behind, and what the trained reader says."""
        rival = next((other for other in self.ranked if other is not reading and self._rivals(reading, other)), None)
        behind = min(max(reading.score - rival.score, 0.0) if rival else 0.3, 0.3) / 0.3
        meaning = max(min((reading.evidence.notes.get("dense", self._mean) - self._mean) / self._spread, 3.0), -1.0) / 3.0
        weights = self._weights
        total = weights.bias + weights.topic * reading.topic_coverage + weights.own * reading.own_coverage + weights.covered * reading.coverage
        total += weights.stands_out * meaning + weights.ahead * behind
        total += weights.cross * (reading.evidence.language != self.asked.language) - (0.0 if reading.typed or not self._typed_ask else weights.untyped)
        opinion = self.opinion(reading)
        total += weights.answers * (_logit(opinion.answers) if opinion else UNREAD) + weights.span * (opinion is not None and self._stands_in(opinion, reading))
        return 1.0 / (1.0 + math.exp(-total))

    def opinion(self, reading: Reading) -> Opinion | None:
        """What the trained reader makes of the sentence's passage; None where it was not asked about it."""
        return self._opinions.get(reading.evidence.id)

    @cached_property
    def _opinions(self) -> dict[str, Opinion]:
        if not _of_nobody(self.asked, self._first):
            return {}
        trained = self._trained()
        if trained is None:
            return {}
        near = [float(item.notes.get("dense", self._mean)) for item in self._first]
        read = trained.read(self.asked.question, [item.quote for item in self._first], near)
        return {item.id: opinion for item, opinion in zip(self._first, read, strict=True)}

    @property
    def _least(self) -> float:
        of_amount = bool(self.asked.customers) and self.asked.asks[:1] in (("number",), ("money",))
        return LEAST_OF_AMOUNT if of_amount else LEAST

    @property
    def _weights(self) -> Weights:
        return READ if self._opinions else RULES

    def _names(self, reading: Reading) -> bool:
        """Whether the question names the row by its number ("what happened in INC-7?")."""
        text = reading.text.lower()
        return bool(self.asked.codes) and all(code.lower() in text for code in self.asked.codes)

    @staticmethod
    def _stands_in(opinion: Opinion, reading: Reading) -> bool:
        return reading.start <= opinion.start < max(reading.end, reading.start + 1)

    def _lacks_amount(self, reading: Reading) -> bool:
        """Money is asked for and none stands there: the trained reader takes another number for it ("what did the tower cost", "twenty floors")."""
        return self.asked.asks[:1] == ("money",) and all(value.kind != "money" for value in reading.values)

    def _rivals(self, reading: Reading, other: Reading) -> bool:
        """Whether another sentence would give another answer."""
        if reading.values and other.values:
            return not {value.value for value in reading.values} & {value.value for value in other.values}
        return other.evidence is not reading.evidence and (other.typed or not reading.typed)


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))

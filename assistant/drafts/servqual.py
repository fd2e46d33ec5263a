"""SERVQUAL: what customers expect against what they perceive, in five dimensions. A gap is perception minus expectation. Pure.

Parasuraman, Zeithaml, Berry: SERVQUAL (1988); scores on the survey's own scale. A negative gap falls short of what was expected.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from assistant.drafts.wording import matcher
from knowledge.language.vocabulary import word_pattern
from knowledge.records.schema import schema

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Gap:
    """Means of one dimension over those who answered; expectation is None where the survey does not carry it."""

    dimension: str
    perception: Decimal
    expectation: Decimal | None = None

    @property
    def gap(self) -> Decimal | None:
        """Perception minus expectation."""
        return self.perception - self.expectation if self.expectation is not None else None


def expectations(extra: Mapping[str, Any]) -> dict[str, Decimal]:
    """The expected score of each dimension among an answer's further columns ("E_reliability", "harapan keandalan")."""
    found = {}
    for heading, value in extra.items():
        words = " ".join(re.sub(r"[_\-./()]+", " ", heading).split())
        dimension = next((name for name in DIMENSIONS if _names(name).search(words)), None)
        if dimension and matcher("servqual.expected").search(words) and (number := _number(value)) is not None:
            found[dimension] = number
    return found


def gaps(answers: Iterable[tuple[Mapping[str, Decimal | None], Mapping[str, Decimal]]]) -> list[Gap]:
    """The gap of each dimension from (perceived, expected) scores by dimension, the greatest shortfall first.

    A mean of expectations is taken over the answers that carry both, so that both means are over the same people.
    """
    pairs, found = list(answers), []
    for name in DIMENSIONS:
        both = [(seen, wanted[name]) for perceived, wanted in pairs if (seen := perceived.get(name)) is not None and name in wanted]
        seen_all = [seen for perceived, _ in pairs if (seen := perceived.get(name)) is not None]
        if both:
            found.append(Gap(name, mean(seen for seen, _ in both), mean(wanted for _, wanted in both)))
        elif seen_all:
            found.append(Gap(name, mean(seen_all)))
    return sorted(found, key=lambda one: (one.gap is None, one.gap if one.gap is not None else one.perception))


def mean(values: Iterable[Decimal]) -> Decimal:
    """The mean of at least one value, two decimals."""
    known = list(values)
    return (sum(known, Decimal(0)) / len(known)).quantize(PLACES)


@cache
def _names(dimension: str) -> re.Pattern[str]:
    """The words for a dimension, those of its column that stand alone."""
    headings = schema("survey_response").fields[dimension].headings
    return word_pattern([heading for heading in headings if not matcher("servqual.perceived").search(heading)])


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None

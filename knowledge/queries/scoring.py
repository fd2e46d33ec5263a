"""How well a spec explains a question."""

from dataclasses import dataclass

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.output import Output
from knowledge.queries.spec import QuerySpec

_ELLIPTIC = 0.25
_NO_SUM = 0.05
"""A total asked for, and rows given."""
_IGNORED = 0.1
COMPARED = "values set against each other"
"""Reason of a spec that looks up values whose difference is asked for."""
NOT_BY_NAME = "customers meant by whose or what they are"
"""Reason of a spec whose customers the question does not name: the asker's own, those of a line of business."""


@dataclass(frozen=True)
class ScoredSpec:
    """A spec that a question may mean. `score` 0–1; `covered`: indices of the words (tokens) that it explains; `uncovered`: content words it does not."""

    spec: QuerySpec
    score: float
    covered: frozenset[int]
    uncovered: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    named: bool = True
    """Whether words of the question name what is given back; else it was chosen by the kind of answer alone."""
    listed: tuple[str, ...] = ()
    """Fields of the records behind a sum or count that the question wants named beside it."""
    scale: str | None = None
    """In what the question wants amounts: "thousand", "million", "billion"."""


def _weight(asks: Asks, at: int) -> float:
    """Names, codes and numbers count double: a spec that leaves one out answers another question."""
    word = asks.reading.words[at]
    named = at > 0 and word.text[0].isupper()
    return 2.0 if named or at in asks.customer_indices or any(map(str.isdigit, word.norm)) else 1.0


def score_of(
    spec: QuerySpec, asks: Asks, covered: set[int], named: float, apart: bool, values: int, into: Conditions, output: Output, continued: bool
) -> ScoredSpec:
    content = asks.content
    missed = sorted(content - covered)
    weights = {at: _weight(asks, at) for at in content}
    total = sum(weights.values())
    share = 1 - sum(weights[at] for at in missed) / total if total else (0.5 if continued else 0.0)
    if not total and named and asks.superlative and spec.order_by:
        share = 1.0  # "siapa pelanggan paling lama": nothing but the kind and the rank
    score = 0.78 * share + 0.1 * named + 0.1 * output.certain + min(0.02, 0.01 * values) - into.doubt - output.doubt
    score -= _NO_SUM if "sum" in asks.arithmetic and not spec.measures and not asks.has("how_many") else 0.0
    if continued:
        score += _ELLIPTIC if asks.elliptic or not (asks.customers or into.reasons) else 0.0
    elif not (asks.answers or asks.arithmetic or asks.superlative or asks.customers or apart or output.certain):
        score *= 0.4  # a value alone is no question
    ignored = sorted(asks.negations - covered - asks.set_aside - set(missed))
    score -= _IGNORED if ignored else 0.0
    words = tuple(asks.reading.words[at].text for at in [*missed, *ignored])
    return ScoredSpec(spec, max(0.0, min(1.0, score)), frozenset(covered), words, (*into.reasons, *output.reasons), output.certain and not output.implied, output.listed, asks.scale)

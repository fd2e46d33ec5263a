"""95 % confidence intervals: Wilson's for shares of right cases, the percentile bootstrap for means of scores."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

Z = 1.959964
SAMPLES = 2000
SEED = 20


class Interval(NamedTuple):
    """An estimate with the bounds of its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def wilson(right: int, of: int) -> Interval:
    """Share of right cases (Wilson 1927); (0, 0, 1) of none at all."""
    if not of:
        return Interval(0.0, 0.0, 1.0)
    share, pull = right / of, Z * Z / of
    middle = (share + pull / 2) / (1 + pull)
    half = Z / (1 + pull) * sqrt(share * (1 - share) / of + pull / (4 * of))
    return Interval(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def bootstrap_mean(scores: Sequence[float], seed: int = SEED) -> Interval:
    """Mean of the scores; the cases are drawn anew, the same ones for the same seed. (0, 0, 0) of none."""
    if not scores:
        return Interval(0.0, 0.0, 0.0)
    values = np.asarray(scores, float)
    random = np.random.default_rng(seed)
    means = [float(values[random.integers(0, len(values), len(values))].mean()) for _ in range(SAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))

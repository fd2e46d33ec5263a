"""What is counted of a reader: overlap of answers, accuracy and area under the curve of judgements, where a threshold lies."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")


def token_f1(found: str, expected: Sequence[str]) -> float:
    """The best F1 of words (lower case, without punctuation) between the answer found and one of those expected."""
    return max((_f1(_words(found), _words(answer)) for answer in expected), default=0.0)


def exact(found: str, expected: Sequence[str]) -> bool:
    """Whether the words are those of an expected answer."""
    return any(_words(found) == _words(answer) for answer in expected)


def area_under_curve(scores: NDArray[np.float64], truths: NDArray[np.bool_]) -> float:
    """The chance that something true scores above something false (ties count half)."""
    higher = (scores[truths][:, None] > scores[~truths][None]).mean()
    same = (scores[truths][:, None] == scores[~truths][None]).mean()
    return float(higher + same / 2)


def calibrate(features: NDArray[np.float64], truths: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights of a logistic regression, the constant last: sigmoid(features @ w[:-1] + w[-1]) (Newton, slightly ridged)."""
    x = np.hstack([features, np.ones((len(features), 1))])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (truths - chance) - 1e-3 * weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + 1e-3 * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def calibrate_upwards(features: NDArray[np.float64], truths: NDArray[np.bool_]) -> NDArray[np.float64]:
    """As `calibrate`, but a feature that would count against what it speaks for is left out (weight 0)."""
    used = np.ones(features.shape[1], bool)
    while True:
        fitted = calibrate(features[:, used], truths)
        weights = np.zeros(features.shape[1] + 1)
        weights[np.append(used, True)] = fitted
        if (weights[:-1] >= 0).all():
            return weights
        used &= weights[:-1] >= 0


def calibration_error(chances: NDArray[np.float64], truths: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over equal bins of probability."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    return float(sum(abs(chances[which == b].mean() - truths[which == b].mean()) * (which == b).mean() for b in set(which)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _f1(found: list[str], expected: list[str]) -> float:
    common = sum((Counter(found) & Counter(expected)).values())
    return 2 * common / (len(found) + len(expected)) if common else 0.0

"""Multinomial logistic regression by L-BFGS, deterministic, in NumPy (Nocedal & Wright, Numerical Optimization, algorithms 7.4, 7.5)."""

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from knowledge.heads.linear import softmax

Array = NDArray[np.float32]
_MEMORY, _ARMIJO = 10, 1e-4


def minimise(loss_of: Callable[[Array], tuple[float, Array]], start: Array, rounds: int, tolerance: float = 1e-5) -> Array:
    """The point where a smooth convex function is least. `loss_of`: point → (value, gradient)."""
    point, (value, slope) = start, loss_of(start)
    steps: deque[tuple[Array, Array, float]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        direction = -_two_loops(slope, steps)
        descent, length = float(slope @ direction), 1.0 if steps else 1.0 / max(1.0, float(np.abs(slope).sum()))
        while True:
            moved = point + length * direction
            new_value, new_slope = loss_of(moved)
            if new_value <= value + _ARMIJO * length * descent or length < 1e-8:
                break
            length /= 2
        went, turned = moved - point, new_slope - slope
        curvature = float(went @ turned)
        if curvature > 1e-10:
            steps.append((went, turned, 1 / curvature))
        small = abs(value - new_value) <= tolerance * max(1.0, abs(value))
        point, value, slope = moved, new_value, new_slope
        if small:
            break
    return point


def _two_loops(slope: Array, steps: deque[tuple[Array, Array, float]]) -> Array:
    rest, kept = slope.copy(), []
    for went, turned, rho in reversed(steps):
        share = rho * float(went @ rest)
        rest -= share * turned
        kept.append(share)
    if steps:
        went, turned, _ = steps[-1]
        rest *= float(went @ turned) / float(turned @ turned)
    for (went, turned, rho), share in zip(steps, reversed(kept), strict=True):
        rest += (share - rho * float(turned @ rest)) * went
    return rest


def fit(seen: Array, wanted: Array, weight: Array, penalty: Array, rounds: int = 150) -> tuple[Array, Array]:
    """Weights (columns of `seen` × labels) and bias.

    wanted   shape (rows, labels), each row a distribution; `weight`: (rows,) how much a row counts
    penalty  (columns,) of the squared weights
    """
    columns, labels = seen.shape[1], wanted.shape[1]
    weight = weight / weight.sum()

    def loss_of(point: Array) -> tuple[float, Array]:
        weights, bias = point[:-labels].reshape(columns, labels), point[-labels:]
        likely = softmax(seen @ weights + bias)
        off = (likely - wanted) * weight[:, None]
        value = -float((weight[:, None] * wanted * np.log(likely + 1e-9)).sum()) + 0.5 * float((penalty[:, None] * weights**2).sum())
        slope = np.concatenate([(seen.T @ off + penalty[:, None] * weights).ravel(), off.sum(axis=0)])
        return value, slope.astype(np.float32)

    found = minimise(loss_of, np.zeros((columns + 1) * labels, np.float32), rounds)
    return found[:-labels].reshape(columns, labels), found[-labels:]

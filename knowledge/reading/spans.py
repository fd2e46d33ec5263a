"""From the logits of first and last tokens to the likeliest spans of a passage."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ANSWER_TOKENS = 60
"""An answer is a phrase or a sentence, not a paragraph."""
FRINGE = " \t\r\n,;:"

Logits = NDArray[np.float32]


def best_span(logits: Logits, usable: NDArray[np.bool_] | None = None) -> tuple[int, int, float]:
    """The first of `likely_spans`."""
    return likely_spans(logits, usable, 1)[0]


def likely_spans(logits: Logits, usable: NDArray[np.bool_] | None = None, count: int = 8) -> list[tuple[int, int, float]]:
    """(first token, last token, score against "no answer"), the likeliest first, from `logits` (1 + tokens, 2), row 0 being "no answer".

    Tokens count from 0; first ≤ last < first + ANSWER_TOKENS; neither is one that is not `usable`, if any is.
    """
    starts, ends = logits[1:, 0], logits[1:, 1]
    if usable is not None and usable.any():
        starts, ends = (np.where(usable, column, -np.inf) for column in (starts, ends))
    sums = starts[:, None] + ends[None]
    sums = np.where(np.tri(len(starts), k=ANSWER_TOKENS - 1, dtype=bool) & ~np.tri(len(starts), k=-1, dtype=bool), sums, -np.inf)
    order = np.argsort(-sums, axis=None, kind="stable")[:count]
    places = [divmod(int(place), len(starts)) for place in order if np.isfinite(sums.flat[place])]
    return [(first, last, float(sums[first, last] - logits[0].sum())) for first, last in places]


def of_the_text(offsets: Sequence[tuple[int, int]], shift: int) -> NDArray[np.bool_]:
    """Which tokens are the passage's own: neither empty nor of the `shift` characters before it."""
    return np.array([end > start and end > shift for start, end in offsets])


def characters(
    text: str, offsets: Sequence[tuple[int, int]], first: int, last: int, shift: int
) -> tuple[int, int]:
    """Start and end in `text` of the tokens `first` to `last`, whose offsets count from `shift` characters before it.

    Spaces and commas at either end are left out; tokens that are none of the text's give an empty span.
    """
    start = min(max(0, offsets[first][0] - shift), len(text))
    end = min(max(start, offsets[last][1] - shift), len(text))
    while start < end and text[start] in FRINGE:
        start += 1
    while end > start and text[end - 1] in FRINGE:
        end -= 1
    return start, end

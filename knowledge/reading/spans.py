"""From the logits of first and last tokens to the likeliest span of a passage."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ANSWER_TOKENS = 30
"""An answer is a phrase or a sentence, not a paragraph."""
FIRSTS = 8
"""So many of the likeliest first tokens are tried."""
FRINGE = " \t\r\n,;:"


def best_span(logits: NDArray[np.float32], usable: NDArray[np.bool_] | None = None) -> tuple[int, int, float]:
    """(first token, last token, score against "no answer") from `logits` (1 + tokens, 2), row 0 being "no answer".

    Tokens count from 0; first ≤ last < first + ANSWER_TOKENS; neither is one that is not `usable`, if any is.
    """
    starts, ends = logits[1:, 0], logits[1:, 1]
    if usable is not None and usable.any():
        starts, ends = (np.where(usable, column, np.finfo(np.float32).min / 4) for column in (starts, ends))
    best = (0, 0, -np.inf)
    for first in np.argsort(-starts, kind="stable")[:FIRSTS]:
        last = int(first) + int(np.argmax(ends[first : first + ANSWER_TOKENS]))
        score = float(starts[first] + ends[last])
        if score > best[2]:
            best = (int(first), last, score)
    return best[0], best[1], best[2] - float(logits[0].sum())


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

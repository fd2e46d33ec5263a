"""Whether a passage carries a span of the text that it was cut from."""

import re
from collections.abc import Sequence

RUN = 5
"""Words in a row: fewer stand in many places by chance."""
ENOUGH = 0.5
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Lower-case words; punctuation and line breaks do not count."""
    return _WORD.findall(text.lower())


def carries(passage: str, span: str) -> bool:
    """Whether they share at least half the runs of five words of the shorter one; a shorter span must stand in the passage whole."""
    held, wanted = words(passage), words(span)
    if not held or not wanted:
        return False
    if len(wanted) < RUN or len(held) < RUN:
        short, long = sorted((wanted, held), key=len)
        return f" {' '.join(short)} " in f" {' '.join(long)} "
    shared = _runs(held) & _runs(wanted)
    return len(shared) >= ENOUGH * min(len(_runs(held)), len(_runs(wanted)))


def carries_any(passage: str, spans: Sequence[str]) -> bool:
    """One of the spans."""
    return any(carries(passage, span) for span in spans)


def _runs(of: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(of[i : i + RUN]) for i in range(len(of) - RUN + 1)}

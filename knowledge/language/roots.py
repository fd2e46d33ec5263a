"""Indonesian roots behind a nasal prefix, which the Snowball stemmer leaves without their first letter: "menahan" and "penahanan"
are of "tahan", and so is the spoken "nahan"."""

import re
from functools import lru_cache

from knowledge.language.tokens import stem

_WRITTEN = re.compile(r"(?:me|pe)(ny|ng|n|m)([aiueo]\w{2,})")
_SPOKEN = re.compile(r"(ny|ng|n|m)([aiueo]\w{2,})")
_LOST = {"ny": ("s", "c"), "ng": ("k", ""), "n": ("t",), "m": ("p",)}
"""The nasal → first letters that it may stand for."""


@lru_cache(maxsize=100_000)
def nasal_roots(word: str) -> frozenset[str]:
    """The roots that a lower-case word may have if it begins with a nasal prefix, written or spoken; empty if it begins with none."""
    match = _WRITTEN.fullmatch(word) or _SPOKEN.fullmatch(word)
    if match is None:
        return frozenset()
    return frozenset(stem(first + match[2], "id") for first in _LOST[match[1]])

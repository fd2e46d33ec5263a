"""Praise that is none: an opening "mantap, telat lagi", a "thrilled, not"."""

import re

from assistant.proposals.phrases import pattern


def opener_end(norm: str) -> int:
    """Where the praise ends with which a folded clause opens, with its fillers ("keren sekali ya, "); 0 where there is none."""
    position, praised = 0, False
    while position < len(norm):
        gap = re.compile(r"[\W_]+").match(norm, position)
        praise = pattern("sentiment", "irony", "opener").match(norm, position)
        found = gap or praise or pattern("sentiment", "irony", "filler").match(norm, position)
        if not found or found.end() == position:
            break
        praised, position = praised or bool(praise), found.end()
    return position if praised else 0


def is_interjection(norm: str) -> bool:
    """Whether a folded clause is nothing but praise thrown in ("mantap", "oh great")."""
    return 0 < len(norm) <= opener_end(norm)


def may_be_ironic(norm: str) -> int:
    """End of an opening praise that can be meant ironically: it stands apart, or what follows happens again; 0 otherwise."""
    end = opener_end(norm)
    if not end:
        return 0
    apart = re.search(r"[,.!:;…–—-]\s*$", norm[:end]) is not None
    return end if apart or pattern("sentiment", "irony", "repeated").search(norm, end) else 0


def takes_back(norm: str) -> bool:
    """Whether a folded clause only takes back the one before."""
    return pattern("sentiment", "irony", "taken_back").fullmatch(norm.strip(" .!…")) is not None


def taken_back(norm: str) -> int:
    """Where a closing "…, not" begins; -1 where there is none."""
    match = re.search(r"[,–—-]\s*([\w ]+?)[\s.!…]*$", norm)
    return match.start() if match and takes_back(match[1]) else -1

"""Long text in pieces, cut where it means least: between sections, paragraphs, lines, sentences, words."""

import re
import unicodedata

_LEVELS = (
    re.compile(r"\n+(?=#{1,6} )"),
    re.compile(r"\n[ \t]*\n\s*"),
    re.compile(r"\n"),
    re.compile(
        r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bPT)(?<!\bTbk)[.!?…][\"”’')]*(?:\s*\[E?\d{1,4}\])*\s+(?=[\"“‘'(]*[A-Z0-9•\W])"
    ),
    re.compile(r"\s+"),
)
_MARK = re.compile(r"\[E?\d{1,4}\]")
_CODE = re.compile(r"`[^`\n]+`")
_LEAST = 0.4  # a piece is not cut shorter than this share of the limit for the sake of a better place


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters whose concatenation is the text.

    Never inside a reference mark, a code span or a row of a table, unless that alone is longer than the limit. Raises ValueError
    for a limit below 16.
    """
    if limit < 16:
        raise ValueError(f"limit {limit} is too small")
    pieces, at = [], 0
    while len(text) - at > limit:
        end = at + _place(text[at : at + limit + 256], limit)
        pieces.append(text[at:end])
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return pieces


def _place(window: str, limit: int) -> int:
    """Where to cut, 1 … limit: the last place of the best kind that leaves a piece of fair size."""
    kept = _kept_whole(window)
    fallback = 0
    for level in _LEVELS:
        places = [
            match.end()
            for match in level.finditer(window, 0, limit)
            if match.end() <= limit and not _inside(match.end(), kept)
        ]
        if places and places[-1] >= _LEAST * limit:
            return places[-1]
        fallback = max(fallback, places[-1] if places else 0)
    if fallback:
        return fallback
    outside = next((place for place in range(limit, 0, -1) if not _inside(place, kept)), limit)
    while outside > max(limit - 16, 1) and outside < len(window) and unicodedata.combining(window[outside]):
        outside -= 1
    return outside


def _kept_whole(window: str) -> list[tuple[int, int]]:
    spans = [match.span() for pattern in (_MARK, _CODE) for match in pattern.finditer(window)]
    rows = [match.span() for match in re.finditer(r"^[ \t]*\|.*$", window, re.MULTILINE)]
    return spans + rows


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < place < end for start, end in spans)

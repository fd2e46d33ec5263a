"""Places that a sentence names: "di gudang Waru", "at the Batam warehouse", "daring"."""

import re
from functools import cache
from typing import Any

from knowledge.language.vocabulary import both_languages, literal_alternatives, words_beside

_WORD = re.compile(r"[^\W_][\w'’&/-]*")
_MOST = 6
"""Words of a place."""


def places_in(text: str) -> list[str]:
    """The places, as written without the word before them, in order."""
    found = [(match.end(), place) for match in _before().finditer(text) if (place := _from(text, match.end()))]
    found += [(match.start(), match[0]) for match in _online().finditer(text) if not any(match[0].lower() in place.lower() for _, place in found)]
    return [place for _, place in sorted(found)]


def _from(text: str, start: int) -> str:
    """The place that begins here, or "": a name or a noun for a place, with what belongs to it."""
    if _never().match(text, start):
        return ""
    end, telling, small, at = start, False, 0, start
    for number in range(_MOST):
        match = _WORD.match(text, at)
        word = match[0].lower() if match else ""
        if match is None or (number and word in _words("end")):
            break
        named = match[0][:1].isupper() or bool(number) and match[0][:1].isdigit()
        known = word in _words("noun")
        small = 0 if named or known else small + 1
        if number == 0 and not (named or known or word in _words("determiner")) or small > 1:
            break
        telling = telling or named or known
        end = match.end()
        if text[end : end + 1] != " " or not telling and number > 1:
            break
        at = end + 1
    place = text[start:end].strip()
    return place if telling else ""


def _table() -> dict[str, Any]:
    return words_beside(__file__, "places")


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(both_languages(_table()[section]))


def _any_of(section: str) -> str:
    return literal_alternatives(_words(section))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of('before')})\s+", re.IGNORECASE)


@cache
def _online() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of('online')})(?!\w)", re.IGNORECASE)


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('never')})(?!\w)", re.IGNORECASE)

"""Month names in both languages, and the year that a date without one most likely means."""

import re
from datetime import date

from knowledge.language.vocabulary import alternatives, both_languages, vocabulary

_TABLE: list[dict[str, list[str]]] = vocabulary("months")["month"]
_ALONE: dict[str, list[str]] = vocabulary("months")["alone"]
_NUMBERS = {name.lower(): number for number, row in enumerate(_TABLE, start=1) for name in both_languages(row)}
_NEEDS_CUE = {name.lower() for name in _ALONE["needs_cue"]}
_CUE_BEFORE = re.compile(rf"(?:^|\W)(?:{alternatives(_ALONE['cues'])})\s+$", re.IGNORECASE)
_HONORIFICS = both_languages(vocabulary("honorifics")["honorific"])
_PERSON_BEFORE = re.compile(rf"(?:^|\W)(?:{alternatives(_HONORIFICS)})\.?\s+$", re.IGNORECASE)

MONTH = rf"(?:{alternatives(_NUMBERS)})"
"""Regex source for any month name or short form, to be used with IGNORECASE."""


def month_number(name: str) -> int | None:
    """1–12 for a month's name or short form in either language ("Agt", "Nopember", "Dec."), else None."""
    return _NUMBERS.get(name.strip().rstrip(".").lower())


def month_name(number: int, language: str) -> str:
    """The full name of month 1–12 in `id` or `en`."""
    return _TABLE[number - 1][language][0]


def stands_alone(name: str, before: str) -> bool:
    """Whether a month's name without day or year is a month: not a person's name, a verb or a chance abbreviation.

    `before` is the text that precedes the name.
    """
    if _PERSON_BEFORE.search(before):
        return False
    cued = _CUE_BEFORE.search(before) is not None
    if name.lower() in _NEEDS_CUE:
        return cued and (name[0].isupper() or name.lower() not in ("may", "march", "mar"))
    return True


def nearest_year(month: int, day: int, today: date) -> int:
    """The year that brings month and day nearest to today (ties and leap days go to a year where the date exists)."""
    candidates: list[tuple[int, int]] = []
    for year in range(today.year - 1, today.year + 2):
        try:
            candidates.append((abs((date(year, month, day) - today).days), year))
        except ValueError:
            continue
    return min(candidates)[1] if candidates else today.year


def past_year(month: int, today: date) -> int:
    """The year of the most recent such month that began on or before today."""
    return today.year if month <= today.month else today.year - 1

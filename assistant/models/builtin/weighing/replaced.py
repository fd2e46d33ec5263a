"""Values that a sentence says were replaced, and those that hold instead: "raised from 50 to 80", "put back from 3 May to 9 June"."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from assistant.models.builtin.questions.claims import key_of
from assistant.models.builtin.weighing.values import TypedValue, values_of
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import section_alternatives
from knowledge.linking import Linker

_GAP = 60
"""Characters between the word that says the change and the value that was replaced."""


def in_force(kind: str, text: str, found: list[TypedValue], today: date, linker: Linker) -> list[TypedValue]:
    """Without the values that the text says were replaced; those that replaced them where nothing else is left. Indonesian and English."""
    found = [_last_of(text, value, today) for value in found] if kind in ("date", "deadline") else found
    kept = [value for value in found if not _was_before(text, value)]
    if kept or not found:
        return kept
    return [value for value in values_of(kind, text, today=today, linker=linker) if value.start > found[0].end and not _was_before(text, value)] or found


def _last_of(text: str, value: TypedValue, today: date) -> TypedValue:
    """Of what reads like a range the day that it was moved to: "moved from 3 May to 9 June"."""
    days = _moved(text, value, today)
    return value if days is None else replace(value, text=days[2], start=value.end - len(days[2]), value=(days[1], days[1]))


def _moved(text: str, value: TypedValue, today: date) -> tuple[date | None, date, str] | None:
    """(the day before, the day after, how that is written) of what reads like a range but says a change; None where it says none."""
    if value.kind != "date" or not _change_from().search(text[: value.start]):
        return None
    joined = _joined().match(value.text)
    then = _day_of(joined["then"], today) if joined else None
    if joined is None or then is None:
        return None
    first = joined["first"]
    return _day_of(first, today) or _day_of(f"{first} {then.year}", today) or _day_in(then, first), then, joined["then"]


def _day_of(text: str, today: date) -> date | None:
    """The one day, with its year, that a text is; else None."""
    spans = find_dates(text, today)
    return spans[0].value if len(spans) == 1 and spans[0].precision == "day" and spans[0].has_year else None


def _day_in(month: date, number: str) -> date | None:
    """The day of that number in a day's month; None where it has none."""
    try:
        return month.replace(day=int(number))
    except ValueError:
        return None


@cache
def _joined() -> re.Pattern[str]:
    return re.compile(rf"(?P<first>.+?)\s+(?:{section_alternatives(__file__, 'replaced', 'into')})\s+(?P<then>.+)", re.IGNORECASE)


def _was_before(text: str, value: TypedValue) -> bool:
    """Whether a value is the one that was replaced: "raised from 50 to 80", "45 days (formerly 60)"."""
    before = text[: value.start]
    return bool(_change_from().search(before) and _into().match(text[value.end :]) or _formerly().search(before))


@cache
def _change_from() -> re.Pattern[str]:
    """ "was raised … from", up to the value."""
    changed, since = (section_alternatives(__file__, "replaced", section) for section in ("changed", "from"))
    return re.compile(rf"\b(?:{changed})\b[^.;]{{0,{_GAP}}}\b(?:{since})\s+(?:[^\W\d]{{1,7}}\.?\s?)?$", re.IGNORECASE)


@cache
def _into() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:\w+\W+){{0,3}}?(?:{section_alternatives(__file__, 'replaced', 'into')})\b", re.IGNORECASE)


@cache
def _formerly() -> re.Pattern[str]:
    said, leading = (section_alternatives(__file__, "replaced", section) for section in ("formerly", "leading"))
    return re.compile(rf"\b(?:{said})\s+(?:(?:{leading})\s+)?(?:[^\w\s]{{0,2}}(?:Rp|IDR|USD|US\$|EUR|\$|€)\.?\s*)?$", re.IGNORECASE)


def replaced_in(kind: str, text: str, today: date, linker: Linker) -> frozenset[object]:
    """What the values of one kind that a text says were replaced can be compared by (see `claims.key_of`)."""
    found = values_of(kind, text, today=today, linker=linker)
    gone = [value.value for value in found if _was_before(text, value)]
    if kind == "date":
        moved = (_moved(text, value, today) for value in found)
        gone += [(days[0], days[0]) for days in moved if days and days[0]]
    return frozenset(key for value in gone for key in key_of(kind, value, ""))

"""Lengths of time in text: "90 (sembilan puluh) hari kalender", "1 x 24 jam", "three (3) months", "6 jam 15 menit"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.numbers import WORDS, parse_number, word_to_number
from knowledge.language.spans import without_overlaps
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.times import TimeOfDay, TimeRange, find_time_ranges, find_times
from knowledge.language.vocabulary import alternatives, both_languages, vocabulary

__all__ = ["DurationSpan", "TimeOfDay", "TimeRange", "find_durations", "find_time_ranges", "find_times"]

_DATA = vocabulary("units")
_UNITS = {word: row["name"] for row in _DATA["unit"] for word in both_languages(row)}
_SINGLE: dict[str, str] = _DATA["single"]
_UNIT = alternatives(_UNITS)
_COUNT = (
    rf"(?:(?P<times>\d+)\s*[x×]\s*)?(?:(?P<digits>\d+(?:[.,]\d+)*)|(?P<words>{WORDS}))"
    r"(?:\s*\([^()\d]{2,60}\)|\s*\((?P<inner>\d+)\))?"
)
_PATTERN = re.compile(
    rf"(?<![\w.,/:])(?:{_COUNT}(?P<half>\s+setengah)?[\s-]*(?P<unit>{_UNIT})"
    r"(?P<after_half>\s+and\s+a\s+half|\s+setengah)?(?![\w/]|-\w+\s+ke)"
    rf"|(?P<only_half>setengah|half\s+an?)\s+(?P<half_unit>{_UNIT})(?!\w)"
    rf"|(?P<single>{alternatives(_SINGLE)})(?P<single_half>\s+setengah)?(?![\w-])"
    rf"|(?<=\b)(?:one\s+and\s+a\s+half|satu\s+setengah)\s+(?P<one_half_unit>{_UNIT})(?!\w)"
    rf"|(?:(?<=in )|(?<=within )|(?<=for )|(?<=about )|(?<=takes )|(?<=took )|(?<=least ))"
    rf"an?\s+(?!second\b)(?P<article_unit>{_UNIT})(?!\w))",  # "in a second data centre"
    re.IGNORECASE,
)
_SHORT_COMPOUND = re.compile(
    r"(?<![\w.,])(?P<hours>\d{1,3})\s?h\s?(?P<minutes>[0-5]?\d)\s?m(?:in)?(?!\w)", re.IGNORECASE
)
_COMPOUND_GAP = re.compile(r"\s*(?:,|dan|and|lebih)?\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\w)(?:pukul|pkl\.?|at|(?<!\d)(?<!\d\s)jam)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class DurationSpan:
    """A length of time; `unit` is minute, hour, day, business_day, week, month, year ("6 jam 15 menit": 375 minute)."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str

    @property
    def total_minutes(self) -> Decimal | None:
        """The length in minutes, for units that are a fixed number of them (not business days, months, years)."""
        factor = MINUTES_IN.get(self.unit)
        return None if factor is None else self.value * factor


def _named(word: str) -> str:
    return str(_UNITS[" ".join(word.lower().split())])


def _value(match: re.Match[str]) -> tuple[Decimal, str] | None:
    half = Decimal("0.5")
    if match["only_half"]:
        return half, _named(match["half_unit"])
    if match["single"]:
        return Decimal(1) + (half if match["single_half"] else 0), _SINGLE[match["single"].lower()]
    if match["one_half_unit"]:
        return 1 + half, _named(match["one_half_unit"])
    if match["article_unit"]:
        return Decimal(1), _named(match["article_unit"])
    if match["digits"]:
        count = parse_number(match["digits"])
    else:
        spoken = word_to_number(match["words"])
        count = None if spoken is None else Decimal(spoken)
    if count is None:
        return None
    if match["half"] or match["after_half"]:
        count += half
    return count * int(match["times"] or 1), _named(match["unit"])


def _compound(text: str, spans: list[DurationSpan]) -> list[DurationSpan]:
    """Neighbours of falling units ("2 hari 3 jam", "1 hour and 20 minutes") become one span in minutes."""
    found: list[DurationSpan] = []
    previous_unit = ""
    for span in spans:
        last = found[-1] if found else None
        if (
            last is not None
            and last.total_minutes is not None
            and span.total_minutes is not None
            and MINUTES_IN[span.unit] < MINUTES_IN[previous_unit]
            and _COMPOUND_GAP.fullmatch(text[last.end : span.start])
        ):
            total = last.total_minutes + span.total_minutes
            found[-1] = DurationSpan(last.start, span.end, text[last.start : span.end], total, "minute")
        else:
            found.append(span)
        previous_unit = span.unit
    return found


def find_durations(text: str) -> list[DurationSpan]:
    """The lengths of time in a text, in reading order. "24x7" is service hours and "jam 6" a time, not lengths."""
    found: list[DurationSpan] = []
    for match in _PATTERN.finditer(text):
        if match["digits"] and _CLOCK.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        read = _value(match)
        if read is None:
            continue
        value, unit = read
        if unit == "second":
            value, unit = value / 60, "minute"
        found.append(DurationSpan(match.start(), match.end(), match[0], value, unit))
    for match in _SHORT_COMPOUND.finditer(text):
        minutes = Decimal(int(match["hours"]) * 60 + int(match["minutes"]))
        found.append(DurationSpan(match.start(), match.end(), match[0], minutes, "minute"))
    return _compound(text, without_overlaps(found))

"""Times of day and ranges of them: "01.00-03.00 WIB", "between 14:00 and 15:00", "jam 9 malam", "3 pm"."""

import re
from dataclasses import dataclass
from datetime import time

from knowledge.language.currencies import WRITTEN

_ZONE = r"(?:\s*(?P<{0}>WIB|WITA|WIT|GMT|UTC|SGT)\b)?"
_PART_OF_DAY = r"(?:\s*(?P<{0}>[ap]\.?m\b\.?|pagi|siang|sore|malam))?"
_CLOCK = r"(?P<{0}h>[01]?\d|2[0-4])(?P<{0}mark>[.:])(?P<{0}m>[0-5]\d)(?:[.:][0-5]\d)?(?!\d|[.,]\d)"
_LEAD = (
    r"(?P<lead>pukul|jam|pkl\.?|at|from|dari|between|antara|sejak|mulai|by|until|sampai|hingga)\s+(?:pukul\s+|jam\s+)?"
)
_CONNECTOR = (
    r"\s*(?:-|–|—|s\.?d\.?|s/d|sampai(?:\s+dengan)?|hingga|to|until|till|through|and|dan)\s*(?:pukul\s+|jam\s+)?"
)
_HOUR_OR_CLOCK = r"(?P<{0}h>[01]?\d|2[0-4])(?:(?P<{0}mark>[.:])(?P<{0}m>[0-5]\d))?(?![\d%]|[.,:]\d)"
_RANGES = [
    re.compile(
        rf"(?<![\w.,/:-])(?:{_LEAD})?{_CLOCK.format('a')}{_ZONE.format('zone_a')}{_PART_OF_DAY.format('part_a')}{_CONNECTOR}"
        rf"{_CLOCK.format('b')}{_PART_OF_DAY.format('part_b')}{_ZONE.format('zone')}(?!\s*%|\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,/:-])(?:pukul|jam|pkl\.?)\s+(?P<lead>){_HOUR_OR_CLOCK.format('a')}{_PART_OF_DAY.format('part_a')}{_CONNECTOR}"
        rf"{_HOUR_OR_CLOCK.format('b')}{_PART_OF_DAY.format('part_b')}{_ZONE.format('zone')}(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,/:-])(?P<lead>){_HOUR_OR_CLOCK.format('a')}\s*(?P<part_a>[ap]\.?m\b\.?)?{_CONNECTOR}"
        rf"{_HOUR_OR_CLOCK.format('b')}\s*(?P<part_b>[ap]\.?m\b\.?){_ZONE.format('zone')}(?!\w)",
        re.IGNORECASE,
    ),
]
_TIMES = [
    re.compile(
        rf"(?<![\w.,/:-])(?:{_LEAD})?{_CLOCK.format('a')}{_PART_OF_DAY.format('part_a')}{_ZONE.format('zone')}(?!\s*%|\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<lead>pukul|jam|pkl\.?)\s+{_HOUR_OR_CLOCK.format('a')}{_PART_OF_DAY.format('part_a')}{_ZONE.format('zone')}(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.,/:-])(?P<lead>){_HOUR_OR_CLOCK.format('a')}\s*(?P<part_a>[ap]\.?m\b\.?){_ZONE.format('zone')}(?!\w)",
        re.IGNORECASE,
    ),
]
_MONEY_BEFORE = re.compile(rf"(?:{WRITTEN}|[$€£])\.?\s*$", re.IGNORECASE)
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class TimeOfDay:
    """A time of day; `value` is local to `zone` as written (WIB, WITA, UTC …) or to the text. 24.00 reads as 00:00."""

    start: int
    end: int
    text: str
    value: time
    zone: str | None = None


@dataclass(frozen=True)
class TimeRange:
    """From `begin` to `finish`; `minutes` is the length, past midnight where `finish` is not after `begin`."""

    start: int
    end: int
    text: str
    begin: time
    finish: time
    minutes: int
    zone: str | None = None


def _minutes(hour: int, minute: int, part: str | None) -> int:
    part = (part or "").lower().replace(".", "")
    if part == "pm" or part in ("sore", "malam") or (part == "siang" and hour < 6):
        hour += 12 if hour < 12 else 0
    elif part == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute


def _time(minutes: int) -> time:
    return time(minutes % _DAY_MINUTES // 60, minutes % 60)


def _is_certain(match: re.Match[str]) -> bool:
    """A dot between digits is a time only beside a word that says so; a colon always is."""
    groups = match.groupdict()
    return groups.get("amark") != "." or bool(groups.get("lead") or groups.get("zone") or groups.get("part_a"))


def find_time_ranges(text: str) -> list[TimeRange]:
    """Ranges of times of day, in reading order, with their length in minutes."""
    found: dict[int, TimeRange] = {}
    for pattern in _RANGES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if any(match.start() < other.end and other.start < match.end() for other in found.values()):
                continue
            if (
                _MONEY_BEFORE.search(text[max(0, match.start() - 8) : match.start()])
                or groups.get("amark") != groups.get("bmark")
                and groups.get("amark")
            ):
                continue
            dotted = groups.get("amark") == "." and not (
                groups.get("lead") or groups.get("zone") or groups.get("zone_a")
            )
            if dotted and (len(match["ah"]), len(match["bh"])) != (2, 2):
                continue
            begin = _minutes(
                int(match["ah"]),
                int(match["am"] or 0),
                groups.get("part_a") or (groups.get("part_b") if not dotted else None),
            )
            finish = _minutes(int(match["bh"]), int(match["bm"] or 0), groups.get("part_b"))
            if not groups.get("part_a") and begin > finish and groups.get("part_b"):
                begin = _minutes(int(match["ah"]), int(match["am"] or 0), None)
            length = (finish - begin) % _DAY_MINUTES or (_DAY_MINUTES if finish != begin else 0)
            start = match.start("ah")
            zone = groups.get("zone") or groups.get("zone_a")
            found[start] = TimeRange(
                start,
                match.end(),
                text[start : match.end()],
                _time(begin),
                _time(finish),
                length,
                zone.upper() if zone else None,
            )
    return [found[start] for start in sorted(found)]


def find_times(text: str) -> list[TimeOfDay]:
    """Single times of day, in reading order; the ends of a range are not among them."""
    taken = [(span.start, span.end) for span in find_time_ranges(text)]
    found: dict[int, TimeOfDay] = {}
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            start = match.start("ah")
            if any(start < end and match.end() > begin for begin, end in taken):
                continue
            if not _is_certain(match) or _MONEY_BEFORE.search(text[max(0, match.start() - 8) : match.start()]):
                continue
            taken.append((start, match.end()))
            zone = match["zone"]
            value = _time(_minutes(int(match["ah"]), int(match["am"] or 0), match.groupdict().get("part_a")))
            found[start] = TimeOfDay(
                start, match.end(), text[start : match.end()], value, zone.upper() if zone else None
            )
    return [found[start] for start in sorted(found)]

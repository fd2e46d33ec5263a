"""Service level targets in rows of tables: headings say what each cell is, or the row's first cells name it."""

import re
from collections.abc import Iterator, Sequence

from knowledge.intake.prose.target_sentences import (
    INDICATOR,
    PERCENT_INDICATORS,
    PRIORITY_WORDS,
    TIME_INDICATORS,
    Found,
    priority_in,
    service_named,
)
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.numbers import find_percentages

_BOTH = ("response", "resolution")
_TEAMS = 2
_PROMISED = re.compile(any_of("targets.promised_column"), re.IGNORECASE)
"""A column of what somebody promises: "Supplier's promise", "Janji pemasok"."""


def targets_in_row(cells: Sequence[tuple[str, str]], text: str) -> Iterator[Found]:
    """The targets of one table row; its headings say what each cell is."""
    priority = service = None
    for heading, value in cells:
        if priority is None and (found := priority_in(value)) and len(value) < 40:
            priority = found
        elif priority is None and pattern("targets.priority_column").search(heading):
            priority = _priority_word(value)
        elif service is None and re.fullmatch(any_of("targets.service_column"), heading.strip(), re.IGNORECASE):
            service = value.strip() or None
    if by_team := list(_by_team(cells, priority, text)):
        yield from by_team
        return
    for heading, value in cells:
        valued = re.fullmatch(any_of("targets.value_column"), heading.strip(), re.IGNORECASE) or _PROMISED.search(heading)
        if pair := _pair(value, [heading, *(other for _, other in cells if valued and other != value)]):
            yield from (Found(name, time.value, time.unit, priority, service, text) for name, time in pair)
            continue
        time = _single_duration(value)
        indicator = _time_indicator(heading, priority) or (_of_row(cells, priority) if valued else None)
        if time and indicator:
            yield Found(indicator, time.value, time.unit, priority, service, text)
            continue
        if pattern("targets.credit").search(heading):
            continue
        percents = find_percentages(value)
        share = next((name for name in PERCENT_INDICATORS if INDICATOR[name].search(heading)), None)
        row_share = next(
            (name for name in PERCENT_INDICATORS if any(INDICATOR[name].search(other) for _, other in cells)), None
        )
        if len(percents) == 1 and (share or row_share):
            named = service
            if share is None and named is None:
                named = next(
                    (service_named(other) for _, other in cells if INDICATOR["availability"].search(other)), None
                )
            yield Found(share or row_share or "availability", percents[0].value, "percent", None, named, text)


def _by_team(cells: Sequence[tuple[str, str]], priority: str | None, text: str) -> Iterator[Found]:
    """A row whose first cell says what is measured, with a length for each of several teams or places: "P1 restored; Network: 3 hours; Servers: 4 hours"."""
    times = [(heading, time) for heading, value in cells[1:] if (time := _single_duration(value))]
    indicator = _time_indicator(cells[0][1], priority) if cells and not _single_duration(cells[0][1]) else None
    if indicator is None or len(times) < _TEAMS or len(times) < len(cells) - 1 or any(_time_indicator(heading) for heading, _ in times):
        return
    yield from (Found(indicator, time.value, time.unit, priority, heading.strip(), text) for heading, time in times)


def _pair(value: str, names: Sequence[str]) -> list[tuple[str, DurationSpan]]:
    """Both times of "Response / restoration: 5 minutes / 1 hour", each with what it measures; [] where there are no two of both."""
    times = find_durations(value)
    if len(times) != len(_BOTH) or "/" not in value[times[0].end : times[1].start]:
        return []
    for name in names:
        places = [INDICATOR[indicator].search(name) for indicator in _BOTH]
        found = sorted((place.start(), indicator) for place, indicator in zip(places, _BOTH, strict=True) if place)
        if len(found) == len(_BOTH):
            return [(indicator, time) for (_, indicator), time in zip(found, times, strict=True)]
    return []


def _time_indicator(text: str, priority: str | None = None) -> str | None:
    """What a heading or name measures: the most words of it count ("recovery time objective" is no recovery of an incident); with a priority no other
    times than those of incidents are meant."""
    found = {name: match for name in (_BOTH if priority else TIME_INDICATORS) if (match := INDICATOR[name].search(text))}
    return max(found, key=lambda name: len(found[name][0]), default=None)


def _of_row(cells: Sequence[tuple[str, str]], priority: str | None) -> str | None:
    """What a row measures whose first cells name it: "Aktivitas: Respons tim server; Target: 15 menit"."""
    return next((name for _, value in cells if not _single_duration(value) and (name := _time_indicator(value, priority))), None)


def _priority_word(value: str) -> str | None:
    number = PRIORITY_WORDS.get(value.strip().lower())
    digit = re.fullmatch(r"\s*([1-5])\s*", value)
    return f"P{number}" if number else f"P{digit[1]}" if digit else None


def _single_duration(value: str) -> DurationSpan | None:
    spans = find_durations(value)
    return spans[0] if len(spans) == 1 else None

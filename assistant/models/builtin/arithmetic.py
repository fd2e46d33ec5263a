"""Dates and lengths that follow from a clause and from what the question states: "received on 5 November, when is it due?"."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.models.builtin.reading import Reader, Reading
from assistant.models.builtin.understanding import Understanding
from knowledge.language.calendar import shift
from knowledge.language.durations import find_durations, find_times
from knowledge.language.formats import format_duration

BEFORE = re.compile(r"\b(sebelum\w*|di muka|in advance|before|prior|ahead)\b", re.IGNORECASE)
AFTER = re.compile(r"\b(sejak|setelah|sesudah|setelahnya|dari|dalam|after|of receipt|from|since|within|following|upon|of a|of the)\b", re.IGNORECASE)


@dataclass
class ComputedDate:
    """result = anchor ± value unit, as `reading` says."""

    result: date
    anchor: date
    forward: bool
    value: Decimal
    unit: str
    reading: Reading


def date_from_clause(asked: Understanding, readings: list[Reading], reader: Reader) -> ComputedDate | None:
    """For a question that asks for a date and states another: the clause with a length of time, counted from that date."""
    if not asked.asks_for("date", "deadline"):
        return None
    anchors = [span for span in asked.dates if span.precision == "day" and not span.relative]
    if len(anchors) != 1:
        return None
    anchor = anchors[0].value
    for reading in readings[:12]:
        if reading.coverage < 0.4:
            return None
        durations = [span for span in find_durations(reading.text) if span.unit in ("day", "business_day", "week", "month", "year")]
        if not durations or any(value.value[0] == anchor for value in reading.values if value.kind == "date"):
            continue
        span = durations[0]
        around = reading.text[max(0, span.start - 60) : span.end + 60]
        if BEFORE.search(reading.text[span.end : span.end + 40]) or BEFORE.search(reading.text[max(0, span.start - 25) : span.start]):
            forward = False
        elif AFTER.search(around):
            forward = True
        else:
            continue
        value = span.value if forward else -span.value
        return ComputedDate(shift(anchor, value, span.unit), anchor, forward, span.value, span.unit, reading)
    return None


def length_from_times(asked: Understanding, best: Reading, readings: list[Reading]) -> str | None:
    """The length between the first and the last clock time of an account of events, where no length is stated."""
    if best.typed or not re.search(r"\b(dari|sejak|sampai|hingga|from|until|between)\b", asked.question.lower()):
        return None
    times = find_times(best.text)
    if len(times) < 2:
        return None
    first, last = times[0].value, times[-1].value
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    return format_duration(minutes, "minute", asked.language) if minutes > 0 else None

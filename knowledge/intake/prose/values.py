"""Amounts, shares, lengths of time and days in a text, with where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations
from knowledge.language.money import MoneySpan, find_money
from knowledge.language.numbers import find_numbers, find_percentages

_ANY_DAY = date(2000, 1, 1)  # days without a year are left out, so it decides nothing
_CURRENCY = re.compile(r"(?:(?<![A-Za-z])(?:[A-Z]{3}|Rp\.?)|[$€£¥])\s?$")


@dataclass(frozen=True, slots=True)
class Value:
    """`kind` is money, percent, duration, date or number; `same` is what two spellings of one value share."""

    start: int
    end: int
    text: str
    kind: str
    same: Any


def find_values(text: str, numbers: bool = False) -> list[Value]:
    """The values in a text, in reading order; with `numbers`, bare numbers too."""
    found = [_money(text, m) for m in find_money(text)]
    found += [Value(p.start, p.end, p.text, "percent", p.value) for p in find_percentages(text)]
    found += [
        Value(d.start, d.end, d.text, "date", d.value)
        for d in find_dates(text, _ANY_DAY)
        if d.has_year and not d.relative and d.precision == "day"
    ]
    found += _range_ends(text)
    found += [Value(d.start, d.end, d.text, "duration", (d.value, d.unit)) for d in find_durations(text)]
    if numbers:
        found += [Value(n.start, n.end, n.text, "number", n.value) for n in find_numbers(text)]
    return _without_overlaps(found)


def _money(text: str, span: MoneySpan) -> Value:
    """An amount with its currency, which the second of a pair ("from EUR 3 to EUR 4") leaves to the first."""
    before = _CURRENCY.search(text[: span.start]) if span.text[:1].isdigit() else None
    start = before.start() if before else span.start
    return Value(start, span.end, text[start : span.end], "money", (span.amount, span.currency))


def _range_ends(text: str) -> list[Value]:
    """Both days of "1 March 2030 to 28 February 2033", which reads as one span."""
    ends: list[Value] = []
    for span in find_dates(text, _ANY_DAY):
        if span.precision != "range" or not span.has_year:
            continue
        at = span.start
        for part in re.split(r"(\s+(?:to|until|through|till|sampai(?:\s+dengan)?|hingga|s\.?d\.?|s/d)\s+|\s*[-–—]\s*)", span.text):
            day = next((d for d in find_dates(part, _ANY_DAY) if d.has_year and d.precision == "day"), None)
            if day is not None:
                ends.append(Value(at + day.start, at + day.end, day.text, "date", day.value))
            at += len(part)
    return ends


def _without_overlaps(found: Sequence[Value]) -> list[Value]:
    kept: list[Value] = []
    for value in found:
        if all(value.end <= other.start or value.start >= other.end for other in kept):
            kept.append(value)
    return sorted(kept, key=lambda value: value.start)

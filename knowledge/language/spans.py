"""What the finders of dates hand on, and how overlapping finds are settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

Precision = Literal["day", "week", "month", "quarter", "half", "year", "range"]


@dataclass(frozen=True)
class DateSpan:
    """A time named in a text: `value` is its first day, `until` its last (the same for a day).

    `relative`: it was said against today ("besok", "last quarter"); `has_year`: the year stands in the text.
    """

    start: int
    end: int
    text: str
    value: date
    until: date
    precision: Precision
    relative: bool = False
    has_year: bool = True


class Span(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


AnySpan = TypeVar("AnySpan", bound=Span)


def without_overlaps(spans: Iterable[AnySpan]) -> list[AnySpan]:
    """The longest spans, none overlapping another, in reading order; of equals the one given first."""
    kept: list[AnySpan] = []
    for span in sorted(spans, key=lambda span: -(span.end - span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)

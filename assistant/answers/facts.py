"""The checkable content of a text: days, times, amounts with their units, bare numbers, and units named as labels.

The same reading is made of a statement and of its evidence, so that every spelling of a value (either language, digits or words,
"Rp1,25 M" or "Rp 1.250.000.000") compares equal, and the same digits under another unit do not.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from assistant.answers.canonical import readings_of
from assistant.answers.wording import measures, place_numbers, unit_labels, unit_names
from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers, find_percentages
from knowledge.language.spans import DateSpan
from knowledge.language.time_units import MINUTES_IN, MONTHS_IN
from knowledge.language.times import find_time_ranges, find_times
from knowledge.language.vocabulary import vocabulary, word_set

_TOKEN = re.compile(r"[^\s,;:()\[\]{}“”„\"‘’<>|…*_`~=]*\d(?:[^\s;()\[\]{}“”„\"‘’<>|…*_`~=]*[^\W_%])?")
_NUMBER = re.compile(r"[-−+±≥≤≈]?\d+(?:[.,]\d+)*")
_CLOCK = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4])[.:]([0-5]\d)(?![\d]|[.,:]\d)")
_ENUMERATION = re.compile(r"^\s*(?:[-*•–]\s+)?(?:\(?\d{1,2}[.)]\s+)(?=\D)", re.MULTILINE)
_NEXT_WORD = re.compile(r"\s*[-–]?\s*([^\W\d_]{3,})")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit: ISO currency, "%", minute, business_day, month (years are 12), or a unit of wording.toml.

    `measured`: the unit must be carried; otherwise it is a counted thing, which may be worded in another way.
    `written`: digits that have several readings ("1.999"), of which one is meant.
    """

    value: Decimal
    unit: str
    measured: bool = True
    per: str | None = None
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Facts:
    """What a text states. `bare` are numbers without a unit, `counts` those with a noun after them; `codes` as written, lower case.

    cells: what reads as a year but stands alone after a heading ("Volume: 2000").
    """

    dates: tuple[DateSpan, ...] = ()
    relative: tuple[DateSpan, ...] = ()
    times: frozenset[time] = frozenset()
    weekdays: frozenset[int] = frozenset()
    quantities: frozenset[Quantity] = frozenset()
    bare: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    spoken: frozenset[Decimal] = frozenset()
    cells: frozenset[Decimal] = frozenset()

    @property
    def numbers(self) -> frozenset[Decimal]:
        """Every value that a bare number may mean."""
        return frozenset(value for token in self.bare for value in readings_of(token))

    @property
    def empty(self) -> bool:
        """Whether nothing here can be checked."""
        return not (
            self.dates or self.times or self.quantities or self.bare or self.codes or self.places or self.weekdays
        )


@lru_cache(maxsize=4096)
def facts_of(text: str, today: date) -> Facts:
    """Read a text. `today` settles days without a year and relative days."""
    text = _ENUMERATION.sub(lambda match: " " * len(match[0]), text)
    every_date = find_dates(text, today)
    dates = [span for span in every_date if not span.relative]
    taken: list[tuple[int, int]] = []
    quantities: set[Quantity] = set()
    times: set[time] = set()
    places: set[str] = set()

    def take(start: int, end: int) -> bool:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return False
        taken.append((start, end))
        return True

    long_dates = [span for span in dates if span.precision != "year"]
    for span in long_dates:
        take(span.start, span.end)
    for percentage in find_percentages(text):
        if take(percentage.start, percentage.end):
            quantities.add(Quantity(percentage.value.normalize(), "%"))
    for amount in find_money(text):
        if take(amount.start, amount.end):
            quantities.add(Quantity(amount.amount.normalize(), amount.currency, per=amount.per))
    for place in place_numbers().finditer(text):
        if take(place.start("number"), place.end("number")):
            places.add(place["number"])
            if place["part"] and take(place.start("part"), place.end("part")):
                places.add(place["part"])
    for length in find_durations(text):
        if take(length.start, length.end):
            quantities.add(duration(length.value, length.unit))
    for clock_range in find_time_ranges(text):
        if take(clock_range.start, clock_range.end):
            times |= {clock_range.begin, clock_range.finish}
    for clock in find_times(text):
        if take(clock.start, clock.end):
            times.add(clock.value)
    for measure in measures().finditer(text):
        if take(measure.start(), measure.end()):
            unit, measured = unit_names()[" ".join(measure["unit"].lower().split())]
            quantities |= {Quantity(value, unit, measured, written=measure["number"]) for value in readings_of(measure["number"])}
    years = [span for span in dates if span.precision == "year" and take(span.start, span.end)]
    cells = {Decimal(span.text) for span in years if span.text.isdigit() and re.search(r":\s*$", text[: span.start])}
    rest = _blanked(text, taken)
    bare, codes = _tokens(rest)
    return Facts(
        dates=tuple(sorted([*long_dates, *years], key=lambda span: span.start)),
        relative=tuple(span for span in every_date if span.relative),
        times=frozenset(times),
        weekdays=frozenset(day for day, pattern in _weekday_patterns().items() if pattern.search(text)),
        quantities=frozenset(quantities),
        bare=tuple(bare),
        places=frozenset(places),
        codes=frozenset(codes),
        labels=frozenset(unit for unit, pattern in unit_labels().items() if pattern.search(rest)),
        spoken=frozenset(
            span.value
            for line in rest.splitlines()
            for span in find_numbers(line, words=True)
            if not re.search(r"\d", span.text)
        ),
        cells=frozenset(cells),
    )


def duration(value: Decimal, unit: str) -> Quantity:
    """A length of time in the unit that its kind compares in: minutes, months or business days."""
    if unit in MINUTES_IN:
        return Quantity((value * MINUTES_IN[unit]).normalize(), "minute")
    if unit in MONTHS_IN:
        return Quantity((value * MONTHS_IN[unit]).normalize(), "month")
    return Quantity(value.normalize(), unit)


def scaled_units(quantity: Quantity) -> list[tuple[Decimal, str]]:
    """A quantity as (number, unit word) in every unit that its number may have been written in beside a label: 90 minute = 1.5 hour."""
    if quantity.unit == "minute":
        return [(quantity.value / factor, unit) for unit, factor in MINUTES_IN.items()] + [
            (quantity.value * 60, "second")
        ]
    if quantity.unit == "month":
        return [(quantity.value / factor, unit) for unit, factor in MONTHS_IN.items()]
    return [(quantity.value, quantity.unit)]


def clock_times(text: str) -> frozenset[time]:
    """Everything that may be a time of day ("08.00" without a word that says so included): for evidence, not for statements."""
    return frozenset(time(int(match[1]) % 24, int(match[2])) for match in _CLOCK.finditer(text))


def followed_by_noun(text: str, token: str) -> bool:
    """Whether a bare number of the text counts something: a word stands right after it."""
    found = re.search(rf"(?<![\w.,]){re.escape(token)}(?![\d.,]*\d)", text)
    following = _NEXT_WORD.match(text, found.end()) if found else None
    return bool(following and following[1].lower() not in _function_words())


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return word_set(vocabulary("stopwords"))


@lru_cache(maxsize=1)
def _weekday_patterns() -> dict[int, re.Pattern[str]]:
    rows = vocabulary("weekdays")["weekday"]
    return {
        number: re.compile(
            r"(?<!\w)(?:"
            + "|".join(re.escape(word) + ("s?" if word in row["en"] else "") for word in [*row["id"], *row["en"]])
            + r")(?!\w)",
            re.IGNORECASE,
        )
        for number, row in enumerate(rows)
    }


def _blanked(text: str, taken: list[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in taken:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def _tokens(text: str) -> tuple[list[str], set[str]]:
    """Bare numbers and codes of what is left when dates, amounts and times are blanked."""
    bare: list[str] = []
    codes: set[str] = set()
    for match in _TOKEN.finditer(text):
        token = match[0].strip(".,:;!?'/-–—")
        if not token:
            continue
        if _NUMBER.fullmatch(token) and readings_of(token.lstrip("+±≥≤≈−-")):
            bare.append(token.lstrip("+±≥≤≈−-"))
        else:
            codes.add(token.lower())
    return bare, codes

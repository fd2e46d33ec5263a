"""What a statement may rest on: its evidence, read for facts; what tools computed; the question's own facts; today."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.answers.canonical import folded
from assistant.answers.computed import Computed
from assistant.answers.facts import Facts, Quantity, clock_times, facts_of, scaled_units
from assistant.answers.harmless import harmless
from assistant.evidence import Evidence
from knowledge.documents.model import Locator
from knowledge.language.concepts import concept_names
from knowledge.language.currencies import CODES
from knowledge.language.spans import DateSpan
from knowledge.linking import Linker

_QUOTE_MARKS = re.compile(r"[“”„\"«»‘’‚'`*_|\[\](){}<>]")
_DASHES = re.compile(r"[‐-―−]")


@lru_cache(maxsize=2048)
def _clean(text: str) -> str:
    return harmless(text)


def text_of(item: Evidence) -> str:
    """All words of a piece of evidence: quote, values, heading path, title and file; its place apart (`place_of`)."""
    values = "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in item.values.items())
    return "\n".join(
        part
        for part in (_clean(item.quote), _clean(values), _clean(item.context), _clean(item.title), item.source)
        if part
    )


def place_of(item: Evidence) -> str:
    """Where it stands, in both languages, for "hlm. 2, Pasal 3.2" / "p. 2, clause 3.2"."""
    known = {key: value for key, value in item.locator.items() if key in Locator.__dataclass_fields__}
    locator = Locator(**known)
    return f"{locator.label('id')} {locator.label('en')} " + " ".join(
        str(value) for value in item.locator.values() if value is not None
    )


@lru_cache(maxsize=512)
def _customers_named(linker: Linker, text: str) -> frozenset[int]:
    return frozenset(number for mention in linker.customers(text) for number in mention.customer_ids)


@lru_cache(maxsize=512)
def _people_named(linker: Linker, text: str) -> frozenset[int]:
    return frozenset(number for mention in linker.people(text) for number in mention.person_ids)


@lru_cache(maxsize=4096)
def for_quotes(text: str) -> str:
    """A text with quotation marks, brackets and kinds of dashes levelled, for finding a quotation in it."""
    return folded(_DASHES.sub("-", _QUOTE_MARKS.sub(" ", text)).replace(" ,", ",").replace(" .", "."))


@dataclass
class Basis:
    """What one statement may rest on."""

    items: list[Evidence]
    computed: Computed
    question: str
    today: date

    @cached_property
    def text(self) -> str:
        return "\n".join(text_of(item) for item in self.items)

    @cached_property
    def places(self) -> str:
        return "\n".join(place_of(item) for item in self.items)

    @cached_property
    def words(self) -> str:
        """Folded text and places, for looking up codes and names."""
        return folded(f"{self.text}\n{self.places}")

    @cached_property
    def concepts(self) -> frozenset[str]:
        return concept_names(self.text)

    @cached_property
    def asked_concepts(self) -> frozenset[str]:
        return concept_names(self.question)

    def customers(self, linker: Linker) -> frozenset[int]:
        """Customers that the evidence is about or names."""
        return frozenset(
            number for item in self.items for number in (*item.customers, *_customers_named(linker, text_of(item)))
        )

    def people(self, linker: Linker) -> frozenset[int]:
        """People that the evidence names."""
        return frozenset(
            number for text in (*map(text_of, self.items), self.places) for number in _people_named(linker, text)
        )

    def customers_asked(self, linker: Linker) -> frozenset[int]:
        return _customers_named(linker, self.question)

    @cached_property
    def facts(self) -> list[Facts]:
        """One reading for each piece of evidence (its file name and title apart from its words)."""
        return [
            facts_of(part, self.today)
            for item in self.items
            for part in (text_of(item), str(item.notes.get("rows", "")))
            if part
        ]

    @cached_property
    def asked(self) -> Facts:
        return facts_of(self.question, self.today)

    @cached_property
    def dates(self) -> list[DateSpan]:
        """Every day or period that evidence and computation name; a document's own date too."""
        stated = [span for facts in self.facts for span in facts.dates]
        days = {*self.computed.dates, *(item.dated for item in self.items if item.dated)}
        return stated + [DateSpan(0, 0, "", day, day, "day") for day in days]

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(span.value.year for span in self.dates if span.has_year)

    @cached_property
    def quantities(self) -> frozenset[Quantity]:
        return frozenset(quantity for facts in self.facts for quantity in facts.quantities) | frozenset(
            self.computed.quantities
        )

    @cached_property
    def bare(self) -> frozenset[Decimal]:
        """Numbers without a unit of their own: bare in the evidence, spoken, or computed."""
        stated = {value for facts in self.facts for value in (*facts.numbers, *facts.spoken, *facts.cells)}
        return frozenset(stated | {value.normalize() for value in self.computed.numbers})

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """Bare numbers and the numbers of all amounts."""
        amounts = {value.normalize() for quantity in self.quantities for value, _ in scaled_units(quantity)}
        return self.bare | amounts

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(unit for facts in self.facts for unit in facts.labels) | frozenset(self.computed.units)

    @cached_property
    def names_a_currency(self) -> bool:
        return bool(self.labels & CODES or {quantity.unit for quantity in self.quantities} & CODES)

    @cached_property
    def times(self) -> frozenset[object]:
        return frozenset(clock for facts in self.facts for clock in facts.times) | clock_times(self.text)

    @cached_property
    def weekdays(self) -> frozenset[int]:
        named = {day for facts in self.facts for day in facts.weekdays}
        return frozenset(named | {span.value.weekday() for span in self.dates if span.precision == "day"})

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Numbers of clauses, pages and rows."""
        named = {number for facts in self.facts for number in facts.places}
        return frozenset(named | set(re.findall(r"\d+(?:\.\d+)*", self.places)) | set(re.findall(r"\d+", self.places)))

    def carries_date(self, span: DateSpan) -> bool:
        """Whether the evidence names this day, or a period no coarser than this one and within it."""
        for known in self.dates:
            if (known.value, known.until) == (span.value, span.until):
                return True
            if span.precision == "day":
                if known.precision == "range" and span.value in (known.value, known.until):
                    return True
                same_day = known.precision == "day" and (known.value.month, known.value.day) == (
                    span.value.month,
                    span.value.day,
                )
                if same_day and (
                    not span.has_year
                    or (not known.has_year and (span.value.year in self.years or span.value.year == self.today.year))
                ):
                    return True
            elif (
                span.value <= known.value
                and known.until <= span.until
                or not span.has_year
                and known.precision == span.precision
                and (known.value.month, known.value.day) == (span.value.month, span.value.day)
            ):
                return True
        if span.precision != "day":
            ends = {
                day for known in self.dates if known.precision in ("day", "range") for day in (known.value, known.until)
            }
            return span.precision == "range" and {span.value, span.until} <= ends
        return False

    def carries_quantity(self, wanted: Quantity) -> bool:
        """The same value in the same unit; or its number bare where the unit is named as a label ("Biaya (USD): 500")."""
        for known in self.quantities:
            if (known.value, known.unit) == (wanted.value, wanted.unit) and (
                not known.per or not wanted.per or known.per == wanted.per
            ):
                return True
        if (
            wanted.unit == "%"
            and self.labels & {"%"} | {quantity.unit for quantity in self.quantities} & {"%"}
            and wanted.value in self.bare
        ):
            return True
        if (
            wanted.unit == "%"
            and 0 < wanted.value < 100
            and wanted.value / 100 in {value for value in self.bare if value != int(value)}
        ):
            return True
        for value, unit in scaled_units(wanted):
            if value.normalize() in self.bare and (
                not wanted.measured
                or unit in self.labels
                or self._labelled_days(unit)
                or (unit == "IDR" and not self.names_a_currency)
                or self._sums_in(unit, value)
            ):
                return True
        return False

    def _labelled_days(self, unit: str) -> bool:
        return unit == "business_day" and "day" in self.labels

    def _sums_in(self, unit: str, value: Decimal) -> bool:
        """A computed amount in the currency of the evidence that it was computed from."""
        return value.normalize() in self.computed.numbers and unit in {quantity.unit for quantity in self.quantities}

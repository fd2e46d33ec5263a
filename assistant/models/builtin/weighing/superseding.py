"""What took the place of a value that was found: a document of better rank that gives it as the one that it replaces."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.questions.claims import key_of
from assistant.models.builtin.weighing.conflicts import Disagreement, of_one_customer
from assistant.models.builtin.weighing.reading import Reading
from assistant.models.builtin.weighing.values import values_of
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.concepts import concept_names
from knowledge.linking import Linker
from knowledge.records.authority import Authority

_KINDS = ("date", "money", "percent", "duration")
_SHARED = 2
"""So many words at least are said by both."""


def value_replaced(best: Reading, readings: Sequence[Reading]) -> Disagreement | None:
    """The sentence of a document of better rank that gives a value of `best` as the one that it replaces, and speaks of the same."""
    held = frozenset(key for value in best.values if value.kind in _KINDS for key in key_of(value.kind, value.value, value.text))
    newer = _replacing(held, best.evidence, best.text, readings)
    return Disagreement(newer, [best]) if newer else None


def row_replaced(record: RecordAnswer, readings: Sequence[Reading], today: date, linker: Linker) -> Disagreement | None:
    """The same of the one row that a query found: "go-live 3 May" in the list, "put back from 3 May to 9 June" in a change notice."""
    row = next(iter(record.evidence), None)
    if row is None or len(record.rows) != 1:
        return None
    newer = _replacing(_keys_of(record.rows[0][0]), row, row.quote, readings)
    return Disagreement(newer, [_as_reading(row, newer, today, linker)]) if newer else None


def _as_reading(row: Evidence, newer: Reading, today: date, linker: Linker) -> Reading:
    """The row as a sentence whose value is the one that was replaced."""
    found = (value for kind in dict.fromkeys(value.kind for value in newer.values) for value in values_of(kind, row.quote, today=today, linker=linker))
    values = [value for value in found if key_of(value.kind, value.value, value.text) & newer.replaced]
    return Reading(row, 0, len(row.quote), 0.0, 1.0, bool(values), values)


def _replacing(held: frozenset[object], item: Evidence, text: str, readings: Sequence[Reading]) -> Reading | None:
    words = concept_names(f"{text} {item.context}")
    for reading in readings:
        other = reading.evidence
        better = other.authority < min(item.authority, Authority.GUIDE) and other.source != item.source
        if not better or not reading.typed or not of_one_customer(other, item) or len(words & concept_names(reading.text)) < _SHARED:
            continue
        if held & reading.replaced:
            return reading
    return None


def _keys_of(values: Mapping[str, Any]) -> frozenset[object]:
    """The days and amounts of a row, as values of a text are compared."""
    amounts = (Decimal(str(value)) for value in values.values() if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool))
    return frozenset(value for value in values.values() if isinstance(value, date)) | frozenset(amounts)

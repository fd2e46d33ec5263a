"""Fields that a column's cells tell whatever it is headed: codes, currencies, e-mail addresses, phone numbers, priorities, what it is about."""

from collections.abc import Callable

from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.units import CURRENCY_MARKS

_MOSTLY = 0.9
_TOLD: dict[str, Callable[[Column], bool]] = {
    "currency": lambda column: all(text.lower() in CURRENCY_MARKS for text in column.texts),
    "email": lambda column: column.emails >= _MOSTLY,
    "phone": lambda column: column.phones >= _MOSTLY and column.dates < 1 - _MOSTLY and column.length >= 8,
    "priority": lambda column: column.priorities >= _MOSTLY,
}
"""By field: whether the cells of a column can be nothing else."""


_SAYS_WHAT = {"opportunity": ("title", "service"), "ticket": ("subject",), "project": ("name",), "change": ("title",), "known_error": ("title", "symptoms"), "risk": ("text",)}
"""By kind: the field that says what a record is about, and those that may say it instead."""
_WORDS, _TELLING = 1.3, 0.6


def find_text(mapping: Mapping) -> None:
    """What the records are about under a heading of any words ("What"): the one column left of several words, different in most rows."""
    names = _SAYS_WHAT.get(mapping.kind, ())
    if not names or any(name in mapping.fields for name in names):
        return
    used = mapping.used
    free = [column for column in mapping.columns if column.index not in used and column.texts and _tells(column)]
    if free:
        mapping.fields[names[0]] = max(free, key=lambda column: column.length)


def _tells(column: Column) -> bool:
    other = max(column.dates, column.bools, column.emails, column.phones, column.periods, column.customers, column.organisations)
    words = sum(len(text.split()) for text in column.texts) / len(column.texts)
    worded = sum(sum(map(str.isalpha, text.split())) > 1 for text in column.texts) / len(column.texts)  # "40 chairs for the annex" is no number
    return other < 0.5 and (max(column.numbers, column.codes) < 0.5 or worded >= _TELLING) and column.distinct >= _TELLING and words >= _WORDS


def find_by_cells(mapping: Mapping, used: set[int]) -> None:
    """Columns whose headings tell nothing, by their cells; each field once, none that a heading has told."""
    _find_key(mapping, used)
    for name, is_told in _TOLD.items():
        if name not in mapping.schema.fields or name in mapping.fields:
            continue
        column = next((one for one in mapping.columns if one.index not in used and one.texts and is_told(one)), None)
        if column is not None:
            mapping.fields[name] = column
            used.add(column.index)


def _find_key(mapping: Mapping, used: set[int]) -> None:
    """The record's own identifier under an unusual heading: a first column of codes, each once."""
    if "key" not in mapping.schema.fields or "key" in mapping.fields:
        return
    first = next((column for column in mapping.columns if column.filled and not column.counter), None)
    if first and first.index not in used and first.codes >= 0.9 and first.distinct >= 0.99 and first.filled > 1 and not first.customers:
        mapping.fields["key"] = first
        used.add(first.index)

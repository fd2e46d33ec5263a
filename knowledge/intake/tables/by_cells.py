"""Fields that a column's cells tell whatever it is headed: codes, currencies, e-mail addresses, phone numbers, priorities."""

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

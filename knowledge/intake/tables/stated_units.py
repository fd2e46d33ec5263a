"""The units that a table's title and remarks state: for all its numbers, for single columns, for single customers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.intake.tables.headings import words_of
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.units import SAID, Unit, read_unit, unit_of_title
from knowledge.language.vocabulary import alternatives

_CLAUSES = re.compile(r"[;\n]|(?<=[^\d\s])\.\s+|\s+–\s+|,\s+(?=(?:except|kecuali|but|tetapi|sedangkan|while)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class TableUnits:
    """The unit of a table's numbers, and of those of single customers where title or remarks except them."""

    unit: Unit
    customers: tuple[tuple[str, Unit], ...] = ()
    columns: tuple[tuple[int, Unit], ...] = ()


def table_units(mapping: Mapping, mentions: Callable[[str], list[str]]) -> TableUnits:
    """What title and remarks say about all numbers, clause by clause; a clause that names a customer is about it only."""
    unit, single = Unit(), []
    for text in (mapping.table.title, *mapping.table.notes, mapping.table.section):
        for clause in _CLAUSES.split(text or ""):
            found = unit_of_title(clause)
            if not found:
                continue
            named = mentions(clause)
            if named:
                single += [(name, found) for name in named]
            else:
                unit = unit.over(found)
    return TableUnits(unit, tuple(single), tuple(_column_units(mapping)))


_STATED = re.compile(rf"([^\W\d_][\w ]{{0,30}}?)\s+(?:{alternatives(SAID)})\s+([^\s,;.()]+(?:\s+[^\s,;.()]+)?)", re.IGNORECASE)


def _column_units(mapping: Mapping) -> Iterator[tuple[int, Unit]]:
    """Units that title or remarks give to single columns: "RTO dalam jam, RPO dalam menit"."""
    for text in (mapping.table.title, *mapping.table.notes):
        for match in _STATED.finditer(text or ""):
            unit, words = read_unit(match[2]), words_of(match[1])
            if not unit or not words:
                continue
            yield from ((column.index, unit) for column in mapping.columns if words_of(column.heading)[: len(words)] == words)

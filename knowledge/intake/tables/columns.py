"""What a column's cells look like, whatever its heading says."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Table
from knowledge.intake.tables.periods import read_period
from knowledge.intake.tables.units import CURRENCY_MARKS
from knowledge.intake.tables.values import (
    decimal_mark,
    is_empty,
    month_first,
    read_bool,
    read_date,
    read_number,
    read_range,
)
from knowledge.language.names import LEGAL_AFTER, LEGAL_BEFORE
from knowledge.language.vocabulary import alternatives

SAMPLE = 80
_FIRST = 5000
_LOOKED_AT = 20_000
"""Of so many rows, spread over the table, the sample is taken."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"\+?[\d][\d\s().-]{6,18}\d")
_PRIORITY = re.compile(r"(?:p|s|sev|prio(?:rity)?|prioritas)[\s-]?[1-5]", re.IGNORECASE)


_AMOUNT = re.compile(rf"(?:{alternatives(CURRENCY_MARKS)})\s*\.?\s*[-−(]?\d[\d.,]*\)?\s*,?-?(?:\s*[^\W\d]+)?", re.IGNORECASE)
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-/._ ][A-Za-z0-9]+)*", re.ASCII)


def _is_organisation(text: str) -> bool:
    words = [word.lower().strip(".,()") for word in text.split()]
    return len(words) > 1 and (words[0] in LEGAL_BEFORE or words[-1] in LEGAL_AFTER)


@dataclass
class Column:
    """Shares (0–1) of the `filled` cells that are of a type; `rows`: of the table, without totals; `mark`: the decimal mark of its texts."""

    index: int
    heading: str
    filled: int
    rows: int = 0
    dates: float = 0.0
    ranges: float = 0.0
    numbers: float = 0.0
    bools: float = 0.0
    emails: float = 0.0
    phones: float = 0.0
    periods: float = 0.0
    priorities: float = 0.0
    customers: float = 0.0
    codes: float = 0.0
    organisations: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    counter: bool = False
    mark: str | None = None
    american: bool = False
    in_percent: bool = False
    texts: tuple[str, ...] = ()


def profile(table: Table) -> list[Column]:
    """Every column of a table, without its share of customers (`count_customers`): that depends on who is known."""
    gathered = [_Cells() for _ in table.headings]
    total = len(table.rows)
    step = max(1, total // _LOOKED_AT)
    rows = 0
    for number, row in enumerate(table.rows):
        if row.is_total:
            continue
        rows += 1
        for index, cells in enumerate(gathered):
            cells.take(row.cells[index] if index < len(row.cells) else None, kept=number % step == 0)
    result = []
    for index, (heading, cells) in enumerate(zip(table.headings, gathered, strict=True)):
        sample = cells.sample
        column = _profile(index, heading, sample[:SAMPLE] if len(sample) <= SAMPLE else sample[:: len(sample) // SAMPLE][:SAMPLE])
        column.rows, column.filled, column.counter = rows, cells.filled, cells.counts_rows
        column.mark, column.american = decimal_mark(cells.first[:2000]), month_first(cells.first)
        column.in_percent = heading in table.percent_columns
        result.append(column)
    return result


class _Cells:
    """What is kept of a column while its table goes by: the first filled cells, a sample over all rows, whether it counts 1, 2, 3, …"""

    def __init__(self) -> None:
        self.filled = 0
        self.first: list[Any] = []
        self.sample: list[Any] = []
        self._counts = True
        self._begin: int | None = None
        self._last: int | None = None

    def take(self, cell: Any, *, kept: bool) -> None:
        """The next row's cell; `kept`: whether the row is one of the sample."""
        if is_empty(cell):
            return
        self.filled += 1
        if len(self.first) < _FIRST:
            self.first.append(cell)
        if kept:
            self.sample.append(cell)
        if self._counts:
            self._count(str(cell).strip().rstrip("."))

    def _count(self, text: str) -> None:
        text = text.removesuffix(".0")
        if not text.isascii() or not text.isdigit():
            self._counts = False
            return
        value = int(text)
        if self._last is None:
            self._begin = value
        self._counts = value - self._last in (0, 1) if self._last is not None else value in (0, 1)
        self._last = value

    @property
    def counts_rows(self) -> bool:
        """True for the running number of rows."""
        return self._counts and self._last is not None and self._begin is not None and self._last > self._begin


def count_customers(columns: Sequence[Column], is_customer: Callable[[str], bool]) -> None:
    """Sets each column's share of cells whose text is a known customer."""
    for column in columns:
        column.customers = sum(map(is_customer, column.texts)) / len(column.texts) if column.texts else 0.0


def _is_number(cell: Any) -> bool:
    """A number, or an amount with its currency written to it ("Rp335.000.000")."""
    return not isinstance(cell, dt.date) and (read_number(cell) is not None or (isinstance(cell, str) and _AMOUNT.fullmatch(cell.strip()) is not None))


def _profile(index: int, heading: str, cells: Sequence[Any]) -> Column:
    column = Column(index, heading, len(cells))
    if not cells:
        return column
    texts = [cell_text(cell) for cell in cells]

    def share(test: Callable[[Any], Any], values: Sequence[Any] = cells) -> float:
        return sum(bool(test(value)) for value in values) / len(values)

    column.dates = share(lambda cell: isinstance(cell, dt.date) or (isinstance(cell, str) and read_date(cell) is not None))
    column.ranges = share(lambda cell: isinstance(cell, str) and read_range(cell) is not None)
    column.numbers = share(_is_number)
    column.bools = share(lambda cell: read_bool(cell) is not None)
    column.emails = share(_EMAIL.fullmatch, texts)
    column.phones = share(_PHONE.fullmatch, texts)
    column.priorities = share(_PRIORITY.match, texts)
    column.periods = share(read_period)
    column.codes = share(_CODE.fullmatch, texts)
    column.organisations = share(_is_organisation, texts)
    column.texts = tuple(texts)
    column.distinct = len(set(texts)) / len(texts)
    column.length = sum(map(len, texts)) / len(texts)
    return column

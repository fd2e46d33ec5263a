"""What a column's cells look like, whatever its heading says."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Table
from knowledge.intake.tables.values import (
    decimal_mark,
    is_empty,
    month_first,
    read_bool,
    read_date,
    read_number,
    read_period,
)
from knowledge.language.names import LEGAL_AFTER, LEGAL_BEFORE

SAMPLE = 80
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"\+?[\d][\d\s().-]{6,18}\d")
_PRIORITY = re.compile(r"(?:p|s|sev|prio(?:rity)?|prioritas)[\s-]?[1-5]", re.IGNORECASE)


_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]+(?:[-/._ ][A-Za-z0-9]+)*", re.ASCII)


def _is_organisation(text: str) -> bool:
    words = [word.lower().strip(".,()") for word in text.split()]
    return len(words) > 1 and (words[0] in LEGAL_BEFORE or words[-1] in LEGAL_AFTER)


@dataclass
class Column:
    """Shares (0–1) of the filled cells that are of a type; `mark` is the decimal mark of its texts."""

    index: int
    heading: str
    filled: int
    dates: float = 0.0
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
    rows = [row for row in table.rows if not row.is_total]
    result = []
    for index, heading in enumerate(table.headings):
        cells = [row.cells[index] for row in rows if index < len(row.cells) and not is_empty(row.cells[index])]
        column = _profile(index, heading, cells[:SAMPLE] if len(cells) <= SAMPLE else cells[:: len(cells) // SAMPLE][:SAMPLE])
        column.filled = len(cells)
        column.counter = _counts_rows([row.cells[index] if index < len(row.cells) else None for row in rows])
        column.mark, column.american = decimal_mark(cells[:2000]), month_first(cells[:5000])
        column.in_percent = heading in table.percent_columns
        result.append(column)
    return result


def count_customers(columns: Sequence[Column], is_customer: Callable[[str], bool]) -> None:
    """Sets each column's share of cells whose text is a known customer."""
    for column in columns:
        column.customers = sum(map(is_customer, column.texts)) / len(column.texts) if column.texts else 0.0


def _profile(index: int, heading: str, cells: Sequence[Any]) -> Column:
    column = Column(index, heading, len(cells))
    if not cells:
        return column
    texts = [cell_text(cell) for cell in cells]

    def share(test: Callable[[Any], Any], values: Sequence[Any] = cells) -> float:
        return sum(bool(test(value)) for value in values) / len(values)

    column.dates = share(lambda cell: isinstance(cell, dt.date) or (isinstance(cell, str) and read_date(cell) is not None))
    column.numbers = share(lambda cell: read_number(cell) is not None and not isinstance(cell, dt.date))
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


def _counts_rows(cells: Sequence[Any]) -> bool:
    """True for the running number of rows: 1, 2, 3, …"""
    numbers = [cell for cell in cells if not is_empty(cell)]
    if len(numbers) < 2 or any(not str(cell).strip().rstrip(".").replace(".0", "").isdigit() for cell in numbers):
        return False
    values = [int(float(str(cell).strip().rstrip("."))) for cell in numbers]
    return values[0] in (0, 1) and all(b - a in (0, 1) for a, b in pairwise(values)) and values[-1] > values[0]

"""A table's cells as JSON with types: numbers as numbers, dates as ISO text, so that any sheet can be queried."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row, Table
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.units import unit_of_heading
from knowledge.intake.tables.values import (
    is_empty,
    read_bool,
    read_date,
    read_datetime,
    read_money,
    read_number,
)

MOST_VALUES = 50
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_TIMED = re.compile(r"\d[:.]\d\d")


def column_type(column: Column, table: Table) -> str:
    """text | number | money | percent | date | datetime | bool, by what at least nine of ten cells are; the running number of rows is no number."""
    sample = [row.cells[column.index] for row in table.rows[:200] if column.index < len(row.cells) and not row.is_total]
    cells = [cell for cell in sample if not is_empty(cell)]
    if not cells or column.counter or column.ranges >= 0.5:
        return "text"
    if all(isinstance(cell, bool) for cell in cells):
        return "bool"
    if all(_BARE_YEAR.fullmatch(cell_text(cell)) for cell in cells):
        return "number"
    if column.dates >= 0.9 and not (column.numbers >= 0.9 and all(isinstance(cell, int | float) for cell in cells)):
        timed = any((isinstance(cell, dt.datetime) and (cell.hour or cell.minute)) or (isinstance(cell, str) and _TIMED.search(cell)) for cell in cells)
        return "datetime" if timed else "date"
    if column.in_percent or (column.numbers >= 0.9 and (unit_of_heading(column.heading).measure == "percent" or all("%" in cell_text(cell) for cell in cells))):
        return "percent"
    money = [read_money(cell, unit_of_heading(column.heading), column.mark) for cell in cells]
    if sum(found is not None and found[1] is not None for found in money) >= 0.9 * len(cells):
        return "money"
    codes = all(isinstance(cell, str) and re.match(r"^[0+]\d", cell.strip()) for cell in cells)
    if column.numbers >= 0.9 and not codes and all(not isinstance(cell, str) or re.fullmatch(r"[-−(±~≈]?[\d.,\s]+\)?", cell.strip()) for cell in cells):
        return "number"
    if column.bools >= 0.9 and column.numbers < 0.9:
        return "bool"
    return "text"


def describe_columns(table: Table, columns: list[Column], mapping: Mapping | None, types: list[str]) -> list[dict[str, Any]]:
    """SheetTable.columns: name, field, type, currency and the distinct texts of a column that has few."""
    distinct = _distinct(table, [column for column, kind in zip(columns, types, strict=True) if kind == "text"])
    described = []
    for column, kind in zip(columns, types, strict=True):
        texts = distinct.get(column.index, set())
        described.append({
            "name": column.heading,
            "field": mapping.field_of(column.index) if mapping else None,
            "type": kind,
            "currency": unit_of_heading(column.heading).currency if kind == "money" else None,
            "values": sorted(texts),
        })  # fmt: skip
    return described


def _distinct(table: Table, columns: list[Column]) -> dict[int, set[str]]:
    """The texts of the columns that have few, by column index."""
    found: dict[int, set[str]] = {column.index: set() for column in columns}
    for row in table.rows:
        for index in list(found):
            if index < len(row.cells) and not is_empty(cell := row.cells[index]):
                found[index].add(cell_text(cell))
                if len(found[index]) > MOST_VALUES:
                    del found[index]
        if not found:
            break
    return found


def typed_cells(row: Row, columns: list[Column], types: list[str]) -> dict[str, Any]:
    """SheetRow.cells of a row; a cell that is not of its column's type stays as text."""
    cells = {}
    for column, kind in zip(columns, types, strict=True):
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        if cell is None or cell == "":
            continue
        cells[column.heading] = _typed(cell, kind, column)
    return cells


def _typed(cell: Any, kind: str, column: Column) -> Any:
    value: Any = None
    match kind:
        case "date":
            day = read_date(cell, column.american)
            value = day.isoformat() if day else None
        case "datetime":
            moment = read_datetime(cell, column.american)
            value = moment.isoformat(sep=" ", timespec="minutes") if moment else None
        case "number":
            value = _number(read_number(cell, column.mark))
        case "percent":
            number = read_number(cell, column.mark)
            value = _number(number * 100 if number is not None and column.in_percent and not isinstance(cell, str) else number)
        case "money":
            money = read_money(cell, unit_of_heading(column.heading), column.mark)
            value = _number(money[0]) if money else None
        case "bool":
            value = read_bool(cell)
        case _ if isinstance(cell, bool | int | float):
            value = cell
    return cell_text(cell) if value is None else value


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)

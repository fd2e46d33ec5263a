"""One cell → one field of a draft, by the field's type and the column's way of writing."""

import datetime as dt
import re
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.drafts import RecordDraft, plain
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.periods import Period, read_period
from knowledge.intake.tables.units import Unit
from knowledge.intake.tables.values import (
    is_remarked,
    read_bool,
    read_date,
    read_datetime,
    read_duration,
    read_money,
    read_number,
    read_percent,
    read_range,
    share_is_fraction,
    split_list,
)
from knowledge.records.schema import FieldSchema

_LAST_DAYS = frozenset({"end", "ends_on", "valid_until", "contract_end", "end_of_support", "due"})
"""Fields of last days: "Des 2027" is 31 December."""
_FIRST_DAYS = {"ends_on": "effective_from", "end": "start", "valid_until": "valid_from"}
"""Where the first day of a cell goes that holds both, if no column of its own gives it."""
_MONTH_ALONE = re.compile(r"[^\W\d]+[\s.'’-]*(?:(?:19|20)\d\d|\d\d)|(?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d|(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_BREACH = re.compile(r"breach|pelanggaran|terlewat", re.IGNORECASE)


class FieldReader:
    """Reads the cells of one table; knows units, decimal marks and scales of its columns. `units`: by column index."""

    def __init__(self, mapping: Mapping, units: dict[int, Unit], year: int | None) -> None:
        self.mapping, self.units, self.year = mapping, units, year
        head = mapping.table.rows[:2000]
        self.fractions = {
            column.index: share_is_fraction([row.cells[column.index] for row in head if column.index < len(row.cells)])
            for column in mapping.columns
        }

    def read(self, draft: RecordDraft, schema: FieldSchema, column: Column, cell: Any, unit: Unit) -> None:
        """Put a cell into the draft's field. `unit`: what row and table say about amounts."""
        text = cell_text(cell)
        in_column = self.units[column.index].over(unit if schema.type == "money" else Unit())
        value: Any = None
        match schema.type:
            case "key":
                draft.key = text
                if schema.name != "key":
                    draft.values[schema.name] = text
                return
            case "customer":
                (draft.customers.extend(split_list(text)) if schema.many else draft.customer.append(text))
                return
            case "list":
                value = split_list(text)
            case "date":
                if period_of_both := read_range(cell):
                    self._take_both(draft, schema, column, cell, period_of_both)
                    return
                value = read_date(cell, column.american)
                if value and value.day == 1 and schema.name in _LAST_DAYS and isinstance(cell, str) and (month := _MONTH_ALONE.fullmatch(cell.strip())):
                    value = period.end if (period := read_period(month[0], self.year)) else value
            case "datetime":
                value = read_datetime(cell, column.american)
            case "period":
                period = read_period(cell, self.year) or (_day_period(read_date(cell, column.american)))
                if period:
                    draft.values |= {"period_start": period.start, "period_end": period.end, "period_label": period.label}
                    return
            case "money":
                money = read_money(cell, in_column, column.mark)
                if money:
                    value, currency = money
                    if currency:
                        draft.values.setdefault("currency", currency)
                    if in_column.per and "fee_per" in self.mapping.schema.fields:
                        draft.values.setdefault("fee_per", in_column.per)
            case "number":
                value = read_number(cell, column.mark)
                if value is not None and (column.in_percent or (isinstance(cell, str) and "%" in cell)):
                    value = read_percent(cell, column.mark, shown_as_percent=column.in_percent, fraction=False)
                    draft.values.setdefault("unit", "percent")
                elif self.units[column.index].measure:
                    draft.values.setdefault("unit", self.units[column.index].measure)
            case "percent":
                fraction = schema.name == "probability"
                points = column.in_percent or (self.fractions[column.index] and not (isinstance(cell, str) and "%" in cell))
                value = read_percent(cell, column.mark, shown_as_percent=points, fraction=fraction)
                if is_remarked(cell):
                    draft.extra[column.heading] = text
            case "duration":
                value = read_duration(cell, schema.unit or "minute", self.units[column.index], column.mark)
            case "bool":
                said = schema.canonical(text)
                value = said == "yes" if said else read_bool(cell)
                if value is not None and _BREACH.search(column.heading):
                    value = not value
            case "choice":
                canonical = schema.canonical(text)
                value = text if schema.written or canonical is None else canonical
            case _:
                value = text
        if value is None:
            draft.problems.append(f"{column.heading}: {text!r}")
            draft.extra[column.heading] = plain(cell)
            return
        draft.values[schema.name] = value


    def _take_both(self, draft: RecordDraft, schema: FieldSchema, column: Column, cell: Any, days: tuple[dt.date, dt.date]) -> None:
        """A cell with a first and a last day fills the field of each; where the kind has one only, the cell's words are kept beside it."""
        first, last = days
        draft.values[schema.name] = last if schema.name in _LAST_DAYS else first
        others = {**_FIRST_DAYS, **{start: end for end, start in _FIRST_DAYS.items()}}
        other = others.get(schema.name, "")
        if other in self.mapping.schema.fields and other not in self.mapping.fields:
            draft.values[other] = first if schema.name in _LAST_DAYS else last
        elif other not in self.mapping.schema.fields:
            draft.extra[column.heading] = plain(cell)


def _day_period(day: dt.date | None) -> Period | None:
    return Period(day, day, day.isoformat()) if day else None

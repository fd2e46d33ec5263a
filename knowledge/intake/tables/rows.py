"""Rows of a mapped table → drafts of records: typed fields, customers as written, units applied, wide columns melted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.drafts import RecordDraft, plain
from knowledge.intake.tables.fields import FieldReader
from knowledge.intake.tables.finishing import finish, names_forecast
from knowledge.intake.tables.headings import canonical_in
from knowledge.intake.tables.mapping import Mapping, Spread
from knowledge.intake.tables.stated_units import table_units
from knowledge.intake.tables.units import Unit, read_unit, unit_of_heading
from knowledge.intake.tables.values import is_empty, read_bool, read_money, read_number, read_percent
from knowledge.intake.tables.wide import label_of

_MOSTLY = 0.9
_FIGURE = re.compile(r"\s*[-−±~≈]?\s*\d[\d.,]*\s*")
_MARKED = re.compile(r"\d[.,]\d|[±~≈]")


class RowReader:
    """Reads one table's rows. `mentions` gives the customers that a title names, `year` completes "Q1"."""

    def __init__(self, mapping: Mapping, *, year: int | None, mentions: Callable[[str], list[str]]) -> None:
        self.mapping, self.units, self.year = mapping, table_units(mapping, mentions), year
        self.column_units = {column.index: unit_of_heading(column.heading) for column in mapping.columns}
        for index, stated in self.units.columns:
            self.column_units[index] = self.column_units[index].over(stated)
        self.fields = FieldReader(mapping, self.column_units, year)
        self.targets = _target_rows(mapping)
        used = mapping.used
        self.others = [column for column in mapping.columns if column.index not in used and not column.counter]
        self.figures = {column.index for column in self.others if column.numbers >= _MOSTLY and column.dates < _MOSTLY and all(map(_FIGURE.fullmatch, column.texts))}
        self.carried: dict[int, Any] = {}
        self.carries = {
            column.index for column in mapping.customers if column.index == mapping.customers[0].index and self._has_gaps_like_groups(column)
        }

    def _has_gaps_like_groups(self, column: Column) -> bool:
        """A customer written once for the rows below it: the first cell is filled, others are empty."""
        if len(self.mapping.customers) != 1 or column.filled >= column.rows:
            return False
        first = next((row for row in self.mapping.table.rows if not row.is_total), None)
        return first is not None and not is_empty(_cell(first, column.index))

    def drafts(self, row: Row) -> Iterator[RecordDraft]:
        """A draft for every record of the row; rows must come in their order."""
        mapping = self.mapping
        if not self._is_read(row):
            return
        base = self._base(row)
        if mapping.kind in ("figure", "measurement") and (mapping.spread or mapping.measures):
            yield from self._melted(row, base)
            return
        if mapping.kind == "access" and mapping.spread:
            base.customers = [part.customer or "" for part in mapping.spread if self._granted(_cell(row, part.column.index))]
            base.values.pop("customer_id", None)
        finish(base, mapping, self.year)
        yield base

    def names(self, row: Row) -> Iterator[RecordDraft]:
        """The row's draft with the customers that it names and nothing else."""
        if self._is_read(row):
            draft = self._named(row)
            for name, column in self.mapping.fields.items():
                if self.mapping.schema.fields[name].type == "customer" and not is_empty(cell := _cell(row, column.index)):
                    self.fields.read(draft, self.mapping.schema.fields[name], column, cell, Unit())
            yield draft

    def _is_read(self, row: Row) -> bool:
        """Whether the row holds a record of its own: no total, nothing empty, no target beside which the others stand."""
        if row.is_total or all(is_empty(cell) for cell in row.cells):
            return False
        labels = self.mapping.labels
        return not (labels and label_of(cell_text(row.cells[labels.index]), self.mapping.schema) == "target")

    def _named(self, row: Row) -> RecordDraft:
        draft = RecordDraft(self.mapping.kind, row.number)
        for column in self.mapping.customers:
            cell = _cell(row, column.index)
            if is_empty(cell) and column.index in self.carries:
                cell = self.carried.get(column.index)
            self.carried[column.index] = cell
            if not is_empty(cell):
                draft.customer.append(cell_text(cell))
        return draft

    def _base(self, row: Row) -> RecordDraft:
        mapping = self.mapping
        draft = self._named(row)
        unit = self._row_unit(draft, row)
        for name, column in mapping.fields.items():
            if mapping.kind == "access" and mapping.spread and name == "customer_id":
                continue
            cell = _cell(row, column.index)
            if not is_empty(cell):
                self.fields.read(draft, mapping.schema.fields[name], column, cell, unit)
        draft.extra = {column.heading: self._kept(column, cell) for column in self.others if not is_empty(cell := _cell(row, column.index))} | draft.extra
        return draft

    def _kept(self, column: Column, cell: Any) -> Any:
        """A cell of a column that the kind does not know: a figure as the number that it is in that column ("1.840" beside "642,5")."""
        if column.index in self.figures and isinstance(cell, str) and _MARKED.search(cell):
            number = read_number(cell, column.mark)
            if number is not None:
                return int(number) if number == int(number) else float(number)
        return plain(cell)

    def _row_unit(self, draft: RecordDraft, row: Row) -> Unit:
        """What the unit column of the row says, then the exception for its customer, then the table's unit."""
        unit = Unit()
        for name in ("unit", "currency", "fee_per"):
            column = self.mapping.fields.get(name)
            cell = _cell(row, column.index) if column else None
            if column and not is_empty(cell) and self.mapping.schema.fields[name].type != "choice":
                unit = unit.over(read_unit(cell_text(cell)))
        spelled = {text.lower() for text in draft.customer}
        for name, exception in self.units.customers:
            if name.lower() in spelled:
                return unit.over(exception)
        return unit.over(self.units.unit)

    def _granted(self, cell: Any) -> bool:
        if is_empty(cell):
            return False
        text = cell_text(cell).lower().strip()
        return text in self.mapping.schema.words["granted"] or text in self.mapping.schema.words["all"]

    def _melted(self, row: Row, base: RecordDraft) -> Iterator[RecordDraft]:
        if self.mapping.kind == "figure":
            yield from self._figures(row, base)
        else:
            yield from self._measurements(row, base, self.targets.get(_others(self.mapping, row)))

    def _parts(self) -> Iterator[tuple[Column, Spread | None, str | None]]:
        if self.mapping.spread:
            yield from ((part.column, part, None) for part in self.mapping.spread)
        else:
            yield from ((column, None, measured) for column, measured in self.mapping.measures)

    def _figures(self, row: Row, base: RecordDraft) -> Iterator[RecordDraft]:
        metrics = self.mapping.schema.fields["metric"]
        for column, part, measured in self._parts():
            cell = _cell(row, column.index)
            if is_empty(cell):
                continue
            draft = replace(base, values=dict(base.values), customer=list(base.customer), extra=dict(base.extra), part=column.heading, problems=[])
            unit = self.column_units[column.index].over(self._row_unit(base, row))
            money = read_money(cell, unit, column.mark)
            if money is None:
                draft.problems.append(f"{column.heading}: {cell_text(cell)!r}")
                yield draft
                continue
            draft.values["value"] = money[0]
            if money[1]:
                draft.values["currency"] = money[1]
            if part and part.period:
                draft.values |= {"period_start": part.period.start, "period_end": part.period.end, "period_label": part.period.label}
            if part and part.customer:
                draft.customer = [part.customer]
            rest = measured or (canonical_in(part.rest, metrics) if part and part.rest else None)
            if rest:
                draft.values["metric"] = rest
            if part and part.rest and names_forecast(part.rest, self.mapping):
                draft.values["forecast"] = True
            finish(draft, self.mapping, self.year)
            yield draft

    def _measurements(self, row: Row, base: RecordDraft, target_row: Row | None) -> Iterator[RecordDraft]:
        """One a period: heads that say "Target" and "Realisasi" beside the same period belong together."""
        periods: dict[Any, RecordDraft] = {}
        for column, part, measured in self._parts():
            cell = _cell(row, column.index)
            if is_empty(cell):
                continue
            key = (part.period.label if part and part.period else None, part.customer if part else None, measured)
            if key not in periods:
                periods[key] = replace(base, values=dict(base.values), customer=list(base.customer), extra=dict(base.extra), part=column.heading, problems=[])
            draft = periods[key]
            role = (label_of(part.rest, self.mapping.schema) if part and part.rest else None) or "value"
            value = self._measured(cell, column)
            if value is None:
                met = read_bool(cell)
                draft.values["met"] = met if met is not None else draft.values.get("met")
                continue
            draft.values[role] = value
            if column.in_percent or self.column_units[column.index].measure == "percent" or (isinstance(cell, str) and "%" in cell):
                draft.values.setdefault("unit", "percent")
            if part and part.period:
                draft.values |= {"period_start": part.period.start, "period_end": part.period.end}
            if part and part.customer:
                draft.customer = [part.customer]
            if measured:
                draft.values["indicator"] = measured
            if target_row is not None and "target" not in draft.values:
                draft.values["target"] = self._measured(_cell(target_row, column.index), column)
        for draft in periods.values():
            if draft.values.get("value") is not None or draft.values.get("met") is not None:
                finish(draft, self.mapping, self.year)
                yield draft

    def _measured(self, cell: Any, column: Column) -> Decimal | None:
        return read_percent(cell, column.mark, shown_as_percent=column.in_percent, fraction=False)


def _cell(row: Row, index: int) -> Any:
    return row.cells[index] if index < len(row.cells) else None


def _target_rows(mapping: Mapping) -> dict[tuple[str, ...], Row]:
    """The rows labelled "Target" of a wide table, by their other cells."""
    if not mapping.labels:
        return {}
    return {
        _others(mapping, row): row
        for row in mapping.table.rows
        if label_of(cell_text(row.cells[mapping.labels.index]), mapping.schema) == "target"
    }


def _others(mapping: Mapping, row: Row) -> tuple[str, ...]:
    skipped = {part.column.index for part in mapping.spread} | ({mapping.labels.index} if mapping.labels else set())
    return tuple(cell_text(cell) for index, cell in enumerate(row.cells) if index not in skipped)

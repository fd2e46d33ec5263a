"""Rows of a mapped table → drafts of records: typed fields, customers as written, units applied, wide columns melted."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.headings import canonical_in, names_kind, words_of
from knowledge.intake.tables.mapping import Mapping, Spread, label_of
from knowledge.intake.tables.units import (
    SAID,
    Unit,
    read_unit,
    unit_of_heading,
    unit_of_title,
)
from knowledge.intake.tables.values import (
    Period,
    is_empty,
    read_bool,
    read_date,
    read_datetime,
    read_duration,
    read_money,
    read_number,
    read_percent,
    read_period,
    share_is_fraction,
    split_list,
)
from knowledge.language.vocabulary import alternatives
from knowledge.records.schema import FieldSchema

_CLAUSES = re.compile(r"[;\n]|(?<=[^\d\s])\.\s+|\s+–\s+|,\s+(?=(?:except|kecuali|but|tetapi|sedangkan|while)\b)", re.IGNORECASE)


@dataclass
class RecordDraft:
    """A record as its row says. `customer`: spellings, the surest first; `customers`: entries of a list cell.

    `cells`: the whole row by heading, for the quote; `part`: what tells records of one row apart; `problems`: reasons in words.
    """

    kind: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    customer: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    key: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    part: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TableUnits:
    """The unit of a table's numbers, and of those of single customers where title or remarks except them."""

    unit: Unit
    customers: tuple[tuple[str, Unit], ...] = ()
    columns: tuple[tuple[int, Unit], ...] = ()


def read_rows(mapping: Mapping, *, year: int | None, mentions: Callable[[str], list[str]]) -> Iterator[RecordDraft]:
    """A draft for every record of the table. `mentions` gives the customers that a title names, `year` completes "Q1"."""
    units = table_units(mapping, mentions)
    reader = _RowReader(mapping, units, year)
    targets = _target_rows(mapping)
    for row in mapping.table.rows:
        if row.is_total or all(is_empty(cell) for cell in row.cells):
            continue
        if mapping.labels and label_of(cell_text(row.cells[mapping.labels.index]), mapping.schema) == "target":
            continue
        yield from reader.drafts(row, targets)


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


class _RowReader:
    """Reads one table's rows; knows the units, decimal marks and scales of its columns."""

    def __init__(self, mapping: Mapping, units: TableUnits, year: int | None) -> None:
        self.mapping, self.units, self.year = mapping, units, year
        self.headings = mapping.table.headings
        self.column_units = {column.index: unit_of_heading(column.heading) for column in mapping.columns}
        for index, stated in units.columns:
            self.column_units[index] = self.column_units[index].over(stated)
        self.fractions = {
            column.index: share_is_fraction([row.cells[column.index] for row in mapping.table.rows[:2000] if column.index < len(row.cells)])
            for column in mapping.columns
        }
        self.carried: dict[int, Any] = {}
        self.carries = {
            column.index for column in mapping.customers if column.index == mapping.customers[0].index and self._has_gaps_like_groups(column)
        }

    def _has_gaps_like_groups(self, column: Column) -> bool:
        """A customer written once for the rows below it: the first cell is filled, others are empty."""
        cells = [row.cells[column.index] if column.index < len(row.cells) else None for row in self.mapping.table.rows if not row.is_total]
        return bool(cells) and not is_empty(cells[0]) and column.filled < len(cells) and len(self.mapping.customers) == 1

    def drafts(self, row: Row, targets: dict[tuple[str, ...], Row]) -> Iterator[RecordDraft]:
        mapping = self.mapping
        base = self._base(row)
        if mapping.kind in ("figure", "measurement") and (mapping.spread or mapping.measures):
            yield from self._melted(row, base, targets.get(_others(mapping, row)))
            return
        if mapping.kind == "access" and mapping.spread:
            base.customers = [part.customer or "" for part in mapping.spread if self._granted(self._cell(row, part.column.index))]
            base.values.pop("customer_id", None)
        self._finish(base)
        yield base

    def _cell(self, row: Row, index: int) -> Any:
        return row.cells[index] if index < len(row.cells) else None

    def _base(self, row: Row) -> RecordDraft:
        mapping = self.mapping
        draft = RecordDraft(mapping.kind, row.number)
        for column in mapping.customers:
            cell = self._cell(row, column.index)
            if is_empty(cell) and column.index in self.carries:
                cell = self.carried.get(column.index)
            self.carried[column.index] = cell
            if not is_empty(cell):
                draft.customer.append(cell_text(cell))
        unit = self._row_unit(draft, row)
        for name, column in mapping.fields.items():
            if mapping.kind == "access" and mapping.spread and name == "customer_id":
                continue
            cell = self._cell(row, column.index)
            if is_empty(cell):
                continue
            self._read_field(draft, mapping.schema.fields[name], column, cell, unit)
        used = mapping.used
        draft.extra = {
            column.heading: _plain(self._cell(row, column.index))
            for column in mapping.columns
            if column.index not in used and not column.counter and not is_empty(self._cell(row, column.index))
        }
        return draft

    def _row_unit(self, draft: RecordDraft, row: Row) -> Unit:
        """What the unit column of the row says, then the exception for its customer, then the table's unit."""
        unit = Unit()
        for name in ("unit", "currency", "fee_per"):
            column = self.mapping.fields.get(name)
            cell = self._cell(row, column.index) if column else None
            if column and not is_empty(cell) and self.mapping.schema.fields[name].type != "choice":
                unit = unit.over(read_unit(cell_text(cell)))
        spelled = {text.lower() for text in draft.customer}
        for name, exception in self.units.customers:
            if name.lower() in spelled:
                return unit.over(exception)
        return unit.over(self.units.unit)

    def _read_field(self, draft: RecordDraft, schema: FieldSchema, column: Column, cell: Any, unit: Unit) -> None:
        text = cell_text(cell)
        in_column = self.column_units[column.index].over(unit if schema.type == "money" else Unit())
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
                value = read_date(cell, column.american)
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
                elif self.column_units[column.index].measure:
                    draft.values.setdefault("unit", self.column_units[column.index].measure)
            case "percent":
                fraction = schema.name == "probability"
                points = column.in_percent or (self.fractions[column.index] and not (isinstance(cell, str) and "%" in cell))
                value = read_percent(cell, column.mark, shown_as_percent=points, fraction=fraction)
            case "duration":
                value = read_duration(cell, schema.unit or "minute", self.column_units[column.index], column.mark)
            case "bool":
                said = schema.canonical(text)
                value = said == "yes" if said else read_bool(cell)
                if value is not None and re.search(r"breach|pelanggaran|terlewat", column.heading, re.IGNORECASE):
                    value = not value
            case "choice":
                canonical = schema.canonical(text)
                value = text if schema.written or canonical is None else canonical
            case _:
                value = text
        if value is None:
            draft.problems.append(f"{column.heading}: {text!r}")
            draft.extra[column.heading] = _plain(cell)
            return
        draft.values[schema.name] = value

    def _granted(self, cell: Any) -> bool:
        if is_empty(cell):
            return False
        text = cell_text(cell).lower().strip()
        return text in self.mapping.schema.words["granted"] or text in self.mapping.schema.words["all"]

    def _melted(self, row: Row, base: RecordDraft, target_row: Row | None) -> Iterator[RecordDraft]:
        if self.mapping.kind == "figure":
            yield from self._figures(row, base)
        else:
            yield from self._measurements(row, base, target_row)

    def _parts(self, row: Row) -> Iterator[tuple[Column, Spread | None, str | None]]:
        if self.mapping.spread:
            yield from ((part.column, part, None) for part in self.mapping.spread)
        else:
            yield from ((column, None, measured) for column, measured in self.mapping.measures)

    def _figures(self, row: Row, base: RecordDraft) -> Iterator[RecordDraft]:
        metrics = self.mapping.schema.fields["metric"]
        for column, part, measured in self._parts(row):
            cell = self._cell(row, column.index)
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
            self._finish(draft)
            yield draft

    def _measurements(self, row: Row, base: RecordDraft, target_row: Row | None) -> Iterator[RecordDraft]:
        """One a period: heads that say "Target" and "Realisasi" beside the same period belong together."""
        periods: dict[Any, RecordDraft] = {}
        for column, part, measured in self._parts(row):
            cell = self._cell(row, column.index)
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
                draft.values["target"] = self._measured(self._cell(target_row, column.index), column)
        for draft in periods.values():
            if draft.values.get("value") is not None or draft.values.get("met") is not None:
                self._finish(draft)
                yield draft

    def _measured(self, cell: Any, column: Column) -> Decimal | None:
        return read_percent(cell, column.mark, shown_as_percent=column.in_percent, fraction=False)

    def _finish(self, draft: RecordDraft) -> None:
        finish = _FINISHERS.get(draft.kind)
        if finish:
            finish(draft, self.mapping, self.year)


def names_forecast(text: str, mapping: Mapping) -> bool:
    """Whether a heading or title says that the numbers are expected, not measured."""
    return bool(set(re.findall(r"[^\W\d_]+", text.lower())) & mapping.schema.words.get("forecast", frozenset()))


def _titles(mapping: Mapping) -> list[str]:
    return [mapping.table.name, mapping.table.title or "", *mapping.table.notes]


def _finish_figure(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    schema = mapping.schema.fields["metric"]
    written = draft.values.get("metric")
    known = set(schema.values)
    if written and written not in known:
        draft.values.setdefault("name", written)
        draft.values["metric"] = canonical_in(written, schema) or _title_metric(mapping)
    elif not written:
        named = draft.values.get("name")
        draft.values["metric"] = (canonical_in(named, schema) if named else None) or _title_metric(mapping)
    if draft.values["metric"] == "usage" and "currency" in draft.values and not draft.values.get("unit"):
        draft.values.pop("currency")
    if draft.values.get("unit") and read_unit(str(draft.values["unit"])).currency:
        draft.values.pop("unit")  # it is in the value and the currency already
    if any(names_forecast(text, mapping) for text in _titles(mapping)[:2]):
        draft.values.setdefault("forecast", True)
    _default_year(draft, year)


def _title_metric(mapping: Mapping) -> str:
    schema = mapping.schema.fields["metric"]
    value = mapping.fields.get("value")
    for text in (value.heading if value else "", *_titles(mapping)):
        if found := canonical_in(text, schema):
            return found
    money = any(unit_of_heading(column.heading).currency for column in mapping.columns) or any(unit_of_title(text).currency for text in _titles(mapping))
    return "revenue" if money else "usage"


def _default_year(draft: RecordDraft, year: int | None) -> None:
    if "period_start" not in draft.values and year:
        draft.values |= {"period_start": dt.date(year, 1, 1), "period_end": dt.date(year, 12, 31), "period_label": str(year)}


def _finish_measurement(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    values.pop("period_label", None)
    indicator = mapping.schema.fields["indicator"]
    if not values.get("indicator"):
        value = mapping.fields.get("value")
        texts = ((value.heading if value else ""), *_titles(mapping))
        values["indicator"] = next((found for text in texts if (found := canonical_in(text, indicator))), "")
    _default_year(draft, year)
    values.pop("period_label", None)
    value, target = values.get("value"), values.get("target")
    if values.get("unit") == "%":
        values["unit"] = "percent"
    if values.get("met") is None and value is not None and target is not None:
        values["met"] = value <= target if lower_is_better(values, mapping) else value >= target


def lower_is_better(values: dict[str, Any], mapping: Mapping) -> bool:
    """A measured time is met when it is at most the target; a share or score when it is at least."""
    if values.get("unit") in ("minute", "hour", "day", "second", "business_day"):
        kind = canonical_in(str(values.get("indicator") or ""), mapping.schema.fields["indicator"])
        return kind != "availability"
    return False


def _finish_ticket(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    for name in ("response", "resolution"):
        minutes, target = values.get(f"{name}_minutes"), values.get(f"{name}_target_minutes")
        if values.get(f"{name}_met") is None and minutes is not None and target is not None:
            values[f"{name}_met"] = minutes <= target


def _finish_feedback(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    kinds = mapping.schema.fields["kind"]
    written = draft.values.get("kind")
    if written and written not in kinds.values:
        draft.extra.setdefault("kind", written)
        draft.values["kind"] = canonical_in(written, kinds) or "feedback"
    elif not written:
        found = next((found for text in _titles(mapping)[:2] if (found := canonical_in(text, kinds))), None)
        draft.values["kind"] = found or "feedback"
    sentiment = {"complaint": "negative", "compliment": "positive"}.get(draft.values["kind"], "neutral")
    draft.values.setdefault("sentiment", sentiment)


def _finish_opportunity(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    probability = draft.values.get("probability")
    if probability is not None and probability > 1:
        draft.values["probability"] = probability / 100


def _finish_subscription(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    status = mapping.schema.fields["status"]
    if "status" not in draft.values and "fee" not in draft.values:
        found = next((found for text in _titles(mapping)[:2] if (found := canonical_in(text, status))), None)
        if found:
            draft.values["status"] = found
    if "fee" in draft.values:
        draft.values.setdefault("fee_per", "month")


def _finish_contact(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    former = mapping.schema.words.get("former", frozenset())
    sheet = set(re.findall(r"[^\W\d_]+", f"{mapping.table.name} {mapping.table.title or ''}".lower()))
    if sheet & former and "valid_until" not in draft.values:
        draft.extra["former"] = True
    if names_kind(mapping.table.name, mapping.schema) and any(word in f"{mapping.table.name} {mapping.table.title or ''}".lower() for word in mapping.schema.words.get("provider", ())):
        draft.extra["provider_sheet"] = True


def _finish_service(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    values.setdefault("name", values.get("name_id") or values.get("name_en") or draft.key or "")


def _finish_continuity(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    draft.values.setdefault("subject", draft.values.get("service") or "")


def _finish_commitment(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    draft.values.setdefault("kind", "action_item")
    if draft.values.get("status") not in ("open", "done"):
        draft.values["status"] = "unknown" if draft.values.get("status") else "open"


_FINISHERS: dict[str, Callable[[RecordDraft, Mapping, int | None], None]] = {
    "figure": _finish_figure, "measurement": _finish_measurement, "ticket": _finish_ticket, "feedback": _finish_feedback,
    "opportunity": _finish_opportunity, "subscription": _finish_subscription, "contact": _finish_contact, "service": _finish_service,
    "continuity": _finish_continuity, "commitment": _finish_commitment,
}  # fmt: skip


def _day_period(day: dt.date | None) -> Period | None:
    return Period(day, day, day.isoformat()) if day else None


def _plain(cell: Any) -> Any:
    """A cell as JSON: numbers and yes/no as they are, all else as text."""
    return cell if isinstance(cell, bool | int | float) or cell is None else cell_text(cell)


def names_all(entries: list[str], words: frozenset[str]) -> bool:
    """Whether a list cell says "all"."""
    return any(entry.lower().strip() in words for entry in entries)



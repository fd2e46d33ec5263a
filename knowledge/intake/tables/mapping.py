"""Which record kind a table is, and which column is which field."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from knowledge.documents.model import Table
from knowledge.intake.tables.columns import Column, count_customers, profile
from knowledge.intake.tables.headings import (
    FITS,
    PLAUSIBLE,
    canonical_in,
    heading_score,
    names_kind,
    plausible_fields,
    words_of,
)
from knowledge.intake.tables.values import Period, read_period
from knowledge.records.schema import FieldSchema, KindSchema, schemas

_SURE = 0.9
_MEASURED = {"figure": "metric", "measurement": "indicator"}
_SPREAD = 2  # so many headings that are periods (or customers) make a table wide


@dataclass
class Spread:
    """A wide table's column: the heading's period or customer, and what is left of the heading ("Target")."""

    column: Column
    period: Period | None = None
    customer: str | None = None
    rest: str = ""


@dataclass
class Mapping:
    """A table understood: field → column. `customers`: every column that names the customer, the surest first.

    `spread`: columns to be melted, one record each; `measures`: (column, metric or indicator) where a row holds several;
    `labels`: the column of a wide table whose cells say "Target" or "Realisasi".
    """

    schema: KindSchema
    table: Table
    columns: list[Column]
    fields: dict[str, Column] = field(default_factory=dict)
    customers: list[Column] = field(default_factory=list)
    spread: list[Spread] = field(default_factory=list)
    measures: list[tuple[Column, str]] = field(default_factory=list)
    labels: Column | None = None
    score: float = 0.0
    hint: float = 0.0

    @property
    def kind(self) -> str:
        return self.schema.kind

    @property
    def used(self) -> set[int]:
        """Indexes of the columns that a field, the customer or a melted value is read from."""
        found = {column.index for column in (*self.fields.values(), *self.customers)}
        found |= {part.column.index for part in self.spread} | {column.index for column, _ in self.measures}
        return found | ({self.labels.index} if self.labels else set())

    def field_of(self, index: int) -> str | None:
        """The field that a column's values go to, or None."""
        for name, column in self.fields.items():
            if column.index == index:
                return name
        return "customer_id" if index in {column.index for column in self.customers} else None


@dataclass(frozen=True)
class Surroundings:
    """What stands around a table: its file and, where sheet, title or file name one, its customer's spelling."""

    source: str
    customer: str | None = None
    year: int | None = None


def map_table(
    table: Table, around: Surroundings, is_customer: Callable[[str], bool], columns: list[Column] | None = None
) -> Mapping | None:
    """The kind that fits a table best, with its columns, or None where none fits well enough. `columns`: its profile, if made."""
    if not table.rows or len(table.headings) < 2:
        return None
    columns = profile(table) if columns is None else columns
    count_customers(columns, is_customer)
    candidates = [_fit(schema, table, columns, around, is_customer) for schema in schemas().values()]
    fitting = [mapping for mapping in candidates if mapping is not None]
    return max(fitting, key=lambda mapping: mapping.score, default=None)


def name_hint(table: Table, schema: KindSchema, source: str) -> float:
    """How clearly sheet, title or file say the kind, 0–1; the sheet's own name counts most."""
    sheet = re.sub(r"\s*\(\d+\)$", "", table.name)
    path = PurePosixPath(source)
    generic = re.fullmatch(r"(sheet|lembar|table|tabel|data)\s*\d*", sheet, re.IGNORECASE)
    return max(
        0.0 if generic else names_kind(sheet, schema),
        0.9 * names_kind(table.title or "", schema),
        0.9 * names_kind(re.sub(r"\d+", " ", path.stem), schema),
        0.5 * names_kind(table.section or "", schema),
    )


def _fit(
    schema: KindSchema, table: Table, columns: list[Column], around: Surroundings, is_customer: Callable[[str], bool]
) -> Mapping | None:
    mapping = Mapping(schema, table, columns, hint=name_hint(table, schema, around.source))
    if schema.kind in _MEASURED:
        _find_spread(mapping, around, is_customer)
    _assign(mapping)
    if schema.kind in _MEASURED:
        _find_measures(mapping)
    if schema.kind == "access":
        _find_matrix(mapping, is_customer)
    if not _has_required(mapping, around) or not _is_hinted(mapping):
        return None
    filled = [column for column in columns if column.filled and not column.counter]
    coverage = len([column for column in filled if column.index in mapping.used]) / max(1, len(filled))
    if coverage < (0.34 if mapping.hint >= 0.5 else 0.5):
        return None
    weights = sum(
        schema.fields[name].weight * _score(column, schema.fields[name]) for name, column in mapping.fields.items()
    )
    weights += 0.9 * len(mapping.customers[:2]) + 1.5 * bool(mapping.spread) + 1.2 * len(mapping.measures[:2]) + bool(mapping.labels)
    mapping.score = weights + 3 * coverage + 2.5 * mapping.hint
    return mapping


def _score(column: Column, schema: FieldSchema) -> float:
    """The heading's fit, changed by whether the cells can be the field's type at all."""
    score = heading_score(column.heading, schema)
    if score < PLAUSIBLE or not column.filled:
        return score if score >= FITS else 0.0
    return score * _type_factor(column, schema)


def _type_factor(column: Column, schema: FieldSchema) -> float:
    match schema.type:
        case "date" | "datetime":
            return 1.0 if column.dates >= 0.5 or column.periods >= 0.5 else 0.3
        case "period":
            return 1.0 if column.periods >= 0.6 or column.dates >= 0.6 else 0.3
        case "money" | "number" | "percent":
            return 1.0 if column.numbers >= 0.5 and column.dates < 0.8 else 0.3
        case "duration":
            return 1.0 if column.numbers >= 0.4 or column.bools < 0.5 else 0.3
        case "bool":
            if schema.values:
                known = [schema.canonical(text) is not None for text in column.texts]
                return 1.1 if known and sum(known) >= 0.7 * len(known) else 0.3
            return 1.1 if column.bools >= 0.7 else 0.4
        case "customer":
            return 1.0 + 0.15 * column.customers if column.numbers < 0.9 or column.customers > 0.3 else 0.3
        case "person" | "text" | "service" | "list":
            if schema.name == "email":
                return 1.1 if column.emails >= 0.5 else 0.4
            if schema.type == "person" and column.organisations >= 0.3:
                return 0.3
            if schema.name in ("name", "title") and column.codes >= 0.9 and column.length <= 12:
                return 0.7
            if column.dates > 0.8 or (column.numbers > 0.8 and schema.type != "text"):
                return 0.75 if _is_sure(column, schema) else 0.5
            return 0.75 if column.customers > 0.6 and schema.type in ("person", "service") else 1.0
        case "choice" if schema.name == "priority":
            return 1.15 if column.priorities >= 0.5 else 1.0
        case "key":
            if column.counter or column.length > 40:
                return 0.2
            return 1.05 if column.codes >= 0.9 else 1.0 if column.codes >= 0.3 or column.length <= 20 else 0.6
    return 1.0


def _is_sure(column: Column, schema: FieldSchema) -> bool:
    """Whether the heading alone settles the field, whatever the cells look like (a wave named "2026-10")."""
    return heading_score(column.heading, schema) >= _SURE


def _assign(mapping: Mapping) -> None:
    """Best pairs first: every column one field, every field one column; further customer columns stay beside the first."""
    taken = {part.column.index for part in mapping.spread}
    free = [column for column in mapping.columns if column.index not in taken and not column.counter]
    pairs = sorted(
        ((_score(column, schema), schema.weight, column.filled, -column.index, schema.name, column) for column in free for schema in plausible_fields(column.heading, mapping.schema)),
        key=lambda pair: pair[:4],
        reverse=True,
    )  # fmt: skip
    used: set[int] = set()
    for score, _, _, _, name, column in pairs:
        if score < FITS:
            break
        if column.index in used or name in mapping.fields:
            continue
        if name == "customer_id":
            if mapping.schema.fields[name].many:
                mapping.fields[name] = column
            else:
                mapping.customers.append(column)
            used.add(column.index)
            continue
        mapping.fields[name] = column
        used.add(column.index)
    _find_key(mapping, used)
    mapping.customers.sort(key=lambda column: (-column.customers, -("kode" in words_of(column.heading) or "id" in words_of(column.heading))))
    _find_customer_column(mapping, used)


def _find_key(mapping: Mapping, used: set[int]) -> None:
    """The record's own identifier under an unusual heading: a first column of codes, each once."""
    if "key" not in mapping.schema.fields or "key" in mapping.fields:
        return
    first = next((column for column in mapping.columns if column.filled and not column.counter), None)
    if first and first.index not in used and first.codes >= 0.9 and first.distinct >= 0.99 and first.filled > 1 and not first.customers:
        mapping.fields["key"] = first
        used.add(first.index)


def _find_customer_column(mapping: Mapping, used: set[int]) -> None:
    """A table whose customers stand in a column of another heading: the one full of known customers."""
    schema = mapping.schema.fields.get("customer_id")
    if schema is None or mapping.customers or "customer_id" in mapping.fields or mapping.kind in ("access", "contact"):
        return
    free = [column for column in mapping.columns if column.index not in used and column.filled and column.customers >= 0.7]
    if free and not any(part.customer for part in mapping.spread):
        mapping.customers = [max(free, key=lambda column: column.customers)]


def _has_required(mapping: Mapping, around: Surroundings) -> bool:
    return all(any(_is_there(mapping, name, around) for name in group) for group in mapping.schema.required)


def _is_there(mapping: Mapping, name: str, around: Surroundings) -> bool:
    if name in mapping.fields:
        return True
    if name == "customer_id":
        return bool(mapping.customers or around.customer or any(part.customer for part in mapping.spread))
    if name in ("value", "target") and mapping.kind in _MEASURED:
        return bool(mapping.spread or mapping.measures) if name == "value" else bool(mapping.labels)
    if name == "indicator":
        return bool(mapping.measures) or mapping.hint >= 0.5
    if name == "period_start":
        return any(part.period for part in mapping.spread) or around.year is not None
    return False


def _is_hinted(mapping: Mapping) -> bool:
    unless = mapping.schema.hinted_unless
    if unless is None or mapping.hint >= 0.5:
        return True
    return any(name in mapping.fields and _score(mapping.fields[name], mapping.schema.fields[name]) >= _SURE for name in unless)


def _find_spread(mapping: Mapping, around: Surroundings, is_customer: Callable[[str], bool]) -> None:
    periods = [part for column in mapping.columns if (part := _period_heading(column, around.year))]
    if len(periods) >= _SPREAD or (len(periods) == 1 and mapping.hint >= 0.5):
        mapping.spread = periods
        mapping.labels = _label_column(mapping, periods)
        return
    customers = [
        Spread(column, customer=column.heading) for column in mapping.columns if is_customer(column.heading) and column.numbers >= 0.5
    ]
    if len(customers) >= _SPREAD:
        mapping.spread = customers


def _period_heading(column: Column, year: int | None) -> Spread | None:
    """ "Q1 2025" · "2026 / Q1" · "Target Jan 2026" · "Realisasi / Feb"."""
    if column.filled and column.numbers < 0.5:
        return None
    whole = read_period(column.heading, year)
    if whole is not None:
        return Spread(column, whole)
    parts = [part for part in re.split(r"\s*/\s*|\s+[-–]\s+|[()_]|\n", column.heading) if part.strip()]
    if len(parts) == 2:
        years = [int(part) for part in parts if re.fullmatch(r"(19|20)\d\d", part.strip())]
        for part, other in (parts, parts[::-1]):
            period = read_period(part, years[0] if years and not re.fullmatch(r"(19|20)\d\d", part.strip()) else year)
            if period is not None and (not years or not re.fullmatch(r"(19|20)\d\d", part.strip()) or read_period(other, years[0]) is None):
                return Spread(column, period, rest="" if re.fullmatch(r"(19|20)\d\d", other.strip()) else other.strip())
    words = column.heading.split()
    for cut in range(1, len(words)):
        for left, right in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            period = read_period(" ".join(left), year)
            if period is not None and not re.fullmatch(r"\d{1,2}", " ".join(left)):
                return Spread(column, period, rest=" ".join(right))
    return None


def _label_column(mapping: Mapping, periods: list[Spread]) -> Column | None:
    """The column that says of each row whether it is the target or what was reached."""
    if mapping.kind != "measurement":
        return None
    index = {part.column.index for part in periods}
    for column in mapping.columns:
        if column.index in index or not column.filled:
            continue
        said = set()
        for row in mapping.table.rows:
            if column.index < len(row.cells) and (cell := row.cells[column.index]) is not None:
                said.add(label_of(str(cell), mapping.schema))
            if None in said:
                break
        if said == {"target", "value"}:
            return column
    return None


def label_of(text: str, schema: KindSchema) -> str | None:
    """ "target" or "value" for the words that head those columns."""
    scores = {name: heading_score(text, schema.fields[name]) for name in ("target", "value") if name in schema.fields}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best and scores[best] >= FITS else None


def _find_measures(mapping: Mapping) -> None:
    """Several numbers in a row, each a metric or indicator of its own: Revenue | Cost | Margin."""
    if mapping.spread:
        return
    name = _MEASURED[mapping.kind]
    schema = mapping.schema.fields[name]
    taken = {column.index for key, column in mapping.fields.items() if key != "value"} | {column.index for column in mapping.customers}
    found = []
    for column in mapping.columns:
        if column.index in taken or column.numbers < 0.5 or column.counter or column.dates >= 0.8:
            continue
        measured = canonical_in(column.heading, schema)
        if measured and not (mapping.kind == "measurement" and label_of(column.heading, mapping.schema) == "target"):
            found.append((column, measured))
    if found and (len(found) > 1 or "value" not in mapping.fields or mapping.fields["value"].index == found[0][0].index):
        if mapping.kind == "measurement" and len(found) == 1 and "value" in mapping.fields:
            return
        mapping.measures = found
        mapping.fields.pop("value", None)


def _find_matrix(mapping: Mapping, is_customer: Callable[[str], bool]) -> None:
    """An access table with a column for every customer."""
    used = {column.index for column in mapping.fields.values()}
    columns = [column for column in mapping.columns if column.index not in used and is_customer(column.heading)]
    if len(columns) >= _SPREAD or (columns and mapping.hint >= 0.5):
        mapping.spread = [Spread(column, customer=column.heading) for column in columns]
        mapping.customers = []
        if "customer_id" not in mapping.fields:
            mapping.fields.setdefault("customer_id", columns[0])

"""Tables with several records in a row: periods or customers as columns, several metrics side by side, "Target" beside "Realisasi"."""

import re
from collections.abc import Callable

from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.headings import FITS, canonical_in, heading_score
from knowledge.intake.tables.mapping import MEASURED, Mapping, Spread, Surroundings
from knowledge.intake.tables.periods import read_period
from knowledge.records.schema import KindSchema

_SPREAD = 2  # so many headings that are periods (or customers) make a table wide


def find_spread(mapping: Mapping, around: Surroundings, is_customer: Callable[[str], bool]) -> None:
    """Columns to be melted: at least two headings that are periods, or that are customers over numbers."""
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


def find_measures(mapping: Mapping) -> None:
    """Several numbers in a row, each a metric or indicator of its own: Revenue | Cost | Margin."""
    if mapping.spread:
        return
    name = MEASURED[mapping.kind]
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


def find_matrix(mapping: Mapping, is_customer: Callable[[str], bool]) -> None:
    """An access table with a column for every customer."""
    used = {column.index for column in mapping.fields.values()}
    columns = [column for column in mapping.columns if column.index not in used and is_customer(column.heading)]
    if len(columns) >= _SPREAD or (columns and mapping.hint >= 0.5):
        mapping.spread = [Spread(column, customer=column.heading) for column in columns]
        mapping.customers = []
        if "customer_id" not in mapping.fields:
            mapping.fields.setdefault("customer_id", columns[0])

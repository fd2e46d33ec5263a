"""How well a column fits a field: its heading's words, changed by what its cells look like."""

from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.headings import FITS, PLAUSIBLE, heading_score
from knowledge.intake.tables.units import unit_of_heading
from knowledge.records.schema import FieldSchema

_NAMES = ("name", "legal_name", "title", "name_id", "name_en", "service_name")
"""Fields of names, which codes are not."""
_FIRM = {"name": 0.95, "legal_name": 1.05}
"""How well names with a legal form ("PT …") fit."""
SURE = 0.9
"""A heading that settles the field alone."""


def fit(column: Column, schema: FieldSchema) -> float:
    """How well a column fits a field: the heading's fit, changed by whether the cells can be the field's type at all."""
    score = heading_score(column.heading, schema)
    if score < PLAUSIBLE or not column.filled:
        return score if score >= FITS else 0.0
    return score * _type_factor(column, schema)


def _type_factor(column: Column, schema: FieldSchema) -> float:
    match schema.type:
        case "date" | "datetime":
            return 1.0 if max(column.dates, column.periods, column.ranges) >= 0.5 else 0.3
        case "period":
            return 1.0 if column.periods >= 0.6 or column.dates >= 0.6 else 0.3
        case "number" if unit_of_heading(column.heading).currency:
            return 0.3
        case "money" | "number" | "percent":
            return 1.0 if column.numbers >= 0.5 and column.dates < 0.8 else 0.3
        case "duration":
            timed = sum(any(map(str.isdigit, text)) for text in column.texts) >= 0.4 * len(column.texts)
            return 1.0 if column.numbers >= 0.4 or (column.bools < 0.5 and timed) else 0.3
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
            if schema.name in _NAMES and column.codes >= 0.9 and column.length <= 12:
                return 0.7
            if schema.name in _NAMES[:2] and column.organisations >= 0.5:
                return _FIRM[schema.name]
            if column.dates > 0.8 or (column.numbers > 0.8 and schema.type != "text"):
                return 0.75 if is_sure(column, schema) else 0.5
            if column.numbers > 0.8:
                return 0.9
            if column.customers > 0.6 and schema.type in ("person", "service"):
                return 0.75
            return 1.05 if schema.type == "service" and column.codes >= 0.9 else 1.0
        case "choice" if schema.name == "priority" and column.priorities >= 0.5:
            return 1.15
        case "choice":
            return 1.15 if column.texts and sum(schema.canonical(text) is not None for text in column.texts) >= 0.7 * len(column.texts) else 1.0
        case "key":
            if column.counter or column.length > 40:
                return 0.2
            return 1.05 if column.codes >= 0.9 else 1.0 if column.codes >= 0.3 or column.length <= 20 else 0.6
    return 1.0


def is_sure(column: Column, schema: FieldSchema) -> bool:
    """Whether the heading alone settles the field, whatever the cells look like (a wave named "2026-10")."""
    return heading_score(column.heading, schema) >= SURE

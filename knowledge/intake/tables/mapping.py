"""A table understood: its record kind, and which column is which field."""

from dataclasses import dataclass, field

from knowledge.documents.model import Table
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.periods import Period
from knowledge.records.schema import KindSchema

MEASURED = {"figure": "metric", "measurement": "indicator"}
"""Kinds of which a row may hold several records, and the field that tells these apart."""


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
    `labels`: the column of a wide table whose cells say "Target" or "Realisasi". `beside`: what each row tells apart from its own
    record, such as the contact person in a list of customers.
    """

    schema: KindSchema
    table: Table
    columns: list[Column]
    fields: dict[str, Column] = field(default_factory=dict)
    customers: list[Column] = field(default_factory=list)
    spread: list[Spread] = field(default_factory=list)
    measures: list[tuple[Column, str]] = field(default_factory=list)
    labels: Column | None = None
    beside: "Mapping | None" = None
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

"""QuerySpec: what is asked of the records, typed. It names kinds, fields and values of the store and nothing of SQL."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Scalar = bool | int | Decimal | datetime | date | str
Period = tuple[date, date]
"""First and last day, both included."""

Aggregate = Literal["none", "count", "count_distinct", "sum", "avg", "min", "max"]
Operator = Literal["eq", "ne", "leave_out", "in", "lt", "le", "gt", "ge", "contains", "is_null", "not_null", "between", "valid_on"]
Arithmetic = Literal["*", "-", "+", "/"]
Direction = Literal["asc", "desc"]


NOW = "today"
"""In `days_between` the day on which is asked."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measure(Strict):
    """What is computed: an aggregate of a field, or of two fields of the same record (`budget - spent`, `value * probability`).

    `count` without a field counts records; with a field it counts records where the field is filled in.
    """

    agg: Aggregate = "none"
    field: str | None = None
    operator: Arithmetic | None = None
    other: str | None = None
    times: int = 1
    """How many times the value counts: twelve monthly fees make a year."""

    @model_validator(mode="after")
    def _complete(self) -> "Measure":
        if self.field is None and self.agg != "count":
            raise ValueError(f"{self.agg} needs a field")
        if (self.operator is None) != (self.other is None):
            raise ValueError("an expression needs an operator and a second field")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in (self.field, self.other) if name)

    @property
    def expression(self) -> str:
        """`field`, or `field operator other`."""
        return f"{self.field} {self.operator} {self.other}" if self.operator else (self.field or "*")

    @property
    def name(self) -> str:
        """The key of the measure in a result row: `sum(fee)`, `count(*)`, `budget - spent`."""
        name = self.expression if self.agg == "none" else f"{self.agg}({self.expression})"
        return f"{name} * {self.times}" if self.times != 1 else name


class Filter(Strict):
    """A condition on a field. `in` takes a tuple, `between` two values (both included), `is_null`/`not_null` none.

    `contains` is case-insensitive. `valid_on` takes a date and holds where the record's own term (field pairs such as
    valid_from/valid_until) includes it; its field names the start.
    """

    field: str
    op: Operator = "eq"
    value: Scalar | tuple[Scalar, ...] | None = None

    @model_validator(mode="after")
    def _shape(self) -> "Filter":
        many = isinstance(self.value, tuple)
        if self.op in ("is_null", "not_null"):
            if self.value is not None:
                raise ValueError(f"{self.op} takes no value")
        elif self.op == "in" and not many:
            raise ValueError("in takes several values")
        elif self.op == "between" and not (isinstance(self.value, tuple) and len(self.value) == 2):
            raise ValueError("between takes two values")
        elif self.op not in ("in", "between") and (many or self.value is None):
            raise ValueError(f"{self.op} takes one value")
        return self

    @property
    def values(self) -> tuple[Scalar | None, ...]:
        """All that it names, of one value as of several."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


class Change(Strict):
    """How a measure of each group changed between two sides: the two periods to compare, two values of a text for the time (`waves`), or two
    columns (`columns`); `times`: the periods that these are of. `least`: by more than so much. `most`: only where it changed most."""

    direction: Literal["down", "up", "same", "any"] = "any"
    least: Decimal | None = None
    most: bool = False
    waves: tuple[Filter, Filter] | None = None
    columns: tuple[str, str] | None = None
    times: tuple[Period, Period] | None = None


class Order(Strict):
    """`by` is a field or the name of a measure."""

    by: str
    direction: Direction = "asc"


class QuerySpec(Strict):
    """A query over one target: a record kind, or `sheet:<table id>`.

    Fields are the record's columns, headings of a sheet, `extra.<heading>` for what the kind does not know, `customer` for the
    customer's name, and in `group_by` a date field with a step: `opened_at:month` (month | quarter | year).
    `period` applies to `date_field` (default: the target's main date); `further_periods` are taken together with it. With `compare_periods` the measures are computed once a period.
    `having` filters groups by measure name; `change` those whose measure changed so between two sides.
    `days_between`: two fields of days, the first and the second, whose distance is asked for; NOW stands for today. `without`: customers (target "customer") of whom that spec finds nothing; `among`: of whom this one
    finds something.
    """

    target: str
    customer_ids: tuple[int, ...] = ()
    except_customers: tuple[int, ...] = ()
    select: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    filters: tuple[Filter, ...] = ()
    group_by: tuple[str, ...] = ()
    having: tuple[Filter, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int | None = Field(default=None, ge=1, le=1000)
    period: Period | None = None
    further_periods: tuple[Period, ...] = ()
    date_field: str | None = None
    compare_periods: tuple[Period, ...] = ()
    without: "QuerySpec | None" = None
    among: "QuerySpec | None" = None
    change: Change | None = None
    days_between: tuple[str, str] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that the spec names; of grouped dates without their step."""
        grouped = (name.rpartition(":")[0] or name for name in self.group_by)
        measured = (name for measure in self.measures for name in measure.fields)
        columns = self.change.columns or () if self.change else ()
        named = (*self.select, *columns, *measured, *(item.field for item in self.filters), *grouped, *(order.by for order in self.order_by))
        return tuple(dict.fromkeys([*named, *([self.date_field] if self.date_field else [])]))

    @property
    def aggregates(self) -> bool:
        """Whether rows are groups rather than records."""
        return bool(self.group_by) or any(measure.agg != "none" for measure in self.measures)

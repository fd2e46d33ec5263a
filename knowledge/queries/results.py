"""What a query gives back: values with the records and places they rest on."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from knowledge.queries.spec import Period, QuerySpec

Value = bool | int | Decimal | datetime | date | str | None
Reason = Literal["no_rows", "no_rows_in_period", "empty_field"]


class RecordRef(BaseModel):
    """`kind` of knowledge.records.kinds, or `sheet:<table id>` with the id of the SheetRow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    id: int


class ResultRow(BaseModel):
    """A record or a group. A group has no single source: see QueryResult.contributing."""

    model_config = ConfigDict(extra="forbid")

    values: dict[str, Any]
    record: RecordRef | None = None
    source: int | None = None  # document id
    locator: dict[str, Any] = {}
    quote: str = ""
    sources: dict[str, RecordRef] = {}  # fields whose value comes from another record: an amendment in force


class QueryResult(BaseModel):
    """`value` is set when the answer is one number, date or word. `n` counts the records that passed the filters.

    `currencies`: for sums of money one amount per currency, never added together; `value` is then None if there are several.
    `null_count`: records left out because a measured or compared field is empty.
    `reason`: why there are no rows; `known_range` is then what the store has for the same question in other periods.
    """

    model_config = ConfigDict(extra="forbid")

    spec: QuerySpec
    rows: list[ResultRow] = []
    value: Value = None
    contributing: list[RecordRef] = []
    n: int = 0
    currencies: dict[str, Decimal] = {}
    unit: str | None = None
    null_count: int = 0
    reason: Reason | None = None
    known_range: Period | None = None
    truncated: bool = False

"""Groups whose measure fell, rose or stayed between two periods, survey waves or columns."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from knowledge.queries.expressions import MAX_CONTRIBUTING
from knowledge.queries.results import QueryResult, ResultRow
from knowledge.queries.spec import Change, QuerySpec

BEFORE, AFTER, BY = "before", "after", "change"
"""Values of a row: the measure on the first side, on the second, and by how much it changed."""


def changed(run: Callable[[QuerySpec], QueryResult], spec: QuerySpec) -> QueryResult:
    """One row a group that has the measure on both sides and changed as asked, the largest change first. `run`: computes a spec without change."""
    assert spec.change is not None
    one, other = (run(side) for side in sides_of(spec))
    before, after = (_by_group(result) for result in (one, other))
    rows = [
        ResultRow(values={**dict(key), BEFORE: before[key], AFTER: after[key], BY: after[key] - before[key]})
        for key in before
        if key in after and fits(spec.change, after[key] - before[key])
    ]
    rows.sort(key=lambda row: -abs(row.values[BY]))
    if spec.change.most and rows:
        rows = [row for row in rows if abs(row.values[BY]) == abs(rows[0].values[BY])]
    result = QueryResult(spec=spec, rows=rows, n=len(rows), unit=one.unit)
    result.contributing = list(dict.fromkeys([*one.contributing, *other.contributing]))[:MAX_CONTRIBUTING]
    if not rows:
        result.reason = "no_rows" if before and after else "no_rows_in_period"
    return result


def sides_of(spec: QuerySpec) -> tuple[QuerySpec, QuerySpec]:
    """The spec of each side, the earlier first."""
    assert spec.change is not None
    bare = spec.model_copy(update={"change": None, "compare_periods": ()})
    measure = spec.measures[0]
    updates: list[dict[str, object]]
    if spec.change.columns:
        updates = [{"measures": (measure.model_copy(update={"field": name}),)} for name in spec.change.columns]
    elif spec.change.waves:
        updates = [{"filters": (*spec.filters, wave)} for wave in spec.change.waves]
    else:
        updates = [{"period": period, "further_periods": ()} for period in sorted(spec.compare_periods)]
    one, other = (bare.model_copy(update=update) for update in updates)
    return one, other


def fits(change: Change, by: Decimal) -> bool:
    """Whether a difference is of the direction and size asked for."""
    if change.least is not None and abs(by) <= change.least:
        return False
    return {"down": by < 0, "up": by > 0, "same": by == 0, "any": True}[change.direction]


def _by_group(result: QueryResult) -> dict[tuple[tuple[str, Any], ...], Decimal]:
    """The measure of each group by what tells the group: its dimensions, currency and unit."""
    name = result.spec.measures[0].name
    found = {}
    for row in result.rows:
        value = row.values.get(name)
        key = tuple((field, each) for field, each in row.values.items() if field != name)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and not any(field in result.spec.group_by and each is None for field, each in key):
            found[key] = Decimal(str(value))
    return found

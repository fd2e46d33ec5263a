"""Values over time, and how often a target was met or missed."""

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import Output
from knowledge.queries.spec import Measure, Order
from knowledge.queries.values import TargetValues

_SERIES = frozenset({"measurement", "figure", "survey_response"})


def add_series(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output, into: Conditions) -> bool:
    """ "trend of X from July to October", "up or down since the last survey": the values one by one, in the order of time."""
    said = asks.flags.get("trend")
    if said is None or target.target not in _SERIES or not any(match.indices for match in numeric) and "indicator" not in {item.field for item in into.filters} or asks.arithmetic or asks.has("how_many"):
        return False
    if not numeric:
        return False
    when = str(target.source.date_field) if target.source.date_field in target.filled else next((name for name in ("wave", "period_label") if name in target.filled), None)
    if when is None:
        return False
    output.select = tuple(dict.fromkeys([when, numeric[0].field, *(name for name in ("target", "service", "indicator", "metric") if name in target.filled)]))
    if when == target.source.date_field:
        output.order_by = (Order(by=when),)
    if when == "wave":
        into.filters = [item for item in into.filters if item.field != when]
    output.covered |= asks.said("trend") | numeric[0].indices | asks.said("compare") | into.covered
    if when == "wave":
        output.covered |= asks.period_indices
    output.certain = True
    output.reasons.append("series")
    return True


def add_how_often(target: TargetValues, asks: Asks, into: Conditions, output: Output) -> bool:
    """ "berapa bulan tidak mencapai target", "has it ever missed": how many measurements there are of the kind."""
    met = any(item.field == "met" for item in into.filters)
    said = asks.answers.get("how_many") or asks.answers.get("how_much")
    month = asks.groups.get("month")
    counted = said is not None and month is not None and said.last == month.first
    if target.target != "measurement" or not met or not (counted or "ever" in asks.flags):
        return False
    output.measures, output.certain = (Measure(agg="count"),), True
    output.covered |= month.indices if counted and month else frozenset()
    output.reasons.append("ever" if not counted else "how often")
    return True

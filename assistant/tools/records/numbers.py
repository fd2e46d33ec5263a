"""What a query computed and an answer may therefore state: numbers, dates, lengths with their unit."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.answers.facts import Quantity, duration
from assistant.tools.desk import Desk
from knowledge.queries.results import QueryResult
from knowledge.queries.spec import QuerySpec
from knowledge.records.schema import KindSchema, schemas


def register(desk: Desk, result: QueryResult) -> None:
    """What the query computed may be stated: its value, the values of its groups, and how many rows it rests on."""
    values = [result.value, result.n, result.null_count, *result.currencies.values(), *(result.known_range or ()), *(result.spec.period or ()), *(day for period in result.spec.further_periods for day in period)]
    values += [value for row in result.rows for value in row.values.values()]
    values += [day for period in (result.spec.change.times or () if result.spec.change else ()) for day in period]
    values += [measure.times for measure in result.spec.measures if measure.times != 1]
    if (gap := difference(result.spec, [row.values for row in result.rows])) is not None:
        values.append(gap)
    for value in values:
        if isinstance(value, datetime):
            desk.computed.numbers.add(Decimal(f"{value:%H.%M}").normalize())
            value = value.date()
        if isinstance(value, date):
            desk.computed.dates.add(value)
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            number = Decimal(str(value))
            desk.computed.numbers |= {each.normalize() for way in (number, abs(number)) for each in (way, round(way, 2), round(way, 3))}
    desk.computed.quantities |= set(_quantities(result))


def notice_of(values: dict[str, Any]) -> set[Quantity]:
    """The length of notice that a row of an agreement states, its unit beside it."""
    value, unit = values.get("notice_value"), values.get("notice_unit")
    return {duration(Decimal(str(value)), str(unit))} if value and unit else set()


def difference(spec: QuerySpec, rows: list[dict[str, Any]]) -> Decimal | None:
    """By how much the two periods that a query compares differ; None for amounts in two currencies."""
    if len(spec.compare_periods) != 2 or len(rows) != 2 or spec.group_by or len(spec.measures) != 1:
        return None
    one, other = (values.get(spec.measures[0].name) for values in rows)
    if not all(isinstance(each, (int, float, Decimal)) and not isinstance(each, bool) for each in (one, other)):
        return None
    same = len({str(values.get("currency")) for values in rows}) == 1
    return abs(Decimal(str(one)) - Decimal(str(other))) if same else None


def is_share(indicator: str) -> bool:
    """Whether an indicator is measured in percent, by its sign or by what it is."""
    schema = schemas().get("measurement")
    return "%" in indicator or "availability" in (indicator.lower(), schema.fields["indicator"].canonical(indicator) if schema else None)


def _quantities(result: QueryResult) -> Iterator[Quantity]:
    """Durations with their unit, which the rows have in the heading only; and how many months a list of months has."""
    schema = schemas().get(result.spec.target)
    if result.spec.target == "measurement" and "period_start" in result.spec.select:
        yield Quantity(Decimal(result.n), "month")
    named = next((str(item.value) for item in result.spec.filters if item.field == "indicator" and item.op == "eq"), "")
    fields = {measure.name: measure.field or "" for measure in result.spec.measures}
    if result.value is not None and not result.rows and len(fields) == 1:
        result_rows = [{next(iter(fields)): result.value}]
    else:
        result_rows = [row.values for row in result.rows]
    for values in result_rows:
        yield from _lengths({fields[name]: value for name, value in values.items() if name in fields}, schema)
    if any(item.field == "metric" and item.value == "margin" for item in result.spec.filters):  # a margin is a share
        told = [result.value, *(value for row in result.rows for value in row.values.values())]
        yield from (Quantity(each.normalize(), "%") for value in told if isinstance(value, int | float | Decimal) and not isinstance(value, bool) for number in [Decimal(str(value))] for each in (number, abs(number), round(number, 2)))
    for row in result.rows:
        shared = is_share(str(row.values.get("indicator") or named))
        for name, value in row.values.items():
            if shared and isinstance(value, (float, Decimal, int)) and not isinstance(value, bool):
                yield from (Quantity(each.normalize(), "%") for each in (Decimal(str(value)), round(Decimal(str(value)), 2)))
            if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool):
                continue
            yield from _lengths({name: value}, schema)
            if name == "renewal_months":
                yield Quantity(Decimal(str(value)), "month")


def _lengths(values: dict[str, Any], schema: KindSchema | None) -> Iterator[Quantity]:
    """Durations among fields' values, in minutes as they are written in minutes or in hours."""
    for name, value in values.items():
        known = schema.fields.get(name) if schema else None
        if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool) or not ((known and known.type == "duration") or name.endswith("_minutes")):
            continue
        number = Decimal(str(value))
        minutes = number * (60 if known and known.unit == "hour" else 1)
        readings = {minutes, round(minutes, 2), Decimal(round(minutes)), round(number, 2) * 60, round(minutes / 60, 2) * 60}
        yield from (Quantity(each.normalize(), "minute") for each in readings)

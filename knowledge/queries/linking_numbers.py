"""Bounds on numbers: more than 3 tickets, above Rp 1 M, lebih dari 60 menit."""

from decimal import Decimal

from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers, find_percentages
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch
from knowledge.queries.spec import Filter
from knowledge.queries.tables import NUMERIC
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import field_sort, phrases


def add_numbers(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> None:
    """ "lebih dari 60 menit", "above Rp 1 M"."""
    reading, source = asks.reading, target.source
    for op in ("gt", "lt", "ge", "le"):
        for wanted in phrases(f"operator.{op}"):
            for match in reading.find(wanted, literal=True):
                at = reading.words[match.last - 1].end
                amount = _amount(reading.text, at)
                if amount is None or match.indices & into.covered:
                    continue
                value, sort, end = amount
                numeric = [each.field for each in fields if source.type_of(each.field) in NUMERIC]
                name = _field_of_sort(target, sort, numeric) or _main_of_sort(target, sort, into) or _only_of_sort(target, sort)
                if name is None:
                    continue
                if sort == "percent" and (share := asks.flags.get("share")):
                    into.covered |= share.indices
                indices = match.indices | reading.indices(at, end)
                named = next((each.indices for each in fields if each.field == name), frozenset())
                into.add(Filter(field=name, op=op, value=value), indices | named, f"{name} {op} {value}")
                return


def counted_at_least(asks: Asks, kind: frozenset[int]) -> tuple[str, Decimal, frozenset[int]] | None:
    """ "lebih dari 3 tiket", "fewer than two tickets": a bound on how many records there are. `kind`: the words for them."""
    reading = asks.reading
    for op in ("gt", "lt", "ge", "le"):
        for wanted in phrases(f"operator.{op}"):
            for match in reading.find(wanted, literal=True):
                amount = _amount(reading.text, reading.words[match.last - 1].end)
                if amount is None or amount[1] != "number":
                    continue
                indices = match.indices | reading.indices(reading.words[match.last - 1].end, amount[2])
                if kind and 0 < min(kind) - max(indices) <= 1:
                    return op, amount[0], indices
    return None


def bound_said(asks: Asks) -> tuple[Decimal, frozenset[int]] | None:
    """ "by more than 5 points", "lebih dari 0,5": more than so much of whatever changed."""
    for wanted in phrases("operator.gt"):
        for match in asks.reading.find(wanted, literal=True):
            amount = _amount(asks.reading.text, asks.reading.words[match.last - 1].end)
            if amount is not None:
                return amount[0], match.indices | asks.reading.indices(asks.reading.words[match.last - 1].end, amount[2])
    return None


def _amount(text: str, at: int) -> tuple[Decimal, str, int] | None:
    """The amount right after an operator: (value, "minute" | "money" | "percent" | "number", end)."""
    tail = 12
    for duration in find_durations(text):
        if at <= duration.start <= at + tail and (minutes := duration.total_minutes) is not None:
            return minutes, "minute", duration.end
    for money in find_money(text):
        if at <= money.start <= at + tail:
            return money.amount, "money", money.end
    for percentage in find_percentages(text):
        if at <= percentage.start <= at + tail:
            return percentage.value, "percent", percentage.end
    for number in find_numbers(text, words=True):
        if at <= number.start <= at + tail:
            return number.value, "number", number.end
    return None


def _field_of_sort(target: TargetValues, sort: str, numeric: list[str]) -> str | None:
    if sort == "minute":
        durations = [name for name in target.source.columns if field_sort(target.target, name) == "duration" and name in target.filled]
        return next((name for name in [*numeric, "resolution_minutes", *durations] if name in durations and name.endswith("minutes")), None)
    if sort == "money":
        money = [name for name, column in target.source.columns.items() if column.type == "money" and name in target.filled]
        return next((name for name in [*numeric, *money] if name in money), None)
    return numeric[0] if numeric else None


def _only_of_sort(target: TargetValues, sort: str) -> str | None:
    """The one column of shares: "projects over 50%"."""
    found = [name for name, column in target.source.columns.items() if name in target.filled and "percent" in (column.type, field_sort(target.target, name))]
    return found[0] if sort == "percent" and len(found) == 1 else None


def _main_of_sort(target: TargetValues, sort: str, into: Conditions) -> str | None:
    """The number that an indicator named in the question gives a meaning to."""
    named = {item.field for item in into.filters} & {"indicator", "metric"}
    return "value" if named and sort in ("percent", "number", "money") and "value" in target.filled else None

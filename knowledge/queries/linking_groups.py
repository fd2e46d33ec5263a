"""Groups and rankings: per customer, the largest, the three smallest, those with more than so many."""

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.linking_numbers import counted_at_least
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import Output, cover_groups, dimension_of, identity_fields, is_rate
from knowledge.queries.spec import Filter, Measure, Order
from knowledge.queries.tables import NUMERIC, RecordTable
from knowledge.queries.values import TargetValues, states_pace
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import Match

_NAMES = ("name", "legal_name", "key")


def add_having(target: TargetValues, asks: Asks, kind: Match, output: Output) -> bool:
    """ "which customers have more than 3 tickets": groups with so many records."""
    bound = counted_at_least(asks, kind.indices)
    name = next((name for name in ("customer", "service", "month") if name in asks.groups and dimension_of(target, name)), "customer" if asks.has("who") else None)
    dimension = dimension_of(target, name) if name else None
    if bound is None or dimension is None:
        return False
    op, number, indices = bound
    measure = Measure(agg="count")
    output.measures, output.group_by, output.certain = (measure,), (dimension,), True
    output.having = (Filter(field=measure.name, op=op, value=number),)
    output.order_by = (Order(by=measure.name, direction="desc"),)
    output.covered |= indices | kind.indices | (asks.groups[name].indices if name in asks.groups else frozenset())
    return True


def groups_asked(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> tuple[str, ...]:
    wanted = asks.per | (asks.which if asks.superlative or asks.has("how_many") else frozenset())
    said = frozenset().union(*(match.indices for match in fields if target.source.type_of(match.field) in NUMERIC))  # "pay per month"
    paced = any(target.source.type_of(match.field) == "money" or states_pace(match.field) for match in fields)  # "biaya per bulan" is a fee's pace
    steps = {"month", "quarter", "year"} if paced and target.target not in ("figure", "measurement") else set()
    found = (dimension_of(target, group) for group in sorted(wanted - steps) if not asks.groups[group].indices <= said)
    known = tuple(dict.fromkeys(name for name in found if name))
    return known or _column_after_per(target, asks, fields, into)


def _column_after_per(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> tuple[str, ...]:
    """ "by owner", "per sektor": a column of words right behind the word that groups."""
    leads = {match.last for wanted in phrases("per") for match in asks.reading.find(wanted, literal=True)}
    for match in fields:
        if min(match.indices) in leads and target.source.type_of(match.field) == "text" and target.distinct.get(match.field, 0) > 1:
            into.covered |= match.indices
            return (match.field,)
    return ()


def each_customer(target: TargetValues, asks: Asks, output: Output) -> tuple[str, ...]:
    """Several customers named, and nothing says that they are taken together: each by itself."""
    named = {number for mention in asks.customers for number in mention.customer_ids[:1]}
    alone = len(named) > 1 and output.measures and output.measures[0].agg in ("sum", "count", "avg") and not asks.flags.get("except")
    if not alone or "sum" in asks.arithmetic or "together" in asks.flags or target.target in ("customer", "service"):
        return ()
    return ("customer",)


def add_ranking(target: TargetValues, asks: Asks, numeric: list[FieldMatch], kind: Match | None, output: Output, into: Conditions, fields: list[FieldMatch]) -> bool:
    assert asks.superlative is not None
    which, match = _of_customers_themselves(target, asks, numeric)
    most, ranked = asks.top or (1, frozenset())
    source = target.source
    direction = "desc" if which in ("most", "newest") else "asc"
    if which in ("newest", "oldest"):
        name = source.date_field
        if not name or name not in target.filled or match.indices <= into.covered:
            return False
        output.order_by, output.limit = (Order(by=name, direction=direction),), most
        output.covered |= ranked
        whose = ["customer"] if isinstance(source, RecordTable) and target.target not in ("customer", "service") and not asks.customers else []
        output.select = tuple(dict.fromkeys([name, *(m.field for m in numeric), *identity_fields(target), *whose]))
        output.certain = bool(kind or numeric)
        output.covered |= match.indices.union(*(each.indices for each in numeric))
        return True
    groups = [name for name in sorted(asks.which) if name in asks.groups] or [name for name in ("customer", "service", "month") if name in asks.groups and not into.covered & asks.groups[name].indices]
    dimension = next((found for name in groups if (found := dimension_of(target, name)) and found.split(":")[0] not in {item.field for item in into.filters}), None)
    if target.target == "customer":
        dimension = None
    if dimension == "customer" and not isinstance(source, RecordTable) and numeric and "customer" not in target.filled and dimension not in source.columns:
        return False  # rows of nobody: a list of prices
    themselves = target.target == "customer" and "customer" in asks.which  # "which customer holds the most": one of them, not who looks after them
    if dimension is None and not themselves and (named := _named_column(target, asks, fields)):
        dimension = named.field
        output.covered |= named.indices
        numeric = [each for each in numeric if each.field != named.field]
    if dimension:
        if numeric:
            rate = is_rate(target, numeric[0].field) or any(item.value == "margin" for item in into.filters)
            measure = Measure(agg="avg" if rate else "sum", field=numeric[0].field)
            output.covered |= numeric[0].indices
        else:
            measure = Measure(agg="count")
            output.doubt += 0.0 if kind else 0.3
        output.group_by, output.measures, output.limit = (dimension,), (measure,), most
        output.covered |= ranked | (kind.indices if kind else frozenset())
        output.order_by = (Order(by=measure.name, direction=direction),)
        cover_groups(asks, output)
        output.covered |= frozenset().union(*(asks.groups[name].indices for name in groups))
    elif numeric:
        output.order_by, output.limit = (Order(by=numeric[0].field, direction=direction),), most
        output.covered |= ranked
        when = [str(source.date_field)] if asks.has("when") and source.date_field in target.filled else []
        output.select = tuple(dict.fromkeys([*when, numeric[0].field, *identity_fields(target), *(["customer"] if not isinstance(target.source, RecordTable) or target.target != "customer" else [])]))
        output.covered |= numeric[0].indices
        if states_pace(numeric[0].field):  # "biaya bulanan paling kecil" of a column "Biaya per bulan"
            output.covered |= frozenset().union(*(asks.groups[name].indices for name in ("month", "year") if name in asks.groups)) | asks.said("fee_word")
    else:
        return False
    output.covered |= match.indices
    output.certain = True
    output.reasons.append(f"{which}")
    return True


def _of_customers_themselves(target: TargetValues, asks: Asks, numeric: list[FieldMatch]) -> tuple[str, Match]:
    """ "pelanggan paling lama", "the longest-standing customer": the customer of the earliest day."""
    assert asks.superlative is not None
    which, match = asks.superlative
    said = asks.reading.best(phrases("aggregate.longest"), synonyms=False, literal=True)
    if target.target == "customer" and which == "most" and not numeric and said and said.indices & match.indices:
        return "oldest", said
    return which, match


def _named_column(target: TargetValues, asks: Asks, fields: list[FieldMatch]) -> FieldMatch | None:
    """ "lokasi mana", "which site", "teknisi siapa": a column of words that the ranking is of."""
    words = asks.reading.words
    for match in fields:
        if target.target == "customer" and match.field in _NAMES:
            continue
        if target.source.type_of(match.field) != "text" or target.distinct.get(match.field, 0) in (0, target.rows):
            continue
        if all(entry.stored.replace(".", "").isdigit() for entry in target.entries if entry.field == match.field):
            continue
        first, last = min(match.indices), max(match.indices)
        after = {word.norm for word in words[last + 1 : last + 4]}
        before = {word.norm for word in words[max(0, first - 2) : first]}
        if {"mana", "apa", "siapa"} & after or {"which", "what", "whose"} & before:
            return match
    return None

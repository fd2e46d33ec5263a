"""What a spec gives back: fields, a sum, a count, the largest, a list — from the words of the question."""

from dataclasses import replace
from datetime import date

from knowledge.language.numbers import ORDINALS
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.linking_change import add_change
from knowledge.queries.linking_days import add_days
from knowledge.queries.linking_fields import look_up
from knowledge.queries.linking_groups import add_having, add_ranking, each_customer, groups_asked
from knowledge.queries.linking_series import add_how_often, add_series
from knowledge.queries.linking_sums import (
    add_amounts,
    adds_up_all,
    asks_to_count,
    calculation_asked,
    gap_between,
    only_money,
    total_of_amounts,
    worth_of,
)
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import (
    MAIN_MEASURE,
    Output,
    cover_groups,
    duration_field,
    identity_fields,
    is_rate,
    lasts,
    set_measure,
    suits_the_answer,
)
from knowledge.queries.scoring import COMPARED
from knowledge.queries.spec import Filter, Measure
from knowledge.queries.tables import NUMERIC, TEMPORAL
from knowledge.queries.values import TargetValues
from knowledge.queries.words import Match

_MEASURED_ELSEWHERE = 0.3
"""When a target was missed is known of what was measured, not of what was agreed."""
_AGREED = frozenset({"target", "clause", "obligation", "agreement"})


def _named_by_the_heading(target: TargetValues, asks: Asks) -> bool:
    """ "last contacted more than 3 weeks ago": the date of the last contact in that time, not the last record of all."""
    assert asks.superlative is not None
    said = asks.superlative[1].indices
    dates = (own for name, own in target.headings.own.items() if target.source.type_of(name) in TEMPORAL)
    return bool(asks.periods) and any(said < asks.reading.scattered(own)[0] for own in dates)


def _is_further_down(asks: Asks) -> bool:
    """ "terbesar kedua", "the third highest": an ordinal right beside the superlative."""
    assert asks.superlative is not None
    said = asks.superlative[1].indices
    words = asks.reading.words
    places = (max(said) + 1, min(said) - 1)
    return any(0 <= at < len(words) and ORDINALS.get(words[at].norm, 1) > 1 for at in places)


def choose_output(target: TargetValues, asks: Asks, fields: list[FieldMatch], kind: Match | None, into: Conditions, specific: bool, today: date) -> Output:
    """Fields, measures, groups and order that the question asks for."""
    output = Output()
    if target.target == "target" and "met.no" in asks.flags and ("month" in asks.groups or asks.has("when")):
        output.doubt += _MEASURED_ELSEWHERE
    added = "sum" in asks.arithmetic or "together" in asks.flags and asks.has("how_much")
    paid = worth_of(target, asks, kind) if asks.sum_or_count or added and not asks.has("how_many") else None
    if paid:
        asks = replace(asks, answers={name: match for name, match in asks.answers.items() if name != "how_many"})
    fields = _settled(target, asks, fields)
    if target.target == "survey_response" and any(target.source.type_of(match.field) in NUMERIC for match in fields):
        output.covered |= asks.said("score_word") | asks.said("gave") | (kind.indices if kind else frozenset())
    numeric = [match for match in fields if target.source.type_of(match.field) in NUMERIC]
    if paid and not any(match.field != paid for match in numeric):
        numeric = [FieldMatch(paid, asks.said("amount"), 1.0)]
    if asks.has("how_long") and "sum" in asks.arithmetic:  # "jumlah jam kerja": no amount of anything else
        numeric = [match for match in numeric if lasts(target, match.field)]
    summed = frozenset().union(*(match.indices for match in asks.arithmetic.values()))
    numeric.sort(key=lambda match: match.indices <= summed)  # "total outstanding": the column "Total" is not what is named
    calculation = calculation_asked(target, asks, output)
    gap = gap_between(target, asks, numeric, output)
    main = MAIN_MEASURE.get(target.target)
    said = {item.field for item in into.filters} & {"indicator", "metric"}
    named = kind.indices if kind else frozenset()
    implied = bool(said) and main in target.filled and all(match.indices <= named for match in numeric) and not any(item.field == "met" for item in into.filters)
    if implied and main and not (asks.has("when") or asks.has("how_many")) and (asks.superlative or not (asks.has("who") or asks.which)):
        numeric = [FieldMatch(main, frozenset(), 1.0)]
    asks_number = asks.has("how_much") or asks.has("how_many") or bool(asks.arithmetic)
    if kind and any(match.indices >= kind.indices for match in numeric):
        said = said | {"numeric"}  # "how much does X pay": the kind's word is the amount's
    adds_up = "sum" in asks.arithmetic or not asks.has("how_many")  # "jumlah pendapatan" is a sum, "jumlah tiket" a count
    counts = asks_number and not paid and asks_to_count(target, asks, kind, into, fields) and not (said and adds_up)

    if into.whether:
        names = (into.whether, "value", "target", "indicator", "service", str(target.source.date_field))
        output.select, output.certain = tuple(name for name in names if name in target.filled), True
        output.covered |= frozenset().union(*(match.indices for match in fields))
        return output
    if add_days(target, asks, fields, into, output):
        return output
    if add_change(target, asks, numeric, into, output, today):
        return output
    if asks.superlative and _is_further_down(asks):
        output.doubt += 1.0  # "the second largest": not the first
    if asks.superlative and not _named_by_the_heading(target, asks) and add_ranking(target, asks, numeric, kind, output, into, fields):
        return output
    if add_series(target, asks, numeric, output, into):
        return output
    if add_how_often(target, asks, into, output):
        return output
    if ("sum" in asks.arithmetic or "together" in asks.flags) and asks.has("how_long") and not into.whether and (lasted := duration_field(target)):
        output.measures, output.certain = (Measure(agg="sum", field=lasted),), True
        output.covered |= asks.said("time_spent") | asks.said("lasting") | asks.said("together") | asks.answers["how_long"].indices | (kind.indices if kind else frozenset())
        output.covered |= frozenset().union(*(match.indices for match in fields if match.field == lasted))
        return output
    if numeric and asks.has("how_long"):
        output.covered |= asks.said("time_spent")
    if not numeric and main and total_of_amounts(target, asks, kind):
        numeric, asks_number = [FieldMatch(main, frozenset(), 1.0)], True
        output.covered |= kind.indices if kind else frozenset()
    if not numeric and kind and added and not asks.has("how_many") and (paid := only_money(target) or worth_of(target, asks, kind)):
        numeric = [FieldMatch(paid, asks.said("amount"), 1.0)]
        asks_number, counts = True, False
    if asks.at_least and asks.has("who") and "name" in target.filled and target.target == "contact":
        measure = Measure(agg="count_distinct", field="customer")
        output.group_by, output.measures = ("name",), (measure,)
        output.having = (Filter(field=measure.name, op="ge", value=asks.at_least),)
        output.select = ("name", "customer", "job_title", "roles")
        output.certain = True
        output.covered |= asks.groups["customer"].indices | {asks.groups["customer"].first - 1}
        output.covered |= frozenset().union(*(match.indices for match in fields))
        return output
    if kind and add_having(target, asks, kind, output):
        return output
    if gap:
        output.measures, output.certain = (gap,), True
        output.covered |= frozenset().union(*(match.indices for match in numeric))
    elif "avg" in asks.arithmetic and numeric:
        set_measure(output, Measure(agg="avg", field=numeric[0].field), numeric[0], asks.arithmetic["avg"])
    elif {"min", "max"} & set(asks.arithmetic) and numeric:
        name = "min" if "min" in asks.arithmetic else "max"
        set_measure(output, Measure(agg=name, field=numeric[0].field), numeric[0], asks.arithmetic[name])
    elif calculation:
        agg = "none" if specific else "sum"
        output.measures = (calculation.model_copy(update={"agg": agg}),)
        output.certain = True
        if agg == "none":
            output.select = identity_fields(target)[:1]
    elif numeric and (asks_number or implied or adds_up_all(target, asks, numeric)) and not asks.has("when") and not counts:
        add_amounts(target, asks, numeric, output, specific, into)
    elif counts and not asks.has("how_long"):
        output.measures = (Measure(agg="count"),)
        output.certain = kind is not None
        output.doubt += 0.0 if kind else 0.15 if target.target in _AGREED else 0.05  # "how many P1s": incidents, not what was agreed of them
        output.reasons.append("count")
    if asks.compare and not output.measures and len({number for mention in asks.customers for number in mention.customer_ids[:1]}) > 1:
        if numeric:
            set_measure(output, Measure(agg="avg" if is_rate(target, numeric[0].field) else "sum", field=numeric[0].field), numeric[0], asks.compare)
        elif kind:
            output.measures, output.certain = (Measure(agg="count"),), True
        output.covered |= asks.said("compare")
    groups = groups_asked(target, asks, fields, into) or each_customer(target, asks, output)
    if groups and (output.measures or asks.per - {"manager"}):
        if not output.measures:
            output.measures = (Measure(agg="count"),)
        if output.measures[0].agg == "none":
            output.measures = (output.measures[0].model_copy(update={"agg": "sum"}),)
        output.select, output.group_by, output.certain = (), groups, True
        cover_groups(asks, output)
    if into.compare and not output.measures:
        output.measures = (Measure(agg="count"),)
    if asks.compare and output.select and not output.measures and target.source.type_of(output.select[0]) in NUMERIC:
        output.covered |= asks.said("compare")
        output.reasons.append(COMPARED)
        output.select = tuple(dict.fromkeys([*output.select, *(item.field for item in into.filters if item.op == "in" and item.field in target.filled)]))
    _list_beside(target, asks, output)
    if not output.measures and not output.select:
        look_up(target, asks, fields, output, into, kind)
    of_services = target.distinct.get("service", 0) > 1 and not any(item.field == "service" for item in into.filters)
    if target.target == "measurement" and output.select and not output.measures:
        if output.select[0] == "indicator" and "value" in target.filled:  # what was measured is asked for, not what it is called
            output.select = ("value", *output.select)
        if of_services:  # two levels say nothing without whose they are
            output.select = tuple(dict.fromkeys([*output.select, "service"]))
    if target.target == "target" and output.select:  # an agreed value says nothing without what it holds for
        output.select = tuple(dict.fromkeys([*output.select, *(name for name in ("indicator", "priority", "service") if name in target.filled)]))
    if target.target == "agreement" and output.select and not output.measures:
        output.select = tuple(dict.fromkeys([*output.select, *(("title",) if "title" in target.filled else ())]))
    return output


def _list_beside(target: TargetValues, asks: Asks, output: Output) -> None:
    """ "the total, and name the customers", "how many are open, and of which customers": the records behind a sum or count, named beside it."""
    said = asks.flags.get("lists_further") or asks.answers.get("which")
    if said is None or not output.measures or output.group_by or output.measures[0].agg == "none":
        return
    whose = ("customer",) if target.target not in ("customer", "service") else ()
    output.listed = tuple(dict.fromkeys([*identity_fields(target), *whose, *(name for measure in output.measures for name in measure.fields)]))
    output.covered |= said.indices
    if (customer := asks.groups.get("customer")) and customer.first >= said.last:
        output.covered |= customer.indices


def _settled(target: TargetValues, asks: Asks, fields: list[FieldMatch]) -> list[FieldMatch]:
    """Of fields that share words, the one that says most; then those whose type suits the answer. Whether something is so ("met") is
    not what "how much" asks for, however many words it shares."""
    kept: list[FieldMatch] = []
    if any(suits_the_answer(target, asks, match.field) for match in fields) and (asks.has("how_much") or asks.has("how_many") or asks.arithmetic):
        fields = [match for match in fields if target.source.type_of(match.field) != "bool"]
    for match in sorted(fields, key=lambda each: (-each.weight, not suits_the_answer(target, asks, each.field))):
        rivals = [other for other in kept if other.indices & match.indices]
        if any(other.weight > match.weight + 1e-9 or (suits_the_answer(target, asks, other.field) and not suits_the_answer(target, asks, match.field)) for other in rivals):
            continue
        kept.append(match)
    return kept

"""Sums, counts, averages and calculations that a question asks for."""

from knowledge.language.time_units import MONTHS_IN
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import MAIN_MEASURE, Output, identity_fields, is_rate, set_measure
from knowledge.queries.spec import Measure
from knowledge.queries.tables import NUMERIC, RecordTable
from knowledge.queries.values import TargetValues, states_pace
from knowledge.queries.vocabulary import calculations, currencies, expectation_of, filler, phrases
from knowledge.queries.words import Match, read_words

_NEAR = 4
_NO_SUMS = 0.15
"""A sum of what hardly adds up: prices of one, or figures of whatever kind."""
_WORTH = ("opportunity",)
"""Kinds of which a total is that of their amounts."""


def only_money(target: TargetValues) -> str | None:
    """The one column of money of a sheet that no kind knows."""
    if isinstance(target.source, RecordTable):
        return None
    found = [name for name, column in target.source.columns.items() if column.type == "money" and name in target.filled]
    return found[0] if len(found) == 1 else None


def worth_of(target: TargetValues, asks: Asks, kind: Match | None) -> str | None:
    """The amount of what is billed or paid: "jumlah tagihan" is what the invoices come to, though "jumlah tiket" is how many they are."""
    if kind is None or not kind.indices & frozenset().union(*(match.indices for wanted in phrases("money_document") for match in asks.reading.find(wanted, synonyms=False))):
        return None
    return amount_of(target)


def amount_of(target: TargetValues) -> str | None:
    """The one column of a sheet that no kind knows which says what a row comes to: its only money, else the number headed so."""
    if isinstance(target.source, RecordTable):
        return None
    words = {word.text for wanted in (*phrases("amount"), *phrases("aggregate.sum")) for word in wanted.words}
    numbers = [name for name in target.source.columns if _numeric(target, name) and name in target.filled]
    headed = [name for name in numbers if {word.norm for word in read_words(name)} & words]
    return only_money(target) or (headed[0] if len(headed) == 1 else None)


def adds_up_all(target: TargetValues, asks: Asks, numeric: list[FieldMatch]) -> bool:
    """ "what does X pay for all its services": money of several records taken together."""
    return "together" in asks.flags and _is_money(target, numeric[0].field) and not asks.which - {"month"}


def _is_money(target: TargetValues, name: str) -> bool:
    """Whether a column is of amounts of money: by its type, or by the currency in its heading."""
    said = {word.norm for word in read_words(name)}
    return target.source.type_of(name) == "money" or any({code.lower(), *(word.norm for each in wanted for word in each.words if len(each.words) == 1)} & said for code, wanted in currencies())


def is_unit_price(target: TargetValues, name: str) -> bool:
    """Whether a column says what one of something costs: such amounts do not add up."""
    said = {word.norm for word in read_words(name.removeprefix("extra."))}
    return not isinstance(target.source, RecordTable) and any({word.norm for word in wanted.words} <= said for wanted in phrases("unit_price"))


def gap_between(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output) -> Measure | None:
    """Perceived minus expected, on average, where a survey has both of a dimension."""
    said = asks.flags.get("gap")
    if said is None or not numeric:
        return None
    expected = {wanted: name for name in target.filled if name.startswith("extra.") and (wanted := expectation_of(target.target, name.removeprefix("extra.")))}
    dimension = next((match for match in numeric if match.field in expected), None)
    asked_for = next((wanted for match in numeric for wanted, name in expected.items() if name == match.field), None)
    field = dimension.field if dimension else asked_for
    if field is None:
        return None
    words = (*phrases("gap"), *phrases("gap.from"), *phrases("gap.of"))
    output.covered |= frozenset().union(*(match.indices for wanted in words for match in asks.reading.find(wanted)))
    output.covered |= asks.arithmetic["avg"].indices if "avg" in asks.arithmetic else frozenset()
    return Measure(agg="avg", field=field, operator="-", other=expected[field])


def total_of_amounts(target: TargetValues, asks: Asks, kind: Match | None) -> bool:
    """ "total of open deals", "total pipeline": what they are worth, where each has an amount of its own; how many is asked otherwise."""
    if kind is None or asks.has("how_many") or asks.has("how_much") or asks.has("how_long") or target.target not in _WORTH:
        return False
    return any(match.last <= kind.first for wanted in phrases("aggregate.worth") for match in asks.reading.find(wanted, literal=True))


def _numeric(target: TargetValues, name: str) -> bool:
    return target.source.type_of(name) in NUMERIC


def asks_to_count(target: TargetValues, asks: Asks, kind: Match | None, into: Conditions, fields: list[FieldMatch]) -> bool:
    """ "berapa tiket", "how many open P1 tickets of X": the kind's name is what "how many" is about."""
    said = asks.answers.get("how_many") or asks.answers.get("how_much") or asks.arithmetic.get("sum")
    if said is None or total_of_amounts(target, asks, kind):
        return False
    if kind is None:
        beyond = [match for match in fields if not match.indices <= said.indices]  # "number of P1s": that number is no field
        return bool(into.filters) and not beyond and asks.has("how_many")
    words = asks.reading.words
    if said is asks.arithmetic.get("sum") and said.indices <= asks.said("aggregate.add_up"):
        return False  # "jumlahkan biaya …": amounts, not how many there are
    if said is asks.arithmetic.get("sum") and not asks.has("how_many") and any(_numeric(target, match.field) and 0 <= min(match.indices) - kind.last <= 1 for match in fields):
        return False  # "total funnel value": the value of all, not how many
    between = range(said.last, kind.first)
    about = asks.customer_indices | asks.service_indices | asks.period_indices | into.covered
    if kind.first < said.first:  # "tiket X ada berapa?"
        beyond = [match for match in fields if not match.indices <= kind.indices | into.covered]
        last = said.last >= len(words) and target.target not in MAIN_MEASURE  # "tiket X yang belum selesai berapa?"
        return (asks.has("how_many") or last) and not beyond
    return all(at in about or words[at].is_stopword or words[at].norm in filler() for at in between)


def calculation_asked(target: TargetValues, asks: Asks, output: Output) -> Measure | None:
    for calculation in calculations():
        match = asks.reading.best(calculation.phrases, synonyms=False)
        apart = asks.reading.gathered(calculation.phrases)
        indices = match.indices if match else apart[0] if apart and apart[1] > 0.9 else None
        if indices and match:
            indices = indices.union(*(each.indices for wanted in calculation.phrases for each in asks.reading.find(wanted, synonyms=False)))
        if indices and calculation.field in target.filled and calculation.other in target.filled:
            output.covered |= indices
            return Measure(field=calculation.field, operator=calculation.operator, other=calculation.other)
    return None


def add_amounts(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output, specific: bool, into: Conditions) -> None:
    """A sum where amounts add up over several records; else the numbers themselves."""
    first = numeric[0]
    if first.field == only_money(target):
        output.covered |= asks.said("amount")
    adds_up = not is_rate(target, first.field)
    year = _a_year(target, asks, first.field, into)
    if year:
        set_measure(output, Measure(agg="sum", field=first.field, times=MONTHS_IN["year"]), first, year)
        _cover_together(target, asks, output)
        return
    one = (specific or any(item.field == "service" for item in into.filters)) and "sum" not in asks.arithmetic and "together" not in asks.flags
    if adds_up and not one and not ("service" in asks.which and not asks.arithmetic):  # "layanan apa saja dan berapa biayanya"
        word = asks.arithmetic.get("sum") or asks.answers.get("how_much") or asks.answers.get("how_many")
        set_measure(output, Measure(agg="sum", field=first.field), first, word)
        output.doubt += _NO_SUMS if is_unit_price(target, first.field) or target.target == "figure" and not any(item.field == "metric" for item in into.filters) else 0.0
        _cover_together(target, asks, output)
        return
    named = [item.field for item in into.filters if item.op in ("eq", "in")] if not isinstance(target.source, RecordTable) else []
    output.select = tuple(dict.fromkeys([*(match.field for match in numeric), *(named[:1] or identity_fields(target)[:1])]))
    output.covered |= frozenset().union(*(match.indices for match in numeric))
    output.certain = True


def _a_year(target: TargetValues, asks: Asks, name: str, into: Conditions) -> Match | None:
    """ "berapa setahun": what monthly fees come to in a year, where all fees are monthly."""
    said = asks.reading.best(phrases("a_year"), synonyms=False, literal=True)
    paces = {entry.stored for entry in target.entries if entry.field == "fee_per"} - {"month"}
    if said is None or target.target != "subscription" or name != "fee" or paces or said.indices & asks.period_indices:
        return None
    into.filters = [item for item in into.filters if item.field != "fee_per"]
    return said


def _cover_together(target: TargetValues, asks: Asks, output: Output) -> None:
    """ "all its services", "ketiga layanannya", "per bulan": what the sum runs over, and the pace of a fee."""
    words, together = asks.reading.words, asks.flags.get("together")
    if together:
        output.covered |= asks.said("together")
        for name in ("service", "customer"):
            known = name != "service" or not isinstance(target.source, RecordTable) or name in target.filled
            if known and name in asks.groups and 0 <= asks.groups[name].first - together.last < _NEAR:
                output.covered |= asks.groups[name].indices
    if any(states_pace(name) for measure in output.measures for name in measure.fields):  # "Biaya per bulan": "biaya bulanan"
        output.covered |= frozenset().union(*(asks.groups[name].indices for name in ("month", "year") if name in asks.groups)) | asks.said("fee_word")
    for name in ("month", "quarter", "year"):
        if target.target not in ("figure", "measurement") and name in asks.per and asks.groups[name].first > 0 and not words[asks.groups[name].first - 1].norm.isdigit():
            output.covered |= asks.groups[name].indices

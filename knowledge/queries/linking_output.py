"""What a spec gives back: fields, a sum, a count, the largest, a list — from the words of the question."""

from dataclasses import dataclass, field

from knowledge.queries.asks import Asks
from knowledge.queries.linking_filters import Conditions, counted_at_least
from knowledge.queries.matching import FieldMatch, is_person
from knowledge.queries.spec import Filter, Measure, Order
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import calculations, expectation_of, field_sort, filler, phrases, why_fields
from knowledge.queries.words import Match

_IDENTITY = ("key", "number", "name", "title", "subject", "text", "words", "indicator", "service", "respondent", "metric", "period_label", "period_start")
_MAIN_MEASURE = {"measurement": "value", "figure": "value", "target": "value", "subscription": "fee", "opportunity": "value"}
_AGREED = frozenset({"target", "clause", "obligation", "agreement"})
_MONTHS = 12
_WHOLE_ROW, _NEAR, _UNSURE = 8, 4, 0.1
_STATES = ("status", "health", "stage", "result")
_RATES = frozenset({"percent", "duration"})


@dataclass
class Output:
    """`certain`: words of the question say what is wanted; `implied`: only the kind of answer says it ("who", "when"), and another
    field could be meant as well. `doubt` lowers the score."""

    select: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    group_by: tuple[str, ...] = ()
    having: tuple[Filter, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    certain: bool = False
    implied: bool = False
    covered: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    doubt: float = 0.0


def identity_fields(target: TargetValues) -> tuple[str, ...]:
    """The fields by which a person tells one record from another, two at most."""
    if isinstance(target.source, RecordTable):
        return tuple(name for name in _IDENTITY if name in target.filled)[:2]
    texts = [name for name, column in target.source.columns.items() if column.type == "text" and name in target.filled]
    distinct = [name for name in texts if target.distinct.get(name, 0) == target.rows]
    return tuple((distinct or texts)[:1])


def choose_output(target: TargetValues, asks: Asks, fields: list[FieldMatch], kind: Match | None, into: Conditions, specific: bool) -> Output:
    """Fields, measures, groups and order that the question asks for."""
    output = Output()
    fields = _settled(target, asks, fields)
    numeric = [match for match in fields if target.source.type_of(match.field) in NUMERIC]
    calculation = _calculation(target, asks, output)
    gap = _gap(target, asks, numeric, output)
    main = _MAIN_MEASURE.get(target.target)
    said = {item.field for item in into.filters} & {"indicator", "metric"}
    named = kind.indices if kind else frozenset()
    implied = bool(said) and main in target.filled and all(match.indices <= named for match in numeric) and not any(item.field == "met" for item in into.filters)
    if implied and main and not (asks.has("when") or asks.has("how_many")) and (asks.superlative or not (asks.has("who") or asks.which)):
        numeric = [FieldMatch(main, frozenset(), 1.0)]
    asks_number = asks.has("how_much") or asks.has("how_many") or bool(asks.arithmetic)
    if kind and any(match.indices >= kind.indices for match in numeric):
        said = said | {"numeric"}  # "how much does X pay": the kind's word is the amount's
    adds_up = "sum" in asks.arithmetic or not asks.has("how_many")  # "jumlah pendapatan" is a sum, "jumlah tiket" a count
    counts = asks_number and _counts(target, asks, kind, into, fields) and not (said and adds_up)

    if into.whether:
        names = (into.whether, "value", "target", "indicator", "service", str(target.source.date_field))
        output.select, output.certain = tuple(name for name in names if name in target.filled), True
        output.covered |= frozenset().union(*(match.indices for match in fields))
        return output
    if asks.superlative and _superlative(target, asks, numeric, kind, output, into, fields):
        return output
    if _series(target, asks, numeric, output, into):
        return output
    if _how_often(target, asks, into, output):
        return output
    if "sum" in asks.arithmetic and asks.has("how_long") and (lasted := _duration(target)):
        output.measures, output.certain = (Measure(agg="sum", field=lasted),), True
        output.covered |= asks.answers["how_long"].indices | (kind.indices if kind else frozenset())
        return output
    if not numeric and kind and "sum" in asks.arithmetic and not asks.has("how_many") and (paid := _only_money(target)):
        numeric = [FieldMatch(paid, frozenset(), 1.0)]
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
    if kind and _having(target, asks, kind, into, output):
        return output
    if gap:
        output.measures, output.certain = (gap,), True
        output.covered |= frozenset().union(*(match.indices for match in numeric))
    elif "avg" in asks.arithmetic and numeric:
        _measure(output, Measure(agg="avg", field=numeric[0].field), numeric[0], asks.arithmetic["avg"])
    elif {"min", "max"} & set(asks.arithmetic) and numeric:
        name = "min" if "min" in asks.arithmetic else "max"
        _measure(output, Measure(agg=name, field=numeric[0].field), numeric[0], asks.arithmetic[name])
    elif calculation:
        agg = "none" if specific else "sum"
        output.measures = (calculation.model_copy(update={"agg": agg}),)
        output.certain = True
        if agg == "none":
            output.select = identity_fields(target)[:1]
    elif numeric and (asks_number or implied or _adds_up_all(target, asks, numeric)) and not asks.has("when") and not counts:
        _number(target, asks, numeric, output, specific, into)
    elif counts and not asks.has("how_long"):
        output.measures = (Measure(agg="count"),)
        output.certain = kind is not None
        output.doubt += 0.0 if kind else 0.15 if target.target in _AGREED else 0.05  # "how many P1s": incidents, not what was agreed of them
        output.reasons.append("count")
    if asks.compare and not output.measures and len({number for mention in asks.customers for number in mention.customer_ids[:1]}) > 1:
        if numeric:
            _measure(output, Measure(agg="avg" if _is_rate(target, numeric[0].field) else "sum", field=numeric[0].field), numeric[0], asks.compare)
        elif kind:
            output.measures, output.certain = (Measure(agg="count"),), True
        output.covered |= asks.said("compare")
    groups = _group_by(target, asks, fields, into) or _each_customer(target, asks, output)
    if groups and (output.measures or asks.per):
        if not output.measures:
            output.measures = (Measure(agg="count"),)
        if output.measures[0].agg == "none":
            output.measures = (output.measures[0].model_copy(update={"agg": "sum"}),)
        output.select, output.group_by, output.certain = (), groups, True
        _cover_groups(asks, output)
    if into.compare and not output.measures:
        output.measures = (Measure(agg="count"),)
    if not output.measures and not output.select:
        _look_up(target, asks, fields, output, into, kind)
    if target.target == "target" and output.select:  # an agreed value says nothing without what it holds for
        output.select = tuple(dict.fromkeys([*output.select, *(name for name in ("indicator", "priority", "service") if name in target.filled)]))
    if target.target == "agreement" and output.select and not output.measures:
        output.select = tuple(dict.fromkeys([*output.select, *(("title",) if "title" in target.filled else ())]))
    return output


_SERIES = frozenset({"measurement", "figure", "survey_response"})


def _series(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output, into: Conditions) -> bool:
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


def _how_often(target: TargetValues, asks: Asks, into: Conditions, output: Output) -> bool:
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


def _duration(target: TargetValues) -> str | None:
    """The field of how long something lasted."""
    names = ["resolution_minutes", *(name for name in target.source.columns if field_sort(target.target, name) == "duration" and "target" not in name)]
    return next((name for name in names if name in target.filled), None)


def _only_money(target: TargetValues) -> str | None:
    """The one column of money of a sheet that no kind knows."""
    if isinstance(target.source, RecordTable):
        return None
    found = [name for name, column in target.source.columns.items() if column.type == "money" and name in target.filled]
    return found[0] if len(found) == 1 else None


def _having(target: TargetValues, asks: Asks, kind: Match, into: Conditions, output: Output) -> bool:
    """ "which customers have more than 3 tickets": groups with so many records."""
    bound = counted_at_least(asks, kind.indices)
    name = next((name for name in ("customer", "service", "month") if name in asks.groups and _dimension(target, name)), "customer" if asks.has("who") else None)
    dimension = _dimension(target, name) if name else None
    if bound is None or dimension is None:
        return False
    op, number, indices = bound
    measure = Measure(agg="count")
    output.measures, output.group_by, output.certain = (measure,), (dimension,), True
    output.having = (Filter(field=measure.name, op=op, value=number),)
    output.order_by = (Order(by=measure.name, direction="desc"),)
    output.covered |= indices | kind.indices | (asks.groups[name].indices if name in asks.groups else frozenset())
    return True


def _adds_up_all(target: TargetValues, asks: Asks, numeric: list[FieldMatch]) -> bool:
    """ "what does X pay for all its services": money of several records taken together."""
    return "together" in asks.flags and target.source.type_of(numeric[0].field) == "money" and not asks.which - {"month"}


def _gap(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output) -> Measure | None:
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


def _counts(target: TargetValues, asks: Asks, kind: Match | None, into: Conditions, fields: list[FieldMatch]) -> bool:
    """ "berapa tiket", "how many open P1 tickets of X": the kind's name is what "how many" is about."""
    said = asks.answers.get("how_many") or asks.answers.get("how_much") or asks.arithmetic.get("sum")
    if said is None:
        return False
    if kind is None:
        return bool(into.filters) and not fields and asks.has("how_many")
    words = asks.reading.words
    between = range(said.last, kind.first)
    about = asks.customer_indices | asks.service_indices | asks.period_indices | into.covered
    if kind.first < said.first:  # "tiket X ada berapa?"
        beyond = [match for match in fields if not match.indices <= kind.indices | into.covered]
        last = said.last >= len(words) and target.target not in _MAIN_MEASURE  # "tiket X yang belum selesai berapa?"
        return (asks.has("how_many") or last) and not beyond
    return all(at in about or words[at].is_stopword or words[at].norm in filler() for at in between)


def _settled(target: TargetValues, asks: Asks, fields: list[FieldMatch]) -> list[FieldMatch]:
    """Of fields that share words, the one that says most; then those whose type suits the answer. Whether something is so ("met") is
    not what "how much" asks for, however many words it shares."""
    kept: list[FieldMatch] = []
    if any(_suits(target, asks, match.field) for match in fields) and (asks.has("how_much") or asks.has("how_many") or asks.arithmetic):
        fields = [match for match in fields if target.source.type_of(match.field) != "bool"]
    for match in sorted(fields, key=lambda each: (-each.weight, not _suits(target, asks, each.field))):
        rivals = [other for other in kept if other.indices & match.indices]
        if any(other.weight > match.weight + 1e-9 or (_suits(target, asks, other.field) and not _suits(target, asks, match.field)) for other in rivals):
            continue
        kept.append(match)
    return kept


def _suits(target: TargetValues, asks: Asks, name: str) -> bool:
    sort = target.source.type_of(name)
    if asks.has("when"):
        return sort in TEMPORAL
    if asks.has("who"):
        return is_person(target, name)
    if asks.has("how_long"):
        return field_sort(target.target, name) == "duration"
    if asks.has("how_much") or asks.has("how_many") or asks.arithmetic:
        return sort in NUMERIC
    return True


def _measure(output: Output, measure: Measure, match: FieldMatch, word: Match | None) -> None:
    output.measures, output.certain = (measure,), True
    output.covered |= match.indices | (word.indices if word else frozenset())
    output.reasons.append(measure.name)


def _calculation(target: TargetValues, asks: Asks, output: Output) -> Measure | None:
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


def _is_rate(target: TargetValues, name: str) -> bool:
    sort = target.source.type_of(name)
    return sort == "percent" or field_sort(target.target, name) in _RATES or target.target in ("measurement", "survey_response", "target", "continuity")


def _number(target: TargetValues, asks: Asks, numeric: list[FieldMatch], output: Output, specific: bool, into: Conditions) -> None:
    """A sum where amounts add up over several records; else the numbers themselves."""
    first = numeric[0]
    adds_up = not _is_rate(target, first.field)
    year = _a_year(target, asks, first.field, into)
    if year:
        _measure(output, Measure(agg="sum", field=first.field, times=_MONTHS), first, year)
        _cover_together(target, asks, output)
        return
    one = (specific or any(item.field == "service" for item in into.filters)) and "sum" not in asks.arithmetic and "together" not in asks.flags
    if adds_up and not one and not ("service" in asks.which and not asks.arithmetic):  # "layanan apa saja dan berapa biayanya"
        word = asks.arithmetic.get("sum") or asks.answers.get("how_much") or asks.answers.get("how_many")
        _measure(output, Measure(agg="sum", field=first.field), first, word)
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
    for name in ("month", "quarter", "year"):
        if target.target not in ("figure", "measurement") and name in asks.per and asks.groups[name].first > 0 and not words[asks.groups[name].first - 1].norm.isdigit():
            output.covered |= asks.groups[name].indices


def _group_by(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> tuple[str, ...]:
    wanted = asks.per | (asks.which if asks.superlative or asks.has("how_many") else frozenset())
    said = frozenset().union(*(match.indices for match in fields if target.source.type_of(match.field) in NUMERIC))  # "pay per month"
    paced = any(target.source.type_of(match.field) == "money" for match in fields)  # "biaya per bulan" is a fee's pace
    steps = {"month", "quarter", "year"} if paced and target.target not in ("figure", "measurement") else set()
    found = (_dimension(target, group) for group in sorted(wanted - steps) if not asks.groups[group].indices <= said)
    return tuple(dict.fromkeys(name for name in found if name))


def _each_customer(target: TargetValues, asks: Asks, output: Output) -> tuple[str, ...]:
    """Several customers named, and nothing says that they are taken together: each by itself."""
    named = {number for mention in asks.customers for number in mention.customer_ids[:1]}
    alone = len(named) > 1 and output.measures and output.measures[0].agg in ("sum", "count", "avg") and not asks.flags.get("except")
    if not alone or "sum" in asks.arithmetic or "together" in asks.flags or target.target in ("customer", "service"):
        return ()
    return ("customer",)


def _dimension(target: TargetValues, group: str) -> str | None:
    source = target.source
    if group == "customer":
        return "customer" if target.target not in ("customer", "service") else "name" if target.target == "customer" else None
    if group == "service":
        return "service" if "service" in target.filled else None
    return f"{source.date_field}:{group}" if source.date_field and source.date_field in target.filled else None


def _cover_groups(asks: Asks, output: Output) -> None:
    for name in asks.per | asks.which:
        output.covered |= asks.groups[name].indices


def _superlative(target: TargetValues, asks: Asks, numeric: list[FieldMatch], kind: Match | None, output: Output, into: Conditions, fields: list[FieldMatch]) -> bool:
    assert asks.superlative is not None
    which, match = asks.superlative
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
    groups = [name for name in asks.which if name in asks.groups] or [name for name in ("customer", "service", "month") if name in asks.groups and not into.covered & asks.groups[name].indices]
    dimension = next((found for name in groups if (found := _dimension(target, name)) and found.split(":")[0] not in {item.field for item in into.filters}), None)
    if target.target == "customer":
        dimension = None
    if dimension is None and (named := _named_column(target, asks, fields)):
        dimension = named.field
        output.covered |= named.indices
        numeric = [each for each in numeric if each.field != named.field]
    if dimension:
        if numeric:
            rate = _is_rate(target, numeric[0].field) or any(item.value == "margin" for item in into.filters)
            measure = Measure(agg="avg" if rate else "sum", field=numeric[0].field)
            output.covered |= numeric[0].indices
        else:
            measure = Measure(agg="count")
            output.doubt += 0.0 if kind else 0.3
        output.group_by, output.measures, output.limit = (dimension,), (measure,), most
        output.covered |= ranked | (kind.indices if kind else frozenset())
        output.order_by = (Order(by=measure.name, direction=direction),)
        _cover_groups(asks, output)
        output.covered |= frozenset().union(*(asks.groups[name].indices for name in groups))
    elif numeric:
        output.order_by, output.limit = (Order(by=numeric[0].field, direction=direction),), most
        output.covered |= ranked
        when = [str(source.date_field)] if asks.has("when") and source.date_field in target.filled else []
        output.select = tuple(dict.fromkeys([*when, numeric[0].field, *identity_fields(target), *(["customer"] if not isinstance(target.source, RecordTable) or target.target != "customer" else [])]))
        output.covered |= numeric[0].indices
    else:
        return False
    output.covered |= match.indices
    output.certain = True
    output.reasons.append(f"{which}")
    return True


def _named_column(target: TargetValues, asks: Asks, fields: list[FieldMatch]) -> FieldMatch | None:
    """ "lokasi mana", "which site", "teknisi siapa": a column of words that the ranking is of."""
    words = asks.reading.words
    for match in fields:
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


def _beyond_kind(target: TargetValues, asks: Asks, match: FieldMatch, kind: Match | None) -> bool:
    """Whether the words of a field are more than the kind's name: "status proyek" asks for the status, "ticket" for no number."""
    if kind is None or not match.indices <= kind.indices:
        return True
    if match.field in _STATES:
        return kind.last - kind.first > 1
    return _suits(target, asks, match.field) and (asks.has("when") or asks.has("who"))


def _because(target: TargetValues) -> list[str]:
    """Fields that say why a record is as it is."""
    known = [name for name in why_fields() if name in target.filled]
    headed = [name for name in target.filled if any(name.removeprefix("extra.").lower() == wanted.text for wanted in phrases("why_heading"))]
    return [*known, *sorted(headed)]


def _look_up(target: TargetValues, asks: Asks, fields: list[FieldMatch], output: Output, into: Conditions, kind: Match | None) -> None:
    """The fields asked for, by name, else by the kind of answer, else what names the records."""
    source = target.source
    wanted = [match for match in fields if source.type_of(match.field) != "bool" and _beyond_kind(target, asks, match, kind)]
    chosen = [match.field for match in wanted]
    output.covered |= frozenset().union(*(match.indices for match in wanted))
    output.certain = bool(chosen)
    output.doubt += _UNSURE * (1 - max((match.score for match in wanted), default=1.0))
    if asks.has("when") and not any(source.type_of(name) in TEMPORAL for name in chosen):
        dates = [name for name, column in source.columns.items() if column.type in TEMPORAL and name in target.filled]
        fallback = source.date_field if source.date_field in dates else (dates[0] if dates else None)
        if fallback:
            chosen.insert(0, fallback)
            output.implied = True
            output.doubt += 0.02 if len(dates) == 1 else 0.06
        else:
            output.doubt += 0.15
    if asks.has("who") and not any(is_person(target, name) for name in chosen):
        people = [name for name in source.columns if is_person(target, name) and name in target.filled]
        if people:
            if target.target != "contact":  # what else was matched is not the person asked for
                output.covered -= frozenset().union(*(match.indices for match in wanted)) - into.covered
                output.implied = True
            chosen.insert(0, people[0])
            output.doubt += 0.0 if target.target == "contact" else 0.1
        else:
            output.doubt += 0.15
    if asks.has("why") and (because := _because(target)) and not set(because) & set(chosen):
        chosen = because[:1]
        output.covered |= asks.answers["why"].indices
        output.certain = bool(into.filters)
    if asks.has("how_long") and not any(field_sort(target.target, name) == "duration" for name in chosen):
        durations = [name for name in source.columns if field_sort(target.target, name) == "duration" and name in target.filled and "target" not in name]
        chosen += [name for name in ("resolution_minutes", *durations) if name in durations][:1]
        output.implied = True
        output.doubt += 0.05
    if (asks.has("how_much") or asks.has("how_many")) and not asks.has("when") and not any(source.type_of(name) in NUMERIC for name in chosen):
        numbers = [name for name, column in source.columns.items() if column.type in NUMERIC and name in target.filled]
        if len(numbers) == 1:
            chosen.insert(0, numbers[0])
            output.implied = True
        output.doubt += 0.05
    extra = list(identity_fields(target))
    if not isinstance(source, RecordTable):
        named = [item.field for item in into.filters if item.op in ("eq", "in") and item.field in source.columns and source.type_of(item.field) == "text"]
        extra = named[:2] or extra
    if target.target == "contact":
        extra = ["name", "job_title", "roles"] if not chosen or chosen == ["name"] else ["name"]
    if asks.which:
        for name in sorted(asks.which):
            dimension = _dimension(target, name)
            if dimension:
                chosen.insert(0, dimension.split(":")[0])
                output.certain = True
                output.covered |= asks.groups[name].indices
    elif {item.field for item in into.filters} and not asks.customers and isinstance(source, RecordTable) and target.target not in ("customer", "service", "known_error"):
        extra.append("customer")
    if "lists_further" in asks.flags and not any(source.type_of(name) in TEMPORAL for name in chosen):
        dated = next((match for wanted in phrases("date_word") for match in asks.reading.find(wanted) if match.first >= asks.flags["lists_further"].last), None)
        if dated and source.date_field in target.filled:
            chosen.append(str(source.date_field))
            output.covered |= dated.indices
    output.certain = output.certain or asks.has("which")
    if not chosen and not isinstance(source, RecordTable) and into.filters:
        extra = [name for name in source.columns if name in target.filled][:_WHOLE_ROW]  # nobody knows the column's word: the row
    output.select = tuple(dict.fromkeys([*chosen, *extra]))
    output.reasons.append("look up " + ", ".join(output.select))

"""One target and a question → the spec that the question means of it, if any."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.linking_filters import add_currency, add_defaults, add_flags, add_met, add_open_state, add_values
from knowledge.queries.linking_names import (
    add_before,
    add_customers,
    add_managers,
    add_near_services,
    add_people,
    add_services,
    add_things,
)
from knowledge.queries.linking_numbers import add_numbers
from knowledge.queries.linking_output import choose_output
from knowledge.queries.linking_stretches import add_next, add_stretch, columns_of_period
from knowledge.queries.linking_time import add_expired, add_not_yet, add_period
from knowledge.queries.matching import (
    FieldMatch,
    field_matches,
    is_person,
    key_matches,
    kind_match,
    kind_words,
    name_words,
)
from knowledge.queries.matching_values import ValueMatch, value_matches
from knowledge.queries.named import NamedFiles
from knowledge.queries.output import Output, identity_fields
from knowledge.queries.scoring import NOT_BY_NAME, ScoredSpec, score_of
from knowledge.queries.spec import Filter, QuerySpec
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import Match, Reading, same_word

_SURE = 0.9
_BESIDE = 2


def assemble(
    target: TargetValues, asks: Asks, files: NamedFiles, today: date, base: QuerySpec | None, mine: tuple[frozenset[int], tuple[int, ...]] | None
) -> ScoredSpec | None:
    source, reading = target.source, asks.reading
    into = Conditions()
    kind = kind_match(target, reading)
    absent = _absent(target, asks, kind) if base is None else frozenset()
    if absent:
        asks = replace(asks, negations=asks.negations - absent, flags={name: match for name, match in asks.flags.items() if name != "not_yet"})
    keys = key_matches(target, reading)
    names = asks.customer_indices | asks.service_indices | frozenset().union(*(match.indices for name, match in asks.answers.items() if match.last - match.first == 1 and name != "where"))
    fields = [match for match in field_matches(target, reading) if not match.indices <= names]

    if files.documents:
        into.covered |= files.indices
        if isinstance(source, RecordTable):
            documents = tuple(sorted(files.documents[target.target]))
            into.filters.append(Filter(field="document_id", op="in", value=documents))
    for stored, indices in keys.items():
        name = "key" if "key" in source.columns and target.target != "agreement" else "number" if "number" in source.columns else "key"
        into.add(Filter(field=name, value=stored), indices, f"{name} = {stored}")
    customer_ids = add_customers(target, asks, into)
    if mine and not customer_ids and target.target != "service":
        into.covered |= mine[0]
        customer_ids = mine[1]
        into.reasons.append(NOT_BY_NAME)
    customer_ids = add_things(target, asks, customer_ids, into)
    into.covered |= asks.table_words
    add_services(target, asks, into)
    met = add_met(target, asks, into)
    reserved = _reserved(target, asks, fields, kind) | met | frozenset().union(*keys.values())
    headings = frozenset().union(*(match.indices for match in fields if match.score > _SURE))
    values = [] if keys else value_matches(target, asks, reserved, (kind.indices if kind else frozenset()) | name_words(target, reading) | headings)
    add_values(target, asks, values, into)
    _headings_of_values(target, reading, fields, values, into)
    add_before(target, asks, into)
    add_people(target, asks, into, headings)
    add_managers(target, asks, into)
    add_near_services(target, asks, into, reserved)
    meant = frozenset().union(*(value.indices for value in values if value.whole))
    fields = [match for match in fields if not match.indices <= met and not ((rest := _beside_kind(match, kind)) and rest <= meant)]
    free = [match for match in fields if not match.indices <= into.covered - (kind.indices if kind else frozenset())]
    add_open_state(target, asks, into, reserved)
    add_flags(target, asks, free, into)
    add_not_yet(target, asks, free, into)
    add_currency(target, asks, into)
    add_numbers(target, asks, free, into)
    stretch = add_stretch(target, asks, free, into)
    if wide := columns_of_period(target, asks, today):
        into.covered |= wide[0].indices
        asks = replace(asks, answers={name: match for name, match in asks.answers.items() if name != "who"})
    add_period(target, asks, free, into, today)
    add_expired(target, asks, free, into, today)

    specific = bool(keys) or any(not value.whole or value.field in ("name", "title", "subject") or not isinstance(source, RecordTable) for value in values)
    free = [match for match in free if not any(item.field == match.field for item in into.filters if item.op != "in" or not asks.has("when"))]
    upcoming = add_next(target, asks, free, kind, into, today)
    output = choose_output(target, asks, [*wide, *free], kind, into, specific, today)
    if stretch and output.select and not output.measures:
        output.select = tuple(dict.fromkeys([*output.select, *stretch]))
    if upcoming and not output.measures:
        output.order_by, output.limit = (upcoming,), 1
        output.select = tuple(dict.fromkeys([*output.select, upcoming.by]))
    add_defaults(target, asks, into, today, money=any(name == "fee" for measure in output.measures for name in measure.fields))
    covered = set(into.covered) | output.covered | (kind.indices if kind else frozenset()) | name_words(target, reading)
    covered |= (kind_words(target, reading) if kind else frozenset()) | _echoes(reading, covered)
    covered |= _alternatives(asks, covered)
    if target.target == "known_error":
        covered |= asks.said("touched")
    evidence = bool(kind or keys or values or free or (base is not None) or (files.documents and isinstance(source, RecordTable) is False))
    if not evidence:
        return None
    spec = _spec(target, customer_ids, into, output) if base is None else _continue(base, target, customer_ids, into, output, asks)
    if spec is None:
        return None
    if absent:
        inner = QuerySpec(target=target.target, filters=spec.filters, period=spec.period, further_periods=spec.further_periods, date_field=spec.date_field)
        measured = inner.model_copy(update={"filters": tuple(item for item in inner.filters if item.field != "met")}) if target.target == "measurement" else None
        spec = QuerySpec(target="customer", select=("name",), without=inner, among=measured)
        covered |= absent | asks.groups["customer"].indices
        output.certain, output.implied = True, False
    elif spec.limit == 1 and "aggregate.soonest" in asks.flags and isinstance(source, RecordTable) and spec.order_by and spec.order_by[0].by == source.date_field and not spec.period:
        spec = spec.model_copy(update={"filters": (*spec.filters, Filter(field=str(source.date_field), op="ge", value=today))})
    named = 1.0 if keys else kind.score if kind else 0.0
    apart = bool(keys) or bool(kind and kind.score > 0.9 and not kind.indices <= frozenset().union(*(value.indices for value in values)))
    specific_values = sum(len(value.indices) for value in values if value.whole)
    return score_of(spec, asks, covered, named, apart, specific_values, into, output, base is not None)


def _absent(target: TargetValues, asks: Asks, kind: Match | None) -> frozenset[int]:
    """ "which customers have no tickets", "pelanggan tanpa kontrak": the words that say that there are none of the kind."""
    source = target.source
    if kind is None or "customer" not in asks.groups or asks.customers or not isinstance(source, RecordTable):
        return frozenset()
    if target.target in ("customer", "service", "known_error") or "customer_id" not in source.table.c:
        return frozenset()
    missed = asks.flags.get("met.no") if target.target == "measurement" else None
    starts = {kind.first} | ({missed.first, *(match.first for name, match in asks.groups.items() if name == "service")} if missed else set())
    said = [match for wanted in phrases("without") for match in asks.reading.find(wanted, synonyms=False, literal=True) if any(0 <= start - match.last <= _BESIDE for start in starts)]
    if missed is None or not said:
        return frozenset().union(*(match.indices for match in said))
    return frozenset().union(*(match.indices for match in said), asks.said("not_one"), asks.groups["service"].indices if "service" in asks.groups else frozenset())


def _headings_of_values(target: TargetValues, reading: Reading, fields: list[FieldMatch], values: list[ValueMatch], into: Conditions) -> None:
    """ "gelombang 2026-S2", "priority P1", "interested in Hosting" (of the column "Product interest"): the heading, or a word of it, beside its value."""
    for value in values:
        own = target.headings.own.get(value.field)
        said = reading.scattered(own)[0] if own is not None and value.whole else frozenset()
        into.covered |= frozenset(at for at in said if min(abs(at - other) for other in value.indices) <= _BESIDE)
        for match in fields:
            beside = min(abs(at - other) for at in match.indices for other in value.indices)
            if match.field == value.field and beside <= _BESIDE:
                into.covered |= match.indices


def _alternatives(asks: Asks, covered: set[int]) -> frozenset[int]:
    """ "kontrak atau SLA": one of two is enough."""
    ors = [match.first for wanted in phrases("alternative") for match in asks.reading.find(wanted, literal=True)]
    return frozenset(at for each in ors for at, other in ((each - 1, each + 1), (each + 1, each - 1)) if other in covered and 0 <= at < len(asks.reading.words))


def _echoes(reading: Reading, covered: set[int]) -> frozenset[int]:
    """Words that say again what others have said: "kritis (Critical)", "nilai … (nilai x …)"."""
    words = reading.words
    said = [words[at] for at in covered if not words[at].is_stopword]
    rest = (at for at in range(len(words)) if at not in covered and not words[at].is_stopword)
    return frozenset(at for at in rest if any(same_word(words[at], word) for word in said))


def _beside_kind(match: FieldMatch, kind: Match | None) -> frozenset[int]:
    """Of a field's words that are the kind's name and one far from it, the latter: the "menang" of "peluang yang belum menang"."""
    rest = match.indices - kind.indices if kind else frozenset()
    far = kind is not None and rest < match.indices and bool(rest) and min(abs(at - own) for at in rest for own in kind.indices) > _BESIDE
    return rest if far else frozenset()


def _reserved(target: TargetValues, asks: Asks, fields: Iterable[FieldMatch], kind: Match | None) -> frozenset[int]:
    """Words that name the field asked for, by the kind of answer, and so are no values."""
    taken: set[int] = set()
    for match in fields:
        name, where = match.field, match.indices
        sort = target.source.type_of(name)
        adjective = kind is not None and max(where) + 1 == kind.first  # "open tickets", but "tickets opened in May"
        happened = bool(asks.periods) and "still" not in asks.flags and match.score > _SURE and not adjective
        wanted = (
            ((asks.has("when") or happened or len(where) > 1 and match.score > _SURE) and sort in TEMPORAL)
            or (sort == "bool" and match.score > _SURE and not name.endswith("met"))
            or (asks.has("who") and is_person(target, name) and len(where) > 1)
            or ((asks.has("how_much") or asks.has("how_many") or asks.arithmetic) and sort in NUMERIC)
        )
        if wanted:
            taken |= where - _beside_kind(match, kind)
    return frozenset(taken)


def _spec(target: TargetValues, customer_ids: tuple[int, ...], into: Conditions, output: Output) -> QuerySpec:
    return QuerySpec(
        target=target.target, customer_ids=customer_ids, except_customers=into.except_customers, select=output.select, measures=output.measures, filters=tuple(into.filters),
        group_by=output.group_by, having=output.having, order_by=output.order_by, limit=output.limit, period=into.period,
        further_periods=into.further, date_field=into.date_field, compare_periods=into.compare, change=output.change, days_between=output.days_between,
    )  # fmt: skip


def _continue(base: QuerySpec, target: TargetValues, customer_ids: tuple[int, ...], into: Conditions, output: Output, asks: Asks) -> QuerySpec | None:
    """The question before with what this one changes: its customer, its values, its period, what is asked of it."""
    changed: dict[str, object] = {}
    if customer_ids:
        changed["customer_ids"] = customer_ids
        names = set(identity_fields(target)) | {"key", "number"}
        kept = [item for item in base.filters if item.field not in names]
    else:
        kept = list(base.filters)
    new = {item.field for item in into.filters}
    said = [item for item in into.filters if into.reasons or item.field not in {each.field for each in kept}]
    changed["filters"] = tuple([item for item in kept if item.field not in new] + said)
    if into.period:
        changed |= {"period": into.period, "further_periods": into.further, "date_field": into.date_field}
    same_sum = bool(base.measures) and not output.measures and (asks.has("how_much") or asks.has("how_many"))  # "yang P2 berapa?"
    if output.certain and not same_sum:
        changed |= {"select": output.select, "measures": output.measures, "group_by": output.group_by, "order_by": output.order_by, "limit": output.limit}
    if not (customer_ids or into.reasons or into.period or output.certain):
        return None
    return base.model_copy(update=changed)

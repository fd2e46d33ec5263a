"""The conditions of a spec: who, when, which values, which numbers, and what is left unsaid."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers, find_percentages
from knowledge.queries.asked_periods import united
from knowledge.queries.asks import Asks
from knowledge.queries.matching import FieldMatch, ValueMatch
from knowledge.queries.spec import Filter, Period
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import ROLE_FIELDS, TargetValues
from knowledge.queries.vocabulary import canonical_choice, field_sort, phrases, terminal_statuses
from knowledge.queries.words import phrase

_RESPONSE, _RESOLUTION = phrase("respons"), phrase("penyelesaian")
_GOAL = tuple(phrase(text) for text in ("sla", "target"))
_NEAR = 3
_ENDS = ("ends_on", "end", "valid_until", "end_of_support")
_PERIOD_WORDS = 4
_NO_EVENTS = frozenset({"target", "customer", "application", "subscription"})
"""Kinds whose main date is no event: a period is about them only where the question names the date."""


@dataclass
class Conditions:
    """Filters with the words they explain and why."""

    filters: list[Filter] = field(default_factory=list)
    period: Period | None = None
    further: tuple[Period, ...] = ()
    compare: tuple[Period, ...] = ()
    except_customers: tuple[int, ...] = ()
    whether: str | None = None
    date_field: str | None = None
    covered: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    doubt: float = 0.0

    def add(self, item: Filter, indices: frozenset[int], reason: str) -> None:
        self.filters.append(item)
        self.covered |= indices
        self.reasons.append(reason)


def _negated(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """The negation that stands shortly before some words."""
    first = min(indices)
    return frozenset(at for at in asks.negations if 0 < first - at <= _NEAR and at not in indices)


def add_values(target: TargetValues, asks: Asks, found: list[ValueMatch], into: Conditions) -> None:
    """Values as filters; "not X" and "not yet X" turn them round."""
    said: frozenset[int] = frozenset().union(*(match.indices for match in found))
    for match in found:
        negation = _negated(asks, match.indices) - said - into.covered  # the "not" of another value ("tidak lulus") turns nothing else round
        status = match.field in ("status", "stage")
        if negation and status and ("not_yet" in asks.flags or any(asks.reading.words[at].norm in ("yet", "belum") for at in range(len(asks.reading.words)))):
            _exclude_finished(target, match.field, into, match.indices | negation)
        elif negation:
            for stored in match.stored:
                into.add(Filter(field=match.field, op="ne", value=stored), match.indices | negation, f"{match.field} is not {stored}")
        elif len(match.stored) == 1:
            into.add(Filter(field=match.field, value=match.stored[0]), match.indices, f"{match.field} = {match.stored[0]}")
        else:
            into.add(Filter(field=match.field, op="in", value=match.stored), match.indices, f"{match.field} in {len(match.stored)} values")
        if not match.whole:
            into.doubt += 0.03
        if asks.has("who") and target.target == "contact" and match.field in ROLE_FIELDS:
            into.doubt -= 0.05


def _stored_as(target: TargetValues, name: str, meanings: frozenset[str] | set[str]) -> tuple[str, ...]:
    """The store's own words for some states, in whatever language each row has them."""
    stored = {entry.stored for entry in target.entries if entry.field == name}
    return tuple(sorted(value for value in stored if canonical_choice(target.target, name, value) in meanings))


def _exclude_finished(target: TargetValues, name: str, into: Conditions, indices: frozenset[int]) -> None:
    """Whatever the store's own words for a finished state are."""
    into.covered |= indices
    for value in _stored_as(target, name, terminal_statuses()):
        into.add(Filter(field=name, op="ne", value=value), indices, f"{name} is not {value}")


def add_open_state(target: TargetValues, asks: Asks, into: Conditions, reserved: frozenset[int]) -> None:
    """ "masih terbuka", "outstanding": everything that is not finished."""
    still = asks.flags.get("still")
    name = next((name for name in ("status", "stage") if name in target.filled), None)
    if still and name and not any(item.field == name and item.op == "ne" for item in into.filters):
        into.filters = [item for item in into.filters if item.field != name]
        _exclude_finished(target, name, into, still.indices | asks.said("still") | asks.said("open"))
    said = asks.flags.get("open")
    if said and name and not still and not said.indices & (into.covered | reserved) and not any(item.field == name for item in into.filters):
        _exclude_finished(target, name, into, said.indices)


def add_met(target: TargetValues, asks: Asks, into: Conditions) -> frozenset[int]:
    """Targets met or missed, as a boolean field."""
    fields = [name for name in target.source.columns if target.source.type_of(name) == "bool" and name.endswith("met") and name in target.filled]
    no, yes = asks.flags.get("met.no"), asks.flags.get("met.yes")
    if not fields or not (no or yes):
        return frozenset()
    match = no or yes
    assert match is not None
    reading = asks.reading
    negation = _negated(asks, match.indices)
    goal = reading.best(_GOAL)
    response, resolution = reading.best([_RESPONSE]), reading.best([_RESOLUTION])
    said = response or resolution
    indices = match.indices | negation | (goal.indices if goal else frozenset())
    if len(fields) == 1 and fields[0] == "response_met" and said is response and response:
        indices |= response.indices
    if len(fields) > 1:
        if not goal and not response and not resolution:
            return frozenset()
        wanted = "response_met" if response and not resolution else "resolution_met"
        indices |= said.indices if said else frozenset()
        into.doubt += 0.0 if said else 0.1
        name = wanted if wanted in fields else fields[0]
    else:
        name = fields[0]
    if asks.has("whether") and target.target == "measurement" and "ever" not in asks.flags:  # "was the target met?": the answer is the field, no condition
        into.covered |= indices | asks.answers["whether"].indices
        into.whether = name
        return indices
    if "ever" in asks.flags:
        indices |= asks.flags["ever"].indices | (asks.answers["whether"].indices if asks.has("whether") else frozenset())
    value = bool(yes) and not negation and not no
    into.add(Filter(field=name, value=value), indices, f"{name} = {value}")
    return indices


def add_currency(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """ "rupiah-paying customers": amounts in one currency only."""
    if asks.currency and "currency" in target.filled and isinstance(target.source, RecordTable):
        code, indices = asks.currency
        into.add(Filter(field="currency", value=code), indices, f"in {code}")


def add_flags(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> None:
    """Other yes/no fields, said by their heading."""
    for match in fields:
        if target.source.type_of(match.field) == "bool" and not match.field.endswith("met") and match.field != "forecast":
            negation = _negated(asks, match.indices)
            into.add(Filter(field=match.field, value=not negation), match.indices | negation, f"{match.field} = {not negation}")


def add_period(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions, today: date) -> None:
    """The period on the date that the question names, else on the target's main date."""
    free = [(period, indices) for period, indices in asks.periods if not indices <= into.covered]
    if not free:
        return
    source = target.source
    dates = [match.field for match in fields if source.type_of(match.field) in TEMPORAL and not asks.has("when")]
    dates = [name for name in dates if name in target.filled]
    compared = asks.compare or asks.flags.get("gap")
    if len(free) > 1 and not compared and (whole := united(tuple(free))):
        free = [whole]
    if target.target not in _NO_EVENTS and source.date_field in target.filled:
        dates.append(source.date_field)
    term = source.term_field()
    if target.target == "contact" and term:
        into.add(Filter(field=term, op="valid_on", value=free[0][0][1]), free[0][1], "valid then")
        return
    if not dates:
        _add_named_periods(target, free, into, today)
        return
    into.date_field = dates[0] if dates[0] != source.date_field else None
    if asks.has("how_many") or asks.has("how_much"):  # a count shows no date, but its period rests on that word
        into.covered |= frozenset().union(*(match.indices for match in fields if match.field == dates[0]))
    if len(free) > 1 and compared:
        into.compare = tuple(period for period, _ in free)
        into.covered |= frozenset().union(*(indices for _, indices in free)) | compared.indices
    elif len(free) > 1 and all(first < last for (first, last), _ in free):  # "Q1 and Q4": both, taken together
        into.period, into.further = free[0][0], tuple(dict.fromkeys(period for period, _ in free[1:] if period != free[0][0]))
        into.covered |= frozenset().union(*(indices for _, indices in free))
    else:
        into.period = free[0][0]
        into.covered |= free[0][1]
    into.reasons.append(f"{dates[0]} in the period")


def _add_named_periods(target: TargetValues, free: list[tuple[Period, frozenset[int]]], into: Conditions, today: date) -> None:
    """Periods where the records have no date but a text for it: "Sem I 2026" of a survey."""
    for period, indices in free:
        stored: dict[str, set[str]] = {}
        for entry in target.entries:
            spans = find_dates(entry.stored, today) if any(map(str.isdigit, entry.stored)) else []
            if len(spans) == 1 and spans[0].has_year and (spans[0].value, spans[0].until) == period and len(entry.stored.split()) <= _PERIOD_WORDS:
                stored.setdefault(entry.field, set()).add(entry.stored)
        for name, values in list(stored.items())[:1]:
            before = next((item for item in into.filters if item.field == name), None)
            known = () if before is None else before.value if isinstance(before.value, tuple) else (before.value,)
            into.filters = [item for item in into.filters if item is not before]
            every = tuple(dict.fromkeys([*known, *sorted(values)]))
            into.add(Filter(field=name, op="in", value=every) if len(every) > 1 else Filter(field=name, value=every[0]), indices, f"{name} is that period")


def add_not_yet(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> None:
    """ "belum dibayar", "not yet paid": a date of something done that is still empty."""
    for match in fields:
        if target.source.type_of(match.field) not in TEMPORAL or asks.has("when") or match.field not in target.filled:
            continue
        negation = _negated(asks, match.indices) - into.covered
        if negation and not match.indices & into.covered:
            into.add(Filter(field=match.field, op="is_null"), match.indices | negation, f"{match.field} is empty")
            return


def add_expired(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions, today: date) -> None:
    """ "whose warranty has run out", "yang garansinya sudah habis": the date that is named lies behind."""
    said = asks.flags.get("expired")
    if said is None or asks.has("when") or asks.periods or asks.superlative or "overdue" in asks.flags or asks.has("how_long"):
        return
    dated = [match for match in fields if target.source.type_of(match.field) in TEMPORAL and match.field in target.filled]
    near = next((match for match in dated if min(abs(at - other) for at in match.indices for other in said.indices) <= _NEAR), None)
    ends = [name for name in target.filled if target.source.type_of(name) in TEMPORAL and (name in _ENDS or any(phrase(name).words and wanted.text in name.lower() for wanted in phrases("end_heading")))]
    named = near.field if near else ends[0] if len(ends) == 1 and (target.target.startswith("sheet:") or ends[0] in _ENDS) else None
    if named and (near or not into.filters):
        into.add(Filter(field=named, op="lt", value=today), (near.indices if near else frozenset()) | asks.said("expired"), f"{named} lies behind")


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


def add_defaults(target: TargetValues, asks: Asks, into: Conditions, today: date, money: bool) -> None:
    """What people leave unsaid: positions held today, running subscriptions, actual figures, targets in force, no amendments."""
    kind, used = target.target, {item.field for item in into.filters}
    if not isinstance(target.source, RecordTable):
        return
    if kind == "contact" and not used & {"valid_from", "valid_until"} and "former" not in asks.flags:
        into.filters.append(Filter(field="valid_from", op="valid_on", value=today))
        into.covered |= {at for wanted in phrases("now") for match in asks.reading.find(wanted, literal=True) for at in match.indices}
    running = _stored_as(target, "status", {"active"})
    if kind == "subscription" and money and "status" not in used and running:
        into.filters.append(Filter(field="status", value=running[0]) if len(running) == 1 else Filter(field="status", op="in", value=running))
    if kind == "figure" and "forecast" in target.source.columns:
        wanted = "forecast" in asks.flags
        into.filters.append(Filter(field="forecast", value=wanted))
        into.covered |= asks.flags["forecast"].indices if wanted else frozenset()
    if kind == "target":
        into.filters.append(Filter(field="superseded", value=False))
    if kind == "agreement" and not used & {"kind", "number", "key", "title"}:
        into.filters.append(Filter(field="kind", op="ne", value="amendment"))
    overdue = asks.flags.get("overdue")
    due = {"commitment": "due", "project": "end"}.get(kind)
    if overdue and due in target.filled and not overdue.indices & into.covered:
        into.add(Filter(field=str(due), op="lt", value=today), overdue.indices, "due before today")
        _exclude_finished(target, "status", into, overdue.indices)

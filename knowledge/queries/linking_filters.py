"""The conditions of a spec: who, when, which values, which numbers, and what is left unsaid."""

from datetime import date

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import JOINS, Conditions, exclude_finished, left_out, negation_before, stored_as
from knowledge.queries.matching import FieldMatch
from knowledge.queries.matching_values import ValueMatch
from knowledge.queries.spec import Filter
from knowledge.queries.tables import RecordTable
from knowledge.queries.values import ROLE_FIELDS, TargetValues
from knowledge.queries.vocabulary import currencies, phrases
from knowledge.queries.words import phrase

_RESPONSE = phrase('respons')
_RESOLUTION = phrase('penyelesaian')
_JOINED = 2


def add_values(target: TargetValues, asks: Asks, found: list[ValueMatch], into: Conditions) -> None:
    """Values as filters; "not X" and "not yet X" turn them round."""
    said: frozenset[int] = frozenset().union(*(match.indices for match in found))
    turned: dict[str, frozenset[int]] = {}
    only_then = asks.said("only_then")
    found = [match for match in found if not match.indices <= only_then]
    for match in sorted(found, key=lambda each: min(each.indices)):
        negation = negation_before(asks, match.indices) - said - into.covered  # the "not" of another value ("tidak lulus") turns nothing else round
        status = match.field in ("status", "stage")
        if aside := left_out(asks, match.indices):
            for stored in match.stored:
                into.add(Filter(field=match.field, op="leave_out", value=stored), match.indices | aside, f"{match.field} {stored} left out")
            continue
        if negation and status and ("not_yet" in asks.flags or any(asks.reading.words[at].norm in ("yet", "belum") for at in range(len(asks.reading.words)))):
            exclude_finished(target, match.field, into, match.indices | negation)
        elif negation or _goes_on(asks, turned.get(match.field), match.indices):
            turned[match.field] = match.indices
            for stored in match.stored:
                into.add(Filter(field=match.field, op="ne", value=stored), match.indices | negation, f"{match.field} is not {stored}")
        elif len(match.stored) == 1:
            into.add(Filter(field=match.field, value=match.stored[0]), match.indices, f"{match.field} = {match.stored[0]}")
        else:
            into.add(Filter(field=match.field, op="in", value=match.stored), match.indices, f"{match.field} in {len(match.stored)} values")
        if not match.whole:
            into.doubt += 0.03
        if asks.has("who") and target.target == "contact" and match.field in ROLE_FIELDS:
            into.doubt -= 0.1 if match.whole and len(match.indices) > 1 else 0.05


def _goes_on(asks: Asks, before: frozenset[int] | None, indices: frozenset[int]) -> bool:
    """ "not A or B", "selain A dan B": only a word that joins them stands between a value that is turned round and the next."""
    if before is None or min(indices) <= max(before):
        return False
    between = [asks.reading.words[at].norm for at in range(max(before) + 1, min(indices))]
    return 0 < len(between) <= _JOINED and any(word in JOINS for word in between)


_STAGED = ("service", "opportunity", "project")
"""Kinds whose state may be a stage on the way: "masih di pipeline"."""


def add_open_state(target: TargetValues, asks: Asks, into: Conditions, reserved: frozenset[int]) -> None:
    """ "masih terbuka", "outstanding": everything that is not finished."""
    still = asks.flags.get("still")
    name = next((name for name in ("status", "stage", "progress") if name in target.filled), None)
    if still and name == "progress":
        exclude_finished(target, "status", into, still.indices | asks.said("still") | asks.said("open"))
        return
    named = any(item.field == name and item.op in ("eq", "in") for item in into.filters)
    if still and named and target.target in _STAGED and not asks.said("open") and not asks.negations:  # "yang masih di pipeline": the state that is named, and nothing else
        into.covered |= still.indices
        return
    if still and name and not any(item.field == name and item.op == "ne" for item in into.filters):
        into.filters = [item for item in into.filters if item.field != name]
        exclude_finished(target, name, into, still.indices | asks.said("still") | asks.said("open"))
    said = asks.flags.get("open")
    if (still or said) and name is None and target.target == "ticket" and "closed_at" in target.filled and "opened_at" in target.filled:
        indices = asks.said("still") | asks.said("open")
        if not indices & (into.covered | reserved):
            into.add(Filter(field="closed_at", op="is_null"), indices, "closed_at is empty")
        return
    if said and name and not still and not said.indices & (into.covered | reserved) and not any(item.field == name for item in into.filters):
        exclude_finished(target, name, into, said.indices)


def add_met(target: TargetValues, asks: Asks, into: Conditions) -> frozenset[int]:
    """Targets met or missed, as a boolean field."""
    fields = [name for name in target.source.columns if target.source.type_of(name) == "bool" and name.endswith("met") and name in target.filled]
    no, yes = asks.flags.get("met.no"), asks.flags.get("met.yes")
    if not fields or not (no or yes):
        return frozenset()
    match = no or yes
    assert match is not None
    reading = asks.reading
    negation = negation_before(asks, match.indices)
    goal = reading.best(phrases("met.goal"))
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
    if (asks.has("whether") or _asked_at_the_end(asks, match.indices)) and target.target == "measurement" and "ever" not in asks.flags:  # "was the target met?": the answer is the field, no condition
        into.covered |= indices | (asks.answers["whether"].indices if asks.has("whether") else frozenset())
        into.whether = name
        return indices
    if "ever" in asks.flags:
        indices |= asks.flags["ever"].indices | (asks.answers["whether"].indices if asks.has("whether") else frozenset())
    value = bool(yes) and not negation and not no
    into.add(Filter(field=name, value=value), indices | _fallen(asks, match.indices), f"{name} = {value}")
    return indices


def _fallen(asks: Asks, indices: frozenset[int]) -> frozenset[int]:
    """The verb before "below target": "fell below", "turun di bawah"."""
    return frozenset(at for name in ("change.down", "change.up") for at in asks.said(name) if 0 < min(indices) - at <= 1)


def _asked_at_the_end(asks: Asks, indices: frozenset[int]) -> bool:
    """ "ketersediaan Maret berapa? tercapai?": the value is asked for, and then whether it was enough."""
    last = len(asks.reading.words) - 1
    return max(indices) == last and min(indices) > 0 and (asks.has("how_much") or asks.has("how_many") or "?" in asks.reading.text[: asks.reading.words[min(indices)].start])


def add_currency(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """ "rupiah-paying customers": amounts in one currency only; "the invoices in rupiah" of a sheet that has others as well."""
    source = target.source
    name = "currency" if isinstance(source, RecordTable) else source.currency_field
    if name is None or name not in target.filled:
        return
    said = asks.currency or (_unit_said(asks) if target.distinct.get(name, 0) > 1 and not isinstance(source, RecordTable) else None)
    if said is not None and not any(item.field == name for item in into.filters):
        into.add(Filter(field=name, value=said[0]), said[1], f"in {said[0]}")


def _unit_said(asks: Asks) -> tuple[str, frozenset[int]] | None:
    """The one currency in which amounts are wanted."""
    found = [(code, match.indices) for code, wanted in currencies() for match in [asks.reading.best(wanted, synonyms=False, literal=True)] if match and match.indices <= asks.said_units]
    return found[0] if len(found) == 1 else None


def add_flags(target: TargetValues, asks: Asks, fields: list[FieldMatch], into: Conditions) -> None:
    """Other yes/no fields, said by their heading."""
    for match in fields:
        if target.source.type_of(match.field) == "bool" and not match.field.endswith("met") and match.field != "forecast":
            negation = negation_before(asks, match.indices)
            into.add(Filter(field=match.field, value=not negation), match.indices | negation, f"{match.field} = {not negation}")


def add_defaults(target: TargetValues, asks: Asks, into: Conditions, today: date, money: bool) -> None:
    """What people leave unsaid: positions held today, running subscriptions, actual figures, targets in force, no amendments."""
    kind, used = target.target, {item.field for item in into.filters}
    if not isinstance(target.source, RecordTable):
        return
    if kind == "contact" and not used & {"valid_from", "valid_until"} and "former" not in asks.flags:
        into.filters.append(Filter(field="valid_from", op="valid_on", value=today))
        into.covered |= {at for wanted in phrases("now") for match in asks.reading.find(wanted, literal=True) for at in match.indices}
        into.covered |= asks.said("active") | asks.said("still")
    running = stored_as(target, "status", {"active"})
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
        exclude_finished(target, "status", into, overdue.indices)

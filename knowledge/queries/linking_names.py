"""Customers, services and people that a question names, as conditions of a spec."""

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import JOINS, Conditions
from knowledge.queries.matching import (
    is_person,
)
from knowledge.queries.spec import Filter
from knowledge.queries.tables import RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import field_phrases, phrases, plain_words

_MEASURED = frozenset({"measurement", "target"})
_WHOSE = plain_words("whose")
_ASIDE = 6


def add_things(target: TargetValues, asks: Asks, customer_ids: tuple[int, ...], into: Conditions) -> tuple[int, ...]:
    """What is measured of an application is measured of its customer and of the service that keeps it running."""
    if target.target not in _MEASURED:
        return customer_ids
    for thing in asks.things:
        if customer_ids and thing.customer_id not in customer_ids:
            continue
        customer_ids = (thing.customer_id,)
        into.covered |= thing.indices
        into.doubt += 0.03
        stored = [entry.stored for entry in target.entries if entry.field == "service" and entry.stored.upper() in thing.services]
        if stored and not asks.services:
            into.add(Filter(field="service", op="in", value=tuple(dict.fromkeys(stored))), thing.indices, "the service of the application")
    return customer_ids


def add_before(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """ "the IT manager before X", "pendahulu X": those who had left when X came."""
    term = target.source.term_field()
    if target.target != "contact" or term is None or "name" not in target.filled:
        return
    leads = [match for wanted in phrases("before_person") for match in asks.reading.find(wanted, literal=True)]
    for mention in asks.people:
        indices = asks.reading.indices(mention.start, mention.end)
        lead = next((match for match in leads if min(indices) - 2 <= match.last - 1 < min(indices)), None)
        if lead:
            into.filters = [item for item in into.filters if item.field != "name"]
            into.add(Filter(field="name", op="ne", value=mention.name), indices | lead.indices, f"before {mention.name}")
            into.filters.append(Filter(field="valid_until", op="not_null"))


def add_customers(target: TargetValues, asks: Asks, into: Conditions) -> tuple[int, ...]:
    if not asks.customers or target.target == "service":
        return ()
    into.covered |= asks.customer_indices
    wanted = [mention for mention in asks.customers if not _set_aside(asks, mention.start)]
    if not wanted and "except" in asks.flags:  # "selain X", "all customers except X"
        into.covered |= asks.said("except") | (asks.groups["customer"].indices if "customer" in asks.groups else frozenset())
        into.except_customers = tuple(dict.fromkeys(customer_id for mention in asks.customers for customer_id in mention.customer_ids))
        return ()
    wanted = wanted or list(asks.customers)
    return tuple(dict.fromkeys(customer_id for mention in wanted for customer_id in mention.customer_ids))


def _set_aside(asks: Asks, start: int) -> bool:
    """ "…, jangan tertukar dengan yang di X", "not the one at X"."""
    first = min(asks.reading.indices(start, start + 1), default=0)
    return any(0 < first - at <= _ASIDE and not _led_in(asks, at + 1, first) for at in asks.set_aside)


def _led_in(asks: Asks, start: int, first: int) -> bool:
    """ "selain P4 dari X": what stands between has a word of its own for whose it is."""
    words = asks.reading.words
    return first - start > 1 and any(words[at].norm in _WHOSE for at in range(start + 1, first))


def add_services(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """A service by its code or by any of its names, as the target's rows have it."""
    if not asks.services:
        return
    codes = {code for mention in asks.services for code in mention.codes}
    name = "service" if "service" in target.filled else None
    if target.target == "service":
        stored = sorted(code for code in codes if code.upper() in target.keys)
        if stored:
            into.add(Filter(field="key", op="in", value=tuple(stored)), asks.service_indices, f"service {stored}")
        return
    if name is None:
        return
    said = {name.lower() for mention in asks.services for name in (*mention.codes, mention.text, *mention.names)}
    stored = sorted({entry.stored for entry in target.entries if entry.field == name and entry.stored.lower() in said})
    into.add(Filter(field=name, op="in", value=tuple(stored or sorted(codes))), asks.service_indices, f"service {', '.join(stored or sorted(codes))}")


def add_near_services(target: TargetValues, asks: Asks, into: Conditions, reserved: frozenset[int]) -> None:
    """A service by a part of its name, where nothing else explains those words."""
    if "service" not in target.filled or any(item.field == "service" for item in into.filters):
        return
    found = [(code, indices) for code, indices in asks.near_services if not indices & (into.covered | reserved)]
    stored = {entry.stored.lower(): entry.stored for entry in target.entries if entry.field == "service"}
    if len(found) == 1 and found[0][0].lower() in stored:
        code, indices = found[0]
        into.add(Filter(field="service", value=stored[code.lower()]), indices, f"service {code}")
        into.doubt += 0.02


def add_people(target: TargetValues, asks: Asks, into: Conditions, headings: frozenset[int]) -> None:
    """People whom the values did not already find: nicknames, honorifics."""
    for mention in asks.people:
        indices = asks.reading.indices(mention.start, mention.end)
        if indices & into.covered or indices <= asks.customer_indices | headings:
            continue
        for name in target.source.columns:
            if is_person(target, name):
                stored = tuple(sorted({entry.stored for entry in target.entries if entry.field == name and mention.name.lower() in entry.stored.lower()}))
                if stored and _after_one_set_aside(asks, name, indices, into):
                    for value in stored:
                        into.add(Filter(field=name, op="ne", value=value), indices, f"{name} is not {mention.name}")
                    break
                before = next((item for item in into.filters if item.field == name and item.op in ("eq", "in")), None)
                if stored and before is not None:  # "A at X and B at Y": either of them
                    into.filters = [item for item in into.filters if item is not before]
                    stored = tuple(dict.fromkeys([*map(str, before.values), *stored]))
                if stored:
                    into.add(Filter(field=name, op="in", value=stored), indices, f"{name} is {mention.name}")
                    break


def add_managers(target: TargetValues, asks: Asks, into: Conditions) -> None:
    """ "contracts of Y's customers", "yang dipegang Y": whose customers' account manager is named, where the record has no such person itself."""
    named = [(name, indices) for name, indices in asks.managers if not indices & (into.covered | asks.customer_indices)]
    source = target.source
    if not named or not isinstance(source, RecordTable) or target.target in ("customer", "contact") or "account_manager" in source.columns or "customer_id" not in source.table.c:
        return
    stored = tuple(name for name, _ in named)
    indices = frozenset().union(*(each for _, each in named))
    words = frozenset().union(*(match.indices for wanted in field_phrases("customer")["account_manager"] for match in asks.reading.find(wanted)))
    whose = asks.groups["customer"].indices if "customer" in asks.groups else frozenset()
    into.add(Filter(field="account_manager", op="in", value=stored), indices | words | whose, f"account manager {', '.join(stored)}")
    into.doubt += 0.02


def _after_one_set_aside(asks: Asks, name: str, indices: frozenset[int], into: Conditions) -> bool:
    """ "not A's or B's": the one before is left out already, and only a word that joins them stands between."""
    first = min(indices)
    joined = [at for at in (first - 1, first - 2) if at > 0 and asks.reading.words[at].norm in JOINS]
    return bool(joined) and joined[0] - 1 in into.covered and any(item.field == name and item.op == "ne" for item in into.filters)

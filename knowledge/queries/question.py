"""A question → the specs it may mean, best first. Generic schema linking: nothing here knows a company or a question by heart."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Protocol

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.language.dates import find_dates
from knowledge.linking import Linker
from knowledge.queries.asks import Asks, Thing, understand
from knowledge.queries.compiler import count
from knowledge.queries.linking_filters import (
    Conditions,
    add_currency,
    add_defaults,
    add_expired,
    add_flags,
    add_met,
    add_not_yet,
    add_numbers,
    add_open_state,
    add_period,
    add_values,
)
from knowledge.queries.linking_output import Output, choose_output, identity_fields
from knowledge.queries.matching import (
    FieldMatch,
    ValueMatch,
    field_matches,
    is_person,
    key_matches,
    kind_match,
    kind_words,
    name_words,
    value_matches,
)
from knowledge.queries.spec import Filter, QuerySpec
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import INDEXES, TargetValues, ValueIndex
from knowledge.queries.vocabulary import named_tables, phrases
from knowledge.queries.words import Match, Reading, read_words, same_word
from knowledge.records.customers import Customer, CustomerName
from knowledge.records.documents import Document, SheetTable

MAX_PROPOSALS = 8
_FILE = re.compile(r"\w\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|txt|md|html?|json|ya?ml|eml|msg)\b", re.IGNORECASE)
_MEASURED = frozenset({"measurement", "target"})
_WHOSE = frozenset({"dari", "di", "pada", "milik", "untuk", "of", "from", "for", "at"})
_SURE, _ASIDE, _NOTHING, _BESIDE = 0.9, 6, 0.15, 2
_ELLIPTIC, _IGNORED = 0.25, 0.1
"""How much likelier the question before goes on, when this one is no whole question."""


class Understood(Protocol):
    """A question that somebody has already read; only its words are used."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class ScoredSpec:
    """A spec that a question may mean. `score` 0–1; `covered`: indices of the words (tokens) that it explains; `uncovered`: content words it does not."""

    spec: QuerySpec
    score: float
    covered: frozenset[int]
    uncovered: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    named: bool = True
    """Whether words of the question name what is given back; else it was chosen by the kind of answer alone."""
    scale: str | None = None
    """In what the question wants amounts: "thousand", "million", "billion"."""


@dataclass
class _Files:
    """Files that the question names, and the targets that came from them."""

    documents: dict[str, set[int]] = field(default_factory=dict)  # target → document ids
    indices: frozenset[int] = frozenset()


def propose_specs(
    session: Session, linker: Linker, viewer: Viewer, question: Understood | str, today: date, inherited: QuerySpec | None = None,
    most: int = MAX_PROPOSALS, counted: Callable[[QuerySpec], int] | None = None,
) -> list[ScoredSpec]:
    """At most `most` specs for a question, best first; empty when nothing in it touches the records.

    inherited: what the turn before asked; counted: how many records a spec is about, if the caller has its own way to know.
    """
    counted = counted or (lambda spec: count(session, viewer, spec, today))
    text = question if isinstance(question, str) else question.text
    index = INDEXES.of(session, viewer, today)
    asks = understand(text, linker, today)
    asks = replace(asks, further_customer_words=_further_words(session, asks))
    asks = replace(asks, further_service_words=_service_name_words(index.targets.get("service"), asks))
    asks = replace(asks, near_services=_near_services(index.targets.get("service"), asks))
    files = _named_files(session, asks)
    if not files.documents and _FILE.search(text) and not _known_file(session, text):
        return []
    tables = _named_tables(index, asks)
    asks = replace(asks, table_words=frozenset().union(*tables.values()))
    mine = _own_customers(session, viewer, asks)
    asks = replace(asks, things=_things(session, index, viewer, asks))
    found = []
    for target in index.targets.values():
        if (files.documents and target.target not in files.documents) or (tables and target.target not in tables):
            continue
        proposal = _assemble(target, asks, files, today, None, mine)
        if proposal:
            found.append(proposal)
        if inherited is not None and inherited.target == target.target:
            continued = _assemble(target, asks, files, today, inherited, mine)
            if continued:
                found.append(continued)
    ranked = sorted(found, key=lambda each: -each.score)[:MAX_PROPOSALS]
    open_year = _leaves_the_year_open(text, today)
    return _best(ranked, most, lambda each: _tried(_next_year(_other_date(index, each, counted), counted, open_year), counted))


def _leaves_the_year_open(text: str, today: date) -> bool:
    """ "in December": of no year that is said, and nothing else that tells one."""
    spans = find_dates(text, today)
    return len(spans) == 1 and not (spans[0].has_year or spans[0].relative) and spans[0].precision in ("month", "day")


def _next_year(proposal: ScoredSpec, counted: Callable[[QuerySpec], int], open_year: bool) -> ScoredSpec:
    """A month without a year is the next one where nothing of the last is recorded and something of the next is planned."""
    spec = proposal.spec
    if not open_year or spec.period is None or spec.further_periods or counted(spec):
        return proposal
    start, end = spec.period
    later = (start.replace(year=start.year + 1, day=min(start.day, 28)), _same_day(end, end.year + 1))
    moved = spec.model_copy(update={"period": later})
    return replace(proposal, spec=moved) if counted(moved) else proposal


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _best(ranked: list[ScoredSpec], most: int, attempt: Callable[[ScoredSpec], ScoredSpec]) -> list[ScoredSpec]:
    """The best after an attempt, which never raises a score; no more attempts than are needed to know them."""
    waiting = [(-each.score, rank, False, each) for rank, each in enumerate(ranked)]
    heapify(waiting)
    best: list[ScoredSpec] = []
    while waiting and len(best) < most:
        _, rank, attempted, proposal = heappop(waiting)
        if attempted:
            best.append(proposal)
            continue
        after = attempt(proposal)
        heappush(waiting, (-after.score, rank, True, after))
    return best


def _other_date(index: ValueIndex, proposal: ScoredSpec, counted: Callable[[QuerySpec], int]) -> ScoredSpec:
    """Of a sheet with several dates, another one where the first has nothing in the period."""
    spec, target = proposal.spec, index.targets[proposal.spec.target]
    if isinstance(target.source, RecordTable) or not spec.period or counted(spec):
        return proposal
    for name, column in target.source.columns.items():
        if column.type in TEMPORAL and name in target.filled and name != (spec.date_field or target.source.date_field):
            other = spec.model_copy(update={"date_field": name})
            if counted(other):
                return replace(proposal, spec=other)
    return proposal


def _tried(proposal: ScoredSpec, counted: Callable[[QuerySpec], int]) -> ScoredSpec:
    """A look-up that finds nothing is likely a misreading; a count of nothing, or nothing in a period, may well be the answer."""
    spec = proposal.spec
    if spec.period or spec.compare_periods or any(measure.agg == "count" for measure in spec.measures):
        return proposal
    if spec.without is not None or (not spec.filters and not spec.customer_ids):
        return proposal
    return replace(proposal, score=max(0.0, proposal.score - _NOTHING)) if counted(spec) == 0 else proposal


def _further_words(session: Session, asks: Asks) -> frozenset[int]:
    """Words beside a customer's mention that belong to its names: the linker found only a part."""
    ids = {customer_id for mention in asks.customers for customer_id in mention.customer_ids}
    if not ids:
        return frozenset()
    names = list(session.execute(select(col(CustomerName.name)).where(col(CustomerName.customer_id).in_(ids))).scalars())
    for row in session.execute(select(col(Customer.name), col(Customer.legal_name)).where(col(Customer.id).in_(ids))):
        names += [name for name in row if name]
    known = {word.norm for name in names for word in read_words(name) if not word.is_stopword}
    found = set(asks.customer_indices)
    for at in range(len(asks.reading.words)):
        if asks.reading.words[at].norm in known and at - 1 in found:
            found.add(at)
    return frozenset(found)


def _service_name_words(services: TargetValues | None, asks: Asks) -> frozenset[int]:
    """Words beside a service's code or short name that its longer names have."""
    if services is None or not asks.services:
        return frozenset()
    codes = {code for mention in asks.services for code in mention.codes}
    known = {word.norm for name, code in services.key_by_name.items() if code in codes for word in read_words(name) if not word.is_stopword}
    found = set(asks.service_indices)
    for at in range(len(asks.reading.words)):
        if asks.reading.words[at].norm in known and at - 1 in found:
            found.add(at)
    return frozenset(found)


def _near_services(services: TargetValues | None, asks: Asks) -> tuple[tuple[str, frozenset[int]], ...]:
    """A service that alone has a certain word, or one of that meaning, in its names."""
    if services is None or asks.services:
        return ()
    owners: dict[int, set[str]] = {}
    for entry in services.entries:
        if entry.field not in ("name", "name_id", "name_en"):
            continue
        for at in asks.content - asks.customer_indices - asks.period_indices - kind_words(services, asks.reading):
            if any(same_word(asks.reading.words[at], word) for word in entry.spelling.content if len(word.norm) > 2):
                owners.setdefault(at, set()).add(entry.stored)
    codes = {at: {services.key_by_name[name] for name in stored if name in services.key_by_name} for at, stored in owners.items()}
    single = {at: next(iter(found)) for at, found in codes.items() if len(found) == 1}
    found: dict[str, frozenset[int]] = {}
    for at, code in single.items():
        found[code] = found.get(code, frozenset()) | {at}
    return tuple(found.items())


def _known_file(session: Session, text: str) -> bool:
    """Whether any file that was read is named; one that could not be read has no records."""
    lowered = text.lower()
    return any(source.rsplit("/", 1)[-1].lower() in lowered for source in session.execute(select(col(Document.source))).scalars())


def _named_tables(index: ValueIndex, asks: Asks) -> dict[str, frozenset[int]]:
    """Kinds of which the question names the table as its source: "menurut tabel master", "in the change register"."""
    found: dict[str, frozenset[int]] = {}
    for kind, names in named_tables().items():
        match = asks.reading.best(names, synonyms=False)
        if match is None or kind not in index.targets:
            continue
        lead = next((each for wanted in phrases("according") for each in asks.reading.find(wanted, literal=True) if each.last == match.first), None)
        if lead:
            found[kind] = match.indices | lead.indices
    return found


def _own_customers(session: Session, viewer: Viewer, asks: Asks) -> tuple[frozenset[int], tuple[int, ...]] | None:
    """ "my customers", "pelanggan saya": the words, and whom the asker looks after — all whom they may see if nobody says so."""
    mine, customer = asks.flags.get("mine"), asks.groups.get("customer")
    if asks.customers or mine is None or customer is None or not (mine.first == customer.last or mine.last == customer.first):
        return None
    looked_after = session.execute(select(col(Customer.id)).where(col(Customer.account_manager) == viewer.name)).scalars()
    ids = [number for number in looked_after if viewer.name and viewer.may_see(number)] or sorted(viewer.customers)
    return mine.indices | customer.indices, tuple(ids)


def _things(session: Session, index: ValueIndex, viewer: Viewer, asks: Asks) -> tuple[Thing, ...]:
    """Applications that the question names, with whose they are and the services that keep them running."""
    applications, services = index.targets.get("application"), index.targets.get("service")
    if applications is None:
        return ()
    found: dict[str, frozenset[int]] = {}
    for entry in applications.candidates(asks.reading):
        match = next(iter(asks.reading.find(entry.spelling, synonyms=False)), None) if entry.field == "name" else None
        if match:
            found[entry.stored] = match.indices
    table, things = applications.source.table, []
    codes = set(services.keys) if services else set()
    for name, indices in found.items():
        where = (table.c.name == name, *applications.source.visible(viewer))
        rows = session.execute(select(table.c.customer_id, table.c.supported_by, table.c.hosted_on).where(*where)).all()
        owners = {row[0] for row in rows if row[0] is not None}
        if len(owners) == 1:
            words = {word.text.upper() for row in rows for text in row[1:] if text for word in read_words(text)}
            things.append(Thing(indices, owners.pop(), tuple(sorted(words & codes))))
    return tuple(things)


def _named_files(session: Session, asks: Asks) -> _Files:
    lowered = asks.reading.text.lower()
    files = _Files()
    statement = select(Document.id, Document.source, SheetTable.id, SheetTable.record_kind).join(SheetTable, col(SheetTable.document_id) == Document.id)  # type: ignore[call-overload]
    for document, source, table, kind in session.execute(statement):
        name = source.rsplit("/", 1)[-1].lower()
        if name in lowered:
            files.documents.setdefault(kind or f"sheet:{table}", set()).add(document)
            start = lowered.index(name)
            files.indices |= asks.reading.indices(start, start + len(name))
    return files


def _assemble(
    target: TargetValues, asks: Asks, files: _Files, today: date, base: QuerySpec | None, mine: tuple[frozenset[int], tuple[int, ...]] | None
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
    customer_ids = _customers(target, asks, into)
    if mine and not customer_ids and target.target != "service":
        into.covered |= mine[0]
        customer_ids = mine[1]
    customer_ids = _by_things(target, asks, customer_ids, into)
    into.covered |= asks.table_words
    _services(target, asks, into)
    met = add_met(target, asks, into)
    reserved = _reserved(target, asks, fields, kind) | met | frozenset().union(*keys.values())
    headings = frozenset().union(*(match.indices for match in fields if match.score > _SURE))
    values = [] if keys else value_matches(target, asks, reserved, (kind.indices if kind else frozenset()) | name_words(target, reading) | headings)
    add_values(target, asks, values, into)
    _headings_of_values(fields, values, into)
    _before(target, asks, into)
    _people(target, asks, into, headings)
    _near(target, asks, into, reserved)
    fields = [match for match in fields if not match.indices <= met]
    free = [match for match in fields if not match.indices <= into.covered - (kind.indices if kind else frozenset())]
    add_open_state(target, asks, into, reserved)
    add_flags(target, asks, free, into)
    add_not_yet(target, asks, free, into)
    add_currency(target, asks, into)
    add_numbers(target, asks, free, into)
    add_period(target, asks, free, into, today)
    add_expired(target, asks, free, into, today)

    specific = bool(keys) or any(not value.whole or value.field in ("name", "title", "subject") or not isinstance(source, RecordTable) for value in values)
    free = [match for match in free if not any(item.field == match.field for item in into.filters if item.op != "in" or not asks.has("when"))]
    output = choose_output(target, asks, free, kind, into, specific)
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
        spec = QuerySpec(target="customer", select=("name",), without=inner)
        covered |= absent | asks.groups["customer"].indices
        output.certain, output.implied = True, False
    elif spec.limit == 1 and "aggregate.soonest" in asks.flags and isinstance(source, RecordTable) and spec.order_by and spec.order_by[0].by == source.date_field and not spec.period:
        spec = spec.model_copy(update={"filters": (*spec.filters, Filter(field=str(source.date_field), op="ge", value=today))})
    named = 1.0 if keys else kind.score if kind else 0.0
    apart = bool(keys) or bool(kind and kind.score > 0.9 and not kind.indices <= frozenset().union(*(value.indices for value in values)))
    specific_values = sum(len(value.indices) for value in values if value.whole)
    return _score(spec, asks, covered, named, apart, specific_values, into, output, base is not None)


def _absent(target: TargetValues, asks: Asks, kind: Match | None) -> frozenset[int]:
    """ "which customers have no tickets", "pelanggan tanpa kontrak": the words that say that there are none of the kind."""
    source = target.source
    if kind is None or "customer" not in asks.groups or asks.customers or not isinstance(source, RecordTable):
        return frozenset()
    if target.target in ("customer", "service", "known_error") or "customer_id" not in source.table.c:
        return frozenset()
    said = [match for wanted in phrases("without") for match in asks.reading.find(wanted, synonyms=False, literal=True) if 0 <= kind.first - match.last <= _BESIDE]
    return frozenset().union(*(match.indices for match in said))


def _by_things(target: TargetValues, asks: Asks, customer_ids: tuple[int, ...], into: Conditions) -> tuple[int, ...]:
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


def _headings_of_values(fields: list[FieldMatch], values: list[ValueMatch], into: Conditions) -> None:
    """ "gelombang 2026-S2", "priority P1": the heading beside its value."""
    for value in values:
        for match in fields:
            beside = min(abs(at - other) for at in match.indices for other in value.indices)
            if match.field == value.field and beside <= _BESIDE:
                into.covered |= match.indices


def _before(target: TargetValues, asks: Asks, into: Conditions) -> None:
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


def _customers(target: TargetValues, asks: Asks, into: Conditions) -> tuple[int, ...]:
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


def _services(target: TargetValues, asks: Asks, into: Conditions) -> None:
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
    said = {code.lower() for code in codes} | {mention.text.lower() for mention in asks.services}
    stored = sorted({entry.stored for entry in target.entries if entry.field == name and entry.stored.lower() in said})
    into.add(Filter(field=name, op="in", value=tuple(stored or sorted(codes))), asks.service_indices, f"service {', '.join(stored or sorted(codes))}")


def _near(target: TargetValues, asks: Asks, into: Conditions, reserved: frozenset[int]) -> None:
    """A service by a part of its name, where nothing else explains those words."""
    if "service" not in target.filled or any(item.field == "service" for item in into.filters):
        return
    found = [(code, indices) for code, indices in asks.near_services if not indices & (into.covered | reserved)]
    stored = {entry.stored.lower(): entry.stored for entry in target.entries if entry.field == "service"}
    if len(found) == 1 and found[0][0].lower() in stored:
        code, indices = found[0]
        into.add(Filter(field="service", value=stored[code.lower()]), indices, f"service {code}")
        into.doubt += 0.02


def _people(target: TargetValues, asks: Asks, into: Conditions, headings: frozenset[int]) -> None:
    """People whom the values did not already find: nicknames, honorifics."""
    for mention in asks.people:
        indices = asks.reading.indices(mention.start, mention.end)
        if indices & into.covered or indices <= asks.customer_indices | headings:
            continue
        for name in target.source.columns:
            if is_person(target, name):
                stored = tuple(sorted({entry.stored for entry in target.entries if entry.field == name and mention.name.lower() in entry.stored.lower()}))
                if stored:
                    into.add(Filter(field=name, op="in", value=stored), indices, f"{name} is {mention.name}")
                    break


def _reserved(target: TargetValues, asks: Asks, fields: Iterable[FieldMatch], kind: Match | None) -> frozenset[int]:
    """Words that name the field asked for, by the kind of answer, and so are no values."""
    taken: set[int] = set()
    for match in fields:
        name, where = match.field, match.indices
        sort = target.source.type_of(name)
        adjective = kind is not None and max(where) + 1 == kind.first  # "open tickets", but "tickets opened in May"
        happened = bool(asks.periods) and "still" not in asks.flags and match.score > _SURE and not adjective
        wanted = (
            ((asks.has("when") or happened) and sort in TEMPORAL)
            or (sort == "bool" and match.score > _SURE and not name.endswith("met"))
            or (asks.has("who") and is_person(target, name) and len(where) > 1)
            or ((asks.has("how_much") or asks.has("how_many") or asks.arithmetic) and sort in NUMERIC)
        )
        if wanted:
            taken |= where
    return frozenset(taken)


def _spec(target: TargetValues, customer_ids: tuple[int, ...], into: Conditions, output: Output) -> QuerySpec:
    return QuerySpec(
        target=target.target, customer_ids=customer_ids, except_customers=into.except_customers, select=output.select, measures=output.measures, filters=tuple(into.filters),
        group_by=output.group_by, having=output.having, order_by=output.order_by, limit=output.limit, period=into.period,
        further_periods=into.further, date_field=into.date_field, compare_periods=into.compare,
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


def _weight(asks: Asks, at: int) -> float:
    """Names, codes and numbers count double: a spec that leaves one out answers another question."""
    word = asks.reading.words[at]
    named = at > 0 and word.text[0].isupper()
    return 2.0 if named or at in asks.customer_indices or any(map(str.isdigit, word.norm)) else 1.0


def _score(
    spec: QuerySpec, asks: Asks, covered: set[int], named: float, apart: bool, values: int, into: Conditions, output: Output, continued: bool
) -> ScoredSpec:
    content = asks.content
    missed = sorted(content - covered)
    weights = {at: _weight(asks, at) for at in content}
    total = sum(weights.values())
    share = 1 - sum(weights[at] for at in missed) / total if total else (0.5 if continued else 0.0)
    score = 0.78 * share + 0.1 * named + 0.1 * output.certain + min(0.02, 0.01 * values) - into.doubt - output.doubt
    if continued:
        score += _ELLIPTIC if asks.elliptic or not (asks.customers or into.reasons) else 0.0
    elif not (asks.answers or asks.arithmetic or asks.superlative or asks.customers or apart or output.certain):
        score *= 0.4  # a value alone is no question
    ignored = sorted(asks.negations - covered - asks.set_aside - set(missed))
    score -= _IGNORED if ignored else 0.0
    words = tuple(asks.reading.words[at].text for at in [*missed, *ignored])
    return ScoredSpec(spec, max(0.0, min(1.0, score)), frozenset(covered), words, (*into.reasons, *output.reasons), output.certain and not output.implied, asks.scale)


__all__ = ["ScoredSpec", "Understood", "ValueIndex", "propose_specs"]

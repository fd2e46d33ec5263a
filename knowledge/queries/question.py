"""A question → the specs it may mean, best first. Generic schema linking: nothing here knows a company or a question by heart."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Protocol

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.access import Viewer, record_clause
from knowledge.language.dates import find_dates
from knowledge.linking import Linker
from knowledge.queries.asks import understand
from knowledge.queries.assembling import assemble
from knowledge.queries.compiler import count
from knowledge.queries.named import (
    customer_words,
    described_customers,
    files_named,
    managers_named,
    names_known_file,
    own_customers,
    service_words,
    services_nearly_named,
    tables_named,
    things_named,
)
from knowledge.queries.scoring import ScoredSpec
from knowledge.queries.spec import QuerySpec
from knowledge.queries.tables import TEMPORAL, RecordTable
from knowledge.queries.value_index import INDEXES, ValueIndex
from knowledge.records.customers import Customer
from knowledge.records.services import Subscription

MAX_PROPOSALS = 8
_FILE = re.compile(r"\w\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|txt|md|html?|json|ya?ml|eml|msg)\b", re.IGNORECASE)
_NOTHING = 0.15
_PARTLY = 0.25


class Understood(Protocol):
    """A question that somebody has already read; only its words are used."""

    @property
    def text(self) -> str: ...


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
    asks = replace(asks, further_customer_words=customer_words(session, asks))
    asks = replace(asks, further_service_words=service_words(index.targets.get("service"), asks))
    asks = replace(asks, near_services=services_nearly_named(index.targets.get("service"), asks))
    files = files_named(session, asks)
    if not files.documents and _FILE.search(text) and not names_known_file(session, text):
        return []
    tables = tables_named(index, asks)
    asks = replace(asks, table_words=frozenset().union(*tables.values()))
    mine = _both(own_customers(session, viewer, asks), described_customers(session, viewer, index.targets.get("customer"), asks))
    asks = replace(asks, managers=managers_named(index.targets.get("customer"), asks))
    asks = replace(asks, things=things_named(session, index, viewer, asks))
    found = []
    for target in index.targets.values():
        if (files.documents and target.target not in files.documents) or (tables and target.target not in tables):
            continue
        proposal = assemble(target, asks, files, today, None, mine)
        if proposal:
            found.append(proposal)
        if inherited is not None and inherited.target == target.target:
            continued = assemble(target, asks, files, today, inherited, mine)
            if continued:
                found.append(continued)
    found = [_known_of_few(session, viewer, each) for each in found]
    ranked = sorted(found, key=lambda each: -each.score)[:MAX_PROPOSALS]
    open_year = _leaves_the_year_open(text, today)
    return _best(ranked, most, lambda each: _tried(_next_year(_other_date(index, each, counted), counted, open_year), counted))


def _both(one: tuple[frozenset[int], tuple[int, ...]] | None, other: tuple[frozenset[int], tuple[int, ...]] | None) -> tuple[frozenset[int], tuple[int, ...]] | None:
    """Customers that are meant in two ways at once: "my logistics customers"."""
    if one is None or other is None:
        return one or other
    return one[0] | other[0], tuple(number for number in one[1] if number in other[1])


def _known_of_few(session: Session, viewer: Viewer, proposal: ScoredSpec) -> ScoredSpec:
    """A sum over customers of whom the records of this kind know less than half: fees of services where only a few agreements list them."""
    spec = proposal.spec
    if spec.target != "subscription" or not spec.measures or len(spec.customer_ids) == 1:
        return proposal
    known = set(session.execute(select(col(Subscription.customer_id)).where(record_clause(viewer, Subscription)).distinct()).scalars())
    wanted = set(spec.customer_ids) or set(session.execute(select(col(Customer.id)).where(record_clause(viewer, Customer))).scalars())
    return replace(proposal, score=max(0.0, proposal.score - _PARTLY)) if 2 * len(known & wanted) < len(wanted) else proposal


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


__all__ = ["ScoredSpec", "Understood", "ValueIndex", "propose_specs"]

"""Search the documents: passages that fit, with what amends them."""

import re
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.clause_history import mark_versions
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.access import record_clause
from knowledge.intake.prose.safety import beside_instructions
from knowledge.language.concepts import concept_names
from knowledge.records.agreements import Clause
from knowledge.records.customers import Customer

PROSE = ("clause", "list_item", "paragraph", "quote", "message", "metadata", "heading", "update")
ROWS = ("table_row",)


def search(desk: Desk, query: str, customers: tuple[int, ...] = (), limit: int = 60) -> list[Evidence]:
    """Passages for a question in words, best first: up to `limit` of prose and half as many rows of tables.

    With `customers`, passages about them come first and those about other customers are left out; passages about nobody
    in particular (guides, internal agreements) stay in.
    """
    wanted = (query, customers, limit)
    if wanted not in desk.searched:
        desk.searched[wanted] = _searched(desk, query, customers, limit)
    return list(desk.searched[wanted])


def _searched(desk: Desk, query: str, customers: tuple[int, ...], limit: int) -> list[Evidence]:
    words = _without_names(desk, query) if customers else query
    hits = _hits(desk, words, limit, customer_ids=customers) if customers else []
    described = {} if customers else described_customers(desk, query)
    if described:
        hits = _hits(desk, words, limit // 2, customer_ids=tuple(described))
    known = {hit.passage_id for hit in hits}
    hits += [hit for hit in _hits(desk, words, limit) if hit.passage_id not in known]
    found = passages_as_evidence(desk.session, desk.viewer, [hit.passage_id for hit in hits])
    evidence = []
    for hit in hits:
        item = found.get(hit.passage_id)
        if item is None or (customers and item.customers and not set(item.customers) & set(customers)):
            continue
        if item.notes.get("kind") not in ROWS:
            item.quote = beside_instructions(item.quote)
            if not item.quote:
                continue
        item.score = float(hit.score)
        about = [described[number] for number in item.customers if number in described]
        if about:
            item.notes["described_as"] = " ".join(about)
        item.notes |= {"dense": float(hit.dense), "lexical": float(hit.lexical)}
        evidence.append(desk.keep(item))
    _add_amendments(desk, evidence)
    mark_versions(desk, evidence)
    return evidence


def _hits(desk: Desk, words: str, limit: int, **limits: Any) -> list[Any]:
    """Prose and table rows searched apart, so that a long table does not push the clauses out."""
    prose = desk.finder.search(words, desk.viewer, k=limit, kinds=PROSE, **limits)
    return prose + desk.finder.search(words, desk.viewer, k=limit // 2, kinds=ROWS, **limits)


def _without_names(desk: Desk, query: str) -> str:
    """The query without the customers' names: which customer it is, is settled; every passage of theirs would match."""
    for mention in sorted(desk.linker.customers(query), key=lambda mention: -mention.start):
        query = query[: mention.start] + query[mention.end :]
    return " ".join(query.split()) or query


def _add_amendments(desk: Desk, evidence: list[Evidence]) -> None:
    """For each passage of an amended clause, add the amending clause; mark both."""
    by_passage = {item.passage_id: item for item in evidence if item.passage_id}
    if not by_passage:
        return
    clauses = desk.session.execute(
        select(Clause).where(col(Clause.passage_id).in_(list(by_passage)), col(Clause.amended_by_id).is_not(None))
    ).scalars().all()
    numbers = {clause.amended_by_id: clause for clause in clauses}
    targets: dict[int, list[Evidence]] = {}
    for amending in desk.session.execute(select(Clause).where(col(Clause.id).in_(list(numbers)))).scalars():
        for clause in clauses:
            if clause.amended_by_id == amending.id and amending.passage_id:
                targets.setdefault(amending.passage_id, []).append(by_passage[clause.passage_id])
    for item in list(by_passage.values()):
        successor = item.notes.get("superseded_by_passage")
        if successor and item not in targets.get(successor, []):
            targets.setdefault(successor, []).append(item)
    missing = [number for number in targets if number not in by_passage]
    for number, extra in passages_as_evidence(desk.session, desk.viewer, missing).items():
        extra.score = max(item.score for item in targets[number])
        kept = desk.keep(extra)
        by_passage[number] = kept
        evidence.append(kept)
    for number, amended in targets.items():
        if number in by_passage:
            for item in amended:
                item.notes["amended_by"] = by_passage[number].id
            by_passage[number].notes["amends"] = [item.id for item in amended]


EVERYBODY = re.compile(r"\b(semua|seluruh|setiap|tiap|mana saja|all|every|each|which customers?|pelanggan mana)\b", re.IGNORECASE)


def described_customers(desk: Desk, query: str) -> dict[int, str]:
    """Customers that a question describes instead of naming ("the port operator", "pabrik gula"): one that the viewer may see
    and whose name, line of business or town alone has a word of the question. Customer id → those words of the record."""
    if EVERYBODY.search(query):
        return {}
    asked = concept_names(query)
    texts: dict[int, str] = {}
    owners: dict[str, set[int]] = {}
    for customer in desk.session.execute(select(Customer).where(record_clause(desk.viewer, Customer), col(Customer.withdrawn).is_(False))).scalars():
        texts[customer.id or 0] = " ".join(part for part in (customer.legal_name, customer.segment, customer.city) if part)
        for name in concept_names(texts[customer.id or 0]) & asked:
            owners.setdefault(name, set()).add(customer.id or 0)
    only = {next(iter(ids)) for ids in owners.values() if len(ids) == 1}
    return {number: texts[number] for number in only} if len(only) == 1 else {}

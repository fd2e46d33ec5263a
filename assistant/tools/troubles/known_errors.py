"""Known errors that fit a description of trouble (K6)."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from assistant.tools.troubles.fixes import fix_day, is_closed
from assistant.tools.troubles.touched import MOST, touched_customers
from knowledge.access import known_error_clause, record_clause
from knowledge.index.vectors import from_blobs
from knowledge.language.concepts import concepts
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_pattern
from knowledge.masking import Masks
from knowledge.records.documents import Passage
from knowledge.records.operations import KnownError, Ticket

words_said = partial(section_pattern, __file__, "known_errors")
"""Any word of a section of known_errors.toml."""


def asks_what_is_known(question: str) -> bool:
    """Whether a question asks if some trouble is known, what to do meanwhile, or when it will be mended."""
    return bool(words_said("asks").search(normalise(question)))


@dataclass
class KnownErrorMatch:
    """A known error and how well it fits, 0–1. `convincing` when it stands out from what else was found.

    ahead: by how much it is nearer in meaning (cosine) than the next of all known errors that the viewer may see; negative where another is nearer
    theirs: it is on record as touching a customer that was named
    fix_on: the day on record for the fix; open: the register does not call it mended
    """

    evidence: Evidence
    key: str
    title: str
    workaround: str | None
    cause: str | None
    status: str | None
    fix: str | None
    score: float
    convincing: bool
    names: frozenset[str] = frozenset()  # concepts of its title, symptoms and cause, and of the tickets that were put down to it
    ahead: float = 0.0
    theirs: bool = False
    fix_on: date | None = None
    open: bool = True


def _meanings(desk: Desk, description: str, errors: list[KnownError]) -> dict[int, float]:
    """How near each known error's row is to the description (cosine), by the error's id. The row itself may be one that the viewer
    may not read, since it names all customers that are touched: nothing but this number is taken from it."""
    rows = {error.passage_id: error.id or 0 for error in errors if error.passage_id}
    stored = desk.session.execute(
        select(col(Passage.id), col(Passage.embedding)).where(col(Passage.id).in_(list(rows)[:MOST]), col(Passage.embedding).is_not(None))
    ).all()
    if not stored or desk.embedder is None:
        return {}
    query = desk.embedder.embed_query(description)
    vectors = from_blobs([blob or b"" for _, blob in stored], len(query))
    return {rows[number]: float(cosine) for (number, _), cosine in zip(stored, vectors @ query, strict=True)}


def _tickets(desk: Desk, keys: list[str]) -> list[tuple[str, str, int | None]]:
    """Tickets that were put down to known errors: the error's key, what the ticket says — people's own words for the same trouble — and whose it is."""
    rows = select(col(Ticket.known_error), col(Ticket.subject), col(Ticket.customer_id)).where(col(Ticket.known_error).in_(keys[:MOST]), record_clause(desk.viewer, Ticket))
    return [(key or "", subject or "", customer) for key, subject, customer in desk.session.execute(rows)]


def known_errors(desk: Desk, description: str, customers: tuple[int, ...], found: list[Evidence], limit: int = 3) -> list[KnownErrorMatch]:
    """Known errors for a description in words, best first: those that touch the customers, if any are named.

    `found`: the passages that a search for the description brought; a known error is measured against the nearest of them.
    """
    query = select(KnownError).where(col(KnownError.withdrawn).is_(False), known_error_clause(desk.viewer))
    every = {error.id or 0: error for error in desk.session.execute(query).scalars()}
    touched, seen_in = touched_customers(desk, every), dict[str, list[str]]()
    numbers = {error.key: number for number, error in every.items() if error.key}
    for key, subject, customer in _tickets(desk, list(numbers)):
        seen_in.setdefault(key, []).append(subject)
        if customer is not None and numbers[key] in touched:
            touched[numbers[key]].add(customer)
    errors = {number: error for number, error in every.items() if not customers or not touched.get(number) or touched[number] & set(customers)}
    if not errors:
        return []
    near = _meanings(desk, description, list(every.values()))
    top = max([*near.values(), *(item.notes.get("dense", item.score) for item in found)], default=0.0)
    words = concepts(description)
    matches = []
    for error in errors.values():
        text = " ".join(part for part in (error.key, error.title, error.symptoms, error.root_cause, *seen_in.get(error.key or "", ())) if part)
        own = frozenset(name for concept in concepts(text) for name in concept.names)
        covered = sum(1 for concept in words if concept.names & own) / len(words) if words else 0.0
        meaning = near.get(error.id or 0, 0.0)
        score = 0.5 * covered + 0.5 * (meaning / top if top else 0.0)
        matches.append((score, covered, meaning, error, own))
    matches.sort(key=lambda item: -item[0])
    masks = Masks.of(desk.session, desk.viewer, (error.passage_id for *_, error, _ in matches[:limit]))
    answers = []
    for position, (score, covered, meaning, error, names) in enumerate(matches[:limit]):
        evidence = record_as_evidence(desk.session, desk.viewer, "known_error", error.id or 0)
        if evidence is None:
            continue
        runner_up = matches[position + 1][0] if position + 1 < len(matches) else 0.0
        others = [cosine for number, cosine in near.items() if number != error.id]
        convincing = position == 0 and score >= 0.45 and score - runner_up >= 0.03 and bool(top and meaning >= 0.8 * top or covered >= 0.6)
        answers.append(
            KnownErrorMatch(
                evidence=desk.keep(evidence),
                key=error.key or "",
                title=masks.apply(error.passage_id, error.title),
                workaround=masks.apply(error.passage_id, error.workaround or "") or None,
                cause=masks.apply(error.passage_id, error.root_cause or "") or None,
                status=error.status,
                fix=masks.apply(error.passage_id, error.permanent_fix or "") or None,
                score=score,
                convincing=convincing,
                names=names,
                ahead=meaning - max(others) if others else 0.0,
                fix_on=fix_day(error, desk.today),
                open=not is_closed(error),
                theirs=bool(touched.get(error.id or 0, set()) & set(customers)),
            )
        )
    return answers

"""Known errors that fit a description of trouble (K6)."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import known_error_clause
from knowledge.index.vectors import from_blobs
from knowledge.language.concepts import concepts
from knowledge.masking import Masks
from knowledge.records.documents import Passage
from knowledge.records.operations import KnownError, KnownErrorCustomer

MOST = 500
"""Known errors compared by meaning."""


@dataclass
class KnownErrorMatch:
    """A known error and how well it fits, 0–1. `convincing` when it stands out from what else was found."""

    evidence: Evidence
    key: str
    title: str
    workaround: str | None
    cause: str | None
    status: str | None
    fix: str | None
    score: float
    convincing: bool
    names: frozenset[str] = frozenset()  # concepts of its title, symptoms and cause


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


def known_errors(desk: Desk, description: str, customers: tuple[int, ...], found: list[Evidence], limit: int = 3) -> list[KnownErrorMatch]:
    """Known errors for a description in words, best first: those that touch the customers, if any are named.

    `found`: the passages that a search for the description brought; a known error is measured against the nearest of them.
    """
    query = select(KnownError).where(col(KnownError.withdrawn).is_(False), known_error_clause(desk.viewer))
    if customers:
        link = exists().where(col(KnownErrorCustomer.known_error_id) == col(KnownError.id))
        query = query.where(link.where(col(KnownErrorCustomer.customer_id).in_(customers)) | ~link)
    errors = {error.id: error for error in desk.session.execute(query).scalars()}
    if not errors:
        return []
    near = _meanings(desk, description, list(errors.values()))
    top = max([*near.values(), *(item.notes.get("dense", item.score) for item in found)], default=0.0)
    words = [concept for concept in concepts(description)]
    matches = []
    for error in errors.values():
        text = " ".join(part for part in (error.key, error.title, error.symptoms, error.root_cause) if part)
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
            )
        )
    return answers

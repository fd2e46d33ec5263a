"""The same record in two files counts once; where their values differ the newer file's record stands and the report says so."""

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from knowledge.intake.report import ImportReport, Problem
from knowledge.records.base import Sourced
from knowledge.records.documents import Document
from knowledge.records.kinds import KINDS
from knowledge.store import in_statements

MARK = "duplicate_of"
_OWN = set(Sourced.model_fields)


def settle_duplicates(session: Session, report: ImportReport) -> None:
    """Marks records from tables of one identity as withdrawn but the newest; frees those whose twin has gone.

    Records without a key are only one where all their values are. Those that somebody uploaded with limited rights are one with
    records of the same customer only.
    """
    session.flush()
    documents = {document.id: document for document in session.exec(select(Document)).all()}
    for kind, model in KINDS.items():
        if not issubclass(model, Sourced) or kind in ("clause", "obligation", "target", "agreement"):
            continue
        for row in session.exec(select(model).where(col(model.withdrawn).is_(True))).all():
            if MARK in row.extra:
                row.withdrawn, row.extra = False, {name: value for name, value in row.extra.items() if name != MARK}
                session.add(row)
        session.flush()
        _settle(session, kind, model, documents, report)


def _settle(session: Session, kind: str, model: type[Sourced], documents: dict[int | None, Document], report: ImportReport) -> None:
    doubled = select(model.identity).where(col(model.withdrawn).is_(False), model.origin == "import", model.identity != "").group_by(col(model.identity))
    doubled = doubled.having(_count_documents(model) > 1)
    identities = session.execute(doubled).scalars().all()
    for some in in_statements(identities):
        _settle_part(session, kind, model, documents, report, some)


def _settle_part(
    session: Session, kind: str, model: type[Sourced], documents: dict[int | None, Document], report: ImportReport, identities: list[str]
) -> None:
    groups: dict[str, list[Any]] = {}
    wanted = select(model).where(col(model.identity).in_(identities), col(model.withdrawn).is_(False), model.origin == "import")
    for row in session.exec(wanted).all():
        groups.setdefault(row.identity, []).append(row)
    for rows in [part for group in groups.values() for part in _apart(group, documents)]:
        rows.sort(key=lambda row: (_age(documents.get(row.document_id)), row.id), reverse=True)
        first = rows[0]
        for row in rows[1:]:
            same = row.customer_id == first.customer_id and all(getattr(row, name) == getattr(first, name) for name in model.model_fields if name not in _OWN)
            if not same and not row.key:
                continue
            row.withdrawn, row.extra = True, row.extra | {MARK: first.id}
            session.add(row)
            if not same:
                newer, older = documents.get(first.document_id), documents.get(row.document_id)
                reason = f"{kind} {row.key} also stands in {newer.source if newer else '?'} with other values: the newer file's are used"
                report.problems.append(Problem(older.source if older else "?", "", reason, "row"))
    session.flush()


def _apart(rows: list[Any], documents: dict[int | None, Document]) -> list[list[Any]]:
    """The rows that may settle each other: the newest of the others stays what it is for customers that nobody uploaded anything of."""
    uploaded = [row for row in rows if (document := documents.get(row.document_id)) is not None and document.meta.get("apart")]
    if not uploaded:
        return [rows]
    others = sorted((row for row in rows if row not in uploaded), key=lambda row: (_age(documents.get(row.document_id)), row.id), reverse=True)
    parts = [others] if others else []
    for customer in dict.fromkeys(row.customer_id for row in uploaded):
        own = [row for row in uploaded if row.customer_id == customer]
        parts.append([*own, *[row for row in others[:1] if row.customer_id == customer]])
    return parts


def _count_documents(model: type[Sourced]) -> Any:
    return func.count(func.distinct(model.document_id))


def _age(document: Document | None) -> tuple[str, float]:
    if document is None:
        return "", 0.0
    return (document.dated.isoformat() if document.dated else "", document.mtime)

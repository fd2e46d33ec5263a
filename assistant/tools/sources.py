"""Passages and records of the store as evidence, with the file and place they come from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlmodel import Session, col

from assistant.evidence import Evidence
from knowledge.access import Viewer, passage_clause, record_clause
from knowledge.masking import Masks
from knowledge.records.authority import Authority
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS

_PASSAGE: list[ColumnElement[Any]] = [
    col(column).label(f"passage_{name}")
    for name, column in {
        "id": Passage.id, "text": Passage.text, "context": Passage.context, "kind": Passage.kind, "language": Passage.language,
        "locator": Passage.locator, "dated": Passage.dated, "authority": Passage.authority, "internal": Passage.internal,
        "record_kind": Passage.record_kind, "record_id": Passage.record_id, "superseded_by": Passage.superseded_by_id,
        "superseded_from": Passage.superseded_from,
    }.items()
]  # fmt: skip
_DOCUMENT: list[ColumnElement[Any]] = [
    col(column).label(f"document_{name}")
    for name, column in {
        "id": Document.id, "source": Document.source, "title": Document.title, "kind": Document.kind, "dated": Document.dated,
        "authority": Document.authority, "internal": Document.internal, "language": Document.language,
    }.items()
]  # fmt: skip
"""Columns instead of whole rows: vectors and stems are not needed here, and whole rows cost three times as much."""




def passages_of(session: Session, viewer: Viewer, documents: Collection[int], most: int, *where: ColumnElement[bool]) -> list[Evidence]:
    """What the viewer may see of documents, in the order of their text; at most so many passages."""
    seen = (col(Passage.document_id).in_(documents), passage_clause(viewer), *where)
    ids = session.execute(select(col(Passage.id)).where(*seen).order_by(col(Passage.document_id), col(Passage.ordinal)).limit(most)).scalars().all()
    found = passages_as_evidence(session, viewer, ids)
    return [found[number] for number in ids if number in found]


def lines_beside(session: Session, viewer: Viewer, row: Evidence, most: int = 40) -> list[Evidence]:
    """What stands in the file of a table's row and is no row: remarks above and below the table."""
    document = session.execute(select(col(Passage.document_id)).where(col(Passage.id) == row.passage_id)).scalar()
    return passages_of(session, viewer, [document], most, col(Passage.kind) != "table_row") if document is not None else []


def passages_as_evidence(session: Session, viewer: Viewer, ids: Iterable[int]) -> dict[int, Evidence]:
    """Evidence by passage id; ids that the viewer may not see are left out (checked here again, in SQL)."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(*_PASSAGE, *_DOCUMENT)
        .select_from(Passage)
        .join(Document, col(Passage.document_id) == col(Document.id), isouter=True)
        .where(col(Passage.id).in_(wanted), passage_clause(viewer))
    ).all()
    about: dict[int, list[int]] = {}
    for passage_id, customer_id in session.execute(
        select(col(PassageCustomer.passage_id), col(PassageCustomer.customer_id)).where(col(PassageCustomer.passage_id).in_(wanted))
    ):
        if viewer.may_see(customer_id):
            about.setdefault(passage_id, []).append(customer_id)
    return {row.passage_id: _from_passage(row, about.get(row.passage_id, [])) for row in rows}


def _from_passage(row: Any, customers: list[int]) -> Evidence:
    filed = row.document_id is not None
    superseded = {"superseded_by_passage": row.passage_superseded_by, "superseded_from": str(row.passage_superseded_from)}
    return Evidence(
        id="",
        kind="passage",
        quote=row.passage_text,
        source=row.document_source if filed else "",
        locator=row.passage_locator or {},
        context=row.passage_context,
        title=row.document_title if filed else "",
        doc_kind=row.document_kind if filed else "update",
        dated=row.passage_dated or row.document_dated,
        authority=row.passage_authority,
        internal=row.passage_internal or bool(row.document_internal),
        language=row.passage_language,
        customers=tuple(customers),
        record=f"{row.passage_record_kind}:{row.passage_record_id}" if row.passage_record_kind else None,
        passage_id=row.passage_id,
        notes={"kind": row.passage_kind} | (superseded if row.passage_superseded_by else {}),
    )


def record_as_evidence(session: Session, viewer: Viewer, kind: str, record_id: int) -> Evidence | None:
    """A record as evidence, or None if it is withdrawn or not for this viewer."""
    return records_as_evidence(session, viewer, [(kind, record_id)]).get((kind, record_id))


def records_as_evidence(session: Session, viewer: Viewer, refs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Evidence]:
    """Records as evidence by (kind, id); those withdrawn or not for this viewer are left out, and of those about several customers the
    names of the ones that the viewer may not see. One query a kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, record_id in dict.fromkeys(refs):
        by_kind[kind].append(record_id)
    found = {}
    for kind, ids in by_kind.items():
        model: Any = KINDS.get(kind)
        if model is None:
            continue
        columns = {name: getattr(model, name, None) for name in ("id", "quote", "locator", "on", "customer_id", "passage_id")}
        statement = (
            select(*(literal(None).label(name) if column is None else column.label(name) for name, column in columns.items()), *_DOCUMENT)
            .select_from(model)
            .join(Document, model.document_id == col(Document.id), isouter=True)
            .where(model.id.in_(ids), model.withdrawn.is_(False), record_clause(viewer, model))
        )
        rows = session.execute(statement).all()
        masks = Masks.of(session, viewer, (row.passage_id for row in rows))
        for row in rows:
            found[kind, row.id] = _from_record(kind, row, masks)
    return found


def _from_record(kind: str, row: Any, masks: Masks) -> Evidence:
    filed = row.document_id is not None
    return Evidence(
        id="",
        kind="record",
        quote=masks.apply(row.passage_id, row.quote),
        source=row.document_source if filed else "",
        locator=row.locator or {},
        title=row.document_title if filed else "",
        doc_kind=row.document_kind if filed else "update",
        dated=row.on or row.document_dated,
        authority=row.document_authority if filed else Authority.NOTE,
        internal=bool(row.document_internal),
        language=row.document_language or "id",
        customers=() if row.customer_id is None else (row.customer_id,),
        record=f"{kind}:{row.id}",
        passage_id=row.passage_id,
    )

"""Passages and records of the store as evidence, with the file and place they come from."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.evidence import Evidence
from knowledge.access import Viewer, passage_clause, record_clause
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS


def passages_as_evidence(session: Session, viewer: Viewer, ids: Iterable[int]) -> dict[int, Evidence]:
    """Evidence by passage id; ids that the viewer may not see are left out (checked here again, in SQL)."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(Passage, Document)
        .join(Document, col(Passage.document_id) == col(Document.id), isouter=True)
        .where(col(Passage.id).in_(wanted), passage_clause(viewer))
    ).all()
    about: dict[int, list[int]] = {}
    for passage_id, customer_id in session.execute(
        select(col(PassageCustomer.passage_id), col(PassageCustomer.customer_id)).where(col(PassageCustomer.passage_id).in_(wanted))
    ):
        if viewer.may_see(customer_id):
            about.setdefault(passage_id, []).append(customer_id)
    return {passage.id: _from_passage(passage, document, about.get(passage.id, [])) for passage, document in rows}


def _from_passage(passage: Passage, document: Document | None, customers: list[int]) -> Evidence:
    return Evidence(
        id="",
        kind="passage",
        quote=passage.text,
        source=document.source if document else "",
        locator=passage.locator or {},
        context=passage.context,
        title=document.title if document else "",
        doc_kind=document.kind if document else "update",
        dated=passage.dated or (document.dated if document else None),
        authority=passage.authority,
        internal=passage.internal or bool(document and document.internal),
        language=passage.language,
        customers=tuple(customers),
        record=f"{passage.record_kind}:{passage.record_id}" if passage.record_kind else None,
        passage_id=passage.id,
        notes={"kind": passage.kind} | ({"superseded_by_passage": passage.superseded_by_id, "superseded_from": str(passage.superseded_from)} if passage.superseded_by_id else {}),
    )


def record_as_evidence(session: Session, viewer: Viewer, kind: str, record_id: int) -> Evidence | None:
    """A record as evidence, or None if it is withdrawn or not for this viewer."""
    model = KINDS.get(kind)
    if model is None:
        return None
    record = session.execute(
        select(model).where(model.id == record_id, model.withdrawn.is_(False), record_clause(viewer, model))  # type: ignore[attr-defined]
    ).scalar_one_or_none()
    if record is None:
        return None
    document = session.get(Document, record.document_id) if record.document_id else None
    return Evidence(
        id="",
        kind="record",
        quote=record.quote,
        source=document.source if document else "",
        locator=record.locator or {},
        title=document.title if document else "",
        doc_kind=document.kind if document else "update",
        dated=getattr(record, "on", None) or (document.dated if document else None),
        authority=document.authority if document else 75,
        internal=bool(document and document.internal),
        language=(document.language if document else None) or "id",
        customers=tuple(number for number in (getattr(record, "customer_id", None),) if number is not None),
        record=f"{kind}:{record_id}",
        passage_id=record.passage_id,
    )

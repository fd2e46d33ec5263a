"""What a draft for a customer leaves out, and why: told to its author, never part of the text."""

from sqlalchemy import func, select
from sqlmodel import col

from assistant.drafts.audience import INTERNAL_DOCUMENTS, INTERNAL_KINDS
from assistant.drafts.dossier import Dossier
from assistant.drafts.sections import quoted
from assistant.drafts.wording import phrase, word
from knowledge.access import passage_clause, record_clause
from knowledge.records.documents import Document, Passage, PassageCustomer

NAMED = 5


def left_out(dossier: Dossier) -> list[str]:
    """One note a reason: records of internal kinds, internal documents about the customer, words that speak of internal matters."""
    if not dossier.for_customer:
        return []
    language, notes = dossier.language, []
    counts = [(model.__name__.lower(), _count(dossier, model)) for model in sorted(INTERNAL_KINDS, key=lambda model: model.__name__)]
    listed = ", ".join(f"{count} {word('left_out_kinds', name, language)}" for name, count in counts if count)
    if listed:
        notes.append(phrase("left_out.kinds", language, listed=listed))
    if names := _documents(dossier):
        more = phrase("left_out.more", language, count=len(names) - NAMED) if len(names) > NAMED else ""
        notes.append(phrase("left_out.documents", language, listed="; ".join(names[:NAMED]) + more))
    refused = sorted(dossier.refused)
    if refused:
        shown = "; ".join(quoted(text, 80) for text in refused[:NAMED])
        more = phrase("left_out.more", language, count=len(refused) - NAMED) if len(refused) > NAMED else ""
        notes.append(phrase("left_out.words", language, listed=shown + more))
    return notes


def _count(dossier: Dossier, model: type) -> int:
    table = model
    query = select(func.count()).select_from(table).where(table.customer_id == dossier.customer.id, table.withdrawn.is_(False), record_clause(dossier.desk.viewer, table))  # type: ignore[attr-defined]
    return int(dossier.desk.session.execute(query).scalar_one())


def _documents(dossier: Dossier) -> list[str]:
    """Files about the customer that are internal, by name."""
    query = (
        select(col(Document.source)).distinct()
        .join(Passage, col(Passage.document_id) == col(Document.id))
        .where(col(Passage.id).in_(select(col(PassageCustomer.passage_id)).where(col(PassageCustomer.customer_id) == dossier.customer.id)))
        .where(passage_clause(dossier.desk.viewer), col(Document.state) == "ready")
        .where(col(Document.internal) | col(Document.kind).in_(INTERNAL_DOCUMENTS))
        .order_by(col(Document.source))
    )  # fmt: skip
    return [source.rsplit("/", 1)[-1] for (source,) in dossier.desk.session.execute(query)]

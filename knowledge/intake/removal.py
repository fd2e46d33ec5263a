"""Takes out of the store everything that came from a document."""

from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from knowledge.records.access import Account, Grant
from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.customers import (
    Contact,
    Customer,
    CustomerMerge,
    CustomerName,
    Person,
)
from knowledge.records.documents import (
    AlsoNamed,
    Document,
    ImportProblem,
    Passage,
    PassageCustomer,
    SheetRow,
    SheetTable,
)
from knowledge.records.drafts import DraftSourceCustomer, KeptDraft
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.store import in_statements

_FIRST: tuple[Any, ...] = (Obligation, Target, Clause)
"""Kinds that point at other records: deleted before those."""


def clear_documents(session: Session, document_ids: list[int]) -> None:
    """Passages, tables, records, accounts, names and problems of documents; the Document rows and customers stay."""
    for some in in_statements(document_ids):
        _clear(session, some)


def _clear(session: Session, ids: list[int]) -> None:
    agreements = select(Agreement.id).where(col(Agreement.document_id).in_(ids))
    session.execute(update(Agreement).where(col(Agreement.amends_id).in_(agreements)).values(amends_id=None))
    errors = select(KnownError.id).where(col(KnownError.document_id).in_(ids))
    session.execute(delete(KnownErrorCustomer).where(col(KnownErrorCustomer.known_error_id).in_(errors)))
    # A document can be the source of a record that stands under another one's agreement.
    for model in _FIRST:
        session.execute(delete(model).where(col(model.agreement_id).in_(agreements)))
    others = [model for kind, model in KINDS.items() if kind != "customer" and model not in _FIRST]
    for model in (*_FIRST, *others):
        session.execute(delete(model).where(col(model.document_id).in_(ids)))
    accounts = select(Account.id).where(col(Account.document_id).in_(ids))
    session.execute(delete(Grant).where(col(Grant.account_id).in_(accounts) | col(Grant.document_id).in_(ids)))
    session.execute(delete(Account).where(col(Account.document_id).in_(ids)))
    session.execute(delete(CustomerName).where(col(CustomerName.document_id).in_(ids)))
    session.execute(delete(CustomerMerge).where(col(CustomerMerge.document_id).in_(ids), col(CustomerMerge.undone).is_(False)))
    session.execute(delete(SheetRow).where(col(SheetRow.document_id).in_(ids)))
    session.execute(delete(SheetTable).where(col(SheetTable.document_id).in_(ids)))
    passages = select(Passage.id).where(col(Passage.document_id).in_(ids))
    session.execute(update(Passage).where(col(Passage.superseded_by_id).in_(passages)).values(superseded_by_id=None, superseded_from=None))
    session.execute(delete(PassageCustomer).where(col(PassageCustomer.passage_id).in_(passages)))
    session.execute(delete(Passage).where(col(Passage.document_id).in_(ids)))
    session.execute(delete(AlsoNamed).where(col(AlsoNamed.document_id).in_(ids)))
    for document in session.exec(select(Document).where(col(Document.id).in_(ids))).all():
        session.execute(delete(ImportProblem).where(col(ImportProblem.source) == document.source, col(ImportProblem.root) == document.root))


def remove_documents(session: Session, document_ids: list[int]) -> None:
    """Documents with everything that came from them."""
    clear_documents(session, document_ids)
    session.execute(update(Customer).where(col(Customer.document_id).in_(document_ids)).values(document_id=None))
    session.execute(update(Document).where(col(Document.parent_id).in_(document_ids)).values(parent_id=None))
    session.execute(delete(Document).where(col(Document.id).in_(document_ids)))


def drop_orphans(session: Session) -> None:
    """People without a position, and customers that nothing speaks of any more."""
    session.flush()
    session.execute(delete(Person).where(~col(Person.id).in_(select(Contact.person_id))))
    tables: list[Any] = [model for kind, model in KINDS.items() if kind not in ("customer", "known_error")]
    used = [select(col(model.customer_id)).where(col(model.customer_id).is_not(None)) for model in tables]
    used += [select(col(model.customer_id)).where(col(model.customer_id).is_not(None)) for model in (KnownErrorCustomer, Grant, PassageCustomer, Document, SheetRow, KeptDraft, DraftSourceCustomer)]
    used += _elsewhere()
    query = select(Customer).where(col(Customer.document_id).is_(None), Customer.origin != "update", col(Customer.confirmed_by).is_(None))
    for ids in used:
        query = query.where(~col(Customer.id).in_(ids))
    orphans = [customer.id for customer in session.exec(query).all()]
    if orphans:
        session.execute(update(Customer).where(col(Customer.merged_into_id).in_(orphans)).values(merged_into_id=None))
        session.execute(delete(CustomerName).where(col(CustomerName.customer_id).in_(orphans)))
        session.execute(delete(CustomerMerge).where(col(CustomerMerge.customer_id).in_(orphans)))
        session.execute(delete(Customer).where(col(Customer.id).in_(orphans)))


def _elsewhere() -> list[Any]:
    """Customers that other rooms' rows point at (a proposal that waits, a draft asked for): their removal would break those rows."""
    own = {"customer", "customername", "customermerge"}
    columns = [
        column
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if table.name not in own and key.target_fullname == "customer.id" and key.ondelete is None
    ]
    return [select(column).where(column.is_not(None)) for column in columns]

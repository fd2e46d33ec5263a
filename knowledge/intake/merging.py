"""Undoing a merge of two spellings: the spelling becomes a customer of its own, and stays so."""

from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from knowledge.documents.cells import cell_text
from knowledge.records.customers import Customer, CustomerMerge, CustomerName
from knowledge.records.documents import PassageCustomer, SheetRow
from knowledge.records.kinds import KINDS
from knowledge.store import bump_generation


class NoSuchMerge(LookupError):
    """This spelling was never taken for another customer, or the merge is undone already."""


def split_customer(session: Session, spelling: str) -> Customer:
    """Makes the customer that was written so, with the records of the rows that spell it so. Raises NoSuchMerge.

    The split is remembered: the next import does not join them again.
    """
    merge = session.exec(select(CustomerMerge).where(CustomerMerge.spelling == spelling, col(CustomerMerge.undone).is_(False))).first()
    if merge is None:
        raise NoSuchMerge(spelling)
    merge.undone = True
    customer = Customer(name=spelling, origin="mentioned", document_id=merge.document_id, identity=f"customer:{spelling.lower()}")
    session.add(customer)
    session.flush()
    assert customer.id is not None
    for name in session.exec(select(CustomerName).where(CustomerName.customer_id == merge.customer_id, CustomerName.name == spelling)).all():
        session.delete(name)
    session.add(CustomerName(customer_id=customer.id, name=spelling, kind="short", document_id=merge.document_id))
    _move_rows(session, merge.customer_id, customer.id, spelling)
    session.add(merge)
    bump_generation(session)
    session.flush()
    return customer


def _move_rows(session: Session, before: int, after: int, spelling: str) -> None:
    rows = [
        row for row in session.exec(select(SheetRow).where(SheetRow.customer_id == before)).all()
        if any(cell_text(value) == spelling for value in row.cells.values())
    ]  # fmt: skip
    ids = [row.id for row in rows]
    for row in rows:
        row.customer_id = after
        session.add(row)
    passages = [row.passage_id for row in rows if row.passage_id is not None]
    for start in range(0, len(ids), 500):
        for kind, model in KINDS.items():
            if kind != "customer" and "sheet_row_id" in model.model_fields:
                moved: Any = update(model).where(col(model.sheet_row_id).in_(ids[start : start + 500]), col(model.customer_id) == before)  # type: ignore[attr-defined]
                session.execute(moved.values(customer_id=after))
        session.execute(
            update(PassageCustomer)
            .where(col(PassageCustomer.passage_id).in_(passages[start : start + 500]), col(PassageCustomer.customer_id) == before)
            .values(customer_id=after)
        )

"""The customers as known: who they are, and which spellings were taken for one."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from knowledge.access import Viewer, customer_clause, record_clause
from knowledge.records.customers import Customer, CustomerMerge


@dataclass(frozen=True)
class CustomerLine:
    """A customer, as a list shows it."""

    key: str | None
    name: str
    legal_name: str | None
    account_manager: str | None
    contract_end: date | None


@dataclass(frozen=True)
class MergeLine:
    """A spelling taken for a customer; score 0–1 says how alike they are; `undone` when a person has split them."""

    number: int
    spelling: str
    customer: str
    reason: str
    score: float
    undone: bool


def customers(session: Session, viewer: Viewer) -> list[CustomerLine]:
    """The customers that the viewer may see, by name."""
    rows = session.exec(
        select(Customer)
        .where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False), col(Customer.merged_into_id).is_(None))
        .order_by(col(Customer.name))
    )
    return [CustomerLine(row.key, row.name, row.legal_name, row.account_manager, row.contract_end) for row in rows]


def merges(session: Session, viewer: Viewer) -> list[MergeLine]:
    """The merges of customers that the viewer may see, oldest first."""
    rows = session.exec(
        select(CustomerMerge, Customer)
        .join(Customer, col(CustomerMerge.customer_id) == col(Customer.id))
        .where(customer_clause(viewer, CustomerMerge.customer_id))
        .order_by(col(CustomerMerge.id))
    )
    return [
        MergeLine(merge.id or 0, merge.spelling, customer.name, merge.reason, merge.score, merge.undone)
        for merge, customer in rows
    ]

"""Viewer: who looks, and which customers they may see. Every read of the store takes one, and the rule is applied inside SQL."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlmodel import Session, col

from knowledge.records.access import Account, Grant
from knowledge.records.customers import Customer
from knowledge.records.documents import AlsoNamed, Document, Passage, PassageCustomer, SheetRow
from knowledge.records.operations import KnownError, KnownErrorCustomer


class UnknownAccount(LookupError):
    """Nobody of this name, e-mail or account is in the access table."""


@dataclass(frozen=True)
class Viewer:
    """customers: ids of customers they may see; `everything` (the local owner) is not limited at all; `internal`: may see what is marked
    internal (OLA, cost, discount limits)."""

    account: str
    name: str = ""
    customers: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False
    internal: bool = True

    def may_see(self, customer_id: int | None) -> bool:
        return self.everything or customer_id is None or customer_id in self.customers


OWNER = Viewer(account="owner", name="owner", everything=True)


def viewer_for(session: Session, who: str | None) -> Viewer:
    """The viewer behind an account name, full name or e-mail; None = the local owner. Raises UnknownAccount."""
    if who is None:
        return OWNER
    wanted = who.strip().lower()
    accounts = session.exec(
        select(Account).where(  # type: ignore[call-overload]
            or_(*(func.lower(column) == wanted for column in (Account.username, Account.name, Account.email)))
        )
    ).scalars().all() if wanted else []
    if not accounts:
        raise UnknownAccount(who)
    ids = [account.id for account in accounts]
    customers = set(session.execute(select(col(Grant.customer_id)).where(col(Grant.account_id).in_(ids))).scalars())
    if any(account.all_customers for account in accounts):
        customers |= set(session.execute(select(col(Customer.id)).where(col(Customer.restricted).is_(False))).scalars())
    return Viewer(account=accounts[0].username, name=accounts[0].name, customers=frozenset(customers), internal=all(account.sees_internal for account in accounts))


def customer_clause(viewer: Viewer, customer_id: Any) -> ColumnElement[bool]:
    """Rows whose customer the viewer may see; rows about no customer are for all staff."""
    if viewer.everything:
        return true()
    return or_(customer_id.is_(None), customer_id.in_(viewer.customers))


def open_document_clause(viewer: Viewer, document_id: Any) -> ColumnElement[bool]:
    """Rows of no document, or of one that is not marked internal, unless the viewer may see what is."""
    if viewer.everything or viewer.internal:
        return true()
    return or_(document_id.is_(None), document_id.not_in(select(col(Document.id)).where(col(Document.internal))))


def row_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Rows of sheets."""
    return and_(customer_clause(viewer, col(SheetRow.customer_id)), open_document_clause(viewer, col(SheetRow.document_id)))


def known_error_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Known errors that touch nobody in particular, or at least one customer that the viewer may see."""
    if viewer.everything:
        return true()
    link = KnownErrorCustomer
    touched = exists().where(col(link.known_error_id) == col(KnownError.id))
    seen = or_(~touched, touched.where(col(link.customer_id).in_(viewer.customers)))
    return and_(seen, open_document_clause(viewer, col(KnownError.document_id)))


def passage_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Ready passages all of whose required customers the viewer may see, and one of the optional ones if it has any."""
    ready = func.coalesce(col(Passage.ready), false())  # no index: nearly all are, so it would be the slowest way to a few passages
    if viewer.everything:
        return ready
    link = PassageCustomer
    about = exists().where(col(link.passage_id) == col(Passage.id))
    seen = col(link.customer_id).in_(viewer.customers) if viewer.customers else false()
    hidden = about.where(col(link.required).is_(True), ~seen)
    optional = about.where(col(link.required).is_(False))
    shown = true() if viewer.internal else col(Passage.internal).is_(False)
    return and_(ready, shown, ~hidden, or_(~optional, optional.where(seen)))


def names_unknown_to(session: Session, viewer: Viewer) -> frozenset[int]:
    """Customers that are to be unknown names for a viewer, as uploads which they may read name them (docs/decisions/0011-uploads.md)."""
    if viewer.everything or session.execute(select(col(AlsoNamed.document_id)).limit(1)).first() is None:
        return frozenset()
    read = exists().where(col(Passage.document_id) == col(AlsoNamed.document_id), passage_clause(viewer))
    named = select(col(AlsoNamed.customer_id)).where(col(AlsoNamed.customer_id).not_in(viewer.customers), read).distinct()
    return frozenset(session.execute(named).scalars())


def record_clause(viewer: Viewer, model: Any) -> ColumnElement[bool]:
    """The access rule for a record table of knowledge.records.kinds."""
    if model is KnownError:
        return known_error_clause(viewer)
    if model is Customer:
        return true() if viewer.everything else col(Customer.id).in_(viewer.customers)
    return and_(customer_clause(viewer, model.customer_id), open_document_clause(viewer, model.document_id))

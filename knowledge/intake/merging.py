"""Undoing a merge of two spellings: the spelling becomes a customer of its own with what was told of it, and stays so."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from knowledge.intake.names_compared import normal
from knowledge.intake.parting import Parting, parted
from knowledge.records.access import Grant
from knowledge.records.customers import Customer, CustomerMerge, CustomerName
from knowledge.records.documents import AlsoNamed, Document, PassageCustomer, SheetRow
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownErrorCustomer
from knowledge.store import bump_generation, in_statements


class NoSuchMerge(LookupError):
    """There is no merge of this number."""


class SplitBefore(LookupError):
    """The merge is undone already; its argument is the spelling."""


@dataclass(frozen=True)
class Split:
    """A merge undone, or what undoing it would do (`undone` False).

    moved       how many rows, passages, records and rights go with the spelling
    read_again  files of which the store does not tell whose each part is: the next import of their folder reads them anew
    """

    number: int
    spelling: str
    customer: str
    undone: bool
    moved: dict[str, int] = field(default_factory=dict)
    read_again: tuple[str, ...] = ()
    before_id: int | None = None
    customer_id: int | None = None


def look_at_split(session: Session, number: int) -> Split:
    """What `split_customer` would do; nothing is written. Raises NoSuchMerge, SplitBefore."""
    merge, customer = _open_merge(session, number)
    return _told(session, merge, customer, parted(session, merge))


def split_customer(session: Session, number: int) -> Split:
    """Makes the customer that was written so, and gives it what names it: rows, records, passages, and who may see them.

    The split is remembered: no later import joins them again. Raises NoSuchMerge, SplitBefore.
    """
    merge, before = _open_merge(session, number)
    parting = parted(session, merge)
    told = _told(session, merge, before, parting)
    merge.undone = True
    session.add(merge)
    after = _customer_of_its_own(session, merge, before)
    assert after.id is not None
    session.execute(delete(CustomerName).where(col(CustomerName.customer_id) == merge.customer_id, col(CustomerName.name) == merge.spelling))
    _move(session, parting, merge.customer_id, after.id)
    _share(session, parting, merge.customer_id, after.id)
    for document in _files(session, parting):
        document.sha256 = ""  # no content is this one: the next import takes the file for changed
        session.add(document)
    bump_generation(session)
    session.flush()
    return Split(told.number, told.spelling, told.customer, True, told.moved, told.read_again, merge.customer_id, after.id)


def _customer_of_its_own(session: Session, merge: CustomerMerge, before: Customer) -> Customer:
    """A new customer of that name, or the one that the spelling became where it had been taken for somebody else too."""
    identity = f"customer:{normal(merge.spelling)}"
    known = select(Customer).where(Customer.identity == identity, Customer.name == merge.spelling, col(Customer.withdrawn).is_(False), Customer.id != before.id)
    after = session.exec(known).first() or Customer(name=merge.spelling, origin="mentioned", document_id=merge.document_id, identity=identity)
    after.restricted = after.restricted or before.restricted
    fresh = after.id is None
    session.add(after)
    session.flush()
    if fresh:
        session.add(CustomerName(customer_id=after.id or 0, name=merge.spelling, kind="short", document_id=merge.document_id))
    return after


def _open_merge(session: Session, number: int) -> tuple[CustomerMerge, Customer]:
    merge = session.get(CustomerMerge, number)
    customer = session.get(Customer, merge.customer_id) if merge else None
    if merge is None or customer is None:
        raise NoSuchMerge(number)
    if merge.undone:
        raise SplitBefore(merge.spelling)
    return merge, customer


def _told(session: Session, merge: CustomerMerge, customer: Customer, parting: Parting) -> Split:
    moved = {
        "rows": len(parting.rows), "records": sum(map(len, parting.records.values())) + len(parting.links | parting.links_of_both),
        "passages": len(parting.passages | parting.both), "rights": len(parting.grants | parting.grants_of_both),
    }  # fmt: skip
    sources = tuple(sorted(document.source for document in _files(session, parting)))
    return Split(merge.id or 0, merge.spelling, customer.name, False, moved, sources, customer.id)


def _files(session: Session, parting: Parting) -> list[Document]:
    """The files to be read again: of an attachment its mail; what somebody uploaded lies in no folder that is imported again."""
    found = {document.id: document for some in in_statements(parting.unsure) for document in session.exec(select(Document).where(col(Document.id).in_(some)))}
    parents = {document.parent_id for document in found.values() if document.parent_id is not None}
    top = [document for document in found.values() if document.parent_id is None]
    top += [parent for number in parents - found.keys() if (parent := session.get(Document, number)) is not None]
    return [document for document in top if not document.meta.get("uploaded_by")]


def _move(session: Session, parting: Parting, before: int, after: int) -> None:
    """What is the spelling's alone."""

    def change(model: Any, column: Any, ids: set[int], to: int | None = after) -> None:
        for some in in_statements(ids):
            session.execute(update(model).where(col(column).in_(some), col(model.customer_id) == before).values(customer_id=to))

    change(Document, Document.id, parting.documents)
    change(Document, Document.id, parting.nobodys, None)
    change(SheetRow, SheetRow.id, parting.rows)
    for model, column, ids in ((PassageCustomer, PassageCustomer.passage_id, parting.passages), (KnownErrorCustomer, KnownErrorCustomer.known_error_id, parting.links)):
        for some in in_statements(ids):  # those that the new customer has already
            linked = select(column).where(model.customer_id == after)
            session.execute(delete(model).where(col(column).in_(some), col(column).in_(linked), col(model.customer_id) == before))
        change(model, column, ids)
    change(Grant, Grant.id, parting.grants)
    for kind, ids in parting.records.items():
        record: Any = KINDS[kind]
        change(record, record.id, ids)


def _share(session: Session, parting: Parting, before: int, after: int) -> None:
    """What is about the two: the new customer beside the other."""
    for some in in_statements(parting.both):
        links = select(PassageCustomer).where(col(PassageCustomer.passage_id).in_(some), PassageCustomer.customer_id == before)
        for link in session.exec(links).all():
            beside = session.get(PassageCustomer, (link.passage_id, after)) or PassageCustomer(passage_id=link.passage_id, customer_id=after, required=False)
            beside.required = beside.required or link.required
            session.add(beside)
    for number in parting.links_of_both:
        session.merge(KnownErrorCustomer(known_error_id=number, customer_id=after))
    for some in in_statements(parting.grants_of_both):
        grants = session.exec(select(Grant).where(col(Grant.id).in_(some))).all()
        session.add_all(Grant(account_id=grant.account_id, customer_id=after, document_id=grant.document_id) for grant in grants)
    named = session.exec(select(AlsoNamed).where(AlsoNamed.customer_id == before)).all()
    for one in named:
        session.merge(AlsoNamed(document_id=one.document_id, customer_id=after))

"""Passages of unchanged documents that were imported before a customer or a name of one was known."""

from sqlmodel import Session, col, select

from knowledge.intake.about import customers_in
from knowledge.intake.identities import Ids
from knowledge.intake.known import Known
from knowledge.records.documents import (
    AlsoNamed,
    Document,
    Passage,
    PassageCustomer,
    SheetRow,
)


def relink(session: Session, known: Known, ids: Ids, just_written: set[int]) -> int:
    """Adds the customers that passages name and that they do not carry yet; returns how many links were added.

    Only names that this import brought are looked for; links are added, never taken away. What somebody uploaded who does not see all
    customers stays theirs: the names are noted, and close it to nobody.
    """
    new = {
        party.id for party in known.customers.parties.values() if party.id < 0 or party.names.keys() - known.names_before.get(party.id, set())
    }
    if not new:
        return 0
    statement = select(Passage).where(col(Passage.document_id).is_not(None), col(Passage.document_id).not_in(just_written))
    added = 0
    uploads = {number for number, meta in session.execute(select(col(Document.id), col(Document.meta))) if meta.get("apart")}
    for passage in session.exec(statement).all():
        if passage.document_id in uploads:
            _note(session, passage, known, ids, new)
            continue
        wanted = {ids.customer(customer) for customer in customers_in(passage.text, known.linker) & new} - {None}
        if not wanted:
            continue
        have = {link.customer_id: link for link in session.exec(select(PassageCustomer).where(PassageCustomer.passage_id == passage.id)).all()}
        for customer_id in wanted - set(have):
            assert customer_id is not None and passage.id is not None
            session.add(PassageCustomer(passage_id=passage.id, customer_id=customer_id, required=True))
            added += 1
            if len(wanted) == 1 and not have:
                for row in session.exec(select(SheetRow).where(SheetRow.passage_id == passage.id)).all():
                    row.customer_id = row.customer_id or customer_id
                    session.add(row)
    session.flush()
    return added


def _note(session: Session, passage: Passage, known: Known, ids: Ids, new: set[int]) -> None:
    named = customers_in(passage.text, known.linker).union(*(person.customer_ids for person in known.linker.people(passage.text))) & new
    linked = {link.customer_id for link in session.exec(select(PassageCustomer).where(PassageCustomer.passage_id == passage.id)).all()}
    for customer_id in {ids.customer(customer) for customer in named} - linked:
        assert customer_id is not None and passage.document_id is not None
        session.merge(AlsoNamed(document_id=passage.document_id, customer_id=customer_id))

"""Customers, their names and merges, and people of a plan → rows of the store, inside the caller's transaction."""

from sqlmodel import Session, select

from knowledge.intake.customers import CustomerBook
from knowledge.intake.identities import Ids
from knowledge.intake.names_compared import normal
from knowledge.intake.people import PeopleBook
from knowledge.intake.report import ImportReport
from knowledge.records.customers import Customer, CustomerMerge, CustomerName, Person

_CUSTOMER_FIELDS = set(Customer.model_fields) - {"id", "document_id", "locator", "edits", "created_at", "merged_into_id"}


def write_customers(session: Session, book: CustomerBook, ids: Ids, documents: dict[str, int]) -> None:
    """New customers and changed ones, with all their names. `documents`: source → id."""
    for party in book.parties.values():
        values = {name: value for name, value in party.fields.items() if name in _CUSTOMER_FIELDS and value is not None}
        if party.id < 0:
            customer = Customer(**values, document_id=documents.get(party.source or ""), locator=party.place)
            customer.identity = f"customer:{values.get('key') or normal(str(values['name']))}"
            session.add(customer)
            session.flush()
            assert customer.id is not None
            ids.customers[party.id] = customer.id
        elif party.changed:
            found = session.get(Customer, party.id)
            assert found is not None
            for name, value in values.items():
                if name not in found.edits:
                    setattr(found, name, value)
            found.document_id = documents.get(party.source or "", found.document_id)
            found.locator = party.place or found.locator
            session.add(found)
    listed = {(name.customer_id, name.name) for name in session.exec(select(CustomerName)).all()}
    for party in book.parties.values():
        customer_id = ids.customer(party.id)
        assert customer_id is not None
        for name, kind in party.names.items():
            if (customer_id, name) not in listed:
                session.add(CustomerName(customer_id=customer_id, name=name, kind=kind, document_id=documents.get(party.sources.get(name, ""))))
    session.flush()


def write_merges(session: Session, book: CustomerBook, ids: Ids, documents: dict[str, int], report: ImportReport) -> None:
    """Spellings taken for a customer, each once."""
    known = {(merge.customer_id, merge.spelling) for merge in session.exec(select(CustomerMerge)).all()}
    for merge in book.merges:
        customer_id = ids.customer(merge.customer_id)
        if customer_id is None or (customer_id, merge.spelling) in known:
            continue
        known.add((customer_id, merge.spelling))
        session.add(CustomerMerge(customer_id=customer_id, spelling=merge.spelling, reason=merge.reason, score=merge.score, document_id=documents.get(merge.source)))
        report.merges.append({"spelling": merge.spelling, "customer": book.parties[merge.customer_id].title, "reason": merge.reason, "score": merge.score})


def write_people(session: Session, book: PeopleBook, ids: Ids) -> None:
    """New people; those known get no second record."""
    for person in book.people.values():
        if person.account:
            continue
        if person.id < 0:
            row = Person(name=person.name, titles=person.titles, provider=person.provider)
            session.add(row)
            session.flush()
            assert row.id is not None
            ids.people[person.id] = row.id
        elif person.provider and (found := session.get(Person, person.id)) is not None and not found.provider:
            found.provider = True
            session.add(found)

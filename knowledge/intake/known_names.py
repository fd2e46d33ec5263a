"""The names that the store holds → what an import knows by name."""

from sqlmodel import Session, col, select

from knowledge.intake.customers import CustomerBook
from knowledge.intake.known import Known
from knowledge.intake.names_compared import normal
from knowledge.intake.people import KnownContact, KnownPerson, PeopleBook
from knowledge.linking import provider_names
from knowledge.linking.names import called_names
from knowledge.records.access import Account
from knowledge.records.customers import (
    Contact,
    Customer,
    CustomerMerge,
    CustomerName,
    Person,
)
from knowledge.records.documents import Document
from knowledge.records.services import Service


def known_names(session: Session, leaving: list[int], only: frozenset[int] | None = None) -> Known:
    """Everything the store knows by name, without what comes from documents about to be replaced or removed.

    `only`: the world of somebody who may see just these customers, and people and services of theirs.
    """
    gone = set(leaving)
    book = CustomerBook()
    sources = dict(session.execute(select(Document.id, Document.source)).all())
    for customer in session.exec(select(Customer).where(col(Customer.merged_into_id).is_(None), col(Customer.withdrawn).is_(False))).all():
        if only is not None and customer.id not in only:
            continue
        fields = {name: getattr(customer, name) for name in Customer.model_fields if name not in ("id", "created_at")}
        if customer.document_id in gone and customer.origin == "import":
            fields["origin"] = "mentioned"  # a master row that the new file confirms or not
        party = book.add(fields, party_id=customer.id, source=sources.get(customer.document_id))
        party.place = customer.locator
    for name in session.exec(select(CustomerName)).all():
        if name.customer_id in book.parties and name.document_id not in gone:
            book.name(name.customer_id, name.name, name.kind, sources.get(name.document_id))
    book.forbidden = {(merge.customer_id, normal(merge.spelling)) for merge in session.exec(select(CustomerMerge).where(col(CustomerMerge.undone).is_(True))).all()}
    book.provider_names = set(provider_names(session))
    for email in session.exec(select(Account.email).where(col(Account.email).is_not(None))).all():
        book.provider_domains.add(str(email).rsplit("@", 1)[-1].lower())
    people = PeopleBook()
    contacts = [contact for contact in session.exec(select(Contact)).all() if only is None or contact.customer_id is None or contact.customer_id in only]
    met = {contact.person_id for contact in contacts}
    for person in session.exec(select(Person)).all():
        if only is None or person.id in met:
            people.load(KnownPerson(person.id or 0, person.name, person.titles, person.provider))
    for contact in contacts:
        if contact.person_id in people.people:
            people.people[contact.person_id].contacts.append(
                KnownContact(contact.id or 0, contact.person_id, contact.name, contact.customer_id, contact.email, contact.phone, contact.notes,
                             contact.key, sources.get(contact.document_id), called=called_names(contact.extra.get("called")), former=contact.document_id in gone)
            )  # fmt: skip
    for staff in session.exec(select(Account.name).where(Account.name != "")).all():
        people.staff(str(staff))
    managers = select(Customer.account_manager).where(col(Customer.account_manager).is_not(None))
    for manager in session.exec(managers if only is None else managers.where(col(Customer.id).in_(only))).all():
        people.staff(str(manager))
    services: dict[str, set[str]] = {}
    for service in session.exec(select(Service).where(col(Service.document_id).not_in(gone))).all():
        if only is not None and service.customer_id is not None and service.customer_id not in only:
            continue
        services.setdefault(service.key or service.name, set()).update(name for name in (service.name, service.name_id, service.name_en) if name)
    return Known(book, people, services)

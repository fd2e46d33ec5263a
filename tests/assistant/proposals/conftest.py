"""A store on file with the cast of cast.py, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from assistant.proposals import tables  # noqa: F401  (fills the metadata)
from knowledge.index.schema import ensure_schema
from knowledge.records.access import Account, Grant
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.services import Application, Service
from knowledge.store import bump_generation, open_store, write
from tests.assistant.proposals.cast import (
    AM,
    CUSTOMERS,
    DINAS,
    KLINIK_ONLY,
    MITRA,
    PEOPLE,
    SERVICES,
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    SQLModel.metadata.create_all(engine)
    ensure_schema(engine)
    with write(engine) as session:
        for identity, names in CUSTOMERS.items():
            session.add(Customer(id=identity, name=names[0], restricted=identity == DINAS))
        session.flush()
        for identity, names in CUSTOMERS.items():
            session.add_all(CustomerName(customer_id=identity, name=name) for name in names)
        for person, _, name in PEOPLE.values():
            session.merge(Person(id=person, name=name))
        session.flush()
        for contact, (person, customer, name) in PEOPLE.items():
            title = "Kepala Gudang" if name == "Joko Widagdo" else None
            session.add(
                Contact(id=contact, person_id=person, customer_id=customer, name=name, job_title=title, phone="021-700")
            )
        for code, names in SERVICES.items():
            session.add(Service(key=code, name=names[1], name_en=names[2]))
        session.add(Application(customer_id=MITRA, name="Gudangku", supported_by="HLP"))
        for number, viewer in enumerate((AM, KLINIK_ONLY), 1):
            session.add(Account(id=number, username=viewer.account, name=viewer.name))
            session.flush()
            session.add_all(Grant(account_id=number, customer_id=customer) for customer in viewer.customers)
        bump_generation(session)
    yield engine
    engine.dispose()


NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
TODAY = date(2026, 10, 14)

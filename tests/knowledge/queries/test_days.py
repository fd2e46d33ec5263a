"""How many days lie between two days of a record: overdue, paid late, until the end."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from knowledge.access import OWNER
from knowledge.linking import KnownCustomer, Linker, Names
from knowledge.queries.question import propose_specs
from knowledge.queries.spec import NOW, QuerySpec
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.operations import Ticket
from knowledge.records.relationship import Commitment
from knowledge.store import open_store, read, write

TODAY = date(2026, 11, 22)
BILLS: list[list[Any]] = [["B-61", "2026-10-31", "2026-11-04", 12.0], ["B-62", "2026-11-10", None, 30.0], ["B-63", "2026-12-05", None, 7.0]]
HEADINGS = [("No Nota", "text"), ("Jatuh Tempo", "date"), ("Tanggal Bayar", "date"), ("Nominal", "money")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("days") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        customer = Customer(name="Toko Mekar", contract_end=date(2026, 12, 31))
        document = Document(source="nota.xlsx", title="nota", kind="table", state="ready")
        session.add_all([customer, document])
        session.flush()
        session.add(Commitment(customer_id=customer.id, text="Ganti baterai gudang", due=date(2026, 11, 20), status="open"))
        session.add(Ticket(customer_id=customer.id, key="G-7", subject="printer mati", resolution_minutes=300))
        table = SheetTable(document_id=document.id, name="nota", title="nota", columns=[{"name": name, "type": sort} for name, sort in HEADINGS])
        session.add(table)
        session.flush()
        for cells in BILLS:
            session.add(SheetRow(table_id=table.id, document_id=document.id, customer_id=customer.id, cells={name: value for (name, _), value in zip(HEADINGS, cells, strict=True)}))
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with read(engine) as session:
        yield session


def first(session: Session, question: str) -> QuerySpec:
    return propose_specs(session, Linker(Names([KnownCustomer(1, "Toko Mekar")], [])), OWNER, question, TODAY)[0].spec


@pytest.mark.parametrize(
    ("question", "between"),
    [
        ("Berapa hari keterlambatan nota B-62?", ("Jatuh Tempo", "Tanggal Bayar")),
        ("How many days overdue is B-62?", ("Jatuh Tempo", "Tanggal Bayar")),
        ("B-61 dibayar berapa hari setelah jatuh tempo?", ("Jatuh Tempo", "Tanggal Bayar")),
        ("How many days are left until Toko Mekar's contract ends?", (NOW, "contract_end")),
        ("Ganti baterai gudang sudah terlambat berapa hari?", ("due", NOW)),
    ],
)
def test_the_two_days_that_are_meant(session: Session, question: str, between: tuple[str, str]) -> None:
    assert first(session, question).days_between == between


@pytest.mark.parametrize("question", ["Berapa menit G-7 selesai?", "How long did G-7 take to resolve?", "Kapan B-62 jatuh tempo?", "Berapa total nota Toko Mekar?"])
def test_other_lengths_and_dates_count_no_days(session: Session, question: str) -> None:
    assert first(session, question).days_between is None

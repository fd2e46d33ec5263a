"""What is owed and overdue in sheets of invoices, amounts in two currencies, states with a day behind them, columns of monthly amounts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from knowledge.access import OWNER
from knowledge.linking import KnownCustomer, Linker, Names
from knowledge.queries.compiler import run
from knowledge.queries.question import propose_specs
from knowledge.queries.results import QueryResult
from knowledge.queries.vocabulary import canonical_choice
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.relationship import Feedback
from knowledge.records.services import Opportunity
from knowledge.store import open_store, read, write

TODAY = date(2026, 11, 22)
BILLS: dict[str, tuple[list[tuple[str, str]], list[list[Any]]]] = {
    "bills": (
        [("Invoice", "text"), ("Customer", "text"), ("Currency", "text"), ("Amount", "number"), ("Due", "date"), ("State", "text")],
        [["B-1", "Toko Mekar", "IDR", 90.0, "2026-10-31", "paid 30/10/2026"], ["B-2", "Toko Mekar", "IDR", 70.0, "2026-11-10", "unpaid"], ["B-3", "Nusa Media", "USD", 12.0, "2026-11-15", "unpaid, disputed"], ["B-4", "Nusa Media", "IDR", 33.0, "2026-12-05", "unpaid"]],
    ),
    "piutang": ([("No Nota", "text"), ("Pelanggan", "text"), ("Nominal", "money"), ("Jatuh Tempo", "date"), ("Tanggal Bayar", "date")], [["N-1", "Toko Mekar", 500.0, "2026-11-01", "2026-11-09"], ["N-2", "Nusa Media", 260.0, "2026-11-12", None], ["N-3", "Nusa Media", 90.0, "2026-12-12", None]]),
}  # fmt: skip


@pytest.fixture(scope="module")
def billed(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("bills") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        customers: dict[str, int] = {}
        for name in ("Toko Mekar", "Nusa Media"):
            row = Customer(name=name)
            session.add(row)
            session.flush()
            customers[name] = row.id or 0
        session.add_all(Feedback(customer_id=customers["Toko Mekar"], kind="complaint", words=words, status=status, on=date(2026, 10, 2)) for words, status in (("label luntur", "open"), ("faktur ganda", "ditutup 12 Okt 2026"), ("loket sepi", None)))
        document = Document(source="deals.csv", title="deals", kind="table", state="ready")
        session.add(document)
        session.flush()
        deals = SheetTable(document_id=document.id, name="deals", title="deals", record_kind="opportunity", columns=[])
        session.add(deals)
        session.flush()
        for key, stage, chance, monthly in (("O-1", "won", 100, 4), ("O-2", "offer sent", 60, 15), ("O-3", "idea", 20, 6)):
            line = SheetRow(table_id=deals.id, document_id=document.id, customer_id=customers["Nusa Media"], cells={})
            session.add(line)
            session.flush()
            session.add(Opportunity(customer_id=customers["Nusa Media"], document_id=document.id, sheet_row_id=line.id, key=key, title=key, stage=stage, probability=chance, extra={"Monthly Rp": monthly, "One-off Rp": 0}))
        for name, (columns, rows) in BILLS.items():
            document = Document(source=f"{name}.xlsx", title=name, kind="table", state="ready")
            session.add(document)
            session.flush()
            table = SheetTable(document_id=document.id, name=name, title=name, columns=[{"name": heading, "type": sort} for heading, sort in columns])
            session.add(table)
            session.flush()
            for cells in rows:
                named = {heading: value for (heading, _), value in zip(columns, cells, strict=True)}
                session.add(SheetRow(table_id=table.id, document_id=document.id, customer_id=customers[str(cells[1])], cells=named))
    return engine


@pytest.fixture
def session(billed: Engine) -> Iterator[Session]:
    with read(billed) as session:
        yield session


@pytest.fixture
def linker() -> Linker:
    return Linker(Names([KnownCustomer(1, "Toko Mekar"), KnownCustomer(2, "Nusa Media")], []))


def first(session: Session, linker: Linker, question: str) -> QueryResult:
    return run(session, OWNER, propose_specs(session, linker, OWNER, question, TODAY)[0].spec, TODAY)


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("What do the unpaid invoices come to?", {"IDR": 103, "USD": 12}),
        ("Which bills are overdue and what is the total?", {"IDR": 70, "USD": 12}),
        ("How much are the unpaid invoices in rupiah all together?", {"IDR": 103}),
    ],
)
def test_amounts_of_two_currencies_are_never_added(session: Session, linker: Linker, question: str, amounts: dict[str, int]) -> None:
    result = first(session, linker, question)
    assert {code: int(value) for code, value in result.currencies.items()} == amounts


@pytest.mark.parametrize("question", ["Nota yang lewat jatuh tempo: jumlahkan.", "Total nota yang sudah lewat jatuh tempo per hari ini?"])
def test_what_was_paid_late_is_not_overdue_any_more(session: Session, linker: Linker, question: str) -> None:
    assert first(session, linker, question).value == 260


@pytest.mark.parametrize("question", ["Berapa keluhan yang masih terbuka?", "How many complaints are still open?"])
def test_a_state_with_a_day_behind_it_is_that_state(session: Session, linker: Linker, question: str) -> None:
    assert first(session, linker, question).value == 1


def test_a_state_is_told_from_what_is_written_behind_it() -> None:
    assert canonical_choice("feedback", "status", "Ditutup 12 Okt 2026") == "closed"
    assert canonical_choice("opportunity", "stage", "lost 2 October 2026: price") == "lost"
    assert canonical_choice("feedback", "status", "not closed") == "not closed"


@pytest.mark.parametrize("question", ["Berapa total nilai bulanan peluang yang belum menang?", "What do the monthly amounts of the opportunities come to that are not yet won?"])
def test_monthly_amounts_of_what_is_not_won(session: Session, linker: Linker, question: str) -> None:
    assert first(session, linker, question).value == 21

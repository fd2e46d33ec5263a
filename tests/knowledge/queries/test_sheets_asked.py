"""Questions about sheets that no kind of record knows: rosters, what lies ahead, what invoices come to, the account managers of customers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from knowledge.access import OWNER
from knowledge.linking import ContactName, KnownCustomer, Linker, Names
from knowledge.queries.compiler import run
from knowledge.queries.question import propose_specs
from knowledge.records.agreements import Agreement
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.relationship import Feedback
from knowledge.store import open_store, read, write

TODAY = date(2026, 11, 22)
SHEETS: dict[str, tuple[list[tuple[str, str]], list[list[Any]]]] = {
    "jadwal piket": ([("Minggu", "date"), ("Petugas", "text")], [["2026-11-16", "Reno Adi"], ["2026-11-23", "Sri Palupi"], ["2026-11-30", "Danu Wibi"]]),
    "helpdesk rota": ([("From", "date"), ("To", "date"), ("Engineer", "text")], [["2026-11-16", "2026-11-22", "Petra Holm"], ["2026-11-23", "2026-11-29", "Imran Siddiq"]]),
    "field duty": ([("Week", "text"), ("Technician", "text")], [["W47", "Selma Rizki"], ["W48", "Yonas Batu"], ["W49", "Hugo Prana"]]),
    "rapat": ([("Tanggal", "date"), ("Pelanggan", "text"), ("Tempat", "text")], [["2026-10-08", "Toko Mekar", "Malang"], ["2026-12-03", "Toko Mekar", "Gudang Waru"], ["2026-12-17", "Toko Mekar", "Batu"]]),
    "tagihan": ([("No Tagihan", "text"), ("Pelanggan", "text"), ("Jumlah", "money"), ("Status", "text")], [["T-1", "Toko Mekar", 80.0, "Lunas"], ["T-2", "Toko Mekar", 86.5, "Belum dibayar"], ["T-3", "Nusa Media", 40.0, "Belum dibayar"]]),
    "timesheet": ([("Tanggal", "date"), ("Pelanggan", "text"), ("Jam", "number")], [["2026-10-05", "Toko Mekar", 7.5], ["2026-10-06", "Toko Mekar", 6.0]]),
}  # fmt: skip
MANAGERS = {"Toko Mekar": "Yulia Hartono", "Nusa Media": "Galih Perdana"}
VALUES = {"Toko Mekar": (960, 40), "Nusa Media": (5200,)}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("sheets") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        customers = {}
        for name, manager in MANAGERS.items():
            row = Customer(name=name, account_manager=manager)
            session.add(row)
            session.flush()
            customers[name] = row.id
            session.add_all(Agreement(customer_id=row.id, title=f"Kontrak {name} {value}", kind="contract", value=value, currency="IDR") for value in VALUES[name])
            session.add(Feedback(customer_id=row.id, kind="complaint", words="lambat", on=date(2026, 11, 2)))
        for name, (columns, rows) in SHEETS.items():
            document = Document(source=f"{name}.xlsx", title=name, kind="table", state="ready")
            session.add(document)
            session.flush()
            table = SheetTable(document_id=document.id, name=name, title=name, columns=[{"name": heading, "type": sort} for heading, sort in columns])
            session.add(table)
            session.flush()
            for cells in rows:
                named = {heading: value for (heading, _), value in zip(columns, cells, strict=True)}
                session.add(SheetRow(table_id=table.id, document_id=document.id, customer_id=customers.get(named.get("Pelanggan", "")), cells=named))
    return engine


@pytest.fixture
def session(sheets: Engine) -> Iterator[Session]:
    with read(sheets) as session:
        yield session


def asked(session: Session, question: str) -> Any:
    """The best spec's rows as tuples of values, or its one value."""
    names = Names([KnownCustomer(number, name) for number, name in enumerate(MANAGERS, 1)], [ContactName(at, at, name) for at, name in enumerate(MANAGERS.values(), 1)])
    best = propose_specs(session, Linker(names), OWNER, question, TODAY)[0]
    result = run(session, OWNER, best.spec, TODAY)
    return result.value if best.spec.aggregates and not best.spec.group_by else [tuple(row.values.values()) for row in result.rows]


@pytest.mark.parametrize(
    ("question", "person"),
    [
        ("siapa petugas piket minggu depan?", "Sri Palupi"),
        ("siapa piket minggu ini?", "Reno Adi"),
        ("petugas piket tanggal 2 Desember 2026 siapa", "Danu Wibi"),
        ("which engineer is on the helpdesk rota next week?", "Imran Siddiq"),
        ("who is the helpdesk rota engineer on 19 November 2026?", "Petra Holm"),
        ("which technician has field duty next week?", "Yonas Batu"),
        ("siapa field duty tanggal 1 Desember 2026?", "Hugo Prana"),
    ],
)
def test_a_roster_is_read_by_its_weeks(session: Session, question: str, person: str) -> None:
    rows = asked(session, question)
    assert len(rows) == 1 and person in rows[0]


@pytest.mark.parametrize("question", ["kapan rapat berikutnya dengan Toko Mekar?", "where is the next rapat with Toko Mekar?", "rapat selanjutnya Toko Mekar di mana"])
def test_what_is_next_lies_ahead(session: Session, question: str) -> None:
    rows = asked(session, question)
    assert len(rows) == 1 and date(2026, 12, 3) in rows[0]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("jumlah tagihan Toko Mekar?", 166.5),
        ("berapa jumlah tagihan yang belum dibayar?", 126.5),
        ("total tagihan Toko Mekar", 166.5),
        ("berapa banyak tagihan Toko Mekar?", 2),
        ("ada berapa tagihan Toko Mekar?", 2),
        ("jumlah keluhan Toko Mekar?", 1),
        ("jumlah jam kerja untuk Toko Mekar bulan Oktober 2026", 13.5),
        ("berapa total nilai kontrak yang dipegang Yulia Hartono?", 1000),
        ("what is the total contract value of Galih Perdana's customers?", 5200),
    ],
)
def test_a_sum_or_a_count(session: Session, question: str, value: float) -> None:
    assert float(asked(session, question)) == value


@pytest.mark.parametrize("question", ["total nilai kontrak per account manager", "total contract value by account manager"])
def test_contracts_by_account_manager(session: Session, question: str) -> None:
    assert {(row[0], float(row[-1])) for row in asked(session, question)} == {("Galih Perdana", 5200.0), ("Yulia Hartono", 1000.0)}


def test_the_account_manager_with_the_most(session: Session) -> None:
    assert asked(session, "AM mana yang nilai kontraknya paling besar?")[0][0] == "Galih Perdana"

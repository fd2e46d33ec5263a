"""Which customers fell, rose or stayed between two periods, waves or columns."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from knowledge.access import OWNER
from knowledge.linking import KnownCustomer, Linker, Names
from knowledge.queries.asked_periods import asked_periods
from knowledge.queries.changes import fits
from knowledge.queries.compiler import run
from knowledge.queries.question import propose_specs
from knowledge.queries.spec import Change
from knowledge.queries.words import Reading
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.relationship import SurveyResponse
from knowledge.records.services import Figure
from knowledge.store import open_store, read, write

TODAY = date(2026, 11, 22)
REVENUE = {"Toko Mekar": (30, 28, 29), "Nusa Media": (50, 50, 55), "Batu Ampar": (12, 19, 9)}
WAVES = {"Toko Mekar": ("3.9", "4.1"), "Nusa Media": ("4.4", "3.0"), "Batu Ampar": ("3.5", "3.5")}
MOODS = {"Toko Mekar": (7, 4), "Nusa Media": (8, 8), "Batu Ampar": (5, 9)}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("changes") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        document = Document(source="angka.xlsx", title="angka", kind="table", state="ready")
        session.add(document)
        session.flush()
        table = SheetTable(document_id=document.id, name="mood", title="mood", columns=[{"name": "Customer", "type": "text"}, {"name": "mood q2", "type": "number"}, {"name": "mood q3", "type": "number"}])
        session.add(table)
        session.flush()
        for name, values in REVENUE.items():
            customer = Customer(name=name)
            session.add(customer)
            session.flush()
            session.add_all(
                Figure(customer_id=customer.id, document_id=document.id, metric="revenue", period_start=date(2026, 3 * at + 1, 1), period_end=date(2026, 3 * at + 3, 30 if at else 31), period_label=f"Q{at + 1} 2026", value=Decimal(value), currency="IDR", forecast=False)
                for at, value in enumerate(values)
            )  # fmt: skip
            session.add_all(SurveyResponse(customer_id=customer.id, document_id=document.id, wave=f"2026-S{at + 1}", respondent="Ani", score=Decimal(score)) for at, score in enumerate(WAVES[name]))
            session.add(SheetRow(table_id=table.id, document_id=document.id, customer_id=customer.id, cells={"Customer": name, "mood q2": MOODS[name][0], "mood q3": MOODS[name][1]}))
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with read(engine) as session:
        yield session


LINKER = Linker(Names([KnownCustomer(number, name) for number, name in enumerate(REVENUE, 1)], []))


@pytest.mark.parametrize(
    ("question", "customers"),
    [
        ("Pelanggan mana yang pendapatannya turun dari Q1 ke Q2?", ["Toko Mekar"]),
        ("Which customers' revenue rose between Q1 and Q2?", ["Batu Ampar"]),
        ("Which customer's revenue fell the most from Q2 to Q3?", ["Batu Ampar"]),
        ("Whose revenue stayed the same from Q1 to Q2?", ["Nusa Media"]),
        ("Which customers' survey score dropped from the first to the second half of 2026?", ["Nusa Media"]),
        ("Skor survei pelanggan mana yang naik dari semester 1 ke semester 2?", ["Toko Mekar"]),
        ("Which customers' mood fell by more than 2 points between Q2 and Q3?", ["Toko Mekar"]),
        ("Mood pelanggan mana yang tetap dari Q2 ke Q3?", ["Nusa Media"]),
    ],
)
def test_customers_that_changed(session: Session, question: str, customers: list[str]) -> None:
    spec = propose_specs(session, LINKER, OWNER, question, TODAY)[0].spec
    assert spec.change is not None
    assert [row.values["customer"] for row in run(session, OWNER, spec, TODAY).rows] == customers


def test_a_change_says_both_values(session: Session) -> None:
    spec = propose_specs(session, LINKER, OWNER, "Which customer's revenue fell the most from Q2 to Q3?", TODAY)[0].spec
    (row,) = run(session, OWNER, spec, TODAY).rows
    assert (row.values["before"], row.values["after"], row.values["change"]) == (19, 9, -10)


def test_a_sum_from_one_quarter_to_another_has_those_between(session: Session) -> None:
    for question in ("Total pendapatan Nusa Media dari triwulan I sampai III berapa?", "Nusa Media's revenue for the first three quarters of FY26 together?"):
        assert run(session, OWNER, propose_specs(session, LINKER, OWNER, question, TODAY)[0].spec, TODAY).value == 155


@pytest.mark.parametrize("text", ["P1 and P2 incidents in the second quarter", "1 Oktober dan 2 tiket triwulan ini", "2 tiket dan 3 keluhan kuartal pertama"])
def test_numbers_of_other_things_name_no_quarters(text: str) -> None:
    assert len(asked_periods(Reading(text), TODAY)) <= 2 and all(period[0] != date(2026, 7, 1) for period, _ in asked_periods(Reading(text), TODAY))


@given(st.decimals(-100, 100, places=2))
def test_a_change_is_of_one_direction(by: Decimal) -> None:
    assert sum(fits(Change(direction=each), by) for each in ("down", "up", "same")) == 1  # type: ignore[arg-type]
    assert fits(Change(direction="any", least=abs(by)), by) is False

"""A portfolio at a glance: own customers first, what is due with those that one may see, amendments heeded."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlmodel import SQLModel

from assistant.portfolio import AHEAD, LATE, Due, portfolio
from assistant.tools.desk import Desk
from knowledge.access import OWNER, Viewer
from knowledge.linking import Linker
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Customer
from knowledge.records.relationship import Commitment
from knowledge.store import open_store, write

TODAY = date(2026, 11, 22)


@pytest.fixture
def session(tmp_path):
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        session.add(Customer(id=1, name="Sumber Awan", account_manager="Lia Hartono"))
        session.add(Customer(id=2, name="Andalan Kertas", account_manager="Orang Lain", contract_end=date(2027, 6, 30)))
        session.add(Customer(id=3, name="Rahasia Utama"))
        session.flush()
        session.add(Customer(id=4, name="Sudah Digabung", merged_into_id=1))
        session.flush()
        yield session


def desk(session, viewer: Viewer = OWNER) -> Desk:
    return Desk(session, viewer, TODAY, Linker.from_store(session), None, None)  # type: ignore[arg-type]


def seen(*customers: int) -> Viewer:
    return Viewer("lia", "Lia Hartono", frozenset(customers))


def test_ones_own_customers_come_first_and_nobody_elses_are_shown(session) -> None:
    found = portfolio(desk(session, seen(1, 2)))
    assert [(customer.name, customer.own) for customer in found.customers] == [("Sumber Awan", True), ("Andalan Kertas", False)]
    assert [customer.name for customer in portfolio(desk(session)).customers] == ["Andalan Kertas", "Rahasia Utama", "Sumber Awan"]


def test_the_end_of_an_agreement_and_its_last_day_of_notice_are_due(session) -> None:
    session.add(Agreement(customer_id=1, kind="contract", title="Perjanjian", number="12/SA", ends_on=date(2027, 2, 28), notice_value=60, notice_unit="day"))
    session.add(Agreement(customer_id=3, kind="contract", title="Lain", number="99/RU", ends_on=date(2027, 1, 1)))
    session.add(Agreement(customer_id=1, kind="sla", title="Lama", number="1/SA", ends_on=TODAY - timedelta(days=1)))
    session.flush()
    due = portfolio(desk(session, seen(1, 2))).due
    assert [(item.on, item.what("id")) for item in due] == [
        (date(2026, 12, 30), "hari terakhir pemberitahuan untuk perjanjian 12/SA"),
        (date(2027, 2, 28), "perjanjian 12/SA berakhir"),
    ]
    assert due[0].short("en") == "notice by 30 December 2026 at the latest"


def test_an_amendment_in_force_moves_the_end(session) -> None:
    old = Clause(id=1, customer_id=1, agreement_id=1, number="1", text="Berlaku sampai dengan 31 Desember 2026.", amended_by_id=2, amended_from=date(2026, 6, 1))
    new = Clause(id=2, customer_id=1, agreement_id=2, number="1", text="Jangka waktu diperpanjang sampai dengan 31 Januari 2027.")
    session.add(Agreement(id=1, customer_id=1, kind="contract", number="12/SA", ends_on=date(2026, 12, 31), ends_on_clause_id=1))
    session.flush()
    session.add(Agreement(id=2, customer_id=1, kind="amendment", number="A-1", amends_id=1, effective_from=date(2026, 6, 1)))
    session.flush()
    session.add_all([old, new])
    session.flush()
    assert [item.on for item in portfolio(desk(session)).due] == [date(2027, 1, 31)]


def test_promises_are_due_once_while_open_and_not_long_past(session) -> None:
    def promise(text: str, due: date, **values: object) -> Commitment:
        return Commitment(customer_id=values.pop("customer_id", 1), text=text, due=due, **values)  # type: ignore[arg-type]

    soon = TODAY + timedelta(days=3)
    session.add_all(
        [
            promise("Mengirim laporan uji", soon, owner="Lia Hartono"),
            promise("mengirim laporan uji", soon, owner="Lia Hartono"),
            promise("Sudah dikirim", soon, status="done"),
            promise("Lama sekali", TODAY - LATE - timedelta(days=1)),
            promise("Jauh sekali", TODAY + AHEAD + timedelta(days=1)),
            promise("Ditarik", soon, withdrawn=True),
            promise("Putusan", soon, kind="decision"),
            promise("Milik orang lain", soon, customer_id=3),
            promise("Jawaban atas surat", TODAY - timedelta(days=2), kind="request"),
        ]
    )
    session.flush()
    found = portfolio(desk(session, seen(1, 2)))
    assert [item.what("id") for item in found.due] == ["minta jawaban: Jawaban atas surat", "Mengirim laporan uji (oleh Lia Hartono)"]
    assert found.due[1].what("en") == "Mengirim laporan uji (by Lia Hartono)"
    upcoming = found.next_of(1, TODAY)
    assert upcoming is not None and upcoming.short("id") == "janji jatuh tempo 25 November 2026"
    assert found.next_of(2, TODAY) is None


@example("notice", " ", "", TODAY)
@given(st.sampled_from(("agreement_end", "notice", "promise", "action_item", "request")), st.text(max_size=40), st.text(max_size=10), st.dates())
def test_whatever_is_due_can_be_said_in_both_languages(kind: str, title: str, owner: str, on: date) -> None:
    item = Due(on, kind, 1, title, owner if kind not in ("agreement_end", "notice") else "", document="contract" if kind == "notice" else "")
    assert all(title in item.what(language) and str(on.year) in item.short(language) for language in ("id", "en"))

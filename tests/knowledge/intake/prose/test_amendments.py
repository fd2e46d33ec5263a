"""Amendments: which clauses they touch and how, and how stored ones take effect."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session, SQLModel, create_engine, select

from knowledge.intake.prose.amendments import touched
from knowledge.intake.prose.linking import link_amendments
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage

AMENDMENT = """# ADENDUM KEDUA

Atas Perjanjian Layanan Nomor PPL/ABL/2030/17

Adendum ini ditandatangani tanggal 4 Januari 2031 dan mulai berlaku pada 1 Februari 2031.

## Pasal 1 Perubahan

1.1 Pasal 2.1 diubah sehingga berbunyi: "Perjanjian berlaku sampai dengan 31 Desember 2034."

1.2 Tarif dalam Pasal 4.1 diubah: Kasir Pusat menjadi Rp12.500.000 per bulan. Harga selebihnya tetap.

1.3 Pasal 9 dihapus.

1.4 Menambah Pasal 9A tentang audit tahunan.

1.5 Pasal 3.2 diubah: ketersediaan bulanan Kasir Pusat sekurang-kurangnya 99,8%.

## Pasal 2 Penutup

2.1 Selebihnya, termasuk Pasal 6.1, tidak berubah.
"""


def test_an_amendment_names_its_agreement_and_its_clauses(reading) -> None:
    facts = reading(AMENDMENT, "adendum.md").facts
    assert (facts.agreement.kind, facts.agreement.amends_number) == ("amendment", "PPL/ABL/2030/17")
    assert facts.agreement.effective_from == date(2031, 2, 1)
    assert {(c.target_clause, c.kind) for c in facts.changes} == {
        ("2.1", "replaced"), ("4.1", "partly"), ("9", "deleted"), ("9A", "added"), ("3.2", "replaced"),
    }  # fmt: skip
    assert {c.effective_from for c in facts.changes} == {date(2031, 2, 1)}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Ketentuan Pasal 5 ayat (2) diubah sehingga berbunyi sebagai berikut.", [("5(2)", "replaced")]),
        ("Clause 4.2 is replaced by the following.", [("4.2", "replaced")]),
        ("Clause 1.3: the end date becomes 31 December 2034.", [("1.3", "replaced")]),
        ("Section 7.3 is hereby deleted in its entirety.", [("7.3", "deleted")]),
        ("A new Clause 12 is inserted.", [("12", "added")]),
        ("Pasal 3.1 dan Pasal 3.4 diubah.", [("3.1", "replaced"), ("3.4", "replaced")]),
        ("Clause 5 remains in full force.", []),
        ("Pasal 6.1 tidak diubah.", []),
        ("Semua ketentuan lain tetap berlaku, termasuk Pasal 8.", []),
    ],
)
def test_what_a_sentence_does_to_a_clause(text: str, changes: list[tuple[str, str]]) -> None:
    assert touched(text) == changes


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        yield session


def _store(session: Session, starts: date) -> dict[str, int]:
    """A contract with clauses 2.1 and 4.1 and a target, and an amendment of both that starts on `starts`."""
    session.add(Customer(id=1, name="Angkasa Boga"))
    session.add(Document(id=1, source="kontrak.md"))
    session.add(Document(id=2, source="adendum.md"))
    session.flush()
    passages = [Passage(id=i, document_id=1 if i < 4 else 2, text=f"p{i}") for i in range(1, 7)]
    session.add_all(passages)
    base = Agreement(
        id=1, kind="contract", number="PPL/ABL/2030/17", customer_id=1, ends_on=date(2033, 2, 28), ends_on_clause_id=1
    )
    amendment = Agreement(
        id=2,
        kind="amendment",
        amends_number="ppl-abl-2030-17",
        signed_on=starts,
        effective_from=starts,
        ends_on=date(2034, 12, 31),
        ends_on_clause_id=11,
    )
    session.add_all([base, amendment])
    session.flush()
    session.add_all([
        Clause(id=1, agreement_id=1, number="2.1", topic="term", text="berlaku sampai dengan 28 Februari 2033", passage_id=1),
        Clause(id=2, agreement_id=1, number="4.1", topic="charges", text="Kasir Rp10.000.000; Gudang Rp7.000.000", passage_id=2),
        Clause(id=3, agreement_id=1, number="3.2", topic="service_level", text="Ketersediaan 99,4%", passage_id=3),
        Clause(id=11, agreement_id=2, number="1.1", topic="term", amends_clause_number="2.1", text="sampai 31 Desember 2034", passage_id=4),
        Clause(id=12, agreement_id=2, number="1.2", topic="charges", amends_clause_number="4.1", text="Kasir menjadi Rp12.500.000", passage_id=5),
        Clause(id=13, agreement_id=2, number="1.3", topic="service_level", amends_clause_number="3.2", text="Ketersediaan 99,8%", passage_id=6),
    ])  # fmt: skip
    session.flush()
    session.add_all([
        Target(id=1, agreement_id=1, clause_id=3, indicator="availability", value=Decimal("99.4"), unit="percent"),
        Target(id=2, agreement_id=2, clause_id=13, indicator="availability", value=Decimal("99.8"), unit="percent"),
    ])  # fmt: skip
    session.flush()
    return {}


def test_an_amendment_in_force_replaces_clause_term_and_target(session: Session) -> None:
    _store(session, date(2031, 2, 1))
    assert link_amendments(session, date(2031, 6, 1)) == 3
    base, amendment = session.get(Agreement, 1), session.get(Agreement, 2)
    assert (amendment.amends_id, amendment.customer_id) == (1, 1)
    assert (base.ends_on, base.ends_on_clause_id) == (date(2034, 12, 31), 11)
    assert base.extra["before"]["ends_on"] == "2033-02-28"
    assert session.get(Clause, 1).amended_by_id == 11
    assert (session.get(Passage, 1).superseded_by_id, session.get(Passage, 1).superseded_from) == (4, date(2031, 2, 1))
    assert session.get(Target, 1).superseded
    assert not session.get(Target, 2).superseded


def test_a_clause_changed_in_part_stays_citable(session: Session) -> None:
    _store(session, date(2031, 2, 1))
    link_amendments(session, date(2031, 6, 1))
    charges = session.get(Clause, 2)
    assert (charges.amended_by_id, charges.extra["amended"]) == (12, "partly")
    assert session.get(Passage, 2).superseded_by_id is None


def test_an_amendment_of_the_future_changes_nothing_yet(session: Session) -> None:
    _store(session, date(2032, 1, 1))
    assert link_amendments(session, date(2031, 6, 1)) == 0
    assert session.get(Agreement, 1).ends_on == date(2033, 2, 28)
    assert session.get(Agreement, 2).amends_id == 1
    assert all(clause.amended_by_id is None for clause in session.exec(select(Clause)).all())


def test_linking_again_says_the_same_and_forgets_a_withdrawn_amendment(session: Session) -> None:
    _store(session, date(2031, 2, 1))
    link_amendments(session, date(2031, 6, 1))
    link_amendments(session, date(2031, 6, 1))
    assert session.get(Agreement, 1).extra["before"]["ends_on"] == "2033-02-28"
    amendment = session.get(Agreement, 2)
    amendment.withdrawn = True
    session.add(amendment)
    session.flush()
    link_amendments(session, date(2031, 6, 1))
    base = session.get(Agreement, 1)
    assert (base.ends_on, base.ends_on_clause_id) == (date(2033, 2, 28), 1)
    assert session.get(Passage, 1).superseded_by_id is None
    assert not session.get(Target, 1).superseded


def test_an_amendment_may_name_its_agreement_by_date(reading) -> None:
    text = (
        "# AMENDMENT NO. 3\n\nto the Hosting Agreement dated 4 May 2029 between Acme Hosting Ltd and Northwind Textiles Ltd.\n\n"
        "Signed on 2 June 2031, effective from 1 July 2031.\n\n## 1 Changes\n\n1.1 Clause 2.1 is replaced by the following.\n\n1.2 Clause 5 is deleted.\n"
    )
    agreement = reading(text, "amendment.md").facts.agreement
    assert (agreement.extra["amends_dated"], agreement.effective_from) == ("2029-05-04", date(2031, 7, 1))


def test_an_amendments_own_number_is_not_that_of_its_agreement(reading) -> None:
    text = (
        "# ADDENDUM KE-2\n\nPERJANJIAN KERJA SAMA NOMOR 045/PKS/DIR/V/2030\n\nNomor: 045/ADD-2/I/2031\n\n## Pasal 1\n\n"
        'Ketentuan Pasal 2 ayat (1) diubah sehingga berbunyi: "Perjanjian berlaku sampai dengan 5 Mei 2034."\n\n## Pasal 2\n\nMulai berlaku 1 Februari 2031.\n'
    )
    facts = reading(text, "add.md").facts
    assert (facts.agreement.number, facts.agreement.amends_number) == ("045/ADD-2/I/2031", "045/PKS/DIR/V/2030")
    assert [(c.target_clause, c.kind, c.effective_from) for c in facts.changes] == [
        ("2(1)", "replaced", date(2031, 2, 1))
    ]
    assert facts.agreement.ends_on == date(2034, 5, 5)


def _store_tables(session: Session) -> None:
    """A contract with tables and credits, and an amendment that substitutes some of their words."""
    session.add(Customer(id=1, name="Angkasa Boga"))
    session.add_all([Document(id=1, source="kontrak.md"), Document(id=2, source="adendum.md")])
    session.flush()
    times = ["5.1 Waktu:", "Prioritas: P1; Tanggap: 25 menit; Pulih: 3 jam", "Prioritas: P2; Tanggap: 2 jam; Pulih: 9 jam"]
    fees = ["4.1 Biaya:", "Layanan: Meja Bantu; Biaya: Rp21.000.000", "Layanan: Arsip; Biaya: Rp35.000.000"]
    texts = ["\n".join(times), *times[1:], "\n".join(fees), *fees[1:], "kredit"]
    session.add_all([
        Passage(id=i, document_id=1, text=text, kind="table_row" if text.startswith(("Prioritas", "Layanan")) else "clause")
        for i, text in enumerate(texts, start=1)
    ])  # fmt: skip
    session.add_all([Passage(id=20 + i, document_id=2, text=f"a{i}") for i in range(4)])
    starts = date(2031, 2, 1)
    session.add_all([
        Agreement(id=1, kind="contract", number="K-9/30", customer_id=1, ends_on=date(2033, 4, 30), ends_on_clause_id=4, effective_from=date(2030, 5, 1)),
        Agreement(id=2, kind="amendment", amends_number="K-9/30", signed_on=starts, effective_from=starts),
    ])  # fmt: skip
    session.flush()
    session.add_all([
        Clause(id=1, agreement_id=1, number="5.1", topic="service_level", text="\n".join(times), passage_id=1, extra={"passage_ids": [1, 2, 3]}),
        Clause(id=2, agreement_id=1, number="4.1", topic="charges", text="\n".join(fees), passage_id=4, extra={"passage_ids": [4, 5, 6]}),
        Clause(id=3, agreement_id=1, number="7.1", topic="credit", text="Kredit 3% bila ketersediaan di bawah 99,4%, dan 7% bila di bawah 99,0%.", passage_id=7),
        Clause(id=4, agreement_id=1, number="2.1", topic="term", text="2.1 Berlaku sejak 1 Mei 2030 sampai dengan 30 April 2033."),
        Clause(id=11, agreement_id=2, number="1.1", topic="service_level", amends_clause_number="5.1", passage_id=20, text="Waktu tanggap P1 dalam Pasal 5.1 dipersingkat dari 25 menit menjadi 10 menit."),
        Clause(id=12, agreement_id=2, number="1.2", topic="charges", amends_clause_number="4.1", passage_id=21, text="Dalam tabel Pasal 4.1, angka Rp35.000.000 untuk Arsip dibaca Rp39.000.000."),
        Clause(id=13, agreement_id=2, number="1.3", topic="credit", amends_clause_number="7.1", passage_id=22, text="Besaran kredit Pasal 7.1 dinaikkan: 3% dibaca 5% dan 7% dibaca 9%."),
        Clause(id=14, agreement_id=2, number="1.4", topic="other", amends_clause_number="2.1", passage_id=23, text="Dalam Pasal 2.1 frasa “30 April 2033” diganti dengan “31 Oktober 2034”."),
    ])  # fmt: skip
    session.flush()
    session.add_all([
        Target(id=1, agreement_id=1, clause_id=1, indicator="response", priority="P1", value=Decimal(25), unit="minute"),
        Target(id=2, agreement_id=1, clause_id=1, indicator="response", priority="P2", value=Decimal(2), unit="hour"),
    ])  # fmt: skip
    session.flush()


@pytest.mark.parametrize("runs", [1, 2])
def test_substituted_words_change_row_target_credit_and_end(session: Session, runs: int) -> None:
    _store_tables(session)
    for _ in range(runs):
        link_amendments(session, date(2031, 6, 1))
    assert {p.id: p.superseded_by_id for p in session.exec(select(Passage)).all() if p.superseded_by_id} == {2: 20, 6: 21}
    assert [session.get(Clause, i).amended_by_id for i in (1, 2, 3, 4)] == [11, 12, 13, 14]
    assert "Arsip; Biaya: Rp39.000.000" in session.get(Clause, 2).extra["current_text"]
    assert session.get(Clause, 12).extra["current_text"] == session.get(Clause, 2).extra["current_text"]
    assert [(rule["percent"], rule["below"]) for rule in session.get(Clause, 13).extra["credit"]] == [("5", "99.4"), ("9", "99.0")]
    derived = session.exec(select(Target).where(Target.clause_id == 11)).all()
    assert [(one.indicator, one.priority, one.value, one.unit) for one in derived] == [("response", "P1", Decimal(10), "minute")]
    assert (session.get(Target, 1).superseded, session.get(Target, 2).superseded) == (True, False)
    base = session.get(Agreement, 1)
    assert (base.ends_on, base.ends_on_clause_id, base.extra["before"]["ends_on"]) == (date(2034, 10, 31), 14, "2033-04-30")


def test_a_withdrawn_amendment_takes_its_derived_facts_with_it(session: Session) -> None:
    _store_tables(session)
    link_amendments(session, date(2031, 6, 1))
    amendment = session.get(Agreement, 2)
    amendment.withdrawn = True
    session.add(amendment)
    session.flush()
    link_amendments(session, date(2031, 6, 1))
    assert session.get(Agreement, 1).ends_on == date(2033, 4, 30)
    assert session.exec(select(Target).where(Target.clause_id == 11)).all() == []
    assert not any("current_text" in clause.extra for clause in session.exec(select(Clause)).all())
    assert not any(passage.superseded_by_id for passage in session.exec(select(Passage)).all())

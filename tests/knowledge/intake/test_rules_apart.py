"""The provider's own rules: a sentence about one customer hides no other rule from people who may not see that customer."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.intake.importer import import_paths
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.store import read

CUSTOMERS = "code,customer,account manager\nAA,Toko Anggrek Api,Rina Wardani\nBB,Toko Bambu Biru,Rina Wardani\nCC,Toko Cemara Cerah,Dodi Saputra\n"
RULES = (
    "# Cara kita bekerja\n\n**Pemilik.** Rina Wardani keluar 31 Mei 2031. Toko Anggrek Api beralih ke Dodi Saputra mulai 1 Juni 2031. **Terbatas.** Toko Bambu Biru hanya untuk Sari. "
    "Rencana penjualannya jangan disebut. **Cuti.** Daftar cuti ada di dinding.\n"
)


@pytest.fixture
def told(engine: Engine, tmp_path: Path) -> dict[str, set[str]]:
    (tmp_path / "pelanggan.csv").write_text(CUSTOMERS, encoding="utf-8")
    (tmp_path / "Cara kita bekerja.md").write_text(RULES, encoding="utf-8")
    import_paths(engine, [tmp_path], today=date(2031, 6, 2))
    with read(engine) as session:
        names = {row.id: row.key for row in session.exec(select(Customer)).all()}
        passages = {row.id: row.text for row in session.exec(select(Passage)).all() if "Toko" in row.text or "Rencana" in row.text or "cuti" in row.text.lower()}
        about = session.exec(select(PassageCustomer)).all()
        return {text: {names[link.customer_id] or "" for link in about if link.passage_id == number} for number, text in passages.items() if ":" not in text}


def test_a_sentence_about_one_customer_stands_apart(told: dict[str, set[str]]) -> None:
    handed = next(customers for text, customers in told.items() if "beralih ke Dodi" in text)
    assert handed == {"AA"}


def test_what_follows_a_customers_sentence_stays_with_it(told: dict[str, set[str]]) -> None:
    plan = next(customers for text, customers in told.items() if "Rencana penjualannya" in text)
    assert "BB" in plan and "AA" not in plan

"""Who took over a customer from whom and when, in sentences that nobody wrote for a machine."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from assistant.tools.desk import Desk
from assistant.tools.records.handovers import asks_who_holds, handover_of
from knowledge.access import OWNER
from knowledge.intake.importer import import_paths
from knowledge.linking import Linker
from knowledge.records.customers import Customer
from knowledge.store import open_store, read

TODAY = date(2031, 6, 20)
CUSTOMERS = "code,customer,account manager\nAA,Toko Anggrek Api,Rina Wardani\nBB,Toko Bambu Biru,Rina Wardani\nCC,Toko Cemara Cerah,Dodi Saputra\nDD,Dahlia Dawn Ltd,Eka Lestari\n"


Told = tuple[str, date | None, str | None]


def _handed(folder: Path, sentence: str, code: str) -> Told | None:
    (folder / "berkas").mkdir()
    (folder / "berkas" / "pelanggan.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "berkas" / "catatan.md").write_text(f"# Catatan tim\n\n{sentence}\n", encoding="utf-8")
    engine = open_store(f"sqlite:///{folder / 'store.db'}")
    SQLModel.metadata.create_all(engine)
    import_paths(engine, [folder / "berkas"], today=TODAY)
    with read(engine) as session:
        desk = Desk(session, OWNER, TODAY, Linker.of(engine), None, None)  # type: ignore[arg-type]
        customer = session.execute(select(Customer).where(Customer.key == code)).scalars().one()
        found = handover_of(desk, customer.id or 0)
        return (found.person, found.since, found.before) if found else None


@pytest.mark.parametrize(
    ("sentence", "code", "told"),
    [
        ("Semua pelanggan yang dipegang Rina Wardani beralih ke Dodi Saputra mulai 1 Juni 2031.", "BB", ("Dodi Saputra", date(2031, 6, 1), "Rina Wardani")),
        ("Semua pelanggan yang dipegang Rina Wardani beralih ke Dodi Saputra mulai 1 Juni 2031.", "DD", None),
        ("Toko Anggrek Api pindah ke Eka Lestari, Toko Bambu Biru ke Dodi Saputra, mulai 1 Juni 2031.", "BB", ("Dodi Saputra", date(2031, 6, 1), "Rina Wardani")),
        ("Toko Anggrek Api pindah ke Eka Lestari, Toko Bambu Biru ke Dodi Saputra, mulai 1 Juni 2031.", "AA", ("Eka Lestari", date(2031, 6, 1), "Rina Wardani")),
        ("Dodi Saputra takes over Dahlia Dawn from Eka Lestari on 2 June 2031.", "DD", ("Dodi Saputra", date(2031, 6, 2), "Eka Lestari")),
        ("Toko Cemara Cerah goes to Rina Wardani from 1 July 2031.", "CC", None),
        ("Toko Cemara Cerah pindah ke gedung baru mulai 1 Juni 2031.", "CC", None),
    ],
)
def test_the_account_goes_to_whom_the_sentence_says(tmp_path: Path, sentence: str, code: str, told: Told | None) -> None:
    assert _handed(tmp_path, sentence, code) == told


@pytest.mark.parametrize("question", ["Siapa AM Toko Bambu sekarang?", "since when do I own Dahlia, and who had it before me?", "yang pegang Cemara siapa?", "Who looks after Dahlia Dawn?"])
def test_questions_about_who_holds_an_account(question: str) -> None:
    assert asks_who_holds(question)


@pytest.mark.parametrize("question", ["Who signs for Dahlia Dawn?", "Berapa biaya Cemara sekarang?", "When does the contract end?"])
def test_other_questions(question: str) -> None:
    assert not asks_who_holds(question)

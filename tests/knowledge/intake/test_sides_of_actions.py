"""Whose side owes the actions of a list."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from knowledge.intake.importer import import_paths
from knowledge.records.agreements import Clause
from knowledge.records.relationship import Commitment
from knowledge.store import read

ACTIONS = """no,pelanggan,tindakan,pihak,penanggung jawab,tenggat,status
A-1,K-01,Kirim laporan,Penyedia,Rudi Halim,2031-05-30,terbuka
A-2,K-01,Ganti UPS,Melati,Wulan Sari,2031-06-30,terbuka
A-3,K-02,Daftar pegawai,,Teguh Prakoso (customer),2031-06-30,terbuka
A-4,K-02,Pindah kabel,,Seseorang Lain,2031-06-30,terbuka
"""

AGREEMENT = """# PERJANJIAN LAYANAN MLT-1/2030

antara PT Sinar Serat Persada (PENYEDIA) dan PT Melati Sejahtera (PELANGGAN).

## Pasal 1 Masa

Berlaku 1 Januari 2030 sampai dengan 31 Desember 2032.

## Pasal 5 Kewajiban PELANGGAN

(a) listrik yang stabil; (b) akses bagi teknisi dalam 60 menit; (c) perkiraan beban.
"""

VARIATION = """# VARIATION No. 1 to MLT-1/2030

Signed 22 June 2030, effective 1 July 2030.

1. Clause 5(b): akses bagi teknisi dalam 45 menit instead of 60 menit.
"""


def test_parties_by_word_name_bracket_or_not_at_all(engine: Engine, folder: Path) -> None:
    (folder / "tindakan.csv").write_text(ACTIONS)
    import_paths(engine, [folder], today=date(2031, 5, 1))
    with read(engine) as session:
        found = {one.key: (one.party, one.owner) for one in session.exec(select(Commitment)).all()}
    assert found == {"A-1": ("provider", "Rudi Halim"), "A-2": ("customer", "Wulan Sari"), "A-3": ("customer", "Teguh Prakoso"), "A-4": (None, "Seseorang Lain")}


def test_a_letter_within_a_clause_that_lists_several_is_changed(engine: Engine, folder: Path) -> None:
    (folder / "perjanjian.md").write_text(AGREEMENT)
    (folder / "variation.md").write_text(VARIATION)
    import_paths(engine, [folder], today=date(2031, 5, 1))
    with read(engine) as session:
        clause = session.exec(select(Clause).where(Clause.number == "5")).one()
    assert "(b) akses bagi teknisi dalam 45 menit; (c)" in clause.extra["current_text"]
    assert clause.extra["amended"] == "partly"

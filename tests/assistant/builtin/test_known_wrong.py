"""Whole answers over a small provider: several values, signatories, clauses that are not there, rosters in prose, replaced values."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2026, 11, 22)
FILES = {
    "pelanggan.csv": "Kode,Nama Pelanggan,Account Manager,Kota\nC1,Toko Mekar Wangi,Yulia Hartono,Malang\nC2,Harbour Tiles Group,Nadine Okoro,Batam\n",
    "perjanjian-mekar.md": """# Perjanjian Layanan Toko Mekar Wangi
Nomor: K-2025-11. Antara PT Arus Lestari dan Toko Mekar Wangi.

## Pasal 1 Ruang Lingkup
Penyedia mengoperasikan jaringan 42 toko.

## Pasal 2 Kerahasiaan
Para pihak menjaga kerahasiaan informasi selama 3 tahun.

## Penutup
Perjanjian ini ditandatangani di Malang pada tanggal 20 Februari 2025 oleh Hendra Kusumo, Direktur Utama, mewakili Pelanggan dan oleh Laksmi Dewi, Direktur Komersial, mewakili Penyedia.
""",
    "harbour-agreement.md": """# Services Agreement with Harbour Tiles Group

## 1. Services
Network operations for two plants.

## 2. Termination for cause
Either party may terminate on a material breach not remedied within 30 days.
""",
    "notulen-2026-10-08-mekar.md": """# Notulen Rapat Toko Mekar Wangi
Tanggal: 8 Oktober 2026
Hadir: Hendra Kusumo, Mira Salsa, Yulia Hartono

- Penambahan 6 toko di Jember disetujui oleh Hendra Kusumo pada 8 Oktober 2026.
- Kuota VPN dinaikkan dari 50 menjadi 80 pengguna mulai 1 Oktober 2026.
- Rapat berikutnya: Rabu, 9 Desember 2026 di ruang Anggrek kantor Malang.
""",
    "notes-2026-11-13-harbour.txt": """Call notes - Harbour Tiles Group, 13 November 2026
Attending: Sanne Visser (Harbour Tiles), Nadine Okoro

Sanne Visser signed off the switch replacement.
We meet again on 7 December 2026; the place is still to be agreed.
""",
}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("siapa yang menyetujui penambahan toko di Jember dan kapan?", ("Hendra Kusumo; 8 Oktober 2026 —",)),
        ("di mana dan kapan rapat berikutnya dengan Toko Mekar Wangi?", ("9 Desember 2026, ruang Anggrek",)),
        ("berapa kuota VPN Toko Mekar Wangi dan sejak kapan?", ("80; 1 Oktober 2026 —",)),
        ("where and when do we meet Harbour Tiles Group again?", ("7 December 2026", "The place is not given")),
        ("Who signed off the switch replacement at Harbour Tiles Group, and on what date?", ("Sanne Visser", "The date is not given")),
        ("siapa yang menandatangani perjanjian Toko Mekar Wangi?", ("Hendra Kusumo (Direktur Utama, Pelanggan)", "Laksmi Dewi (Direktur Komersial, Penyedia)", "20 Februari 2025")),
        ("ada klausul kerahasiaan di perjanjian Toko Mekar Wangi?", ("Ya.", "3 tahun")),
    ],
)
def test_answered_with_all_that_was_asked(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert not answer.abstained and all(words in answer.answer for words in said), answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who signed the services agreement with Harbour Tiles Group?", "Who signed is not stated in Services Agreement"),
        ("does the Harbour Tiles Group agreement contain a data protection clause?", "No clause about “data protection” was found in Services Agreement"),
        ("apakah ada klausul audit di perjanjian Toko Mekar Wangi?", "Tidak ditemukan klausul tentang “audit” di Perjanjian Layanan Toko Mekar Wangi"),
    ],
)
def test_what_is_not_there_is_told_with_where_it_was_looked(ask_here: AskHere, question: str, said: str) -> None:
    answer = ask_here(question)
    assert answer.abstained and said in answer.answer and answer.citations, answer.answer

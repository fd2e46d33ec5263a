"""Signatures as documents have them: in sentences, in labelled lines, side by side, row by row."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tools.agreements.signatures import Signature, signatures_in

TODAY = date(2026, 11, 22)
PARTIES = ("PT Awan Lestari", "Bank Niaga Timur", "Bluequay Systems", "Ferry Lines Group")


def company(text: str) -> str:
    known = next((name for name in PARTIES if name.lower() in text.lower()), "")
    match = re.search(r"\b(?:PT|CV|Bank)\b\.? [A-Z]\w+", text)
    return known or (match[0] if match else "")


def told(*texts: str) -> list[tuple[str, str, str, date | None]]:
    return [(each.name, each.title, each.party, each.day) for each in signatures_in(texts, TODAY, company)]


@pytest.mark.parametrize(
    ("texts", "signed"),
    [
        (
            ["Perjanjian ini ditandatangani di Malang pada tanggal 20 Februari 2025 oleh Bapak Hendra Kusumo, Direktur Utama, mewakili Pelanggan dan oleh Ibu Laksmi Dewi, Direktur Komersial, mewakili Penyedia."],
            [("Bapak Hendra Kusumo", "Direktur Utama", "Pelanggan", date(2025, 2, 20)), ("Ibu Laksmi Dewi", "Direktur Komersial", "Penyedia", date(2025, 2, 20))],
        ),
        (
            ["Signed by Idris Soleh for Ferry Lines Group on 12 April 2025 and by Nadine Okoro for Bluequay Systems on 14 April 2025."],
            [("Idris Soleh", "", "Ferry Lines Group", date(2025, 4, 12)), ("Nadine Okoro", "", "Bluequay Systems", date(2025, 4, 14))],
        ),
        (
            ["The parties have signed.", "For and on behalf of Bluequay Systems", "Name: Eleanor Vance", "Title: Managing Director", "Date: 18 March 2024", "For and on behalf of Ferry Lines", "Name: Idris Soleh", "Title: COO"],
            [("Eleanor Vance", "Managing Director", "Bluequay Systems", date(2024, 3, 18)), ("Idris Soleh", "COO", "Ferry Lines", None)],
        ),
        (
            ["PT Awan Lestari: Laksmi Dewi; Bank Niaga Timur: Theo Manggala", "PT Awan Lestari: Direktur; Bank Niaga Timur: Kepala Divisi TI"],
            [("Laksmi Dewi", "Direktur", "PT Awan Lestari", None), ("Theo Manggala", "Kepala Divisi TI", "Bank Niaga Timur", None)],
        ),
        (
            ["PT Awan Lestari,            Bank Niaga Timur,\n\n(Ir. Suryo Atmo)            (Melinda Karta)\nPresiden Direktur           Direktur Operasi"],
            [("Ir. Suryo Atmo", "Presiden Direktur", "PT Awan Lestari", None), ("Melinda Karta", "Direktur Operasi", "Bank Niaga Timur", None)],
        ),
        (
            ["Ditandatangani oleh:\nPihak Pertama: Suryo Atmo (Presiden Direktur), 12 Juni 2025\nPihak Kedua: Andi Pata (Direktur), 15 Juni 2025"],
            [("Suryo Atmo", "Presiden Direktur", "Pihak Pertama", date(2025, 6, 12)), ("Andi Pata", "Direktur", "Pihak Kedua", date(2025, 6, 15))],
        ),
        (
            ["PERJANJIAN", "antara PT Awan Lestari, dalam hal ini diwakili oleh Laksmi Dewi selaku Direktur Komersial, dan", "Bank Niaga Timur, diwakili oleh Theo Manggala, Kepala Divisi TI.", "Pasal 1"],
            [("Laksmi Dewi", "Direktur Komersial", "PT Awan Lestari", None), ("Theo Manggala", "Kepala Divisi TI", "Bank Niaga Timur", None)],
        ),
    ],
)  # fmt: skip
def test_who_signed(texts: list[str], signed: list[tuple[str, str, str, date | None]]) -> None:
    assert told(*texts) == signed


@pytest.mark.parametrize(
    "texts",
    [
        ["Agreement between Bluequay Systems and Ferry Lines Group.", "Invoices must be signed by the Customer's manager."],
        ["Untuk dan atas nama PT Awan Lestari", "Nama: ____________", "Jabatan: __________"],
        ["The order form shall be signed within 14 days."],
    ],
)
def test_nobody_is_made_up(texts: list[str]) -> None:
    assert told(*texts) == []


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_read(texts: list[str]) -> None:
    found = signatures_in(texts, TODAY, company)
    assert all(isinstance(each, Signature) and each.name.strip() and 0 <= each.text < len(texts) for each in found)

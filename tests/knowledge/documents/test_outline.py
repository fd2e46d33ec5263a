"""Paragraphs find their clause."""

import pytest

from knowledge.documents.outline import Outline, clause_number, is_title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.2 Biaya tetap.", "3.2"),
        ("3.2.1. Rinci", "3.2.1"),
        ("A.3 Waktu", "A.3"),
        ("B1.1 Network: 99.5% a month.", "B1.1"),
        ("C12.3. Credits", "C12.3"),
        ("A4 paper is used", None),
        ("9.30 WIB rapat dibuka", None),
        ("09.30 rapat", None),
        ("1.250 pelanggan", None),
        ("1.5 juta rupiah", None),
        ("2.5 hours", None),
        ("Biaya 3.2", None),
    ],
)
def test_a_clause_number_is_no_time_and_no_amount(text: str, number: str | None) -> None:
    assert clause_number(text) == number


@pytest.mark.parametrize(
    "text", ["Pasal 3 Jangka Waktu", "PASAL 3", "BAB II", "Article 4: Fees", "Lampiran A", "Section 2 – Term"]
)
def test_titles_are_seen(text: str) -> None:
    assert is_title(text)


@pytest.mark.parametrize(
    "text", ["Pasal 3 tetap berlaku.", "Pasal 5 ayat (2) dihapus", "Bagian ini penting", "pasal 3"]
)
def test_sentences_about_articles_are_no_titles(text: str) -> None:
    assert not is_title(text)


def test_a_paragraph_without_a_number_belongs_to_the_clause_above() -> None:
    outline = Outline()
    outline.place("Pasal 7 Denda", heading=1)
    outline.place("7.1 Denda dihitung per hari.")
    assert outline.place("Denda dibayar dengan nota kredit.").clause == "7.1"
    assert outline.place("Lampiran Umum", heading=1).clause is None
    assert outline.place("Teks lain.").clause is None


def test_a_numbered_list_outside_articles_is_a_list() -> None:
    outline = Outline()
    assert outline.place("1. Kirim laporan").kind == "list_item"
    assert outline.place("- kirim laporan").text == "kirim laporan"

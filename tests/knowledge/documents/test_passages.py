"""Passages: a clause whole, its rows apart, prose in readable pieces."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.loading import load
from knowledge.documents.passages import to_passages
from knowledge.documents.sentences import sentences
from tests.knowledge.documents.samples import agreement_docx


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_a_clause_is_one_passage_and_its_rows_are_found_alone() -> None:
    passages = to_passages(load("a.docx", agreement_docx()))
    clause = next(p for p in passages if p.kind == "clause" and p.locator.clause == "4.1")
    row = next(p for p in passages if p.kind == "table_row" and "Arsip" in p.text)
    assert "Layanan: Telepon; Biaya: Rp5.000.000" in clause.text
    assert row.context == "PERJANJIAN LAYANAN > Pasal 4 Biaya > 4.1 Biaya bulanan:"
    assert (row.locator.clause, row.locator.row) == ("4.1", 3)
    assert {p.language for p in passages} == {"id"}


def test_list_items_stand_alone_and_short_paragraphs_together() -> None:
    text = "# Rapat\n\n## Isi\n\nKalimat satu.\n\nKalimat dua.\n\n- butir a\n- butir b\n"
    passages = to_passages(load("a.md", text.encode()))
    assert [(p.kind, p.text) for p in passages] == [
        ("paragraph", "Kalimat satu.\nKalimat dua."),
        ("list_item", "butir a"),
        ("list_item", "butir b"),
    ]
    assert passages[1].context == "Rapat > Isi"


def test_long_prose_is_split_at_sentence_ends() -> None:
    text = " ".join(f"Kalimat nomor {n} berbicara tentang layanan dan biaya." for n in range(80))
    passages = to_passages(load("a.md", text.encode()))
    assert len(passages) > 2
    assert all(len(p.text.split()) <= 180 and p.text.endswith(".") for p in passages)
    assert " ".join(p.text for p in passages) == text


def test_sentences_know_abbreviations() -> None:
    assert split("PT. Sinar Laut Tbk. membayar Rp. 5 juta s.d. Mei. Lunas!") == [
        "PT. Sinar Laut Tbk. membayar Rp. 5 juta s.d. Mei.",
        "Lunas!",
    ]
    assert split("Lihat Pasal 3.2 pukul 01.00 WIB. Dr. Wati, e.g. kepala, hadir. No. 7 hilang.") == [
        "Lihat Pasal 3.2 pukul 01.00 WIB.",
        "Dr. Wati, e.g. kepala, hadir.",
        "No. 7 hilang.",
    ]


@given(st.text(alphabet="abc AB.1!?\n", max_size=80))
def test_sentences_lose_nothing_and_do_not_overlap(text: str) -> None:
    spans = sentences(text)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())

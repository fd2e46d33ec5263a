"""What words and terms stand for, across spellings, prefixes and the two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.concepts import concept_names, concepts
from knowledge.language.roots import nasal_roots
from knowledge.language.tokens import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nahan pembayaran", "ditahan"),
        ("menahan", "penahanan"),
        ("ngirim laporan", "pengiriman"),
        ("nunggu persetujuan", "ditunggu"),
        ("byr", "pembayaran"),
        ("operator pelabuhan", "Port operations"),
        ("perbankan", "Banking"),
    ],
)
def test_words_of_one_root_or_meaning_share_a_name(one: str, other: str) -> None:
    assert concept_names(one) & concept_names(other)


def test_an_abbreviation_inside_a_term_is_read_as_it_is_written() -> None:
    assert concepts("tgl uji dr kapan")[1].text == "uji dr"
    assert concept_names("uji dr") & concept_names("DR test")
    assert normalise("surat dr mereka") == "surat dari mereka"


def test_a_text_has_the_single_words_of_its_terms_and_the_numbers_of_its_codes() -> None:
    assert concept_names("uji") <= concept_names("uji DR gudang")
    assert "0412" in concept_names("Faktur NV-2026-0412 belum dibayar")
    assert "2026" not in concept_names("Faktur NV-2026-0412")


def test_a_doubled_word_in_chat_spelling_is_that_word() -> None:
    assert normalise("gara2 kabel") == "karena kabel"
    assert normalise("prioritas P2") == "prioritas p2"


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_roots_are_of_words_with_a_nasal_prefix_only(word: str) -> None:
    roots = nasal_roots(word)
    assert all(roots) and len(roots) <= 2
    assert not roots or word[0] in "mnp"

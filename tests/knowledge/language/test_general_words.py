"""Words of the general tables: they only add what else a word is called, and never take a term of the field apart."""

import tomllib
from pathlib import Path

import pytest

from knowledge.language import concepts as room
from knowledge.language.concepts import concept_names, concepts, is_known_word, known_words
from knowledge.language.tokens import STOPWORDS


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [
        ("mereka mau keluar di tengah jalan", "they want to walk away"),
        ("pendaftaran gratis", "register free of charge"),
        ("penggantinya pensiun", "he retires"),
        ("harga terendah", "walk-away price"),
    ],
)
def test_words_of_both_languages_meet(indonesian: str, english: str) -> None:
    assert {name for name in concept_names(indonesian) & concept_names(english) if name.startswith("+")}


def test_a_term_of_the_field_stays_whole() -> None:
    assert [concept.text for concept in concepts("batas waktu respons gangguan")] == ["batas", "waktu respons", "gangguan"]


@pytest.mark.parametrize("table", room.GENERAL)
def test_rows_have_both_languages_and_no_empty_word(table: str) -> None:
    rows = tomllib.loads((Path(room.__file__).parent / f"{table}.toml").read_text())["terms"]
    empty = STOPWORDS["id"] | STOPWORDS["en"]
    for indonesian, english in rows:
        words = [word.strip() for side in (indonesian, english) for word in side.split(",")]
        assert all(words)
        assert not [word for word in words if word in empty or "-" in word], (indonesian, english)


def test_a_general_word_is_spelled_rightly_but_no_other_word_is_taken_for_it() -> None:
    assert is_known_word("kuning") and "kuning" not in known_words()

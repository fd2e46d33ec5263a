"""Typing errors in questions."""

import pytest

from assistant.tools.naming.spelling import respelled


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("berapa invoce bulan ini", "berapa invoice bulan ini"),
        ("mainetnance hari apa", "maintenance hari apa"),
        ("batas tangung jawab", "batas tanggung jawab"),
        ("jadwal plathan kasir", "jadwal pelatihan kasir"),
        ("prpanjangan sewa", "perpanjangan sewa"),
    ],
)
def test_a_slip_of_the_fingers_is_read_as_the_word(typed: str, meant: str) -> None:
    assert respelled(typed, lambda word: False) == meant


@pytest.mark.parametrize("text", ["siapa kontaak teknis", "berapa biaya di Kontraak Lima", "tgl brp rapatnya dimulai", "ke sales@invoce.example", "KB-invoce", "gimana dgn itu", "jangan tertukar"])
def test_what_may_be_two_words_a_name_or_chat_spelling_stays(text: str) -> None:
    assert respelled(text, lambda word: False) == text


def test_a_word_that_the_documents_use_stays() -> None:
    assert respelled("berapa invoce", lambda word: word == "invoce") == "berapa invoce"

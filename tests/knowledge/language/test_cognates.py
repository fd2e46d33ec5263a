"""Loan words of both languages meet."""

import pytest

from knowledge.language.cognates import cognate


@pytest.mark.parametrize(("one", "other"), [("kalibrasi", "calibration"), ("laboratorium", "laboratory"), ("instrumen", "instrument"), ("kapasitas", "capacity"), ("sertifikat", "certificate"), ("teknologi", "technology")])
def test_the_same_loan_word_has_one_form(one: str, other: str) -> None:
    assert cognate(one) == cognate(other)


@pytest.mark.parametrize(("one", "other"), [("pelanggan", "pelanggaran"), ("pertemuan", "pertama"), ("perbaikan", "perbandingan")])
def test_words_that_only_begin_alike_stay_apart(one: str, other: str) -> None:
    assert cognate(one) != cognate(other)

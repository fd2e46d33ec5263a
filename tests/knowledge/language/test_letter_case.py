"""Titles that shout are calmed; codes, numbers and abbreviations keep their capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.letter_case import calm


@pytest.mark.parametrize(
    ("title", "calmed"),
    [
        ("PERJANJIAN TINGKAT LAYANAN PT ANGKASA BOGA", "Perjanjian Tingkat Layanan PT Angkasa Boga"),
        ("KONTRAK LAYANAN TI DAN DUKUNGAN", "Kontrak Layanan TI dan Dukungan"),
        ("ADENDUM II", "Adendum II"),
        ("SERVICES AGREEMENT NTX-SVC-11", "Services Agreement NTX-SVC-11"),
        ("THE TERMS OF SERVICE", "The Terms of Service"),
        ("SLA", "SLA"),
        ("CRM", "CRM"),
        ("Notulen rapat PT ANGKASA", "Notulen rapat PT ANGKASA"),
        ("SURAT (KONFIRMASI) BANK XYZ", "Surat (Konfirmasi) Bank XYZ"),
    ],
)
def test_calmed(title: str, calmed: str) -> None:
    assert calm(title) == calmed


@given(st.text(max_size=60))
def test_only_letter_case_changes_and_twice_is_once(text: str) -> None:
    assert calm(text).casefold() == text.casefold()
    assert calm(calm(text)) == calm(text)

"""Names held against each other."""

import pytest

from knowledge.intake.names_compared import half_shortened, names_nobody


@pytest.mark.parametrize(("short", "name"), [("Kertas NA", "PT Kertas Nusa Abadi"), ("Harbour FS", "Harbour Freight Services Ltd"), ("Rumah BS", "Yayasan Rumah Bina Sejahtera")])
def test_last_words_as_initials(short: str, name: str) -> None:
    assert half_shortened(short, name)


@pytest.mark.parametrize(("text", "name"), [("Kertas NB", "PT Kertas Nusa Abadi"), ("Kertas Nusa", "PT Kertas Nusa Abadi"), ("PT NA", "PT Nusa Abadi"), ("Kertas", "PT Kertas Nusa Abadi")])
def test_other_names_are_not_taken_for_it(text: str, name: str) -> None:
    assert not half_shortened(text, name)


@pytest.mark.parametrize("text", ["Semua pelanggan Jaringan Kantor", "Seluruh klien", "All colocation customers", "every client", "-", "umum"])
def test_everybody_is_no_customer(text: str) -> None:
    assert names_nobody(text)


@pytest.mark.parametrize("text", ["Semua Bisa Tbk", "Allied Clients Ltd", "PT Seluruh Nusantara"])
def test_names_that_begin_alike_are_customers(text: str) -> None:
    assert not names_nobody(text)

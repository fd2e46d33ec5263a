"""Signed side letters change an agreement like amendments; unsigned ones and drafts change nothing."""

import pytest

ENGLISH = "# Side Letter 3 — Northwind Textiles\n\nSigned 4 March 2031 by Helen Marsh. Effective 1 April 2031.\n\nIn the fee table, the fee for class K reads EUR 725 instead of EUR 650.\n"
INDONESIAN = "# Surat Samping 1 SMA Cendekia\n\nDitandatangani 4 Maret 2031.\n\nDalam tabel biaya, biaya golongan K menjadi Rp 725.000, semula Rp 650.000.\n"


@pytest.mark.parametrize(("text", "customer"), [(ENGLISH, 2), (INDONESIAN, 4)])
def test_a_signed_side_letter_amends(reading, text, customer):
    read = reading(text)
    assert (read.klass.kind, read.facts.agreement.customer_id) == ("amendment", customer)


@pytest.mark.parametrize("text", [ENGLISH.replace("Signed 4 March 2031 by Helen Marsh. ", ""), ENGLISH.replace("# Side", "# Draft side")])
def test_without_signature_or_as_a_draft_it_does_not(reading, text):
    assert reading(text).klass.kind != "amendment"

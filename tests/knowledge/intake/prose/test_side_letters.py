"""Signed side letters change an agreement like amendments; unsigned ones and drafts change nothing."""

import pytest

from knowledge.intake.prose.substitutions import amended_text

ENGLISH = "# Side Letter 3 — Northwind Textiles\n\nSigned 4 March 2031 by Helen Marsh. Effective 1 April 2031.\n\nIn the fee table, the fee for class K reads EUR 725 instead of EUR 650.\n"
INDONESIAN = "# Surat Samping 1 SMA Cendekia\n\nDitandatangani 4 Maret 2031.\n\nDalam tabel biaya, biaya golongan K menjadi Rp 725.000, semula Rp 650.000.\n"


@pytest.mark.parametrize(("text", "customer"), [(ENGLISH, 2), (INDONESIAN, 4)])
def test_a_signed_side_letter_amends(reading, text, customer):
    read = reading(text)
    assert (read.klass.kind, read.facts.agreement.customer_id) == ("amendment", customer)


@pytest.mark.parametrize("text", [ENGLISH.replace("Signed 4 March 2031 by Helen Marsh. ", ""), ENGLISH.replace("# Side", "# Draft side")])
def test_without_signature_or_as_a_draft_it_does_not(reading, text):
    assert reading(text).klass.kind != "amendment"


SEVERAL = "# Surat Tambahan 2 SMA Cendekia\n\nDitandatangani 4 Maret 2031 oleh Wulan Sari. Berlaku mulai 1 April 2031.\n\nWaktu pulih gangguan tinggi dipercepat dari 9 jam menjadi 6 jam. Biaya jaringan menjadi Rp 7.250.000 sehingga biaya bulanan menjadi Rp 12.750.000. Yang lain tetap.\n"


def test_each_sentence_that_changes_something_is_a_change_though_the_last_says_that_the_rest_stays(reading):
    read = reading(SEVERAL)
    assert read.klass.kind == "amendment"
    changing = [clause.text for clause in read.facts.clauses if "changes_unnamed" in clause.extra]
    assert [text.split()[0] for text in changing] == ["Waktu", "Biaya"]
    assert [clause.quote for clause in read.facts.clauses] == [clause.text for clause in read.facts.clauses]


@pytest.mark.parametrize(
    ("base", "amending", "now"),
    [
        (
            "Biaya bulanan Rp 9.000.000, terdiri atas aplikasi Rp 4.000.000 dan jaringan Rp 5.000.000.",
            "Biaya jaringan menjadi Rp 7.250.000 sehingga biaya bulanan menjadi Rp 11.250.000.",
            "Biaya bulanan Rp 11.250.000, terdiri atas aplikasi Rp 4.000.000 dan jaringan Rp 7.250.000.",
        ),
        (
            "Monthly fee EUR 900 (hosting EUR 400; network EUR 500), excluding VAT.",
            "The network fee becomes EUR 620 and the total monthly fee EUR 1,020.",
            "Monthly fee EUR 1,020 (hosting EUR 400; network EUR 620), excluding VAT.",
        ),
    ],
)
def test_a_part_and_the_whole_become_something_else_in_one_sentence(base, amending, now):
    amended = amended_text(base, amending)
    assert amended is not None
    assert amended.text == now

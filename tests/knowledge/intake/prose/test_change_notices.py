"""Numbered change notices and orders that somebody signed, told from announcements and offers."""

import pytest

from knowledge.records.authority import Authority

NOTICE = "CHANGE NOTICE CHN-7 — 3 March 2031\n\nCustomer: Northwind Textiles. Signed by Helen Marsh and Mira Adisti.\n\nThe move of the dye line is put back from 15 March 2031 to 12 April 2031.\n"
PEMBERITAHUAN = "PEMBERITAHUAN PERUBAHAN No. 7 — 3 Maret 2031\n\nPelanggan: SMA Cendekia. Disetujui (tanda tangan) Fajar Nugraha.\n\nPemindahan server digeser dari 15 Maret 2031 ke 12 April 2031.\n"
ORDER = "# Work Order 41 — Harvest pack\n\nCustomer: Northwind Textiles. Signed 2 March 2031 by Helen Marsh.\nValid 1 April 2031 to 30 June 2031.\n\n| Item | Value |\n|---|---|\n| Availability, looms | 99.9% |\n| Severity 1 response | 10 minutes |\n| Extra fee | EUR 900 per month |\n"


@pytest.mark.parametrize("text", [NOTICE, PEMBERITAHUAN])
def test_a_numbered_signed_notice_of_change_ranks_below_agreements_and_above_lists(reading, text):
    found = reading(text).klass
    assert (found.kind, found.authority) == ("change_notice", Authority.CHANGE_NOTICE)
    assert Authority.ANNEX < found.authority < Authority.MASTER_TABLE


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace(" Signed by Helen Marsh and Mira Adisti.", ""),
        NOTICE.replace("CHN-7 — 3 March 2031", "of the season").replace("CHANGE", "SCHEDULE"),
        PEMBERITAHUAN.replace("Disetujui (tanda tangan)", "Disampaikan oleh"),
    ],
)
def test_without_number_or_signature_it_is_no_change_notice(reading, text):
    assert reading(text).klass.kind != "change_notice"


def test_a_signed_numbered_order_is_one_without_a_word_of_agreements(reading):
    read = reading(ORDER)
    assert read.klass.kind == "statement_of_work"
    assert {target.extra.get("valid_until") for target in read.facts.targets} == {"2031-06-30"}


def test_an_unsigned_order_is_none(reading):
    assert reading(ORDER.replace("Signed 2 March 2031 by Helen Marsh.", "")).klass.kind != "statement_of_work"


@pytest.mark.parametrize("title", ["How we rank our papers", "Cara membaca berkas kita", "Tata berkas bagian akun"])
def test_house_rules_are_a_guide(reading, title):
    assert reading(f"# {title}\n\nA signed change beats the agreement; the agreement beats a list.\n").klass.kind == "guide"



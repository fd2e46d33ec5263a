"""Agreements: parties, term, notice, targets, credits and the duties of both sides, in both languages."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date
from decimal import Decimal

import pytest

INDONESIAN = """# PERJANJIAN PENYEDIAAN LAYANAN DAPUR DIGITAL

Nomor: PPL/ABL/2030/17

Perjanjian ini ditandatangani di Malang pada tanggal 3 Februari 2030 antara PT Sinar Data Utama ("Penyedia") dan PT Angkasa Boga Lestari ("Pelanggan").

## Pasal 1 Definisi

1.1 "Hari" berarti hari kerja.

## Pasal 2 Jangka Waktu

2.1 Perjanjian berlaku sejak 1 Maret 2030 sampai dengan 28 Februari 2033.

2.2 Perjanjian diperpanjang otomatis selama 2 (dua) tahun, kecuali ada pemberitahuan dari salah satu Pihak selambat-lambatnya 45 (empat puluh lima) Hari sebelum masa itu habis.

## Pasal 3 Tingkat Layanan

3.1 Waktu respons dan penyelesaian:

| Prioritas | Respons | Penyelesaian |
|---|---|---|
| P1 | 20 menit | 5 jam |
| P2 | 2 jam | 2 hari kerja |

3.2 Ketersediaan bulanan Kasir Pusat sekurang-kurangnya 99,4%.

3.3 Jendela pemeliharaan adalah Kamis pukul 01.00-03.00 WIB.

## Pasal 4 Kredit

4.1 Apabila ketersediaan kurang dari 99,4% namun tidak kurang dari 98,5%, Pelanggan memperoleh kredit 4% dari biaya bulanan; apabila kurang dari 98,5%, kredit 9%.

4.2 Total kredit sebulan tidak melebihi 12% dari biaya bulanan.

## Pasal 5 Kewajiban Pelanggan

5.1 Menyediakan ruang server selambat-lambatnya 14 hari kalender sebelum pemasangan.

## Pasal 6 Pembayaran

6.1 Pelanggan wajib membayar dalam waktu 21 hari kalender setelah faktur sah diterima.

## Pasal 7 Pengakhiran

7.1 Setiap Pihak boleh memutuskan Perjanjian lewat pemberitahuan tertulis 60 (enam puluh) hari kalender di muka.

## Pasal 8 Urutan Keberlakuan

8.1 Dalam hal pertentangan, adendum didahulukan, kemudian Perjanjian ini, kemudian notulen.
"""

ENGLISH = """# Managed Services Agreement

Agreement No. MSA-NW-031

This agreement is made on 12 May 2029 between Sinar Data Utama Ltd (the "Provider") and Northwind Textiles Ltd (the "Customer").

## 1 Term

1.1 This Agreement shall commence on 1 June 2029 and expires on 31 May 2032.

1.2 The Agreement shall be automatically renewed for successive terms of twelve (12) months unless a party gives notice of non-renewal two (2) months prior to the end of the current term.

## 2 Service Levels

2.1 Priority 1: response within 10 minutes, resolution within 3 hours.

2.2 The Provider guarantees a monthly availability of 99.6% for Loom control; uptime of the network is 99.9%.

## 3 Service Credits

3.1 For every 0.2 percentage points under the target, a service credit of 3% of the monthly fee is due.

3.2 Credits are capped at 20% of the monthly charge.

## 4 Provider Obligations

4.1 Submit the monthly report by the 6th business day.

## 5 Client Responsibilities

5.1 Announce factory closures at least 10 business days in advance.

## 6 Termination

6.1 A party may terminate without cause on ninety (90) days' prior notice.
"""


@pytest.fixture
def indonesian(reading):
    return reading(INDONESIAN, "kontrak.md")


@pytest.fixture
def english(reading):
    return reading(ENGLISH, "msa.md")


def test_an_indonesian_agreement_is_read_as_a_whole(indonesian) -> None:
    agreement = indonesian.facts.agreement
    assert indonesian.klass.kind == "agreement"
    assert (agreement.number, agreement.kind) == ("PPL/ABL/2030/17", "contract")
    assert (agreement.provider, agreement.counterparty, agreement.customer_id) == (
        "PT Sinar Data Utama",
        "PT Angkasa Boga Lestari",
        1,
    )
    assert agreement.signed_on == date(2030, 2, 3)
    assert (agreement.effective_from, agreement.ends_on) == (date(2030, 3, 1), date(2033, 2, 28))
    assert (agreement.renewal, agreement.renewal_months) == ("automatic", 24)


def test_notice_is_counted_in_the_agreements_own_days(indonesian) -> None:
    agreement, clauses = indonesian.facts.agreement, indonesian.facts.clauses
    assert (agreement.notice_value, agreement.notice_unit) == (45, "business_day")
    assert clauses[agreement.notice_clause].number == "2.2"
    assert clauses[agreement.ends_on_clause].number == "2.1"
    assert agreement.extra["termination_notice"] == {"value": 60, "unit": "day", "clause": "7.1"}


def test_an_english_agreement_is_read_as_a_whole(english) -> None:
    agreement = english.facts.agreement
    assert (agreement.number, agreement.customer_id) == ("MSA-NW-031", 2)
    assert (agreement.effective_from, agreement.ends_on) == (date(2029, 6, 1), date(2032, 5, 31))
    assert (agreement.renewal, agreement.renewal_months) == ("automatic", 12)
    assert (agreement.notice_value, agreement.notice_unit) == (2, "month")
    assert agreement.extra["termination_notice"]["value"] == 90


def test_targets_come_from_sentences_and_tables(indonesian, english) -> None:
    rows = {(t.indicator, t.priority): (t.value, t.unit) for t in indonesian.facts.targets}
    assert rows[("response", "P1")] == (20, "minute")
    assert rows[("resolution", "P2")] == (2, "business_day")
    assert rows[("availability", None)] == (Decimal("99.4"), "percent")
    assert next(t.service for t in indonesian.facts.targets if t.indicator == "availability") == "Kasir Pusat"
    shares = {t.service: t.value for t in english.facts.targets if t.indicator == "availability"}
    assert shares == {"Loom control": Decimal("99.6"), "network": Decimal("99.9")}
    assert {(t.indicator, t.priority, t.value, t.unit) for t in english.facts.targets if t.priority} == {
        ("response", "P1", 10, "minute"),
        ("resolution", "P1", 3, "hour"),
    }


def test_credits_become_rules_to_compute_with(indonesian, english) -> None:
    by_number = {clause.number: clause.extra.get("credit") for clause in indonesian.facts.clauses}
    first, second = by_number["4.1"]
    assert (first["percent"], first["below"], first["at_least"]) == ("4", "99.4", "98.5")
    assert (second["percent"], second["below"]) == ("9", "98.5")
    assert by_number["4.2"][0]["cap"] == "12"
    step = next(clause.extra["credit"][0] for clause in english.facts.clauses if clause.number == "3.1")
    assert (step["percent"], step["step"]) == ("3", "0.2")


def test_topics_follow_headings_and_words(indonesian) -> None:
    topics = {clause.number: clause.topic for clause in indonesian.facts.clauses}
    assert topics == {
        "1.1": "definition", "2.1": "term", "2.2": "renewal", "3.1": "service_level", "3.2": "service_level", "3.3": "maintenance_window",
        "4.1": "credit", "4.2": "credit_cap", "5.1": "obligation_customer", "6.1": "payment", "7.1": "termination", "8.1": "precedence",
    }  # fmt: skip
    assert "adendum" in indonesian.facts.agreement.extra["precedence"]


def test_both_sides_have_duties_with_their_due_words(indonesian, english) -> None:
    duties = {(o.party, o.due) for o in indonesian.facts.obligations}
    assert ("customer", "selambat-lambatnya 14 hari kalender sebelum pemasangan") in duties
    assert ("customer", "dalam waktu 21 hari kalender setelah faktur sah diterima") in duties
    assert {(o.party, o.due) for o in english.facts.obligations} >= {
        ("provider", "by the 6th business day"),
        ("customer", "at least 10 business days in advance"),
    }


@pytest.mark.parametrize(
    ("sentence", "renewal"),
    [
        ("Tidak ada perpanjangan otomatis.", "none"),
        ("This Agreement shall not automatically renew.", "none"),
        ("Perjanjian dapat diperpanjang atas kesepakatan tertulis.", "none"),
        ("The term is automatically renewed for one year.", "automatic"),
    ],
)
def test_renewal_is_automatic_only_where_it_is_said(reading, sentence: str, renewal: str) -> None:
    text = f"# PERJANJIAN LAYANAN\n\nNomor: X-1/2030\n\n## Pasal 1 Jangka Waktu\n\n1.1 Berlaku sejak 1 Mei 2030 sampai dengan 30 April 2031.\n\n1.2 {sentence}\n"
    assert reading(text).facts.agreement.renewal == renewal


def test_an_end_that_is_a_length_is_computed_and_said_to_be(reading) -> None:
    text = (
        '# Hosting Agreement\n\nAgreement No. HA-9/30\n\nMade on 1 April 2030 between Acme Hosting Inc (the "Provider") and Northwind Textiles Ltd '
        '(the "Customer").\n\n## 1 Term\n\n1.1 The initial term is three (3) years from the date of this Agreement.\n\n## 2 Fees\n\n2.1 The fee is USD 900 per month.\n'
    )
    agreement = reading(text).facts.agreement
    assert (agreement.effective_from, agreement.ends_on) == (date(2030, 4, 1), date(2033, 3, 31))
    assert agreement.extra["ends_on_computed"] is True


def test_duties_under_a_partys_own_role_word_are_that_partys(reading) -> None:
    text = (
        '# PERJANJIAN LAYANAN\n\nNomor: RS-4/2031\n\nAntara Rumah Sakit Bina Waras ("Rumah Sakit") dan PT Sinar Data Utama ("Penyedia").\n\n'
        "## Pasal 1 Kewajiban Rumah Sakit\n\n1.1 Menunjuk narahubung siaga.\n\n## Pasal 2 Kewajiban Penyedia\n\n2.1 Menyerahkan laporan setiap bulan.\n"
    )
    assert [(o.party, o.due) for o in reading(text).facts.obligations] == [
        ("customer", None),
        ("provider", "setiap bulan"),
    ]


def test_parties_without_a_telling_role_are_known_by_who_pays(reading) -> None:
    text = (
        "PERJANJIAN KERJA SAMA\nNomor: 045/PKS/V/2030\n\nPada hari ini, Senin (06-05-2030), bertempat di Surabaya:\n"
        '1. PT Nusa Komputasi, diwakili oleh Direktur, selanjutnya disebut sebagai "PIHAK PERTAMA";\n'
        '2. PT Kopi Rakyat Sejahtera, diwakili oleh Direktur, selanjutnya disebut sebagai "PIHAK KEDUA".\n\n'
        "Pasal 1\nRuang Lingkup\n(1) PIHAK PERTAMA menyediakan layanan hosting.\n\nPasal 2\nJangka Waktu\n"
        "(1) Perjanjian ini berlaku selama 2 (dua) tahun terhitung sejak tanggal ditandatangani.\n\nPasal 3\nPembayaran\n"
        "(1) PIHAK KEDUA wajib membayar dalam waktu 14 hari kerja setelah faktur diterima.\n"
    )
    facts = reading(text, "pks.txt").facts
    assert (facts.agreement.provider, facts.agreement.counterparty) == ("PT Nusa Komputasi", "PT Kopi Rakyat Sejahtera")
    assert (facts.agreement.signed_on, facts.agreement.ends_on) == (date(2030, 5, 6), date(2032, 5, 5))
    assert [(o.party, o.due) for o in facts.obligations][-1] == (
        "customer",
        "dalam waktu 14 hari kerja setelah faktur diterima",
    )

"""Agreements and orders whose terms stand in a table of two columns."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.intake.prose.fee_lines import fee_lines, together

ENGLISH = """# Portal and Mail Agreement — Northwind Textiles

| Item | Term |
|---|---|
| Reference | NT-2030-07 |
| Period | 1 April 2030 – 31 March 2032 |
| Renewal | 6 months each time, unless either side writes at least 80 days before the end |
| Monthly fee | EUR 9,000 (Portal 5,500; Mail Archive 3,500) |
| Availability, portal | 99.40% per month |
| Severity 1 | response 20 minutes, restoration 3 hours |
| Severity 2 | response 1 hour, restoration 9 hours |
| Credit | 3% of the monthly fee when the portal is below target |
| Report | 6th calendar day |
| Payment | 40 days |
| Liability | five monthly fees |

Signed: Helen Marsh, Fajar Nugraha.
"""
INDONESIAN = """# Perjanjian Layanan Surel SMA Cendekia

| Butir | Isi |
|---|---|
| Nomor | PL-5/SC/2030 |
| Jangka waktu | 1 Juli 2030 s.d. 30 Juni 2032 |
| Perpanjangan | 12 bulan, kecuali salah satu pihak menulis 45 hari sebelumnya |
| Biaya bulanan | Rp 7.500.000 (Surel 5.000.000; Arsip 2.500.000) |
| Ketersediaan, surel | 99,20% per bulan |
| Prioritas 1 | tanggapan 30 menit, pemulihan 4 jam |
| Laporan | tanggal 8 |
| Pembayaran | 21 hari |
"""
ORDER = """# ORDER FORM 5512 - Harvest Pack

Customer: Northwind Textiles. Signed 4 March 2031 by Helen Marsh.

| Item | Value |
|---|---|
| Period | 1 May 2031 - 20 June 2031 |
| Price | EUR 4,000 once |
| Extra capacity | 40% |
| Portal availability in the period | 99.80% |

Half of the price is due on signature. If the availability is missed, the other half is waived.
"""
PRICES = """# Price agreement list

| Item | Value |
|---|---|
| Monthly fee portal | 500 |
| Price of mail | 250 |
| Credit card fee | 20 |
"""


@pytest.mark.parametrize(
    ("text", "number", "customer", "term", "renewal", "notice"),
    [
        (ENGLISH, "NT-2030-07", 2, (date(2030, 4, 1), date(2032, 3, 31)), 6, (80, "day")),
        (INDONESIAN, "PL-5/SC/2030", 4, (date(2030, 7, 1), date(2032, 6, 30)), 12, (45, "day")),
    ],
)
def test_each_row_of_a_table_of_terms_is_read_as_a_clause(reading, text, number, customer, term, renewal, notice):
    agreement = reading(text).facts.agreement
    assert (agreement.number, agreement.customer_id) == (number, customer)
    assert (agreement.effective_from, agreement.ends_on) == term
    assert (agreement.renewal, agreement.renewal_months) == ("automatic", renewal)
    assert (agreement.notice_value, agreement.notice_unit) == notice


def test_rows_have_their_topics_and_stand_in_the_text_word_for_word(reading):
    read = reading(ENGLISH)
    topics = {clause.heading: clause.topic for clause in read.facts.clauses}
    assert topics["Period"] == "term" and topics["Report"] == "reporting" and topics["Payment"] == "payment"
    assert topics["Severity 1"] == "service_level" and topics["Credit"] == "credit" and topics["Monthly fee"] == "charges"
    assert all(clause.text in read.text for clause in read.facts.clauses)


def test_targets_by_severity_and_service_come_out_of_the_rows(reading):
    found = {(target.service, target.indicator, target.priority): (target.value, target.unit) for target in reading(ENGLISH).facts.targets}
    assert found == {
        ("portal", "availability", None): (Decimal("99.40"), "percent"),
        (None, "response", "P1"): (Decimal(20), "minute"),
        (None, "resolution", "P1"): (Decimal(3), "hour"),
        (None, "response", "P2"): (Decimal(1), "hour"),
        (None, "resolution", "P2"): (Decimal(9), "hour"),
    }


def test_an_order_for_a_period_gives_values_with_their_first_and_last_day(reading):
    facts = reading(ORDER).facts
    assert (facts.agreement.number, facts.agreement.customer_id) == ("5512", 2)
    assert (facts.agreement.effective_from, facts.agreement.ends_on) == (date(2031, 5, 1), date(2031, 6, 20))
    (target,) = facts.targets
    assert (target.value, target.valid_from, target.extra["valid_until"]) == (Decimal("99.80"), date(2031, 5, 1), "2031-06-20")


def test_a_list_of_prices_stays_a_table(reading):
    assert "Item: Monthly fee portal; Value: 500" in reading(PRICES).text


@pytest.mark.parametrize("text", ["Monthly fee: EUR 9,000 (Portal 5,500; Mail Archive 3,500)", "Biaya bulanan: EUR 9.000 (Portal 5.500; Arsip 3.500)"])
def test_what_a_sum_is_made_of_is_not_added_to_it(text):
    lines = fee_lines(text)
    assert [line.amount for line in lines] == [9000, 5500, 3500] and [line.total for line in lines] == [True, False, False]
    assert together(lines) == {("EUR", "month"): Decimal(9000)}


def test_brackets_that_do_not_make_the_sum_are_no_parts():
    assert len(fee_lines("Monthly fee: EUR 9,000 (Portal 5,500; 12 mailboxes 3,400)")) == 1

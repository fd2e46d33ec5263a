"""Schedules in documents of their own, effective days with a label, notice in the opening, targets whose row names what is measured."""

from datetime import date
from decimal import Decimal

SCHEDULE = """# SCHEDULE C – SERVICE LEVELS

to Master Services Agreement No. MSA/TRT/2031/004 (Harbour Tiles Ltd.)

## C1. Availability

Portal: 99.2% per calendar month

Archive: 98.5% per month

## C2. Service credits

If availability falls below its target, the customer receives the following credit on the monthly fee:

| Monthly availability | Credit |
| --- | --- |
| 98.0% or more but less than 99.2% | 4% |
| less than 98.0% | 9% |
"""

AMENDMENT = """# AMENDMENT NO. 3

to Master Services Agreement No. MSA/TRT/2031/004 between Tirta Data and Harbour Tiles Ltd.

Effective date of this Amendment: 1 June 2032

1. In clause 2.2 the words "ninety (90) days" are replaced by "thirty (30) days".
"""


def test_a_schedule_stands_under_the_agreement_that_it_names(reading) -> None:
    facts = reading(SCHEDULE, "schedule-c.md").facts
    assert (facts.agreement.kind, facts.agreement.number, facts.agreement.extra["annex_of"]) == ("sla", None, "MSA/TRT/2031/004")
    assert {(one.service, one.value) for one in facts.targets} == {("Portal", Decimal("99.2")), ("Archive", Decimal("98.5"))}


def test_tiers_in_a_schedules_table(reading) -> None:
    facts = reading(SCHEDULE, "schedule-c.md").facts
    credit = next(clause for clause in facts.clauses if clause.number == "C2").extra["credit"]
    assert [(rule["percent"], rule["below"], rule.get("at_least")) for rule in credit] == [("4", "99.2", "98.0"), ("9", "98.0", None)]


def test_a_labelled_effective_date_is_the_amendments(reading) -> None:
    facts = reading(AMENDMENT, "amendment-3.md").facts
    assert facts.agreement.effective_from == date(2032, 6, 1)
    assert {change.effective_from for change in facts.changes} == {date(2032, 6, 1)}


def test_notice_that_only_the_opening_states(reading) -> None:
    text = """# KESEPAKATAN TINGKAT LAYANAN (SLA)

Masa berlaku: 1 Mei 2031 s.d. 30 April 2033. Pemberitahuan perpanjangan disampaikan paling lambat 45 hari kalender sebelum masa berlaku berakhir.

## 1. Sasaran tingkat layanan

Waktu respons gangguan kritis: 20 menit

Waktu respons permintaan layanan: 2 Hari Kerja

## 2. Pelaporan

Laporan bulanan disampaikan paling lambat tanggal 8 bulan berikutnya.
"""
    facts = reading(text, "sla.md").facts
    assert (facts.agreement.ends_on, facts.agreement.notice_value, facts.agreement.notice_unit) == (date(2033, 4, 30), 45, "day")
    assert {(one.priority, one.value, one.unit) for one in facts.targets} == {("P1", Decimal(20), "minute"), (None, Decimal(2), "business_day")}


def test_a_row_names_what_its_target_measures(reading) -> None:
    text = """# OPERATIONAL LEVEL AGREEMENT (OLA)

Between the desk and the storage team, valid from 1 January 2031.

| Activity | Responsible | Target |
| --- | --- | --- |
| Response to P1 | Storage team | 10 minutes |
| Restore of a volume, P1 | Storage team | 2 hours |
| Weekly review | Desk | Friday |
"""
    facts = reading(text, "ola.md").facts
    assert {(one.indicator, one.priority, one.value, one.unit) for one in facts.targets} == {
        ("response", "P1", Decimal(10), "minute"), ("resolution", "P1", Decimal(2), "hour"),
    }  # fmt: skip
    assert len({one.quote for one in facts.targets}) == 2

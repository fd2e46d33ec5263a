"""Units of headings and titles, and cells as typed values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.customers import CustomerBook
from knowledge.intake.names_compared import contradict
from knowledge.intake.tables.headings import heading_score
from knowledge.intake.tables.periods import read_period
from knowledge.intake.tables.units import Unit, bare_heading, unit_of_heading, unit_of_title
from knowledge.intake.tables.values import decimal_mark, read_bool, read_duration, read_money, split_list
from knowledge.linking import ContactName, KnownCustomer, Linker, Names
from knowledge.records.schema import schema

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1000)


@pytest.mark.parametrize(("heading", "unit", "bare"), [
    ("Nilai (Rp juta)", Unit(MILLION, "IDR"), "Nilai"),
    ("Biaya/bulan (IDR)", Unit(currency="IDR", per="month"), "Biaya/bulan"),
    ("Waktu pulih (jam)", Unit(measure="hour"), "Waktu pulih"),
    ("Revenue, USD thousand", Unit(THOUSAND, "USD"), "Revenue"),
    ("Anggaran (Rp M)", Unit(Decimal(10**9), "IDR"), "Anggaran"),
    ("Fee (SGD '000)", Unit(THOUSAND, "SGD"), "Fee"),
    ("Uptime %", Unit(measure="percent"), "Uptime"),
    ("Keterangan", Unit(), "Keterangan"),
    ("Hours to restore", Unit(measure="hour"), "Hours to restore"),
    ("jam_sampai_pulih", Unit(measure="hour"), "jam_sampai_pulih"),
    ("Jam layanan", Unit(), "Jam layanan"),
    ("Minggu ke", Unit(), "Minggu ke"),
])  # fmt: skip
def test_a_heading_carries_its_unit(heading: str, unit: Unit, bare: str) -> None:
    assert (unit_of_heading(heading), bare_heading(heading)) == (unit, bare)


@pytest.mark.parametrize(("title", "unit"), [
    ("Omzet 2026 (juta rupiah)", Unit(MILLION, "IDR")),
    ("dalam juta rupiah (EUR dan USD dikonversi)", Unit(MILLION, "IDR")),
    ("SGD million unless stated", Unit(MILLION, "SGD")),
    ("Harga belum termasuk pajak", Unit()),
    ("Tanggapan dalam 30 menit", Unit()),
])  # fmt: skip
def test_a_title_states_a_unit_only_when_it_does(title: str, unit: Unit) -> None:
    assert unit_of_title(title) == unit


@pytest.mark.parametrize(("heading", "kind", "field"), [
    ("Tgl Lapor", "ticket", "opened_at"), ("OpenedAt", "ticket", "opened_at"), ("No. HP", "contact", "phone"), ("Prioirtas", "ticket", "priority"),
    ("Jabatan / Position", "contact", "job_title"), ("target_pct", "measurement", "target"), ("Nama Klien", "customer", "name"),
])  # fmt: skip
def test_headings_of_other_companies_fit_their_field(heading: str, kind: str, field: str) -> None:
    fields = schema(kind).fields
    assert heading_score(heading, fields[field]) >= 0.75
    assert max(fields.values(), key=lambda one: heading_score(heading, one)).name == field


@pytest.mark.parametrize(("cell", "unit", "expected"), [
    ("Rp 1,2 M", Unit(), (Decimal("1200000000"), "IDR")),
    ("1.250,5", Unit(MILLION, "IDR"), (Decimal("1250500000"), "IDR")),
    (12, Unit(THOUSAND, "EUR"), (Decimal(12000), "EUR")),
    ("-", Unit(), None),
])  # fmt: skip
def test_money_cells(cell: Any, unit: Unit, expected: tuple[Decimal, str] | None) -> None:
    assert read_money(cell, unit, ",") == expected


@pytest.mark.parametrize(("cell", "year", "expected"), [
    ("Q2 2026", None, (date(2026, 4, 1), date(2026, 6, 30))), ("TW III", 2025, (date(2025, 7, 1), date(2025, 9, 30))),
    ("Agt", 2026, (date(2026, 8, 1), date(2026, 8, 31))), (2024, None, (date(2024, 1, 1), date(2024, 12, 31))), ("Pelanggan", 2026, None), ("Q1", None, None),
])  # fmt: skip
def test_periods_of_headings(cell: Any, year: int | None, expected: tuple[date, date] | None) -> None:
    found = read_period(cell, year)
    assert (found and (found.start, found.end)) == expected


def test_other_cells() -> None:
    assert read_duration("2 jam 15 menit", "minute", Unit()) == 135
    assert read_duration(30, "hour", Unit(measure="minute")) == Decimal("0.5")
    assert [read_bool(cell) for cell in ("Tercapai", "Not met", "✓", "mungkin", 0)] == [True, False, True, None, False]
    assert split_list("Bank Kenanga, PT Melati; K-3") == ["Bank Kenanga, PT Melati", "K-3"]
    assert split_list("Bank Kenanga, PT Melati dan Dahlia") == ["Bank Kenanga", "PT Melati", "Dahlia"]
    assert decimal_mark(["8.450,00", "12,5"]) == "," and decimal_mark(["1.000", "2.000"]) is None


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    read_period(text, 2026)
    read_money(text, Unit())
    read_bool(text)
    unit_of_heading(text)
    unit_of_title(text)


def test_names_that_contradict_never_merge() -> None:
    book = CustomerBook()
    melati = book.add({"key": "K1", "name": "Melati 45", "legal_name": "PT Melati 45"}).id
    assert book.find("PT. MELATI 45", "f") == melati and book.merges == []
    assert [book.find(text, "f") for text in ("PT Melati 46", "CV Melati 45", "Mawar 45")] == [None, None, None]
    assert contradict("PT Sinar Timur", "PT Sinar Barat") and not contradict("PT Sinar Timur", "Sinar Timor")


def test_a_linker_finds_customers_in_codes_domains_and_file_names_and_people_by_short_names() -> None:
    linker = Linker(Names(
        [KnownCustomer(1, "MLT", "abbreviation"), KnownCustomer(1, "PT Melati Sejahtera", "legal"), KnownCustomer(2, "kenanga.example", "domain")],
        [ContactName(5, 7, "Dr. Ratih Puspita, M.M.", 1), ContactName(6, 8, "Ratih Anggun", 2), ContactName(9, 9, "Guntur Wibawa", None)],
    ))  # fmt: skip
    assert [one.id for one in linker.customers("2026-01-02_MLT_notulen.md dan PKS-MLT-2026-004")] == [1, 1]
    assert [one.id for one in linker.customers("dari ani@mail.kenanga.example")] == [2]
    assert set(linker.people("Bu Ratih menelepon")[0].customer_ids) == {1, 2}
    assert linker.people("Ratih Puspita hadir")[0].customer_id == 1
    assert linker.people("Pak Guntur")[0].provider

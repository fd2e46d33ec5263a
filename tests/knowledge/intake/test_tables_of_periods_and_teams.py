"""A first and a last day in one cell, teams beside their customers, cards that look like lists of logins, figures beside a kind's fields."""

from datetime import date

import pytest

from knowledge.documents.loading import load
from knowledge.intake.mapped import years_named
from knowledge.intake.prose.classify import classify
from knowledge.intake.tables.mapping import Surroundings
from knowledge.intake.tables.recognising import map_table
from knowledge.intake.tables.values import read_range
from tests.knowledge.intake.test_tables_of_other_companies import KNOWN, book, csv, understood


@pytest.mark.parametrize(
    "text", ["1 Apr 2031 s.d. 31 Mar 2033", "01/04/2031 - 31/03/2033", "1 April 2031 sampai dengan 31 Maret 2033", "2031-04-01 to 2033-03-31", "Apr 2031 – Mar 2033", "Apr 2031 s.d. Mar 2033 (24 bln)"]
)
def test_both_days_of_a_cell(text: str) -> None:
    assert read_range(text) == (date(2031, 4, 1), date(2033, 3, 31))


@pytest.mark.parametrize("text", ["1 April 2031", "2031-04-01", "24 bulan", "April 2031", ""])
def test_one_day_is_no_range(text: str) -> None:
    assert read_range(text) is None


def test_a_period_of_validity_ends_on_its_last_day() -> None:
    mapping, drafts = understood("klien.xlsx", book("Daftar Klien", [
        ["Nama Klien", "Segmen", "Masa Berlaku", "AM"],
        ["Kopi Rimba", "Makanan", "1 Apr 2031 s.d. 31 Mar 2033", "Dian Puspa"], ["Harbour Tiles", "Bahan bangunan", "1 Jun 2030 s.d. 31 Mei 2031", "Rudi Sasmita"],
    ]))  # fmt: skip
    assert mapping.kind == "customer"
    assert [draft.values["contract_end"] for draft in drafts] == [date(2033, 3, 31), date(2031, 5, 31)]
    assert drafts[0].extra["Masa Berlaku"] == "1 Apr 2031 s.d. 31 Mar 2033"


def test_a_subscription_takes_both_days() -> None:
    _, drafts = understood("langganan.csv", csv("Pelanggan;Layanan;Berlaku sampai;Biaya (Rp)", "KRA;Jaringan;1/4/2031 - 31/3/2033;1.500.000", "HTP;Jaringan;1/6/2030 - 31/5/2031;1.750.000"))
    assert [(draft.values["start"], draft.values["end"]) for draft in drafts] == [(date(2031, 4, 1), date(2033, 3, 31)), (date(2030, 6, 1), date(2031, 5, 31))]


def test_a_team_is_no_list_of_customers() -> None:
    (table,) = load("tim.csv", csv("Nama AM;Nama Lengkap;Segmen;Target", "Dian P.;Dian Puspa;Ritel;12", "Rudi S.;Rudi Sasmita;Logistik;9")).tables
    mapping = map_table(table, Surroundings("tim.csv"), KNOWN.__contains__)
    assert mapping is None or mapping.kind != "customer"


def test_a_card_about_one_account_gives_nobody_rights() -> None:
    rows = [["Account", "Harbour Tiles"], ["Decision maker", "Ann Field, Plant Director"], ["Sites", "Tegal, Brebes"], ["Invoice to", "ap@harbour.example"]]
    (table,) = load("card.xlsx", book("Card Harbour", rows)).tables
    mapping = map_table(table, Surroundings("card.xlsx", "Harbour Tiles"), KNOWN.__contains__)
    assert mapping is None or mapping.kind != "access"


def test_a_figure_that_the_kind_does_not_know_is_a_number_in_its_columns_way_of_writing() -> None:
    _, drafts = understood("klien.csv", csv("Nama Klien;Kota;AM;Omzet (jt)", "Kopi Rimba;Solo;Dian Puspa;1.840", "Harbour Tiles;Tegal;Rudi Sasmita;642,5"))
    assert [draft.extra["Omzet (jt)"] for draft in drafts] == [1840, 642.5]


def test_a_remark_is_no_title() -> None:
    rows = [["Buku akun Tirta Data"], ["Klien", "Kota", "AM"], ["Kopi Rimba", "Solo", "Dian Puspa"], ["Harbour Tiles", "Tegal", "Rudi Sasmita"], [None], ["* nilai setahun, belum PPN"]]
    doc = load("akun.xlsx", book("Akun", rows))
    assert not classify(doc, "akun.xlsx").title.startswith("*")


@pytest.mark.parametrize(("text", "years"), [("FY31", {2031}), ("TA 31", {2031}), ("FY'30 margin", {2030}), ("Unit FYI 31", set())])
def test_a_year_in_short_completes_quarters(text: str, years: set[int]) -> None:
    assert years_named((text,)) == years


def test_figures_of_no_metric_are_called_what_their_sheet_is() -> None:
    _, drafts = understood("laporan.xlsx", book("Mood", [["Account", "Q1 2031", "Q2 2031"], ["Kopi Rimba", 7, 8], ["Harbour Tiles", 6, 3]]))
    assert {draft.values["name"] for draft in drafts} == {"Mood"}


def test_prices_of_two_years_are_no_measurements() -> None:
    (table,) = load("tarif.xlsx", book("Tarif", [["Kode", "Layanan", "Satuan", "tarif_2030", "tarif_2031"], ["A", "Jaringan", "titik", 90, 95], ["B", "Surel", "akun", 12, 13]])).tables
    assert map_table(table, Surroundings("tarif.xlsx", None, 2031), KNOWN.__contains__) is None


def test_what_was_measured_is_told_by_the_title() -> None:
    rows = [["Calls answered in time by team, percent", None, None, None], ["Account", "Target", "2031-01", "2031-02"], ["Kopi Rimba", 95, 96.5, 93], ["Harbour Tiles", 90, 91, 92]]
    _, drafts = understood("desk_levels.xlsx", book("desk_pct", rows), 2031)
    assert {draft.values["indicator"] for draft in drafts} == {"Calls answered in time by team"}
    assert [draft.values["met"] for draft in drafts] == [True, False, True, True] and {draft.values["unit"] for draft in drafts} == {"percent"}

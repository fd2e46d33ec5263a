"""Tables of untidy files: contacts beside customers, headings that say nothing, limits as targets, quarters written backwards."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.documents.loading import load
from knowledge.intake.tables.mapping import Surroundings
from knowledge.intake.tables.periods import read_period
from knowledge.intake.tables.recognising import map_table
from tests.knowledge.intake.test_tables_of_other_companies import KNOWN, book, csv, understood


def test_people_in_a_list_of_customers_are_contacts() -> None:
    mapping, _ = understood("plg.xlsx", book("Plg", [
        ["Kd Plg", "Nama Plg", "Kota", "AM", "Kontak Utama", None, None],
        [None, None, None, None, "Nama", "Jbtn", "No. HP"],
        ["C-7", "Kopi Rimba", "Solo", "Dian Puspa", "Sri Wahyuni", "Direktur", "0812-100-200"],
        ["C-8", "Harbour Tiles", "Tegal", "Dian Puspa", "Tom Baker", "CIO", "0812-100-300"],
    ], ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1")))  # fmt: skip
    assert mapping.kind == "customer"
    assert mapping.fields["account_manager"].heading == "AM"
    assert mapping.beside is not None
    assert {name: column.heading for name, column in mapping.beside.fields.items()} == {
        "name": "Kontak Utama / Nama", "job_title": "Kontak Utama / Jbtn", "phone": "Kontak Utama / No. HP",
    }  # fmt: skip


def test_an_opportunity_under_a_heading_that_says_nothing() -> None:
    _, drafts = understood("funnel.csv", csv(
        "Opp #;Cust.;What;Est. value (Rp mio);Prob.;Exp. close;Stage;AE", "O-1;KRA;Sensor for the roasting line;950;60%;15 Des 2026;Proposal;Dian P.", "O-2;HTP;Second storage node;1700;30%;20 Mar 2027;Lead;Rudi S.",
    ))  # fmt: skip
    values = drafts[0].values
    assert (values["title"], values["value"], values["expected_close"], values["owner"]) == ("Sensor for the roasting line", Decimal(950_000_000), date(2026, 12, 15), "Dian P.")


@pytest.mark.parametrize("heading", ["No. Fakt.", "No Faktur", "Inv no", "No Kuitansi"])
def test_invoices_are_no_opportunities(heading: str) -> None:
    (table,) = load("tagihan.csv", csv(f"{heading};Tgl;Plg;Jml (Rp)", "F-1;01/07/2026;KRA;1.500.000,00", "F-2;01/08/2026;HTP;2.500.000,50")).tables
    assert map_table(table, Surroundings("tagihan.csv"), KNOWN.__contains__) is None


def test_a_time_measured_against_its_limit_is_missed_when_it_is_longer() -> None:
    _, drafts = understood("sla.xlsx", book("SLA", [
        ["Waktu tanggap insiden kritis (menit)"], ["Plg", "Maks.", "Jul 2026", "Agt 2026"], ["Kopi Rimba", 15, 12, 18], ["Harbour Tiles", 30, 25, 34],
    ]))  # fmt: skip
    assert [(draft.values["target"], draft.values["value"], draft.values["unit"], draft.values["met"]) for draft in drafts[:2]] == [
        (Decimal(15), Decimal(12), "minute", True), (Decimal(15), Decimal(18), "minute", False),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), [("1Q26", date(2026, 1, 1), date(2026, 3, 31)), ("3Q 2025", date(2025, 7, 1), date(2025, 9, 30)), ("2H25", date(2025, 7, 1), date(2025, 12, 31))])
def test_quarters_with_the_number_first(text: str, start: date, end: date) -> None:
    period = read_period(text)
    assert period is not None
    assert (period.start, period.end) == (start, end)

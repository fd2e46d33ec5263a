"""Tables whose rows no record kind knows stay tables; lists that merely name customers are no lists of customers."""

from typing import Any

import pytest

from knowledge.documents.loading import load
from knowledge.intake.tables.headings import heading_score, rank
from knowledge.intake.tables.mapping import Mapping, Surroundings
from knowledge.intake.tables.recognising import map_table
from knowledge.records.schema import schema
from tests.knowledge.intake.test_tables_of_other_companies import KNOWN, book

ROUTERS = [["Tag Aset", "Jenis", "Plg", "Lokasi"], ["AS-1", "Router", "Kopi Rimba", "Gudang"], ["AS-2", "UPS", "Kopi Rimba", "Kantor"], ["AS-3", "Router", "Harbour Tiles", "Dock"]]
SITES = [["Kode", "Pelanggan", "Lokasi"], ["L-1", "Kopi Rimba", "Gudang"], ["L-2", "Kopi Rimba", "Kantor"], ["L-3", "Harbour Tiles", "Dock"]]
LICENCES = [["Nama Lisensi", "Kursi", "Klien", "Berlaku s.d."], ["Backup", 30, "Kopi Rimba", "2026-12-15"], ["Mail", 300, "Harbour Tiles", "2026-10-01"]]
INVOICES = [["No Invoice", "Tgl Invoice", "Pelanggan", "Layanan", "Jumlah (Rp)", "Status"], ["F-1", "2026-07-03", "Kopi Rimba", "WAN", 48500000, "Lunas"], ["F-2", "2026-08-03", "Harbour Tiles", "WAN", 22400000, "Belum bayar"]]
TRAININGS = [["Tanggal", "Judul Pelatihan", "Peserta", "Lembaga", "Biaya (Rp)", "Hasil"], ["2026-02-12", "ITIL 4", "Sari Dewi", "Edukasi Satu", 7500000, "Lulus"], ["2026-05-20", "ENCOR", "Bima Putra", "Netkampus", 14000000, "Tidak lulus"]]

VISITS = [["Activity ID", "Activity Date", "Client", "Type", "Contact", "Logged by", "Summary"], ["V-1", "2026-07-03", "Kopi Rimba", "visit", "Sari Dewi", "Bima Putra", "Likes the new router."], ["V-2", "2026-08-03", "Harbour Tiles", "call", "Ann Low", "Bima Putra", "Asks for the list of ports."]]
COMPLAINTS = [["complaint_ref", "received_on", "client", "raised_by", "topic", "handler", "state", "closed_on"], ["K-1", "2026-07-03", "Kopi Rimba", "Sari Dewi", "router reboots each night", "Bima Putra", "closed", "2026-07-09"], ["K-2", "2026-08-03", "Harbour Tiles", "Ann Low", "nobody called back", "Bima Putra", "open", None]]


def mapped(name: str, rows: list[list[Any]]) -> Mapping | None:
    (table,) = load(f"{name}.xlsx", book(name, rows)).tables
    return map_table(table, Surroundings(f"{name}.xlsx"), KNOWN.__contains__)


@pytest.mark.parametrize("rows", [ROUTERS, SITES, LICENCES, INVOICES, TRAININGS, VISITS])
def test_no_record_kind(rows: list[list[Any]]) -> None:
    assert mapped("Lembar", rows) is None


def test_complaints_with_a_topic_and_a_state_are_no_tickets() -> None:
    mapping = mapped("complaints_list", COMPLAINTS)
    assert mapping is not None and mapping.kind == "feedback"
    assert {name: column.heading for name, column in mapping.fields.items()}.items() >= {"words": "topic", "person": "raised_by", "on": "received_on"}.items()


def test_each_customer_once_with_a_town_is_a_list_of_customers() -> None:
    mapping = mapped("Lembar", [["Kode", "Pelanggan", "Kota"], ["C-7", "Kopi Rimba", "Malang"], ["C-8", "Harbour Tiles", "Batam"]])
    assert mapping is not None and mapping.kind == "customer"


def test_the_usual_word_for_a_field_comes_first() -> None:
    field = schema("customer").fields["segment"]
    assert rank("Segmen", field) < rank("Industri", field)


@pytest.mark.parametrize("heading", ["Skor CSAT (1-5)", "CSAT Score (skala 10)", "Nilai Kepuasan"])
def test_a_score_with_its_scale(heading: str) -> None:
    assert heading_score(heading, schema("survey_response").fields["score"]) >= 0.66

"""Tables as account teams keep them: what customers and people are called, codes of customers beside the record's own number, scales and
remarks in headings and cells, service levels that are neither errors nor continuity."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.documents.loading import load
from knowledge.intake.tables.mapping import Surroundings
from knowledge.intake.tables.recognising import map_table
from tests.knowledge.intake.test_tables_of_other_companies import book, csv, understood


def test_what_people_call_a_customer_is_an_alias_and_not_its_name() -> None:
    mapping, drafts = understood("mitra.xlsx", book("Mitra", [
        ["PT PENYEDIA – DAFTAR MITRA LAYANAN", None, None, None, None],
        ["Kode", "Nama mitra", "Panggilan", "Jenis", "Account manager"],
        ["C-7", "PT Kopi Rimba Abadi", "Korim / Kopi Rimba", "Kedai", "Nadia Putri"],
        ["C-8", "Harbour Tiles Pte Ltd", "Tiles; HT", "Pabrik", "Rudi Halim"],
    ]))  # fmt: skip
    assert mapping.kind == "customer"
    named = [(one.key, one.values.get("legal_name") or one.values.get("name"), one.values["aliases"]) for one in drafts]
    assert named == [("C-7", "PT Kopi Rimba Abadi", ["Korim", "Kopi Rimba"]), ("C-8", "Harbour Tiles Pte Ltd", ["Tiles", "HT"])]


def test_also_called_is_an_alias() -> None:
    _, drafts = understood("book.csv", csv("Cust ID,Customer,Also called,Segment,Account manager", "C-7,PT Kopi Rimba Abadi,KRA,Coffee,Nadia Putri", "C-8,Harbour Tiles Pte Ltd,HTP,Tiles,Rudi Halim"))
    assert [one.values["aliases"] for one in drafts] == [["KRA"], ["HTP"]]


def test_codes_of_customers_are_not_the_records_own() -> None:
    mapping, drafts = understood("proyek.csv", csv("No,Kode,Proyek,Manajer proyek,Status,Selesai", "PR-01,C-7,Kasir baru,Nadia Putri,berjalan,12/12/2031", "PR-02,C-8,Migrasi gudang,Rudi Halim,tertunda,menunggu dana"))
    assert mapping.kind == "project"
    assert [(one.key, one.customer, one.values["name"]) for one in drafts] == [("PR-01", ["C-7"], "Kasir baru"), ("PR-02", ["C-8"], "Migrasi gudang")]
    _, people = understood("kontak.csv", csv("kode,nama,panggilan,jabatan,telepon", "C-7,Suroso Wibowo,Pak Roso,Direktur,0370-555101", "C-8,Helen Marsh,Helen,IT lead,0370-555102"))
    assert [(one.key, one.customer, one.values["called"]) for one in people] == [(None, ["C-7"], "Pak Roso"), (None, ["C-8"], "Helen")]


def test_scales_in_headings_are_no_part_of_the_words() -> None:
    mapping, drafts = understood("survei.csv", csv("semester;kode;skor_1_sampai_5;mau_merekomendasikan_0_10;komentar", "2031-S1;C-7;3,9;7;", "2031-S2;C-8;4,2;8;antrean tertib"))
    assert mapping.kind == "survey_response"
    assert [(one.customer, one.values["wave"], one.values["score"], one.values["nps"]) for one in drafts] == [
        (["C-7"], "2031-S1", Decimal("3.9"), 7), (["C-8"], "2031-S2", Decimal("4.2"), 8),
    ]  # fmt: skip


def test_a_pipeline_whose_headings_are_short_questions() -> None:
    mapping, drafts = understood("pipeline.csv", csv(
        "No,Cust,What,Stage,Chance %,Decision expected,Owner", "O-1,C-7,DR for 12 servers,quotation,50,2031-12-18,Nadia", "O-2,C-8,40 access points for the annex,verbal yes,90,2031-12-01,Rudi",
    ))  # fmt: skip
    assert mapping.kind == "opportunity"
    assert [(one.values["title"], one.values["stage"], one.values["probability"], one.values["expected_close"]) for one in drafts] == [
        ("DR for 12 servers", "quotation", Decimal("0.5"), date(2031, 12, 18)), ("40 access points for the annex", "verbal yes", Decimal("0.9"), date(2031, 12, 1)),
    ]  # fmt: skip


def test_a_chance_with_a_remark_says_how_it_ended() -> None:
    _, drafts = understood("peluang.csv", csv("No,Kode,Peluang,Nilai,Kemungkinan,Perkiraan tutup", "OP-1,C-7,Kios anggota,180,60%,29/01/2032", "OP-2,C-8,LMS sekolah,85,0% (kalah Juli 2031),-"))
    assert [(one.values["probability"], one.values.get("stage")) for one in drafts] == [(Decimal("0.6"), None), (0, "lost")]


def test_minutes_until_a_service_was_restored() -> None:
    mapping, drafts = understood("tiket.csv", csv("no_tiket;tanggal;kode_mitra;prioritas;ringkasan;menit_sampai_pulih;status", "T-1;2031-07-06;C-7;P2;cetak lambat;210;Selesai", "T-2;2031-07-15;C-8;P1;mati total;188;Selesai"))
    assert (mapping.kind, [one.values["resolution_minutes"] for one in drafts]) == ("ticket", [210, 188])
    _, english = understood("tickets.csv", csv("Ticket,Opened,Customer,Prio,Summary,Status,Minutes to restore", "T-1,2031-07-06 08:00,C-7,P1,down,closed,195", "T-2,2031-07-07 08:00,C-8,P2,slow,closed,20"))
    assert [one.values["resolution_minutes"] for one in english] == [195, 20]


@pytest.mark.parametrize("headings", [("Prio", "Response", "Restore"), ("Prioritas", "Tanggapan", "Pemulihan"), ("Level", "Response time", "Fix time")])
def test_times_promised_by_priority_are_neither_known_errors_nor_continuity(headings: tuple[str, str, str]) -> None:
    text = f"# Layanan\n\n| {' | '.join(headings)} |\n|---|---|---|\n| P1 | 30 minutes | 5 hours |\n| P2 | 1 hour | 10 hours |\n| P3 | next working day | 4 working days |\n"
    (table,) = load("levels.md", text.encode()).tables
    assert map_table(table, Surroundings("levels.md"), lambda text: False) is None


ERRORS = """# Known errors

## ER-7 Print server forgets its queues
Affects: Mail Relay on host B. Symptom: jobs vanish after a restart.
Workaround: restart the spooler twice. Fix: release 4.2, planned 6 April 2031. Status: open.
## ER-9 Scanner shows yesterday's date
Affects: Archive. Symptom: wrong date on labels.
Workaround: set the clock by hand. Fix: none yet. Status: open.
"""


def test_a_register_of_errors_in_sections_and_what_it_affects() -> None:
    mapping, drafts = understood("errors.md", ERRORS.encode())
    assert mapping.kind == "known_error"
    assert [(one.key, one.values["title"], one.values["service"], one.values["workaround"], one.values["permanent_fix"], one.values["status"], one.customers) for one in drafts] == [
        ("ER-7", "Print server forgets its queues", "Mail Relay on host B", "restart the spooler twice", "release 4.2, planned 6 April 2031", "open", []),
        ("ER-9", "Scanner shows yesterday's date", "Archive", "set the clock by hand", "none yet", "open", []),
    ]
    _, whom = understood("errors.md", ERRORS.replace("Mail Relay on host B", "Harbour Tiles, Kopi Rimba").encode())
    assert whom[0].customers == ["Harbour Tiles", "Kopi Rimba"]


def test_a_target_that_changes_within_the_year() -> None:
    _, drafts = understood("availability.csv", csv("Client,Service,Target,Apr,Jun,Jul,Sep", '"KRA",Colocation,"99.50 until Jun, 99.70 from Jul",99.72,99.58,99.75,99.42', "HTP,Mail Relay,99.10,99.72,99.58,99.05,99.42"), year=2031)
    first = [(one.values["period_start"].month, one.values["target"], one.values["met"]) for one in drafts if one.customer == ["KRA"]]
    assert first == [(4, Decimal("99.50"), True), (6, Decimal("99.50"), True), (7, Decimal("99.70"), True), (9, Decimal("99.70"), False)]


def test_remarks_say_since_and_until_when_people_hold_a_post() -> None:
    _, drafts = understood("kontak.csv", csv(
        "Pelanggan,Nama,Jabatan,Peran,Telepon,Catatan", 'KRA,Joko Susilo,Direktur,mantan,0812-1,"pensiun 31 Agustus 2031, jangan dihubungi"',
        "KRA,Fitri Anggun,Direktur,pengambil keputusan,0812-2,menggantikan Pak Joko sejak 1 September 2031", "HTP,Helen Marsh,IT lead,teknis,0812-3,no calls on Friday",
    ))  # fmt: skip
    assert [(one.values.get("valid_from"), one.values.get("valid_until")) for one in drafts] == [(None, date(2031, 8, 31)), (date(2031, 9, 1), None), (None, None)]

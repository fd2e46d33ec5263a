"""Tables as companies head them: abbreviations, both languages, title rows, merged cells, units in brackets, two heading rows."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from knowledge.documents.loading import load
from knowledge.intake.tables.drafts import RecordDraft
from knowledge.intake.tables.mapping import Mapping, Surroundings
from knowledge.intake.tables.recognising import map_table
from knowledge.intake.tables.rows import RowReader

Cells = list[list[Any]]
KNOWN = frozenset({"Kopi Rimba", "PT Kopi Rimba Abadi", "KRA", "C-7", "Harbour Tiles", "Harbour Tiles Pte Ltd", "HTP", "C-8"})


def book(name: str, rows: Cells, merged: tuple[str, ...] = ()) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def understood(source: str, data: bytes, year: int | None = None) -> tuple[Mapping, list[RecordDraft]]:
    """The only table of a file, as it is understood, and its records."""
    (table,) = load(source, data).tables
    mapping = map_table(table, Surroundings(source, year=year), KNOWN.__contains__)
    assert mapping is not None, table.headings
    reader = RowReader(mapping, year=year, mentions=lambda text: [])
    return mapping, [draft for row in table.rows for draft in reader.drafts(row)]


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def fields(mapping: Mapping) -> dict[str, str | None]:
    return {column.heading: mapping.field_of(column.index) for column in mapping.columns}


def test_measured_levels_under_an_agreement_column_and_short_months() -> None:
    mapping, drafts = understood("uptime_log.csv", csv(
        "Cust.;Svc;Mth;KPI;SLA;Avail. %", "KRA;Colocation;Jun-26;Uptime;99,5;99,71", "KRA;Colocation;Jul-26;Uptime;99,5;98,2", "HTP;Mail Relay;Jun-26;Uptime;99;99,9",
    ))  # fmt: skip
    assert mapping.kind == "measurement"
    values = drafts[1].values
    assert (values["target"], values["value"], values["unit"], values["met"]) == (Decimal("99.5"), Decimal("98.2"), "percent", False)
    assert (values["period_start"], values["period_end"], values["service"]) == (date(2026, 7, 1), date(2026, 7, 31), "Colocation")


def test_months_as_columns_below_a_band_with_the_promised_level_beside_them() -> None:
    mapping, drafts = understood("kinerja.xlsx", book("Service performance", [
        ["Kinerja layanan 2026"], [],
        ["Client", "Layanan", "Parameter", "Komitmen (%)", "2026", None, None],
        [None, None, None, None, "Jan", "Feb", "Mar"],
        ["Kopi Rimba", "Colocation", "Ketersediaan (%)", 99.5, 99.71, 98.9, 99.95],
        ["Harbour Tiles", "Mail Relay", "Ketersediaan (%)", 99, 99.2, 98.7, 99.1],
    ], ("E3:G3", "A3:A4", "B3:B4", "C3:C4", "D3:D4")))  # fmt: skip
    assert (mapping.kind, len(drafts)) == ("measurement", 6)
    values = drafts[1].values
    assert (values["period_start"], values["value"], values["target"], values["met"], values["unit"]) == (date(2026, 2, 1), Decimal("98.9"), Decimal("99.5"), False, "percent")
    assert values["indicator"] == "Ketersediaan"


def test_shares_of_one_are_percentages_and_less_time_is_better() -> None:
    _, shares = understood("sla.csv", csv("Client,Service,Month,Metric,Agreed,Measured", "HTP,Mail Relay,2026-05,Availability,0.995,0.9931", "KRA,Colocation,2026-05,Availability,0.99,0.9999"))
    assert (shares[0].values["value"], shares[0].values["target"], shares[0].values["unit"]) == (Decimal("99.31"), Decimal("99.5"), "percent")
    _, times = understood("sla.csv", csv("Client,Service,Month,Metric,Threshold,Result", "HTP,Mail Relay,2026-05,Waktu respons (menit),15,12", "KRA,Colocation,2026-05,Waktu respons (menit),15,40"))
    assert [(one.values["unit"], one.values["met"], one.values["indicator"]) for one in times] == [("minute", True, "Waktu respons"), ("minute", False, "Waktu respons")]


def test_a_customer_list_with_the_firm_and_the_name_people_use() -> None:
    mapping, drafts = understood("accounts.xlsx", book("Accounts", [
        ["Account ref.", "Perusahaan", "Display name", "Abbr.", "Holding", "Sector", "HQ", "KAM", "Agreement end"],
        ["C-7", "PT Kopi Rimba Abadi", "Kopi Rimba", "KRA", "Grup Rimba", "coffee", "Jember", "Nadia Putri", "30 Juni 2027"],
        ["C-8", "Harbour Tiles Pte Ltd", "Harbour Tiles", "HTP", None, "ceramics", "Batam", "Rudi Halim", "31/12/2026"],
    ]))  # fmt: skip
    assert mapping.kind == "customer"
    first = drafts[0]
    assert first.key == "C-7"
    assert (first.values["name"], first.values["legal_name"], first.values["aliases"]) == ("Kopi Rimba", "PT Kopi Rimba Abadi", ["KRA"])
    assert (first.values["city"], first.values["account_manager"], first.values["contract_end"]) == ("Jember", "Nadia Putri", date(2027, 6, 30))
    assert first.extra == {"Holding": "Grup Rimba"}


@pytest.mark.parametrize("headings", ["Code;Service;Nama layanan;Status", "Kode;Nama;Name;Status", "SKU;Layanan;Service name;Tahap", "ID Layanan;Nama (ID);Nama (EN);Status"])
def test_a_catalogue_with_names_in_both_languages(headings: str) -> None:
    english_first = headings.startswith("Code")
    row = "SV1;Mail Relay;Penerusan Surel;live" if english_first else "SV1;Penerusan Surel;Mail Relay;live"
    other = "SV2;Colocation;Titip Server;live" if english_first else "SV2;Titip Server;Colocation;live"
    mapping, drafts = understood("service catalogue.csv", csv(headings, row, other))
    assert mapping.kind == "service"
    assert (drafts[0].key, drafts[0].values["name_id"], drafts[0].values["name_en"]) == ("SV1", "Penerusan Surel", "Mail Relay")


def test_fees_with_the_currency_in_the_heading_and_the_service_by_code_and_name() -> None:
    mapping, drafts = understood("langganan.csv", csv(
        "Klien|Svc code|Service|Fee/month (IDR)|Contract start|State", "C-7|SV1|Mail Relay|12.500.000|01-02-2025|live", "C-8|SV2|Colocation|7.250.000|15-03-2025|terminated",
    ))  # fmt: skip
    assert mapping.kind == "subscription"
    values = drafts[0].values
    assert (values["fee"], values["currency"], values["fee_per"]) == (Decimal(12_500_000), "IDR", "month")
    assert (values["service"], values["service_name"], values["start"], values["status"]) == ("SV1", "Mail Relay", date(2025, 2, 1), "live")


def test_deals_worth_amounts_with_their_currency_won_and_lost() -> None:
    mapping, drafts = understood("deals.xlsx", book("Deals", [
        ["Sales funnel, per 1 Nov 2026"],
        ["Opp #", "Prospect", "What", "Est. worth", "Win %", "Deal state", "Closing (exp.)"],
        ["D-1", "Kopi Rimba", "Second line", "Rp335.000.000", "40%", "Negosiasi", "10-Jun-2027"],
        ["D-2", "Harbour Tiles", "Wider WiFi", "USD 27,000", "0%", "Closed lost", "22-Mar-2027"],
    ]))  # fmt: skip
    assert mapping.kind == "opportunity"
    assert [(one.values["value"], one.values["currency"], one.values["probability"]) for one in drafts] == [(Decimal(335_000_000), "IDR", Decimal("0.4")), (Decimal(27_000), "USD", 0)]
    assert [mapping.schema.fields["stage"].canonical(one.values["stage"]) for one in drafts] == ["open", "lost"]
    assert drafts[0].values["expected_close"] == date(2027, 6, 10)


def test_recovery_requirements_in_other_words() -> None:
    mapping, drafts = understood("DRP.csv", csv(
        "Client,App,Max downtime (hrs),Max. data loss (min),Last drill", "Kopi Rimba,SangraiPro,4,30,12 Agustus 2026", "Harbour Tiles,KilnView,8,60,3 Mei 2026",
    ))  # fmt: skip
    assert mapping.kind == "continuity"
    assert (drafts[0].values["rto_target"], drafts[0].values["rpo_target"], drafts[0].values["tested_on"]) == (4, Decimal("0.5"), date(2026, 8, 12))


def test_known_errors_with_the_clients_hit_and_the_day_of_the_fix() -> None:
    mapping, drafts = understood("kedb.csv", csv(
        "Ref;Galat;Clients hit;Cara mengatasi;Perbaikan permanen direncanakan;Keadaan", "KE-9;Cetak ulang ganda;Kopi Rimba, Harbour Tiles;Hapus antrean;2027-01-23;terbuka", "KE-10;Jam mundur;KRA;Setel NTP;2027-02-01;terbuka",
    ))  # fmt: skip
    assert mapping.kind == "known_error"
    assert drafts[0].customers == ["Kopi Rimba", "Harbour Tiles"]
    assert (drafts[0].key, drafts[0].values["workaround"], drafts[0].values["permanent_fix"]) == ("KE-9", "Hapus antrean", "2027-01-23")


def test_tickets_in_mixed_languages_with_times_against_their_sla() -> None:
    mapping, drafts = understood("export.csv", csv(
        "Case#,Acct,Date raised,Tgl tutup tiket,Sev,Issue summary,Resolution (hrs),SLA Resolution (hrs),Within SLA?",
        "T-1,KRA,03/10/2026 08:15,03/10/2026 12:15,P1,Tautan putus,4,6,Y", "T-2,HTP,04/10/2026 09:00,05/10/2026 10:00,P3,Slow mail,25,24,N",
    ))  # fmt: skip
    assert mapping.kind == "ticket"
    first, second = drafts
    assert (first.key, first.values["opened_at"], first.values["closed_at"]) == ("T-1", datetime(2026, 10, 3, 8, 15), datetime(2026, 10, 3, 12, 15))
    assert (first.values["resolution_minutes"], first.values["resolution_target_minutes"], first.values["resolution_met"]) == (240, 360, True)
    assert second.values["resolution_met"] is False


def test_projects_below_a_title_with_the_person_in_charge() -> None:
    mapping, drafts = understood("proyek.xlsx", book("Sheet1", [
        ["PROJECT TRACKER – per Okt 2026", None, None, None, None, None, None], [],
        ["Proj. ID", "Klien", "Nama pekerjaan", "Person in charge", "Kick-off", "Tgl selesai (rencana)", "% done"],
        ["X/40", "C-7", "Pindah server", "Nadia Putri", datetime(2026, 2, 4), datetime(2026, 8, 15), 0.4],
        ["X/41", "C-8", "New cabling", "Rudi Halim", datetime(2026, 3, 1), datetime(2026, 12, 1), 0],
    ], ("A1:G1",)))  # fmt: skip
    assert mapping.kind == "project"
    values = drafts[0].values
    assert (drafts[0].key, values["manager"], values["start"], values["end"], values["progress"]) == ("X/40", "Nadia Putri", date(2026, 2, 4), date(2026, 8, 15), 40)
    assert drafts[1].values["progress"] == 0


def test_people_with_their_numbers_and_how_long_they_hold_their_position() -> None:
    mapping, drafts = understood("pic.csv", csv(
        "Klien;Full name;Posisi;Hand phone;E-mail addr.;Peran dlm keputusan;Aktif s.d.", "KRA;Sari Dewi;IT Head;0812-3456-7890;sari@rimba.example;pengambil keputusan;", "KRA;Joko Lim;Ops;0813-1111-2222;joko@rimba.example;pengguna;31 Mei 2026",
    ))  # fmt: skip
    assert mapping.kind == "contact"
    values = drafts[1].values
    assert (values["name"], values["job_title"], values["phone"], values["valid_until"]) == ("Joko Lim", "Ops", "0813-1111-2222", date(2026, 5, 31))
    assert drafts[0].values["roles"] == "pengambil keputusan"


def test_changes_with_their_window_and_who_asked() -> None:
    mapping, drafts = understood("CAB.csv", csv(
        "CR no,Client affected,What changes,Tgl rencana pelaksanaan,Risk lvl,Diajukan oleh,Approval state", "CR-1,Harbour Tiles,New firewall,12/04/2027,medium,Rudi Halim,approved", "CR-2,Kopi Rimba,Firmware,13/04/2027,low,Nadia Putri,scheduled",
    ))  # fmt: skip
    assert mapping.kind == "change"
    values = drafts[0].values
    assert (drafts[0].key, drafts[0].customer, values["planned_on"], values["risk"], values["status"]) == ("CR-1", ["Harbour Tiles"], date(2027, 4, 12), "medium", "approved")


def test_revenue_by_quarter_with_the_currency_in_each_cell() -> None:
    mapping, drafts = understood("omset.xlsx", book("Omset", [
        ["Nama klien", "Kurs", "Q3 FY25", "Q4 FY25", "25/26"],
        ["Kopi Rimba", "IDR", "Rp1.250.000.000,00", "Rp98.500.000", None], ["Harbour Tiles", "USD", "USD 12,000", "USD 9,500", None],
    ]))  # fmt: skip
    assert mapping.kind == "figure"
    assert [(one.values["value"], one.values["currency"], one.values["period_start"]) for one in drafts][:3] == [
        (Decimal("1250000000.00"), "IDR", date(2025, 7, 1)), (Decimal(98_500_000), "IDR", date(2025, 10, 1)), (Decimal(12_000), "USD", date(2025, 7, 1)),
    ]  # fmt: skip


def test_target_and_actual_below_each_month() -> None:
    mapping, drafts = understood("SLA_Q3.xlsx", book("SLA", [
        ["Customer", "Service", "Jul 26", None, "Agu 26", None], [None, None, "Tgt", "Act.", "Tgt", "Act."],
        ["Kopi Rimba", "Colocation", "99.5%", "99.71%", "99.5%", "98.2%"], ["Harbour Tiles", "Mail Relay", "99%", "99.9%", "99%", "99.4%"],
    ], ("C1:D1", "E1:F1", "A1:A2", "B1:B2")))  # fmt: skip
    assert mapping.kind == "measurement"
    assert [(one.values["target"], one.values["value"], one.values["met"]) for one in drafts[:2]] == [(Decimal("99.5"), Decimal("99.71"), True), (Decimal("99.5"), Decimal("98.2"), False)]
    assert drafts[1].values["period_end"] == date(2026, 8, 31)


def test_states_and_urgencies_are_told_by_their_words_where_the_heading_says_more() -> None:
    mapping, drafts = understood("helpdesk.csv", csv(
        "Nomor Insiden,Perusahaan,Waktu Buka,Waktu Tutup,Tingkat Urgensi,Kelompok Layanan,Rincian Masalah,Status Akhir,SLA Tercapai (Y/T)",
        "I-1,Kopi Rimba,2026-03-01 10:00,2026-03-01 11:00,Tinggi,Mail Relay,Surel lambat,Selesai,Y", "I-2,Harbour Tiles,2026-03-02 10:00,2026-03-02 11:00,Rendah,Colocation,Rak terkunci,Selesai,T",
    ))  # fmt: skip
    assert mapping.kind == "ticket"
    values = drafts[0].values
    assert (values["priority"], values["service"], values["subject"], values["status"]) == ("P2", "Mail Relay", "Surel lambat", "Selesai")
    assert [one.values["resolution_met"] for one in drafts] == [True, False]


def test_shortened_headings_are_what_the_field_is_called() -> None:
    mapping, drafts = understood("csat 2026.csv", csv("Klien,Semester,Responden,Tang.,Rel.,Resp.,Assur.,Emp.,NPS", "KRA,2026-S1,Sari,4,4.2,4.1,3.9,4.4,40", "HTP,2026-S1,Lim,3,4.2,4.1,3.9,4.4,20"))
    assert mapping.kind == "survey_response"
    assert {name: drafts[0].values[name] for name in ("tangibles", "reliability", "responsiveness", "assurance", "empathy")} == {
        "tangibles": 4, "reliability": Decimal("4.2"), "responsiveness": Decimal("4.1"), "assurance": Decimal("3.9"), "empathy": Decimal("4.4"),
    }  # fmt: skip
    assert drafts[0].values["wave"] == "2026-S1"


def test_a_register_of_contracts_whose_partners_are_customers() -> None:
    mapping, drafts = understood("register.csv", csv("No. PKS;Mitra;Tgl TTD;Berlaku s/d;Notice (days);Auto-renew?", "12/KRA/2025;Kopi Rimba;1 Jan 2025;Des 2027;60;Ya", "13/HTP/2025;Harbour Tiles;1 Feb 2025;31 Jan 2027;30;Tidak"))
    assert mapping.kind == "agreement"
    first = drafts[0]
    assert (first.customer, first.values["number"], first.values["ends_on"], first.values["notice_value"], first.values["renewal"]) == (["Kopi Rimba"], "12/KRA/2025", date(2027, 12, 31), 60, "automatic")


def test_feedback_with_its_words_and_kind_in_short() -> None:
    mapping, drafts = understood("voc.csv", csv("Tgl,Klien,Disampaikan oleh,Jns,Isi masukan,Tindak lanjut,Stat", "01/02/2026,KRA,Sari,komplain,Laporan telat,Dijadwal ulang,closed", "02/02/2026,HTP,Lim,pujian,Cepat,-,closed"))
    assert mapping.kind == "feedback"
    assert [(one.values["kind"], one.values["words"], one.values["person"]) for one in drafts] == [("complaint", "Laporan telat", "Sari"), ("compliment", "Cepat", "Lim")]


def test_what_customers_want_to_reach_is_no_promise_of_ours() -> None:
    (table,) = load("aims.csv", csv("Client,Objective,Agreed on,Agreed with,Target date,Status", "KRA,Double the kiosks,2026-01-05,Sari Dewi,2026-12-31,on track", "HTP,Halve the waste,2026-01-09,Joko Lim,2026-11-30,late")).tables
    mapping = map_table(table, Surroundings("aims.csv"), KNOWN.__contains__)
    assert mapping is None or mapping.kind != "commitment"


@pytest.mark.parametrize("headings", ["Account;Kode Layanan;Service;Biaya / bulan;Status", "Client;Layanan;Service Code;Monthly fee;Status", "Pelanggan;ID Layanan;Jasa;Biaya;Status"])
def test_a_service_is_known_by_its_code_where_a_table_has_code_and_name(headings: str) -> None:
    code_first = "Kode" in headings or "ID" in headings
    rows = [f"{who};{'COL;Kolokasi' if code_first else 'Kolokasi;COL'};12000000;aktif" for who in ("KRA", "HTP")]
    mapping, drafts = understood("layanan_aktif.csv", csv(headings, *rows))
    assert mapping.kind == "subscription"
    assert {draft.values["service"] for draft in drafts} == {"COL"}


@pytest.mark.parametrize("heading", ["Customers touched", "Impacted clients", "Pelanggan terimbas", "Clients concerned"])
def test_whom_a_known_error_touches_is_known_by_more_than_one_heading(heading: str) -> None:
    mapping, _ = understood("known errors.csv", csv(f"ID,Error,Affected service,Interim solution,Fix date,{heading},State", "E-1,Labels do not print,Desk,Use driver 7,2027-01-22,KRA; HTP,open", "E-2,Calls break up,Voice,Use codec 7,2027-02-02,KRA,open"))
    assert mapping.kind == "known_error"
    assert fields(mapping)[heading] in ("customers", "customer")

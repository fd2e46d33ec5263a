"""Folders of small messy files, imported into a store, read back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine
from sqlmodel import Session, select

from knowledge.access import OWNER, passage_clause, viewer_for
from knowledge.intake import importer
from knowledge.intake.importer import import_paths
from knowledge.intake.merging import SplitBefore, split_customer
from knowledge.intake.report import ImportReport
from knowledge.linking import Linker
from knowledge.records.access import Account, Grant
from knowledge.records.customers import Contact, Customer, CustomerMerge, CustomerName, Person
from knowledge.records.documents import Document, ImportProblem, Passage, PassageCustomer, SheetRow, SheetTable
from knowledge.records.operations import KnownErrorCustomer, Measurement, Ticket
from knowledge.records.relationship import Feedback
from knowledge.records.services import Figure, Opportunity, Subscription
from knowledge.store import generation, read, write
from tests.knowledge.intake.conftest import MASTER

TODAY = date(2026, 11, 2)


@pytest.fixture
def run(engine: Engine, folder: Path) -> Callable[..., ImportReport]:
    return lambda **options: import_paths(engine, [folder], today=TODAY, **options)


def sheet(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)


def rows(engine: Engine, model: Any) -> list[Any]:
    with read(engine) as session:
        found = list(session.exec(select(model)).all())
        session.expunge_all()
        return found


def customer(session: Session, name: str) -> Customer:
    return session.exec(select(Customer).where(Customer.name == name)).one()


def test_a_master_table_with_indonesian_headings_gives_customers_with_all_their_names(run: Callable[..., ImportReport], engine: Engine) -> None:
    report = run()
    assert report.records["customer"] == 3
    with read(engine) as session:
        melati = customer(session, "Melati")
        assert (melati.key, melati.legal_name, melati.segment, melati.city) == ("K-01", "PT Melati Sejahtera", "Ritel", "Bogor")
        names = {row.name: row.kind for row in session.exec(select(CustomerName).where(CustomerName.customer_id == melati.id)).all()}
        assert names == {"K-01": "key", "Melati": "short", "PT Melati Sejahtera": "legal"}
        assert generation(session) == "1"


def test_messy_ticket_headings_map_and_values_are_normalised(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "laporan gangguan.csv").write_text(
        "No. Tiket;Klien;Tgl Lapor;Waktu Selesai;Severity;Judul Gangguan;Waktu Respon (menit);Target Respon (menit)\n"
        "GG-7;PT. Melati Sejahtera;03/10/2026 08.15;03/10/2026 10.00;Kritis;Jaringan mati;20;15\n"
        "GG-8;K-02;04/10/2026 09.00;;Rendah;Ganti toner;10;60\n"
    )
    run()
    first, second = rows(engine, Ticket)
    assert (first.key, first.priority, str(first.opened_at), first.response_met) == ("GG-7", "P1", "2026-10-03 08:15:00", False)
    assert (second.priority, second.closed_at, second.response_met) == ("P4", None, True)
    assert "GG-7" in first.quote and first.locator["row"] == 2
    with read(engine) as session:
        assert first.customer_id == customer(session, "Melati").id
        passage = session.get(Passage, second.passage_id)
        assert passage is not None and "K-02 (PT Bank Kenanga Tbk)" in passage.text and passage.record_id == second.id


def test_wide_quarters_become_figures_in_the_unit_of_title_unit_column_and_exception(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    sheet(folder / "keuangan.xlsx", {"Pendapatan": [
        ["Pendapatan per triwulan (juta rupiah)"], ["Dahlia dalam ribu USD"], [],
        ["Pelanggan", "Q1 2026", "Q2 2026"],
        ["Melati", 12.5, 13], ["Dahlia", 4, None], ["Total", 16.5, 13],
    ]})  # fmt: skip
    run()
    figures = {(figure.customer_id, figure.period_label): figure for figure in rows(engine, Figure)}
    with read(engine) as session:
        melati, dahlia = customer(session, "Melati").id, customer(session, "Dahlia").id
    assert len(figures) == 3
    assert (figures[melati, "Q1 2026"].value, figures[melati, "Q1 2026"].currency) == (Decimal(12_500_000), "IDR")
    assert (figures[dahlia, "Q1 2026"].value, figures[dahlia, "Q1 2026"].currency) == (Decimal(4000), "USD")
    assert figures[melati, "Q2 2026"].period_end == date(2026, 6, 30) and figures[melati, "Q2 2026"].metric == "revenue"
    assert [row.is_total for row in rows(engine, SheetRow) if row.cells.get("Pelanggan") == "Total"] == [True]


def test_target_and_actual_beside_each_month_give_one_measurement_a_month(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    sheet(folder / "sla.xlsx", {"Ketersediaan 2026": [
        ["Pelanggan", "Layanan", "Target Jan 2026 (%)", "Realisasi Jan 2026 (%)", "Target Feb 2026 (%)", "Realisasi Feb 2026 (%)"],
        ["Melati", "NET", 99.5, 99.7, 99.5, 99.1],
    ]})  # fmt: skip
    run()
    january, february = sorted(rows(engine, Measurement), key=lambda one: one.period_start)
    assert (january.target, january.value, january.met, january.unit) == (Decimal("99.5"), Decimal("99.7"), True, "percent")
    assert (february.value, february.met, february.indicator) == (Decimal("99.1"), False, "availability")


def test_an_access_matrix_and_the_word_all_and_a_list_cell_grant_what_they_say(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "hak_akses.csv").write_text("User;Nama;Email;Melati;Bank Kenanga;Dahlia\nayu;Ayu Lestari;ayu@kami.example;x;;x\n")
    (folder / "access_list.csv").write_text("username,name,may see\nboss,Boss One,all\nbimo,Bimo Adi,K-02; CV Dahlia Karya\n")
    run()
    with read(engine) as session:
        seen = {account.username: {session.get(Customer, grant.customer_id).name for grant in session.exec(select(Grant).where(Grant.account_id == account.id)).all()}  # type: ignore[union-attr]
                for account in session.exec(select(Account)).all()}  # fmt: skip
        assert seen == {"ayu": {"Melati", "Dahlia"}, "boss": set(), "bimo": {"Bank Kenanga", "Dahlia"}}
        assert viewer_for(session, "boss").customers == {one.id for one in session.exec(select(Customer)).all()}


def test_a_known_error_hides_whom_else_it_touches(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "kedb.csv").write_text("KE ID,Title,Symptoms,Workaround,Affected customers\nKE-5,Lost packets,Packets vanish,Restart link,\"K-01, Bank Kenanga\"\n")
    (folder / "akses.csv").write_text("username,customer\nayu,K-01\nbimo,K-03\n")
    run()
    with read(engine) as session:
        assert {session.get(Customer, link.customer_id).name for link in session.exec(select(KnownErrorCustomer)).all()} == {"Melati", "Bank Kenanga"}  # type: ignore[union-attr]
        passage = session.exec(select(Passage).where(Passage.record_kind == "known_error")).one()
        assert "Kenanga" not in passage.text and "K-01" not in passage.text
        assert {link.required for link in session.exec(select(PassageCustomer).where(PassageCustomer.passage_id == passage.id)).all()} == {False}
        shown = lambda who: bool(session.exec(select(Passage).where(Passage.id == passage.id, passage_clause(viewer_for(session, who)))).all())  # noqa: E731
        assert shown("ayu") and not shown("bimo")


def test_spellings_merge_with_a_report_and_a_split_stays_split(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "langganan.csv").write_text("Pelanggan,Layanan,Biaya per bulan (Rp juta),Mulai\nMelati Sejahtra,Cloud,15,01/02/2025\nCV Melati Sejahtera,LAN,2,01/02/2025\n")
    report = run()
    assert [(merge["spelling"], merge["reason"]) for merge in report.merges] == [("Melati Sejahtra", "spelling")]
    with read(engine) as session:
        assert {one.name for one in session.exec(select(Customer)).all()} >= {"CV Melati Sejahtera"}
    (merge,) = rows(engine, CustomerMerge)
    with write(engine) as session:
        split = split_customer(session, merge.id).customer_id
        with pytest.raises(SplitBefore):
            split_customer(session, merge.id)
    cloud = next(one for one in rows(engine, Subscription) if one.service == "Cloud")
    assert (cloud.customer_id, cloud.fee, cloud.currency, cloud.fee_per) == (split, Decimal(15_000_000), "IDR", "month")
    (folder / "langganan.csv").write_text((folder / "langganan.csv").read_text() + "K-03,VPN,1,01/03/2025\n")
    assert run().merges == []
    assert next(one for one in rows(engine, Subscription) if one.service == "Cloud").customer_id == split


def test_people_are_one_only_with_a_reason(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "kontak.csv").write_text(
        "Nama;Pelanggan;Jabatan;No. HP;Email;Catatan\nRatih Puspita;K-01;Direktur;0812-555-0001;ratih@melati.example;\nRatih Puspita;K-02;Komisaris;+62 812 555 0001;;\n"
        "Budi Hartono;K-01;Staf;0811-1;budi@melati.example;\nBudi Hartono;K-03;Manajer;0811-2;budi@dahlia.example;\n"
    )
    run()
    people = rows(engine, Person)
    assert sorted(person.name for person in people) == ["Budi Hartono", "Budi Hartono", "Ratih Puspita"]
    assert len(rows(engine, Contact)) == 4
    with read(engine) as session:
        linker = Linker.from_store(session)
        assert [mention.customer_ids for mention in linker.customers("surel ke siapa@melati.example")] == [(customer(session, "Melati").id,)]


def test_a_second_import_costs_nothing_and_changes_follow_the_file(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    opportunities = folder / "peluang.csv"
    opportunities.write_text("Kode,Pelanggan,Peluang,Nilai (Rp juta),Probabilitas,Tahap\nOP-1,Melati,Gudang data,500,40%,Proposal\nOP-2,Dahlia,Jaringan,200,0.7,Negosiasi\n")
    first = run()
    before = {one.key: one for one in rows(engine, Opportunity)}
    assert before["OP-1"].probability == Decimal("0.4")
    second = run()
    assert second.documents["unchanged"] == 2 and second.documents["new"] == 0 and second.seconds < max(0.05, first.seconds * 0.2)
    with write(engine) as session:
        edited = session.get(Opportunity, before["OP-1"].id)
        assert edited is not None
        edited.stage, edited.edits, edited.confirmed_by = "Menang", {"stage": "Menang"}, "ayu"
        session.add(edited)
    opportunities.write_text("Kode,Pelanggan,Peluang,Nilai (Rp juta),Probabilitas,Tahap\nOP-9,Melati,Baru,50,10%,Awal\nOP-1,Melati,Gudang data,650,40%,Negosiasi\n")
    third = run()
    after = {one.key: one for one in rows(engine, Opportunity)}
    assert third.documents["changed"] == 1 and set(after) == {"OP-1", "OP-9"}
    assert (after["OP-1"].id, after["OP-1"].value, after["OP-1"].stage) == (before["OP-1"].id, Decimal(650_000_000), "Menang")
    assert len(third.differences) == 1 and "Negosiasi" in third.differences[0]


def test_a_removed_file_is_missing_first_and_gone_when_asked(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    tickets = folder / "tickets.csv"
    tickets.write_text("Ticket,Customer,Opened,Priority,Subject\nT-1,PT Anyelir,2026-10-01,P2,Slow\n")
    run()
    tickets.unlink()
    report = run()
    assert report.missing == ["tickets.csv"] and len(rows(engine, Ticket)) == 1
    run(remove_missing=True)
    assert rows(engine, Ticket) == [] and {one.name for one in rows(engine, Customer)} == {"Melati", "Bank Kenanga", "Dahlia"}
    assert {one.source for one in rows(engine, Document)} == {"pelanggan.csv"}


def test_a_damaged_file_in_the_middle_is_a_problem_not_a_stop(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "m_rusak.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (folder / "z_umpan_balik.csv").write_text("Tanggal,Klien,Dari,Jenis,Isi\n2026-05-04,Melati,Bu Ratih,Pujian,Cepat sekali\n")
    report = run()
    assert report.documents["unreadable"] == 1
    assert [problem.source for problem in report.problems if problem.severity == "file"] == ["m_rusak.xlsx"]
    praise = rows(engine, Feedback)[0]
    assert (praise.kind, praise.sentiment) == ("compliment", "positive")
    assert [problem.source for problem in rows(engine, ImportProblem)] == ["m_rusak.xlsx"]


def test_a_file_that_breaks_keeps_its_last_good_version(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    book = folder / "tiket.xlsx"
    sheet(book, {"Tiket": [["Ticket ID", "Customer", "Opened", "Priority"], ["T-5", "Melati", "2026-01-05", "P1"]]})
    run()
    book.write_bytes(b"PK\x03\x04 broken")
    assert run().documents["unreadable"] == 1
    assert [one.key for one in rows(engine, Ticket)] == ["T-5"]


def test_a_stop_inside_the_transaction_leaves_the_old_state(
    run: Callable[..., ImportReport], engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    (folder / "pelanggan.csv").write_text(MASTER.replace("Melati;", "Mawar;"))
    (folder / "tickets.csv").write_text("Ticket,Customer,Opened,Priority,Subject\nT-1,K-02,2026-10-01,P2,Slow\n")
    with monkeypatch.context() as patch:
        patch.setattr(importer, "link_amendments", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run()
    assert "Melati" in {one.name for one in rows(engine, Customer)} and rows(engine, Ticket) == []
    assert [one.source for one in rows(engine, Document)] == ["pelanggan.csv"]
    run()
    assert "Mawar" in {one.name for one in rows(engine, Customer)} and len(rows(engine, Ticket)) == 1


def test_a_sheet_a_customer_gives_its_rows_the_customer(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    heading = ["No. Tiket", "Dibuka", "Prioritas", "Subjek"]
    sheet(folder / "tiket per klien.xlsx", {"Melati": [heading, ["A-1", "2026-03-01", "P3", "Lambat"]], "Dahlia": [heading, ["A-2", "2026-03-02", "P1", "Mati"]]})
    run()
    with read(engine) as session:
        found = {one.key: session.get(Customer, one.customer_id).name for one in session.exec(select(Ticket)).all()}  # type: ignore[union-attr]
    assert found == {"A-1": "Melati", "A-2": "Dahlia"}


def test_every_table_is_kept_as_typed_rows_and_the_unknown_is_reported(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "armada.csv").write_text("Plat;Tahun;Servis terakhir;Harga (Rp juta);Cabang\nB 1 X;2020;05/06/2026;250,5;Bogor\nB 2 Y;2021;07/06/2026;300,0;Medan\n")
    report = run()
    assert report.tables_unknown == ["armada.csv > armada"]
    with read(engine) as session:
        table = session.exec(select(SheetTable).where(SheetTable.name == "armada")).one()
        assert {column["name"]: column["type"] for column in table.columns} == {
            "Plat": "text", "Tahun": "number", "Servis terakhir": "date", "Harga (Rp juta)": "money", "Cabang": "text",
        }  # fmt: skip
        first = session.exec(select(SheetRow).where(SheetRow.table_id == table.id)).first()
        assert first is not None and first.cells["Servis terakhir"] == "2026-06-05" and first.cells["Harga (Rp juta)"] == 250_500_000
        assert session.exec(select(Passage).where(Passage.id == first.passage_id, passage_clause(OWNER))).one().ready


def test_the_same_file_twice_counts_once_and_overlapping_exports_too(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    text = "Ticket,Customer,Opened,Priority,Subject\nT-1,K-02,2026-10-01,P2,Slow\n"
    (folder / "tickets.csv").write_text(text)
    (folder / "tickets copy.csv").write_text(text)
    (folder / "tickets_q4.csv").write_text(text + "T-2,K-02,2026-10-09,P2,Slower\n")
    report = run()
    assert report.documents["copies"] == 1
    assert sorted(one.key for one in rows(engine, Ticket) if not one.withdrawn) == ["T-1", "T-2"]


def test_a_mail_attachment_never_grants_access(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "pesan.eml").write_text(
        "From: x@luar.example\nTo: kami@kami.example\nSubject: daftar akses\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n"
        "--q\nContent-Type: text/plain\n\nTerlampir.\n--q\nContent-Type: text/csv\nContent-Disposition: attachment; filename=akses.csv\n\n"
        "username,name,customer\npenyusup,Orang Luar,all\n--q--\n"
    )
    run()
    assert rows(engine, Account) == []
    documents = {one.source: one for one in rows(engine, Document)}
    assert documents["pesan.eml/akses.csv"].parent_id == documents["pesan.eml"].id


def test_a_new_customer_is_linked_in_passages_that_were_there_before(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "catatan.txt").write_text("Catatan kerja\n\nServer milik PT Anyelir Mandiri dipindah pekan depan.\n")
    run()
    (folder / "pelanggan.csv").write_text(MASTER + "K-04;Anyelir;PT Anyelir Mandiri;Media;Depok\n")
    run()
    with read(engine) as session:
        passages = session.exec(select(Passage).join(Document, Passage.document_id == Document.id).where(Document.source == "catatan.txt")).all()  # type: ignore[arg-type]
        about = {link.customer_id for one in passages for link in session.exec(select(PassageCustomer).where(PassageCustomer.passage_id == one.id)).all()}
        assert about == {customer(session, "Anyelir").id}


def test_merges_are_kept_in_the_store(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    (folder / "tickets.csv").write_text("Ticket,Customer,Opened,Priority,Subject\nT-1,Kenanga,2026-10-01,P2,Slow\n")
    run()
    assert [(merge.spelling, merge.undone) for merge in rows(engine, CustomerMerge)] == [("Kenanga", False)]

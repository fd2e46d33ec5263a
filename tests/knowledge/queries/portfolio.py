"""The invented provider "Nata Sistem", its customers and their records."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.records.agreements import Agreement, Target
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.documents import Document, Passage, SheetRow, SheetTable
from knowledge.records.operations import Change, KnownError, KnownErrorCustomer, Measurement, Ticket
from knowledge.records.relationship import Commitment, Feedback, Risk, SurveyResponse
from knowledge.records.services import Application, Continuity, Figure, Opportunity, Project, Service, Subscription

TODAY = date(2027, 3, 15)
RIMBA, KTJ, BINA, OSLO, ARSIP = 1, 2, 3, 4, 5
EVERYBODY = Viewer(account="ayu", customers=frozenset({RIMBA, KTJ, BINA, OSLO}))
ONLY_RIMBA = Viewer(account="tomi", customers=frozenset({RIMBA}))
D = Decimal


def fill(session: Session) -> None:
    """Write the portfolio; documents first, so that every record has its file."""
    documents: dict[str, int] = {}

    def document(source: str, **more: Any) -> int:
        if source not in documents:
            row = Document(source=source, kind=more.pop("kind", "table"), title=more.pop("title", source), state="ready", **more)
            session.add(row)
            session.flush()
            documents[source] = row.id or 0
        return documents[source]

    def add(model: Any, source: str, **values: Any) -> Any:
        row = model(document_id=document(source), quote=" | ".join(str(v) for v in values.values() if v is not None), **values)
        row.locator = {"row": 2}
        session.add(row)
        session.flush()
        return row

    for key, name, legal, segment, city, tier, manager, restricted, aliases in (
        ("K-11", "Rimba Lestari", "PT Rimba Lestari Abadi", "Forestry", "Samarinda", "Gold", "Tomi Hidayat", False, ["RLA"]),
        ("K-12", "Koperasi Tani Jaya", "Koperasi Tani Jaya Makmur", "Cooperative", "Malang", "Silver", "Ayu Lestiani", False, ["KTJ"]),
        ("K-13", "RS Bina Kasih", "Yayasan Bina Kasih", "Healthcare", "Solo", "Gold", "Ayu Lestiani", False, ["Bina Kasih", "RSBK"]),
        ("K-14", "Oslo Marine", "PT Oslo Marine Asia", "Shipping", "Batam", "Platinum", "Ayu Lestiani", False, ["Oslo"]),
        ("K-15", "Balai Arsip", "Balai Arsip Negara", "Government", "Jakarta", "Gold", "Tomi Hidayat", True, []),
    ):  # fmt: skip
        customer = add(Customer, "pelanggan.csv", key=key, name=name, legal_name=legal, segment=segment, city=city, tier=tier,
                       account_manager=manager, restricted=restricted, customer_since=date(2020, 1, len(documents) + 1))  # fmt: skip
        for alias in [key, name, legal, *aliases]:
            session.add(CustomerName(customer_id=customer.id, name=alias))

    for key, name, name_id, name_en in (
        ("WAN", "Managed WAN", "Jaringan Kantor", "Managed WAN"), ("HLP", "Helpdesk", "Meja Bantuan", "Helpdesk"),
        ("BKP", "Backup as a Service", "Pencadangan Data", "Backup as a Service"), ("MAIL", "Hosted Mail", "Surel Terkelola", "Hosted Mail"),
    ):  # fmt: skip
        add(Service, "katalog.csv", key=key, name=name, name_id=name_id, name_en=name_en, status="catalogue")

    people: dict[str, int] = {}
    for customer_id, name, job, roles, email, phone, start, end in (
        (RIMBA, "Galuh Pranoto", "Kepala TI", "Service Owner; Change Approver", "galuh@rimba.example", "0811-222-101", None, None),
        (RIMBA, "Mira Santika", "Manajer Keuangan", "Billing Contact", "mira@rimba.example", "0811-222-102", None, None),
        (RIMBA, "Doni Saputra", "Direktur Utama", "Decision Maker; Signatory", "doni@rimba.example", "0811-222-103", None, None),
        (KTJ, "Wulan Sari", "Ketua Koperasi", "Decision Maker", "wulan@ktj.example", "0811-222-201", None, None),
        (KTJ, "Bagas Wirawan", "Staf TI", "Technical Contact", "bagas@ktj.example", "0811-222-202", None, date(2026, 12, 31)),
        (KTJ, "Retno Asih", "Koordinator TI", "Technical Contact; Service Owner", "retno@ktj.example", "0811-222-203", date(2027, 1, 1), None),
        (KTJ, "Doni Saputra", "Penasihat", "Sponsor", "doni@ktj.example", "0811-222-103", None, None),
        (BINA, "dr. Laksmi Dewanti", "Direktur Medis", "Sponsor; Decision Maker", "laksmi@binakasih.example", "0811-222-301", None, None),
        (BINA, "Teguh Waluyo", "Kepala Instalasi TI", "Service Owner; Security Contact", "teguh@binakasih.example", "0811-222-302", None, None),
        (OSLO, "Ingrid Solheim", "IT Manager", "Service Owner", "ingrid@oslo.example", "0811-222-401", None, None),
        (OSLO, "Erik Dahl", "Finance Controller", "Billing Contact", "erik@oslo.example", "0811-222-402", None, None),
        (ARSIP, "Nurul Hakim", "Kepala Pusat Data", "Service Owner", "nurul@arsip.example", "0811-222-501", None, None),
    ):  # fmt: skip
        if name not in people:
            person = Person(name=name)
            session.add(person)
            session.flush()
            people[name] = person.id or 0
        add(Contact, "kontak.csv", customer_id=customer_id, person_id=people[name], name=name, job_title=job, roles=roles, email=email,
            phone=phone, valid_from=start, valid_until=end)  # fmt: skip

    tickets = "tiket_2027.csv"
    for key, customer_id, service, opened, closed, priority, subject, status, response, target, met, error, reopened in (
        ("INC-7001", RIMBA, "WAN", datetime(2026, 12, 3, 8), datetime(2026, 12, 3, 12), "P1", "Kantor Berau terputus", "closed", 12, 15, True, None, False),
        ("INC-7002", RIMBA, "MAIL", datetime(2027, 1, 5, 9), datetime(2027, 1, 6, 9), "P3", "Lampiran tidak terkirim", "closed", 250, 240, False, "KNE-02", False),
        ("INC-7003", RIMBA, "WAN", datetime(2027, 1, 20, 14), datetime(2027, 1, 20, 18), "P2", "Jaringan lambat", "closed", 70, 60, False, None, True),
        ("INC-7004", RIMBA, "HLP", datetime(2027, 2, 11, 10), None, "P3", "Printer antrean", "open", 30, 240, True, None, False),
        ("INC-7005", KTJ, "BKP", datetime(2027, 2, 2, 7), datetime(2027, 2, 2, 9), "P1", "Pencadangan gagal", "closed", 40, 15, False, "KNE-01", False),
        ("INC-7006", KTJ, "HLP", datetime(2027, 2, 14, 11), None, "P4", "Permintaan akun baru", "open", None, 480, None, None, False),
        ("INC-7007", BINA, "WAN", datetime(2027, 1, 8, 6), datetime(2027, 1, 8, 7), "P1", "Rekam medis tidak bisa dibuka", "closed", 10, 15, True, None, False),
        ("INC-7008", BINA, "HLP", datetime(2027, 2, 20, 13), datetime(2027, 2, 21, 9), "P2", "Sandi perawat terkunci", "closed", 55, 60, True, None, False),
        ("INC-7009", OSLO, "MAIL", datetime(2027, 2, 25, 15), None, "P2", "Mailbox full", "in_progress", 90, 60, False, "KNE-02", False),
        ("INC-7010", ARSIP, "WAN", datetime(2027, 2, 26, 15), None, "P1", "Portal arsip mati", "open", 5, 15, True, None, False),
    ):  # fmt: skip
        add(Ticket, tickets, key=key, customer_id=customer_id, service=service,
            opened_at=opened.replace(tzinfo=UTC), closed_at=closed and closed.replace(tzinfo=UTC), priority=priority,
            category="Incident", subject=subject, status=status, response_minutes=response, response_target_minutes=target,
            response_met=met, known_error=error, reopened=reopened)  # fmt: skip

    for key, customer_id, service, title, kind, requested, risk, status, planned, implemented in (
        ("CHG-501", RIMBA, "WAN", "Ganti router Berau", "normal", "Galuh Pranoto", "High", "implemented", date(2027, 1, 9), date(2027, 1, 10)),
        ("CHG-502", RIMBA, "MAIL", "Migrasi kotak surat", "normal", "Galuh Pranoto", "Medium", "failed", date(2027, 2, 6), date(2027, 2, 6)),
        ("CHG-503", KTJ, "BKP", "Tambah kapasitas cadangan", "standard", "Retno Asih", "Low", "approved", date(2027, 4, 3), None),
        ("CHG-504", OSLO, "WAN", "Firmware upgrade Batam", "emergency", "Ingrid Solheim", "High", "rejected", date(2027, 3, 1), None),
        ("CHG-505", OSLO, "MAIL", "Enable archive mailbox", "normal", "Ingrid Solheim", "Low", "planned", date(2027, 5, 8), None),
        ("CHG-506", ARSIP, "WAN", "Pindah pusat data", "normal", "Nurul Hakim", "High", "failed", date(2027, 2, 1), date(2027, 2, 1)),
    ):  # fmt: skip
        add(Change, "perubahan.csv", key=key, customer_id=customer_id, service=service, title=title, type=kind, requested_by=requested,
            risk=risk, status=status, planned_on=planned, implemented_on=implemented)  # fmt: skip

    for customer_id, service, value, month in (
        (RIMBA, "WAN", "99.9", 11), (RIMBA, "WAN", "99.2", 12), (RIMBA, "WAN", "99.6", 1), (RIMBA, "WAN", "98.8", 2),
        (RIMBA, "MAIL", "99.8", 1), (RIMBA, "MAIL", "99.1", 2), (BINA, "WAN", "99.95", 1), (BINA, "WAN", "99.4", 2),
    ):  # fmt: skip
        start = date(2026 if month > 10 else 2027, month, 1)
        add(Measurement, "sla.csv", customer_id=customer_id, service=service, indicator="availability", period_start=start,
            period_end=date(start.year, month, 28 if month == 2 else 30 if month == 11 else 31), target=D("99.5"), value=D(value),
            unit="percent", met=D(value) >= D("99.5"))  # fmt: skip
    add(Measurement, "sla.csv", customer_id=RIMBA, service="HLP", indicator="first_contact", period_start=date(2027, 1, 1),
        period_end=date(2027, 1, 31), target=D(70), value=D(64), unit="percent", met=False)  # fmt: skip

    for customer_id, service, fee, currency, level, status in (
        (RIMBA, "WAN", 40_000_000, "IDR", "Gold", "active"), (RIMBA, "MAIL", 12_000_000, "IDR", "Silver", "active"),
        (RIMBA, "BKP", 9_000_000, "IDR", "Silver", "ended"), (KTJ, "HLP", 7_500_000, "IDR", "Bronze", "active"),
        (KTJ, "BKP", 6_000_000, "IDR", "Silver", "active"), (OSLO, "WAN", 5200, "EUR", "Gold", "active"),
        (OSLO, "MAIL", 1300, "EUR", "Gold", "active"), (OSLO, "HLP", 9_000_000, "IDR", "Silver", "active"),
        (BINA, "WAN", 30_000_000, "IDR", "Gold", "active"),
    ):  # fmt: skip
        add(Subscription, "langganan.csv", customer_id=customer_id, service=service, fee=D(fee), currency=currency, fee_per="month", level=level,
            status=status, start=date(2025, 1, 1), end=date(2026, 6, 30) if status == "ended" else None)  # fmt: skip

    for key, customer_id, title, value, currency, chance, stage, owner, close in (
        ("DEAL-31", RIMBA, "SOC untuk kantor pusat", 800_000_000, "IDR", "0.5", "Proposal", "Tomi Hidayat", date(2027, 6, 30)),
        ("DEAL-32", RIMBA, "Wi-Fi gudang", 150_000_000, "IDR", "0.8", "Negosiasi", "Tomi Hidayat", date(2027, 4, 30)),
        ("DEAL-33", KTJ, "Aplikasi simpan pinjam", 300_000_000, "IDR", "0.25", "Prospek", "Ayu Lestiani", date(2027, 9, 30)),
        ("DEAL-34", OSLO, "Satellite link", 90_000, "EUR", "0.4", "Proposal", "Ayu Lestiani", date(2027, 7, 31)),
    ):  # fmt: skip
        add(Opportunity, "peluang_2027.csv", key=key, customer_id=customer_id, title=title, value=D(value), currency=currency, probability=D(chance),
            stage=stage, owner=owner, expected_close=close)  # fmt: skip

    for key, customer_id, name, manager, status, health, budget, spent, end in (
        ("PJT-1", RIMBA, "Modernisasi jaringan", "Sekar Ningrum", "running", "amber", 500_000_000, 320_000_000, date(2027, 6, 30)),
        ("PJT-2", RIMBA, "Migrasi surel", "Hasan Basri", "done", "green", 120_000_000, 118_000_000, date(2027, 1, 31)),
        ("PJT-3", BINA, "Integrasi rekam medis", "Sekar Ningrum", "running", "red", 900_000_000, 950_000_000, date(2027, 8, 31)),
        ("PJT-4", KTJ, "Portal anggota", "Hasan Basri", "on_hold", "red", 200_000_000, 40_000_000, date(2027, 12, 31)),
    ):  # fmt: skip
        add(Project, "proyek.csv", key=key, customer_id=customer_id, name=name, manager=manager, status=status, health=health,
            budget=D(budget), spent=D(spent), currency="IDR", end=end, start=date(2026, 9, 1))  # fmt: skip

    for customer_id, name, owner, users, criticality, host, end in (
        (RIMBA, "Sistem Pelacakan Kayu", "Galuh Pranoto", 210, "Critical", "WAN", date(2027, 12, 31)),
        (RIMBA, "Portal Karyawan", "Mira Santika", 900, "Medium", "on-premise", date(2029, 1, 31)),
        (BINA, "Rekam Medis Kasih", "dr. Laksmi Dewanti", 450, "Critical", "cloud", date(2028, 5, 31)),
        (BINA, "Antrean Apotek", "Teguh Waluyo", 60, "Critical", "cloud", None),
        (OSLO, "FleetView", "Ingrid Solheim", 75, "High", "cloud", date(2027, 9, 30)),
    ):  # fmt: skip
        add(Application, "aplikasi.csv", customer_id=customer_id, name=name, business_owner=owner, users=users, criticality=criticality,
            hosted_on=host, end_of_support=end, technology="Java 17")  # fmt: skip

    for customer_id, subject, target, achieved, tested, result in (
        (RIMBA, "Sistem Pelacakan Kayu", "4", "6.5", date(2026, 11, 14), "gagal"),
        (BINA, "Rekam Medis Kasih", "2", "1.5", date(2026, 10, 10), "berhasil"),
        (OSLO, "FleetView", "8", None, None, "belum diuji"),
    ):  # fmt: skip
        add(Continuity, "uji_dr.csv", customer_id=customer_id, subject=subject, rto_target=D(target), rto_achieved=achieved and D(achieved),
            rpo_target=D(1), tested_on=tested, result=result)  # fmt: skip

    for customer_id, metric, year, quarter, value, currency in (
        (RIMBA, "revenue", 2026, 3, 150_000_000, "IDR"), (RIMBA, "revenue", 2026, 4, 156_000_000, "IDR"), (RIMBA, "revenue", 2027, 1, 148_000_000, "IDR"),
        (RIMBA, "cost", 2026, 4, 110_000_000, "IDR"), (KTJ, "revenue", 2026, 3, 40_000_000, "IDR"), (KTJ, "revenue", 2026, 4, 41_000_000, "IDR"),
        (OSLO, "revenue", 2026, 4, 19_500, "EUR"),
    ):  # fmt: skip
        start = date(year, quarter * 3 - 2, 1)
        end = date(year, quarter * 3, {3: 31, 6: 30, 9: 30, 12: 31}[quarter * 3])
        add(Figure, "pendapatan.csv", customer_id=customer_id, metric=metric, period_start=start, period_end=end, period_label=f"{year} Q{quarter}",
            value=D(value), currency=currency)  # fmt: skip

    for key, customer_id, on, person, kind, service, words, status in (
        ("UB-1", RIMBA, date(2027, 1, 22), "Galuh Pranoto", "complaint", "WAN", "Jaringan lambat tiap sore", "open"),
        ("UB-2", RIMBA, date(2027, 2, 1), "Mira Santika", "compliment", "HLP", "Tim cepat tanggap", "closed"),
        ("UB-3", RIMBA, date(2027, 2, 9), "Galuh Pranoto", "complaint", "MAIL", "Migrasi gagal tanpa kabar", "closed"),
        ("UB-4", BINA, date(2027, 2, 21), "Teguh Waluyo", "complaint", "HLP", "Reset sandi terlalu lama", "open"),
        ("UB-5", OSLO, date(2027, 2, 26), "Ingrid Solheim", "suggestion", "MAIL", "Add a status page", "open"),
    ):  # fmt: skip
        add(Feedback, "umpan_balik.csv", key=key, customer_id=customer_id, on=on, person=person, kind=kind, service=service, words=words, status=status)

    for customer_id, wave, respondent, reliability, empathy, nps in (
        (RIMBA, "2026-S2", "Galuh Pranoto", 3, 5, 6), (RIMBA, "2026-S2", "Mira Santika", 4, 4, 8), (RIMBA, "2026-S1", "Galuh Pranoto", 5, 5, 9),
        (BINA, "2026-S2", "Teguh Waluyo", 2, 4, 4), (KTJ, "2026-S2", "Wulan Sari", 4, None, 7),
    ):  # fmt: skip
        add(SurveyResponse, "survei.csv", customer_id=customer_id, wave=wave, respondent=respondent, reliability=D(reliability),
            empathy=None if empathy is None else D(empathy), nps=D(nps))  # fmt: skip

    for key, title, service, workaround, status, customers in (
        ("KNE-01", "Backup agent stops after certificate change", "BKP", "Restart the agent and re-enrol it", "open", [KTJ]),
        ("KNE-02", "Attachments over 20 MB are dropped", "MAIL", "Send a link from the file share", "open", [RIMBA, OSLO]),
        ("KNE-03", "VPN client loses DNS", "WAN", "Flush the resolver", "resolved", [ARSIP]),
    ):  # fmt: skip
        error = add(KnownError, "galat.csv", key=key, title=title, service=service, workaround=workaround, status=status)
        for customer_id in customers:
            session.add(KnownErrorCustomer(known_error_id=error.id, customer_id=customer_id))

    for customer_id, text, owner, party, due, status in (
        (RIMBA, "Kirim laporan akar masalah jaringan", "Sekar Ningrum", "provider", date(2027, 3, 31), "open"),
        (RIMBA, "Menyediakan akses ruang server", "Galuh Pranoto", "customer", date(2027, 3, 1), "open"),
        (OSLO, "Send the migration plan", "Hasan Basri", "provider", date(2027, 2, 15), "done"),
    ):  # fmt: skip
        add(Commitment, "tindak_lanjut.csv", customer_id=customer_id, text=text, owner=owner, party=party, due=due, status=status)
    add(Risk, "risiko.csv", customer_id=KTJ, text="Anggaran TI dipotong", level="Tinggi", status="open")

    contract = add(Agreement, "kontrak_rimba.docx", customer_id=RIMBA, kind="contract", number="PKS-7/RLA/2024", title="Perjanjian layanan",
                   effective_from=date(2024, 7, 1), ends_on=date(2027, 6, 30), notice_value=60, notice_unit="day", renewal="automatic")  # fmt: skip
    add(Agreement, "adendum_rimba.docx", customer_id=RIMBA, kind="amendment", number="ADD-1/RLA/2026", amends_id=contract.id,
        effective_from=date(2026, 8, 1), ends_on=date(2028, 6, 30))  # fmt: skip
    add(Agreement, "msa_oslo.docx", customer_id=OSLO, kind="contract", number="MSA-OM-3", title="Master agreement",
        effective_from=date(2025, 1, 1), ends_on=date(2027, 12, 31), notice_value=3, notice_unit="month", renewal="none")  # fmt: skip
    add(Target, "msa_oslo.docx", customer_id=OSLO, service="WAN", indicator="response", priority="P1", value=D(15), unit="minute")

    genset = document("daftar_genset_rimba.csv", customer_id=RIMBA)
    sheet(session, genset, "daftar_genset_rimba", [("Unit", "text", None), ("Lokasi", "text", None), ("Daya kVA", "number", None),
          ("Nilai buku", "money", "IDR"), ("Garansi sampai", "date", None), ("Penanggung jawab", "text", None)], RIMBA, [
        ("Genset A", "Samarinda", 150, 210_000_000, "2027-08-31", "Yoga Pratama"),
        ("Genset B", "Berau", 100, 95_500_000.5, "2026-12-31", "Yoga Pratama"),
        ("Genset C", "Berau", 60, 40_000_000, "2028-02-29", "Lia Kartika"),
    ], [(None, None, 310, 345_500_000.5, None, None)])  # fmt: skip
    secret = document("ruang_arsip.csv", customer_id=ARSIP)
    sheet(session, secret, "ruang_arsip", [("Ruang", "text", None), ("Kapasitas rak", "number", None)], ARSIP, [("Ruang Merah", 40), ("Ruang Biru", 25)], [])
    pumps = document("uji_pompa_rimba.csv", customer_id=RIMBA)
    sheet(session, pumps, "uji_pompa", [("Pompa", "text", None), ("Getaran", "number", None), ("Risiko henti", "text", None)], RIMBA, [
        ("Pompa Utara", 4, "Tinggi"), ("Pompa Barat", 9, "Rendah"), ("Pompa Timur", 2, "Sedang"), ("Pompa Selatan", 11, "Rendah"),
    ], [])  # fmt: skip


def sheet(
    session: Session, document_id: int, name: str, columns: list[tuple[str, str, str | None]], customer_id: int | None,
    rows: list[tuple[Any, ...]], totals: list[tuple[Any, ...]],
) -> SheetTable:  # fmt: skip
    """A table that no record kind knows."""
    table = SheetTable(document_id=document_id, name=name, columns=[{"name": n, "field": None, "type": t, "currency": c} for n, t, c in columns],
                       row_count=len(rows))  # fmt: skip
    session.add(table)
    session.flush()
    for number, row in enumerate([*rows, *totals], start=2):
        cells = {column[0]: value for column, value in zip(columns, row, strict=True)}
        passage = Passage(document_id=document_id, text="; ".join(f"{k}: {v}" for k, v in cells.items()), kind="row", locator={"row": number}, ready=True)
        session.add(passage)
        session.flush()
        session.add(SheetRow(table_id=table.id or 0, document_id=document_id, customer_id=customer_id, passage_id=passage.id, number=number,
                             cells=cells, is_total=number > len(rows) + 1))  # fmt: skip
    session.flush()
    return table

"""An invented provider's store for drafts: "PT Lentera Komputasi" and two customers, Arjuna Kopi and Sekar Batik."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from knowledge.language.tokens import stems
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.operations import Change, KnownError, KnownErrorCustomer, Measurement, Ticket
from knowledge.records.relationship import Commitment, Feedback, Meeting, Risk, SurveyResponse
from knowledge.records.services import Continuity, Figure, Opportunity, Project, Service, Subscription

TODAY = date(2027, 5, 10)
D = Decimal


class Shelf:
    """Writes documents, passages and records as an import would."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def document(self, source: str, kind: str = "table", *, internal: bool = False, dated: date | None = None, customer: int | None = None, author: str | None = None) -> int:
        row = Document(source=source, kind=kind, title=source, state="ready", internal=internal, dated=dated, customer_id=customer, author=author, language="id")
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def passage(self, document: int, text: str, *customers: int, kind: str = "paragraph", speaker: str | None = None) -> int:
        own = self.session.get(Document, document)
        assert own is not None
        locator = {"line": 1} | ({"speaker": speaker} if speaker else {})
        row = Passage(document_id=document, text=text, kind=kind, language="id", dated=own.dated, internal=own.internal, ready=True, ordinal=5, locator=locator, stems=" ".join(stems(text, "id")))
        self.session.add(row)
        self.session.flush()
        for customer in customers:
            self.session.add(PassageCustomer(passage_id=row.id or 0, customer_id=customer))
        self.session.flush()
        return row.id or 0

    def add(self, model: Any, document: int | None, customer: int | None = None, **values: Any) -> Any:
        quote = values.pop("quote", None) or "; ".join(f"{name}: {value}" for name, value in values.items() if value is not None)
        row = model(document_id=document, customer_id=customer, quote=quote, **values)
        row.locator = {"row": 2}
        self.session.add(row)
        self.session.flush()
        return row


def customers(session: Session) -> tuple[int, int]:
    """Arjuna Kopi and Sekar Batik."""
    ids = []
    for key, name, legal in (("P-01", "Arjuna Kopi", "PT Arjuna Kopi Nusantara"), ("P-02", "Sekar Batik", "PT Sekar Batik Indah")):
        row = Customer(key=key, name=name, legal_name=legal, account_manager="Wening Prasasti")
        session.add(row)
        session.flush()
        session.add(CustomerName(customer_id=row.id or 0, name=name, kind="short"))
        ids.append(row.id or 0)
    session.flush()
    return ids[0], ids[1]


def fill(session: Session) -> tuple[int, int]:
    """A small portfolio with something for every section; returns the two customers."""
    one, other = customers(session)
    shelf = Shelf(session)
    tables = shelf.document("tabel/data.xlsx")
    for name, customer, roles, until in (
        ("Rahmat Tuasikal", one, "Pengambil keputusan", None), ("Citra Maheswari", one, "Kontak teknis", None),
        ("Yosef Lamabelawa", one, "Sponsor", date(2027, 1, 31)), ("Bima Wicaksono", other, "Sponsor", None),
    ):  # fmt: skip
        person = Person(name=name)
        session.add(person)
        session.flush()
        shelf.add(Contact, tables, customer, person_id=person.id, name=name, job_title="Direktur Operasi" if customer == one else "Manajer", roles=roles, valid_until=until)
    shelf.add(Service, tables, key="NET", name="Managed Network", name_id="Jaringan Terkelola", name_en="Managed Network")
    shelf.add(Subscription, tables, one, service="NET", fee=D("45000000"), currency="IDR", fee_per="month", status="aktif")
    for month, value in ((2, "99.71"), (3, "99.12"), (4, "98.95")):
        shelf.add(Measurement, tables, one, service="NET", indicator="availability", period_start=date(2027, month, 1), target=D("99.5"), value=D(value), unit="%", met=D(value) >= D("99.5"))
    shelf.add(Ticket, tables, one, key="T-77", service="NET", opened_at=datetime(2027, 5, 2, 8, 0), priority="P1", subject="Kasir tidak terhubung", status="Terbuka")
    shelf.add(Ticket, tables, other, key="T-90", service="NET", opened_at=datetime(2027, 5, 3, 8, 0), subject="Permintaan akun", status="selesai")
    shelf.add(Change, tables, one, key="RFC-9", title="Ganti router gudang", service="NET", status="dijadwalkan", planned_on=date(2027, 5, 22))
    shelf.add(Project, tables, one, key="PR-3", name="Wi-Fi gerai baru", status="berjalan", progress=D("0.4"), end=date(2027, 7, 30))
    shelf.add(Continuity, tables, one, subject="Sistem kasir", rto_target=D(4), rto_achieved=D(5), tested_on=date(2027, 3, 6), result="gagal")
    shelf.add(Opportunity, tables, one, key="OP-5", title="Kamera gerai", value=D("275000000"), currency="IDR", probability=D("0.6"), stage="Proposal")
    shelf.add(Opportunity, tables, other, key="OP-6", title="Kain digital", value=D("990000000"), currency="IDR", probability=D("0.2"), stage="Proposal")
    shelf.add(Risk, None, one, text="Margin tipis dan Rahmat membandingkan dengan pesaing", level="tinggi", on=date(2027, 4, 2))
    shelf.add(Figure, tables, one, metric="margin", period_start=date(2027, 1, 1), period_label="Q1 2027", value=D(17), unit="%")
    for quarter, value in ((1, "210"), (4, "236"), (7, "260"), (10, "288")):
        shelf.add(Figure, tables, one, metric="usage", name="Lalu lintas", period_start=date(2026, quarter, 1), period_label=f"Q{(quarter + 2) // 3} 2026", value=D(value), unit="Mbps")
    shelf.add(Feedback, tables, one, key="F-3", on=date(2027, 4, 20), person="Citra Maheswari", kind="complaint", words="Jaringan gerai putus tiap Sabtu sore", status="terbuka")
    shelf.add(SurveyResponse, tables, one, wave="2027-1", respondent="Citra Maheswari", reliability=D(4), empathy=D(6), nps=D(7), comment="laporan sering telat")
    error = shelf.add(KnownError, tables, key="KE-41", title="Kasir gagal sinkron", service="NET", workaround="Ulangi sinkron dari menu Harian", status="Terbuka")
    session.add(KnownErrorCustomer(known_error_id=error.id, customer_id=one))
    _agreement(shelf, one)
    _talks(shelf, one, other)
    session.flush()
    return one, other


def _agreement(shelf: Shelf, one: int) -> None:
    paper = shelf.document("kontrak/021-LK-2025.docx", "agreement", dated=date(2025, 8, 1), customer=one)
    text = "Perjanjian berlaku sampai 31 Agustus 2027. Pihak yang tidak memperpanjang memberi tahu 60 hari sebelumnya."
    passage = shelf.passage(paper, text, one)
    own = shelf.add(Agreement, paper, one, quote=text, kind="contract", title="Perjanjian Layanan", number="021/LK/2025", ends_on=date(2027, 8, 31), notice_value=60, notice_unit="day", renewal="automatic")
    clause = shelf.add(Clause, paper, one, quote=text, agreement_id=own.id, number="2.1", topic="term", text=text, passage_id=passage)
    own.ends_on_clause_id = own.notice_clause_id = clause.id
    credit = "Ketersediaan di bawah 99,5%: kredit 4% dari biaya bulanan."
    old = shelf.add(Clause, paper, one, quote=credit, agreement_id=own.id, number="5.1", topic="credit", text=credit)
    amendment = shelf.document("kontrak/adendum-1.docx", "amendment", dated=date(2026, 6, 1), customer=one)
    second = shelf.add(Agreement, amendment, one, quote="Adendum I", kind="amendment", title="Adendum I", amends_id=own.id, effective_from=date(2026, 7, 1))
    words = "Pasal 5.1 diganti: kredit 7% dari biaya bulanan bila ketersediaan di bawah 99,5%."
    new = shelf.add(Clause, amendment, one, quote=words, agreement_id=second.id, number="1", topic="credit", text=words)
    old.amended_by_id, old.amended_from = new.id, date(2026, 7, 1)
    shelf.add(Target, paper, one, quote="P1 ditanggapi 30 menit", agreement_id=own.id, indicator="response", priority="P1", value=D(30), unit="minute")
    for source, kind in (("internal/ola.docx", "ola"), ("internal/pemasok.docx", "underpinning_contract")):
        hidden = shelf.document(source, kind, internal=True, dated=date(2026, 1, 5))
        shelf.add(Agreement, hidden, one, quote="OLA internal", kind=kind, title="OLA internal", number="OLA-1", ends_on=date(2027, 12, 31), internal=True)


def _talks(shelf: Shelf, one: int, other: int) -> None:
    minutes = shelf.document("rapat/2027-04-14 notulen.docx", "minutes", dated=date(2027, 4, 14), customer=one)
    shelf.passage(minutes, "Rahmat meminta tautan cadangan di gudang Solo sebelum 1 Juni 2027. Citra menolak bila biayanya di atas Rp12.000.000.", one)
    shelf.passage(minutes, "Citra menyatakan waktu tanggap P1 menurut catatannya 15 menit.", one)
    shelf.add(Meeting, minutes, one, on=date(2027, 4, 14), title="Rapat bulanan", attendees=[{"name": "Citra Maheswari", "side": "customer"}])
    shelf.add(Commitment, minutes, one, on=date(2027, 4, 14), party="provider", owner="Wening Prasasti", text="Kirim hitungan kredit April", due=date(2027, 5, 3), kind="action_item")
    shelf.add(Commitment, minutes, one, on=date(2027, 4, 14), party="customer", owner="Citra Maheswari", text="Daftar gerai baru", due=date(2027, 5, 20), kind="action_item")
    letter = shelf.document("surat/88-ARJ-V-2027.pdf", "letter", dated=date(2027, 5, 4), customer=one)
    shelf.passage(letter, "Kami menunggu jawaban tertulis atas usul kamera gerai paling lambat 18 Mei 2027.", one)
    shelf.add(Commitment, letter, one, on=date(2027, 5, 4), kind="request", party="provider", text="jawaban tertulis atas usul kamera gerai", due=date(2027, 5, 18), extra={"number": "88/ARJ/V/2027"})
    shelf.add(Commitment, minutes, one, on=date(2027, 4, 14), party="provider", owner="Wening Prasasti", text="Kirim templat formulir (sudah dikirim 20 April 2027)", due=date(2027, 4, 30), kind="action_item")
    invitation = shelf.document("surel/undangan.eml", "email", dated=date(2027, 5, 7), customer=one, author="Rahmat Tuasikal")
    shelf.passage(invitation, "Rapat 14 Mei 2027 dihadiri Rahmat Tuasikal dan Laras Wulandari.", one, speaker="Rahmat Tuasikal")
    shelf.passage(invitation, "Laras Wulandari menggantikan Yosef sebagai kepala gudang.", one, speaker="Rahmat Tuasikal")
    shelf.passage(invitation, "Bagi Rahmat yang terpenting bukti pengiriman untuk auditor.", one, speaker="Rahmat Tuasikal")
    call = shelf.document("telp/2027-05-06.txt", "call_note", dated=date(2027, 5, 6), customer=one)
    shelf.passage(call, "Rahmat bilang ada penawaran lebih murah dari PT Gading Siber, Rp38.000.000 sebulan.", one)
    inside = shelf.document("internal/tinjauan.md", "minutes", internal=True, dated=date(2027, 5, 7))
    shelf.passage(inside, "Margin Arjuna 17% dan kemungkinan pindah tinggi, tawarkan diskon sampai 9%.", one)
    shelf.passage(inside, "Sekar Batik meminta potongan 20% sebelum 30 Mei 2027, Arjuna Kopi tidak.", one, other)

"""What goes with a spelling that becomes a customer of its own: as much as its files would tell if they were read anew."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.intake.importer import import_paths
from knowledge.intake.merging import NoSuchMerge, look_at_split, split_customer
from knowledge.records.access import Account, Grant
from knowledge.records.customers import Customer, CustomerMerge
from knowledge.records.documents import Document, Passage, PassageCustomer, SheetRow
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.store import read, write

TODAY = date(2026, 11, 2)
FILES = {
    "langganan.csv": "Pelanggan,Layanan,Biaya per bulan (Rp juta),Mulai\nMelati Sejahtra,L1,3,01/02/2025\nK-01,L2,2,01/02/2025\nMelati,L3,2,01/02/2025\nBank Kenanga,L4,1,01/02/2025\n",
    "tiket.csv": "No. Tiket;Klien;Tgl Lapor;Judul\nGG-1;Melati Sejahtra;03/10/2026;Jaringan mati\nGG-2;PT Melati Sejahtera;03/10/2026;Modem rusak\n"
    "GG-3;Bank Kenanga;04/10/2026;Kabel milik Melati Sejahtra putus\nGG-4;Melati Sejahtra;05/10/2026;Gardu bersama K-01 padam\n",
    "hanya satu.csv": "No. Tiket;Klien;Tgl Lapor;Judul\nHH-1;Melati Sejahtra;03/10/2026;Layar padam\nHH-2;Melati Sejahtra;04/10/2026;Layar padam lagi\n",
    "kedb.csv": 'KE ID,Title,Symptoms,Workaround,Affected customers\nKE-1,Lost,Vanish,Restart,"Melati Sejahtra, Bank Kenanga"\nKE-2,Late,Slow,Wait,"K-01, Melati Sejahtra"\nKE-3,Hot,Smell,Fan,K-01\n',
    "akses.csv": "username,customer\nayu,Melati Sejahtra\nbimo,K-01\ncinta,Bank Kenanga\n",
    "kontak.csv": "Nama;Pelanggan;Jabatan;Email\nRatih Anggun;Melati Sejahtra;Staf;ratih@satu.example\nBayu Lestari;Melati;Kepala;bayu@dua.example\n",
    "notulen 2026-05-01 Melati Sejahtra.md": "# Rapat dengan Melati Sejahtra\n\nPintu diperlebar sebelum 30 Juni 2026.\n\nKami janji mengirim denah paling lambat 5 Juni 2026.\n",
    "notulen 2026-05-02 Melati.md": "# Rapat dengan Melati\n\nMelati Sejahtra meminta perbaikan gerbang.\n\nAtap diganti bulan depan.\n",
    "catatan.md": "# Catatan\n\nMelati Sejahtra meminta perbaikan pagar.\n\nBank Kenanga menunggu kabar.\n",
}


def world(engine: Engine, without: tuple[str, ...]) -> dict[Any, Any]:
    """Whose every document, passage, row, record, link and right is, by what it is in the files."""
    with read(engine) as session:
        names = {None: None} | dict(session.exec(select(Customer.id, Customer.name)).all())
        sources = {one.id: one.source for one in session.exec(select(Document)).all()}
        found: dict[Any, Any] = {(source,): names[one.customer_id] for one in session.exec(select(Document)).all() if (source := one.source) not in without}
        for link, passage in session.exec(select(PassageCustomer, Passage).join(Passage)).all():
            found.setdefault((sources[passage.document_id], "passage", passage.ordinal), set()).add((names[link.customer_id], link.required))
        for row in session.exec(select(SheetRow)).all():
            found[sources[row.document_id], "row", row.number] = names[row.customer_id]
        for kind, model in KINDS.items():
            for one in session.exec(select(model)).all() if kind != "customer" else ():
                found.setdefault((sources[one.document_id], kind, str(one.locator), one.quote), []).append(names[one.customer_id])
        for link, error in session.exec(select(KnownErrorCustomer, KnownError).join(KnownError)).all():
            found.setdefault((sources[error.document_id], error.key), set()).add(names[link.customer_id])
        for grant, account in session.exec(select(Grant, Account).join(Account)).all():
            found.setdefault(("right", account.username), set()).add(names[grant.customer_id])
        return {place: owner for place, owner in found.items() if place[0] not in without}


@pytest.fixture
def merged(engine: Engine, folder: Path) -> CustomerMerge:
    for name, text in FILES.items():
        (folder / name).write_text(text)
    import_paths(engine, [folder], today=TODAY)
    with read(engine) as session:
        (merge,) = session.exec(select(CustomerMerge)).all()
        session.expunge(merge)
        return merge


def test_what_moves_is_what_the_files_read_anew_would_tell(engine: Engine, folder: Path, merged: CustomerMerge) -> None:
    assert merged.spelling == "Melati Sejahtra"
    with write(engine) as session:
        done = split_customer(session, merged.id or 0)
    assert set(done.read_again) == {"akses.csv", "kedb.csv", "kontak.csv", "notulen 2026-05-02 Melati.md", "tiket.csv"}, "what names both, and rights"
    parted = world(engine, done.read_again)
    assert parted["hanya satu.csv",] == parted["notulen 2026-05-01 Melati Sejahtra.md",] == "Melati Sejahtra"
    with write(engine) as session:
        for document in session.exec(select(Document)).all():
            document.sha256 = ""
            session.add(document)
    import_paths(engine, [folder], today=TODAY)
    assert world(engine, done.read_again) == parted


def test_until_its_file_is_read_anew_what_names_both_is_open_to_nobody_who_may_see_one_alone(engine: Engine, merged: CustomerMerge) -> None:
    with write(engine) as session:
        split_customer(session, merged.id or 0)
    whole = world(engine, ())
    both = {("Melati", True), ("Melati Sejahtra", True)}
    assert both in [owners for place, owners in whole.items() if place[:2] == ("notulen 2026-05-02 Melati.md", "passage")]
    assert whole["tiket.csv", "passage", 3] == both
    assert whole["kedb.csv", "KE-1"] == {"Melati Sejahtra", "Bank Kenanga"} and whole["kedb.csv", "KE-2"] == {"Melati", "Melati Sejahtra"}
    assert whole["right", "ayu"] == {"Melati Sejahtra"} and whole["right", "bimo"] == {"Melati"}


def test_a_look_says_what_a_split_does_and_writes_nothing(engine: Engine, merged: CustomerMerge) -> None:
    before = world(engine, ())
    with read(engine) as session:
        look = look_at_split(session, merged.id or 0)
        with pytest.raises(NoSuchMerge):
            look_at_split(session, 999)
    assert world(engine, ()) == before
    with write(engine) as session:
        done = split_customer(session, merged.id or 0)
    assert (done.moved, done.read_again, done.undone, look.undone) == (look.moved, look.read_again, True, False)


def test_a_spelling_taken_for_two_customers_becomes_one_of_its_own(engine: Engine, merged: CustomerMerge) -> None:
    with write(engine) as session:
        other = session.exec(select(Customer).where(Customer.name == "Bank Kenanga")).one()
        session.add(CustomerMerge(customer_id=other.id or 0, spelling=merged.spelling))
    with write(engine) as session:
        numbers = [merge.id or 0 for merge in session.exec(select(CustomerMerge)).all()]
        first, second = (split_customer(session, number) for number in numbers)
    assert first.customer_id == second.customer_id
    with read(engine) as session:
        assert len(session.exec(select(Customer).where(Customer.name == merged.spelling)).all()) == 1

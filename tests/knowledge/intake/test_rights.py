"""Imports on somebody's behalf: what they may write, what they may not, and what they may not learn by trying."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import select

from knowledge.access import Viewer, passage_clause, viewer_for
from knowledge.index.schema import ensure_schema
from knowledge.intake.files import Upload
from knowledge.intake.importer import import_paths
from knowledge.intake.plan import (
    DocumentPlan,
    PlannedAccount,
    PlannedPassage,
    PlannedRecord,
    PlannedRow,
    PlannedTable,
)
from knowledge.intake.report import ImportReport
from knowledge.intake.rights import Rights, claim, customers_of, objection, words
from knowledge.records.access import Account, Grant
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Contact, Customer, CustomerName, Person
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.records.operations import Ticket
from knowledge.store import migrate, open_store, read, write

TODAY = date(2026, 11, 2)
MASTER = "Kode;Nama Pelanggan;Badan Hukum;Kota;Akses\nK-01;Melati;PT Melati Sejahtera;Bogor;umum\nK-02;Kenanga;PT Kenanga Utama;Medan;umum\nK-03;Dahlia;CV Dahlia Karya;Solo;terbatas\n"
ACCESS = "Akun;Nama Lengkap;Surel;Pelanggan yang boleh dilihat\nayu;Ayu Lestari;ayu@penyedia.example;Melati\nbayu;Bayu Pratama;bayu@penyedia.example;Kenanga\ncitra;Citra Dewi;citra@penyedia.example;SEMUA\nwira;Wira Halim;wira@penyedia.example;Dahlia\n"
TICKETS = "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nT-1;Melati;2026-10-01;P1;Jaringan putus\nT-2;Kenanga;2026-10-02;P2;Surel lambat\nT-3;Dahlia;2026-10-03;P3;Cetak gagal\n"
CONTACTS = "Nama;Jabatan;Pelanggan;Telepon;Surel\nRini Astuti;Manajer TI;Kenanga;0812-3333-4444;rini@kenanga.example\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the operator's files, never written to again."""
    folder = tmp_path_factory.mktemp("berkas")
    for name, text in (("pelanggan.csv", MASTER), ("hak_akses.csv", ACCESS), ("tiket.csv", TICKETS), ("kontak.csv", CONTACTS)):
        (folder / name).write_text(text)
    path = tmp_path_factory.mktemp("store") / "akrab.db"
    engine = open_store(f"sqlite:///{path}")
    migrate(engine)
    ensure_schema(engine)
    assert not import_paths(engine, [folder], today=TODAY).problems
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def engine(imported: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(imported, tmp_path / "akrab.db")
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Another folder of the operator's."""
    folder = tmp_path / "lain"
    folder.mkdir()
    return folder


Send = Callable[..., ImportReport]


@pytest.fixture
def send(engine: Engine, tmp_path: Path) -> Send:
    """Upload a file as an account."""

    def upload(who: str, name: str, content: str, folder: str = "") -> ImportReport:
        root = tmp_path / "uploads" / (folder or who)
        path = root / "slack" / "2026-11" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        with read(engine) as session:
            viewer = viewer_for(session, who)
        return import_paths(engine, [Upload(path, str(root), f"slack/2026-11/{name}")], today=TODAY, on_behalf_of=viewer)

    return upload


def state(engine: Engine, *, without: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Everything that the store says, but what came from the documents of some roots and the stamps of time."""
    with read(engine) as session:
        own = {document.id for document in session.exec(select(Document)).all() if document.root in without}
        passages = {passage.id for passage in session.exec(select(Passage)).all() if passage.document_id in own}
        found: dict[str, list[str]] = {}
        for model in (*KINDS.values(), Customer, CustomerName, Person, Account, Grant, Passage, PassageCustomer):
            rows = session.exec(select(model)).all()  # type: ignore[call-overload]
            kept = [row for row in rows if getattr(row, "document_id", None) not in own and getattr(row, "passage_id", None) not in (passages or {-1})]
            found[model.__name__] = sorted(str(row.model_dump(exclude={"embedding", "created_at", "updated_at"})) for row in kept)
        return found


def root(tmp_path: Path, who: str) -> frozenset[str]:
    return frozenset({str(tmp_path / "uploads" / who)})


def one(engine: Engine, model: Any, *where: Any) -> Any:
    with read(engine) as session:
        return session.exec(select(model).where(*where)).one_or_none()


def named(engine: Engine, name: str) -> int:
    found = one(engine, Customer, Customer.name == name)
    assert found is not None and found.id is not None
    return int(found.id)


# ---- what may be written


def test_of_an_export_of_all_customers_one_s_own_rows_are_taken(engine: Engine, send: Send, tmp_path: Path) -> None:
    before = state(engine)
    export = TICKETS.replace("T-", "N-").replace("Ringkasan", "Ringkasan;Catatan").replace("\n", ";baru\n").replace("Catatan;baru", "Catatan")
    report = send("ayu", "tiket_baru.csv", export)
    assert report.records["ticket"] == 1
    assert [problem.reason for problem in report.problems] == [words("rows_not_theirs", "en", count=2)]
    assert state(engine, without=root(tmp_path, "ayu")) == before


def test_notes_about_one_s_own_customer_are_known_to_those_who_may_see_it_and_to_nobody_else(engine: Engine, send: Send) -> None:
    report = send("ayu", "notulen.md", "# Notulen rapat Melati\nTanggal: 5 Oktober 2026\n\n- Melati meminta laporan kapasitas sebelum 1 Desember 2026.\n")
    assert report.documents["new"] == 1 and not report.problems
    assert _sees(engine, "ayu", "laporan kapasitas") and _sees(engine, "citra", "laporan kapasitas")
    assert not _sees(engine, "bayu", "laporan kapasitas") and not _sees(engine, "wira", "laporan kapasitas")


def _sees(engine: Engine, who: str, text: str) -> bool:
    with read(engine) as session:
        viewer = viewer_for(session, who)
        return any(text in passage.text for passage in session.exec(select(Passage).where(passage_clause(viewer))).all())


REFUSED = {
    "rights of access": ("akses.csv", ACCESS.replace("ayu;Ayu Lestari;ayu@penyedia.example;Melati", "ayu;Ayu Lestari;ayu@penyedia.example;SEMUA")),
    "nobody in particular": ("panduan.md", "# Panduan eskalasi\n\nEskalasi tingkat dua dilakukan setelah 30 menit.\n"),
    "somebody else's customer in the text": ("notulen.md", "# Notulen rapat\n\n- Biaya PT Kenanga Utama naik menjadi Rp 90.000.000.\n"),
    "a name that nobody knows in the text": ("notulen.md", "# Notulen rapat\n\n- Biaya PT Cempaka Utama naik menjadi Rp 90.000.000.\n"),
    "somebody else's customer in the name": ("Notulen Kenanga.md", "# Notulen\n\n- Biaya naik menjadi Rp 90.000.000.\n"),
    "a restricted customer": ("catatan.md", "# Catatan\n\nKontrak dengan Dahlia berakhir 1 Januari 2027.\n"),
    "a mail to somebody else's people": ("surat.eml", "From: Ayu <ayu@penyedia.example>\nTo: Rini <rini@kenanga.example>\nSubject: Tagihan\nDate: Thu, 1 Oct 2026 10:00:00 +0700\n\nTagihan bulan ini dihapus.\n"),
    "rows of others only": ("tiket_lain.csv", "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nX-1;Kenanga;2026-10-01;P1;Palsu\nX-2;Dahlia;2026-10-01;P1;Palsu\n"),
    "rows of nobody known": ("tiket_baru.csv", "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nX-1;Cempaka;2026-10-01;P1;Palsu\nX-2;Soka;2026-10-01;P1;Palsu\n"),
    "new customers": ("pelanggan_baru.csv", "Kode;Nama Pelanggan;Kota\nK-09;Cempaka;Bali\nK-10;Soka;Riau\n"),
    "master data of others": ("pelanggan_ubah.csv", "Kode;Nama Pelanggan;Kota;Akses\nK-02;Kenanga;Bali;umum\nK-03;Dahlia;Riau;umum\n"),
    "master data of one's own": ("pelanggan_saya.csv", "Kode;Nama Pelanggan;Kota;Akses\nK-01;Melati;Bali;terbatas\n"),
    "an agreement about nobody": ("ola.md", '# Perjanjian Tingkat Operasional\nNomor 01/OLA/2026 antara Tim Jaringan ("Penyedia") dan Tim Layanan ("Pelanggan")\n\n## Pasal 1 Waktu respons\n1.1 Waktu respons insiden adalah 15 menit.\n'),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_not_be_written_is_refused_in_one_and_the_same_words_and_changes_nothing(engine: Engine, send: Send, case: str) -> None:
    before = state(engine)
    report = send("ayu", *REFUSED[case])
    assert [(problem.reason, problem.locator) for problem in report.problems] == [(words("not_theirs", "en"), "")], case
    assert (report.documents["refused"], sum(report.records.values())) == (1, 0)
    assert state(engine) == before


@pytest.mark.parametrize("name", ["Kenanga", "PT Kenanga Utama", "K-02", "Dahlia", "K-03", "Cempaka", "PT Cempaka Utama", "K-77"])
def test_a_row_s_refusal_does_not_tell_whether_the_name_is_known(engine: Engine, send: Send, name: str) -> None:
    rows = f"No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nN-1;Melati;2026-10-01;P1;Jaringan putus\nN-2;{name};2026-10-02;P2;Surel lambat\n"
    report = send("ayu", "tiket_baru.csv", rows)
    assert [(problem.source, problem.locator, problem.reason) for problem in report.problems] == [("slack/2026-11/tiket_baru.csv", "", words("rows_not_theirs", "en", count=1))]
    assert dict(report.records) == {"ticket": 1} and not report.merges


def test_who_sees_all_may_upload_rights_of_access_neither(engine: Engine, send: Send) -> None:
    before = state(engine)
    assert send("citra", *REFUSED["rights of access"]).documents["refused"] == 1
    assert state(engine) == before


def test_new_customers_come_from_those_only_from_whom_no_customer_is_hidden(engine: Engine, send: Send) -> None:
    assert send("citra", *REFUSED["new customers"]).documents["refused"] == 1, "a restricted customer is hidden from citra"
    with write(engine) as session:
        citra, dahlia = session.exec(select(Account).where(Account.username == "citra")).one(), session.exec(select(Customer).where(Customer.name == "Dahlia")).one()
        assert citra.id is not None and dahlia.id is not None
        session.add(Grant(account_id=citra.id, customer_id=dahlia.id))
    report = send("citra", *REFUSED["new customers"])
    assert report.documents["new"] == 1 and named(engine, "Cempaka") and named(engine, "Soka")
    assert send("citra", "buka.csv", "Kode;Nama Pelanggan;Kota;Akses\nK-03;Dahlia;Riau;umum\n").documents["refused"] == 1
    assert one(engine, Customer, Customer.name == "Dahlia").restricted


# ---- what others' files gave stays as it is


def test_a_record_of_one_s_own_never_takes_the_place_of_another_customer_s_of_the_same_key(engine: Engine, send: Send, tmp_path: Path) -> None:
    before = state(engine)
    report = send("ayu", "tiket_2099.csv", "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nT-2;Melati;2026-12-31;P1;Bukan yang itu\nT-3;Melati;2026-12-31;P1;Bukan yang itu\n")
    assert report.records["ticket"] == 2 and not report.problems
    assert state(engine, without=root(tmp_path, "ayu")) == before


def test_a_newer_version_of_one_s_own_record_counts_once(engine: Engine, send: Send) -> None:
    send("ayu", "tiket_baru.csv", "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nT-1;Melati;2026-10-01;P4;Sudah pulih\n")
    with read(engine) as session:
        standing = session.exec(select(Ticket).where(Ticket.key == "T-1", Ticket.withdrawn == False)).all()  # noqa: E712
    assert [ticket.priority for ticket in standing] == ["P4"]


def test_a_contact_is_not_joined_with_somebody_at_a_customer_out_of_sight(engine: Engine, send: Send, tmp_path: Path) -> None:
    before = state(engine, without=root(tmp_path, "ayu"))
    send("ayu", "kontak_baru.csv", "Nama;Jabatan;Pelanggan;Telepon\nRini Astuti;Direktur;Melati;0812-3333-4444\nSari Wening;Staf;Melati;0812-5555-6666\n")
    with read(engine) as session:
        contacts = session.exec(select(Contact).where(Contact.name == "Rini Astuti")).all()
    assert len({contact.person_id for contact in contacts}) == 2
    after = state(engine, without=root(tmp_path, "ayu"))
    assert set(before.pop("Person")) <= set(after.pop("Person")) and after == before


AGREEMENT = '# Perjanjian Layanan {name}\nNomor {number}, ditandatangani 10 Januari 2025 antara PT Penyedia Jaya ("Penyedia") dan {name} ("Pelanggan").\n\n## Pasal 1 Jangka waktu\n1.1 Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2028.\n\n## Pasal 2 Biaya\n2.1 Biaya bulanan adalah Rp 155.000.000.\n'
AMENDMENT = '# Adendum Perjanjian Layanan\nAdendum atas Perjanjian Nomor {number} tanggal 10 Januari 2025 antara PT Penyedia Jaya ("Penyedia") dan {name} ("Pelanggan"), berlaku sejak 1 Maret 2026.\n\n## Pasal 1\n1.1 Pasal 2.1 Perjanjian diubah menjadi: Biaya bulanan adalah Rp 1.000.\n'


def test_an_amendment_changes_no_agreement_of_another_customer(engine: Engine, send: Send, folder: Path, tmp_path: Path) -> None:
    (folder / "Perjanjian Kenanga.md").write_text(AGREEMENT.format(name="Kenanga", number="07/PKS/2025"))
    import_paths(engine, [folder], today=TODAY)
    before = state(engine)
    report = send("ayu", "adendum.md", AMENDMENT.format(name="Melati", number="07/PKS/2025"))
    assert report.documents["new"] == 1
    amendment = one(engine, Agreement, Agreement.kind == "amendment")
    assert amendment.customer_id == named(engine, "Melati") and amendment.amends_id is None
    assert state(engine, without=root(tmp_path, "ayu")) == before


def test_an_amendment_of_another_customer_s_agreement_is_not_caught_by_an_upload_of_its_number(engine: Engine, send: Send, folder: Path) -> None:
    send("ayu", "perjanjian.md", AGREEMENT.format(name="Melati", number="07/PKS/2025"))
    (folder / "Adendum Kenanga.md").write_text(AMENDMENT.format(name="Kenanga", number="07/PKS/2025"))
    import_paths(engine, [folder], today=TODAY)
    with read(engine) as session:
        clauses = session.exec(select(Clause).where(Clause.customer_id == named(engine, "Melati"))).all()
    assert clauses and all(clause.amended_by_id is None for clause in clauses)


def test_one_s_own_amendment_takes_effect(engine: Engine, send: Send) -> None:
    send("ayu", "perjanjian.md", AGREEMENT.format(name="Melati", number="07/PKS/2025"))
    send("ayu", "adendum.md", AMENDMENT.format(name="Melati", number="07/PKS/2025"))
    with read(engine) as session:
        amended = [clause for clause in session.exec(select(Clause)).all() if clause.amended_by_id is not None]
    assert [clause.number for clause in amended] == ["2.1"]


def test_the_operator_s_import_of_an_uploaded_file_takes_its_place(engine: Engine, send: Send, folder: Path) -> None:
    content = TICKETS.replace("T-", "N-")
    assert send("ayu", "tiket_baru.csv", content).records["ticket"] == 1
    note = "# Catatan Melati\n\nMelati meminta laporan kapasitas.\n"
    send("ayu", "catatan.md", note)
    (folder / "tiket_baru.csv").write_text(content)
    (folder / "catatan.md").write_text(note)
    report = import_paths(engine, [folder], today=TODAY)
    assert report.documents["copies"] == 0 and report.records["ticket"] == 3
    with read(engine) as session:
        assert [document.root for document in session.exec(select(Document).where(Document.title == "Catatan Melati")).all()] == [str(folder)]
        standing = session.exec(select(Ticket).where(Ticket.key == "N-1", Ticket.withdrawn == False)).all()  # noqa: E712
    assert len(standing) == 1


def test_that_a_file_is_known_is_told_only_to_who_may_see_all_of_it(engine: Engine, send: Send) -> None:
    assert send("citra", "tiket_lama.csv", TICKETS).documents["copies"] == 0, "citra does not see the restricted customer's row"
    report = send("ayu", "kontak.csv", CONTACTS)
    assert [problem.reason for problem in report.problems] == [words("not_theirs", "en")]
    assert send("bayu", "kontak.csv", CONTACTS).documents["copies"] == 1


# ---- versions, folders


def test_the_same_name_of_the_same_person_is_a_new_version_and_nobody_else_s(engine: Engine, send: Send) -> None:
    first = "# Catatan Melati\n\nMelati meminta laporan {}.\n"
    send("ayu", "catatan.md", first.format("kapasitas"))
    assert send("ayu", "catatan.md", first.format("keamanan")).documents["changed"] == 1
    assert send("citra", "catatan.md", first.format("ketersediaan")).documents["new"] == 1
    assert not _sees(engine, "ayu", "laporan kapasitas")
    assert _sees(engine, "ayu", "laporan keamanan") and _sees(engine, "ayu", "laporan ketersediaan")


def test_a_version_that_may_not_be_taken_leaves_the_older_one(engine: Engine, send: Send) -> None:
    send("ayu", "catatan.md", "# Catatan Melati\n\nMelati meminta laporan kapasitas.\n")
    report = send("ayu", "catatan.md", "# Catatan\n\nKenanga meminta laporan.\n")
    assert report.documents["refused"] == 1 and report.documents["changed"] == 0
    assert _sees(engine, "ayu", "laporan kapasitas")


def test_an_upload_marks_no_other_file_as_gone(engine: Engine, send: Send) -> None:
    send("ayu", "catatan.md", "# Catatan Melati\n\nMelati meminta laporan kapasitas.\n")
    report = send("ayu", "lain.md", "# Catatan lain Melati\n\nMelati meminta rapat.\n")
    assert not report.missing and report.documents["missing"] == 0
    assert _sees(engine, "ayu", "laporan kapasitas")


# ---- the rule itself

IDS = st.integers(-3, 6)
PLANS = st.builds(
    DocumentPlan,
    source=st.just("a.csv"),
    root=st.just("/r"),
    document=st.fixed_dictionaries({"customer_id": st.none() | IDS}),
    passages=st.lists(st.builds(PlannedPassage, *[st.just("")] * 4, st.just({}), st.just(""), customers=st.dictionaries(IDS, st.booleans(), max_size=2)), max_size=2),
    tables=st.lists(st.builds(PlannedTable, st.just(""), st.just(""), st.sampled_from([None, "ticket", "access"]), st.just([]), st.lists(st.builds(PlannedRow, st.just(1), st.just({}), st.none() | IDS), max_size=2)), max_size=2),
    records=st.lists(st.builds(PlannedRecord, st.sampled_from(["ticket", "known_error", "service"]), st.just("i"), st.just({}), st.none() | IDS, touched=st.lists(IDS, max_size=2).map(tuple)), max_size=2),
    accounts=st.lists(st.builds(PlannedAccount, st.just("x"), st.just({}), st.frozensets(IDS, max_size=2).map(set)), max_size=1),
    names=st.lists(st.tuples(IDS, st.just("n"), st.just("alias")), max_size=1),
)  # fmt: skip
RIGHTS = st.builds(Rights, st.just("ayu"), st.frozensets(st.integers(1, 6)), st.booleans(), st.booleans(), st.booleans())


@given(PLANS, RIGHTS)
def test_nothing_without_objection_speaks_of_others_or_grants_anything(plan: DocumentPlan, rights: Rights) -> None:
    claim(plan, rights)
    if rights.everything or objection(plan, rights):
        return
    assert not plan.accounts
    allowed = rights.customers | ({-3, -2, -1} if rights.adds else set())
    assert set(customers_of(plan)) <= allowed
    if not rights.shared:
        assert all(record.touched if record.kind == "known_error" else record.customer_id is not None for record in plan.records)


@given(PLANS, RIGHTS)
def test_more_rights_never_bring_an_objection(plan: DocumentPlan, rights: Rights) -> None:
    if not objection(plan, rights):
        assert not objection(plan, replace(rights, customers=rights.customers | {1, 2, 3, 4, 5, 6}))
        assert not objection(plan, replace(rights, everything=True))


@given(PLANS, RIGHTS, st.frozensets(st.integers(7, 9)))
def test_the_rule_depends_on_no_customer_that_the_plan_does_not_speak_of(plan: DocumentPlan, rights: Rights, others: frozenset[int]) -> None:
    assert objection(plan, rights) == objection(plan, replace(rights, customers=rights.customers | others))


def test_no_more_rights_than_the_viewer_was_given(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "x" / "catatan.md"
    path.parent.mkdir()
    path.write_text("# Catatan Melati\n\nMelati meminta laporan.\n")
    report = import_paths(engine, [Upload(path, str(tmp_path / "x"), "catatan.md")], today=TODAY, on_behalf_of=Viewer("ayu", customers=frozenset()))
    assert report.documents["refused"] == 1

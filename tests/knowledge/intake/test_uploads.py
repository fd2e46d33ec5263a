"""A file that somebody uploads who does not see all customers: what becomes of it does not depend on whom they do not see.

Random files are sent twice, into two copies of one store: with the names of a hidden customer, and with names that nobody knows in
their place. All that the uploader is told and may read afterwards is the same, and so is who else may read it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from knowledge.access import names_unknown_to, passage_clause, record_clause, viewer_for
from knowledge.index.schema import ensure_schema
from knowledge.intake.files import Upload
from knowledge.intake.importer import import_paths
from knowledge.intake.report import ImportReport
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.store import migrate, open_store, read

TODAY = date(2026, 11, 2)
MASTER = "Kode;Nama Pelanggan;Badan Hukum;Kota;Akses\nK-01;Melati;PT Melati Sejahtera;Bogor;umum\nK-02;Kenanga;PT Kenanga Utama;Medan;umum\nK-03;Dahlia;CV Dahlia Karya;Solo;terbatas\nK-04;Anggrek;PT Anggrek Makmur;Ambon;umum\n"
ACCESS = "Akun;Nama Lengkap;Surel;Pelanggan yang boleh dilihat\nayu;Ayu Lestari;ayu@penyedia.example;Melati, Anggrek\nayuni;Ayuni Sari;ayuni@penyedia.example;Melati\nbayu;Bayu Pratama;bayu@penyedia.example;Kenanga\ncitra;Citra Dewi;citra@penyedia.example;SEMUA\n"
CONTACTS = "Nama;Jabatan;Pelanggan;Telepon;Surel\nRini Astuti;Manajer TI;Kenanga;0812-3333-4444;rini@kenanga.example\nDodi Hartono;Manajer TI;Dahlia;0812-3333-5555;dodi@dahlia.example\nSari Wening;Manajer TI;Melati;0812-3333-6666;sari@melati.example\n"
TICKETS = "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\nT-1;Melati;2026-10-01;P1;Jaringan putus\nT-2;Kenanga;2026-10-02;P2;Surel lambat\nT-3;Dahlia;2026-10-03;P3;Cetak gagal\n"


@dataclass(frozen=True)
class Named:
    """The ways in which texts name a customer or its people."""

    short: str
    legal: str
    key: str
    person: str
    address: str

    def into(self, text: str) -> str:
        """The text with these names in place of the slots <short>, <legal>, …"""
        for slot, name in vars(self).items():
            text = text.replace(f"<{slot}>", name)
        return text


HIDDEN = {
    "another's": Named("Kenanga", "PT Kenanga Utama", "K-02", "Rini Astuti", "rini@kenanga.example"),
    "restricted": Named("Dahlia", "CV Dahlia Karya", "K-03", "Dodi Hartono", "dodi@dahlia.example"),
}
NOBODY = {
    "another's": Named("Cempaka", "PT Cempaka Utama", "K-72", "Rita Anjani", "rita@cempaka.example"),
    "restricted": Named("Seruni", "CV Seruni Karya", "K-73", "Dedi Hartanto", "dedi@seruni.example"),
}

NAMES = st.sampled_from(["Melati", "PT Melati Sejahtera", "Anggrek", "K-01", "Sari Wening", "<short>", "<legal>", "<key>", "<person>", "tim"])
LINES = st.builds(
    str.format,
    st.sampled_from([
        "- {0} meminta laporan kapasitas sebelum 1 Desember 2026.", "{0} mengeluh surel lambat sejak {1} pindah gedung.", "## Pembahasan {0}",
        "Biaya {0} naik menjadi Rp 90.000.000.", "Hadir: {0}, {1}", "Penyedia berjanji mengirim jadwal ke {0} sebelum 5 Desember 2026.", "Cadangan daya diuji tiap bulan.",
    ]),
    NAMES, NAMES,
)  # fmt: skip
TITLES = st.builds("# Notulen rapat {}".format, NAMES) | st.just("# Notulen") | st.just("")
NOTES = st.builds(lambda title, lines: ("md", "\n\n".join([title, *lines])), TITLES, st.lists(LINES, min_size=1, max_size=5))
MAILS = st.builds(
    lambda to, subject, lines: ("eml", f"From: Ayu <ayu@penyedia.example>\nTo: {to}\nSubject: {subject}\nDate: Thu, 1 Oct 2026 10:00:00 +0700\n\n" + "\n".join(lines)),
    st.sampled_from(["Sari <sari@melati.example>", "<person> <<address>>", "Sari <sari@melati.example>, <person> <<address>>"]), NAMES, st.lists(LINES, min_size=1, max_size=3),
)  # fmt: skip
ROWS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=4)
TICKET_LISTS = ROWS.map(
    lambda rows: ("csv", "No Tiket;Pelanggan;Tanggal Buka;Prioritas;Ringkasan\n" + "".join(f"N-{n};{one};2026-10-01;P1;Listrik padam seperti {two}\n" for n, (one, two) in enumerate(rows)))
)
OTHER_LISTS = ROWS.map(lambda rows: ("csv", "Gudang;Isi;Jumlah;Catatan\n" + "".join(f"Rak {n};{one};{n};lihat {two}\n" for n, (one, two) in enumerate(rows))))
ERROR_LISTS = ROWS.map(lambda rows: ("csv", "Kode KE;Judul;Gejala;Pelanggan Terdampak\n" + "".join(f"KE-{n};Memori bocor;Layanan lambat;{one}, {two}\n" for n, (one, two) in enumerate(rows))))
FILES = st.tuples(NOTES | MAILS | TICKET_LISTS | OTHER_LISTS | ERROR_LISTS, st.sampled_from(["catatan", "notulen <short>", "Melati dan <short>", "Melati"]))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the operator's files, never written to again."""
    folder = tmp_path_factory.mktemp("berkas")
    for name, text in (("pelanggan.csv", MASTER), ("hak_akses.csv", ACCESS), ("tiket.csv", TICKETS), ("kontak.csv", CONTACTS)):
        (folder / name).write_text(text)
    (folder / "Notulen Kenanga.md").write_text("# Notulen rapat Kenanga\n\n- Rini Astuti meminta laporan kapasitas.\n")
    path = tmp_path_factory.mktemp("store") / "akrab.db"
    engine = open_store(f"sqlite:///{path}")
    migrate(engine)
    ensure_schema(engine)
    assert not import_paths(engine, [folder], today=TODAY).problems
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@contextmanager
def store(imported: Path) -> Iterator[tuple[Engine, Path]]:
    """A copy of the store, and a folder for uploads."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(imported, Path(folder) / "akrab.db")
        engine = open_store(f"sqlite:///{folder}/akrab.db")
        yield engine, Path(folder)
        engine.dispose()


def send(engine: Engine, folder: Path, who: str, name: str, content: str) -> ImportReport:
    path = folder / who / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    with read(engine) as session:
        viewer = viewer_for(session, who)
    return import_paths(engine, [Upload(path, f"/unggahan/{who}", f"slack/2026-11/{name}")], today=TODAY, on_behalf_of=viewer)


def seen_by(engine: Engine, who: str) -> dict[str, Any]:
    """All that somebody may read of what was uploaded, and which names are unknown to them."""
    with read(engine) as session:
        viewer = viewer_for(session, who)
        names = dict(session.execute(select(col(Customer.id), col(Customer.name)).where(record_clause(viewer, Customer))).all())
        uploaded = {number: title for number, root, title in session.execute(select(col(Document.id), col(Document.root), col(Document.title))) if root.startswith("/unggahan")}
        passages = session.exec(select(Passage).where(col(Passage.document_id).in_(uploaded), passage_clause(viewer)).order_by(col(Passage.id))).all()
        links = session.exec(select(PassageCustomer).where(col(PassageCustomer.passage_id).in_([passage.id for passage in passages]))).all()
        found: dict[str, Any] = {
            "passages": [(one.text, one.context, one.record_kind, uploaded[one.document_id or 0], sorted(names[link.customer_id] for link in links if link.passage_id == one.id)) for one in passages]
        }
        for kind, model in KINDS.items():
            if "document_id" in model.model_fields and kind != "customer":
                rows = session.exec(select(model).where(col(model.document_id).in_(uploaded), model.withdrawn.is_(False), record_clause(viewer, model)).order_by(model.id)).all()  # type: ignore[attr-defined]
                hide = {"id", "created_at", "document_id", "identity"}
                found[kind] = [row.model_dump(exclude=hide) for row in rows]
        return found


def told(report: ImportReport) -> tuple[Any, ...]:
    return (+report.documents, +report.records, report.problems, report.merges, report.differences, report.tables_unknown)


def same(one: object, other: object, hidden: Named, nobody: Named) -> bool:
    """Whether two things read the same but for the names."""
    texts = []
    for thing, names in ((one, hidden), (other, nobody)):
        text = str(thing)
        for slot, name in sorted(vars(names).items(), key=lambda pair: -len(pair[1])):
            text = text.replace(name, f"<{slot}>").replace(name.lower(), f"<{slot}>")
        texts.append(text)
    return texts[0] == texts[1]


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example((("csv", "Gudang;Isi;Jumlah;Catatan\nRak 0;tim;0;lihat tim\n"), "catatan"), "restricted", "citra")
@given(FILES, st.sampled_from(sorted(HIDDEN)), st.sampled_from(["ayu", "citra"]))
def test_a_hidden_name_comes_to_the_same_as_one_that_nobody_knows(imported: Path, file: tuple[tuple[str, str], str], which: str, who: str) -> None:
    (ending, text), name = file
    hidden, nobody = HIDDEN[which], NOBODY[which]
    if who == "citra" and which != "restricted":
        return
    outcomes = []
    for names in (hidden, nobody):
        with store(imported) as (engine, folder):
            report = send(engine, folder, who, names.into(f"{name}.{ending}"), names.into(text))
            again = send(engine, folder, who, names.into(f"{name} salinan.{ending}"), names.into(text))
            outcomes.append([told(report), told(again), *(seen_by(engine, other) for other in ("ayu", "ayuni", "citra"))])
            if who == "ayu" or names.into(text) != text:  # a table of somebody who sees everybody, and that names nobody, is for all staff
                assert not seen_by(engine, "bayu")["passages"], "who sees none of the uploader's customers reads nothing of it"
    for one, other in zip(*outcomes, strict=True):
        assert same(one, other, hidden, nobody), f"\n{one}\n{other}"


def test_names_that_an_upload_has_beside_its_customers_are_unknown_to_its_readers_alone(imported: Path) -> None:
    with store(imported) as (engine, folder):
        send(engine, folder, "ayu", "catatan.md", "# Catatan Melati\n\nMelati meminta laporan seperti Kenanga.\n")
        with read(engine) as session:
            kenanga = session.exec(select(Customer.id).where(Customer.name == "Kenanga")).one()
            assert [names_unknown_to(session, viewer_for(session, who)) for who in ("ayu", "ayuni", "bayu", "citra")] == [{kenanga}, {kenanga}, set(), set()]


def test_a_customer_who_becomes_known_later_takes_nothing_from_the_uploader(imported: Path) -> None:
    with store(imported) as (engine, folder):
        send(engine, folder, "ayu", "catatan.md", "# Catatan Melati\n\nMelati meminta laporan seperti Cempaka.\n")
        before = seen_by(engine, "ayu")
        (folder / "baru").mkdir()
        (folder / "baru" / "pelanggan_baru.csv").write_text("Kode;Nama Pelanggan;Badan Hukum;Kota;Akses\nK-09;Cempaka;PT Cempaka Jaya;Bali;terbatas\n")
        import_paths(engine, [folder / "baru"], today=TODAY)
        assert seen_by(engine, "ayu") == before
        with read(engine) as session:
            cempaka = session.exec(select(Customer.id).where(Customer.name == "Cempaka")).one()
            assert names_unknown_to(session, viewer_for(session, "ayu")) == {cempaka}


def test_somebody_else_s_upload_of_the_same_content_is_not_told(imported: Path) -> None:
    text = "# Catatan Melati\n\nMelati meminta laporan seperti Kenanga.\n"
    with store(imported) as (engine, folder):
        assert send(engine, folder, "ayuni", "catatan.md", text).documents["new"] == 1
        assert send(engine, folder, "ayu", "catatan.md", text).documents["new"] == 1


def test_the_operator_s_import_of_an_upload_that_names_others_takes_nothing_from_the_uploader(imported: Path) -> None:
    text = "# Catatan Melati\n\nMelati meminta laporan seperti Kenanga.\n"
    with store(imported) as (engine, folder):
        send(engine, folder, "ayu", "catatan.md", text)
        (folder / "baru").mkdir()
        (folder / "baru" / "catatan.md").write_text(text)
        import_paths(engine, [folder / "baru"], today=TODAY)
        assert any("seperti Kenanga" in passage[0] for passage in seen_by(engine, "ayu")["passages"])


def test_lines_about_nobody_in_a_file_about_several_are_for_who_sees_them_all(imported: Path) -> None:
    with store(imported) as (engine, folder):
        send(engine, folder, "ayu", "catatan.md", "# Notulen\n\nMelati meminta denah.\n\nAnggrek meminta jadwal.\n\nKenanga naik menjadi Rp 90.000.000.\n")
        texts = {who: " ".join(passage[0] for passage in seen_by(engine, who)["passages"]) for who in ("ayu", "ayuni", "citra")}
        assert "Kenanga" in texts["ayu"] and "Kenanga" in texts["citra"]
        assert "denah" in texts["ayuni"] and "Kenanga" not in texts["ayuni"] and "jadwal" not in texts["ayuni"]

"""The promise ledger, from files as people write them to what a question is answered with."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from assistant.tools.desk import Desk
from assistant.tools.ledger.commitments import KnownCommitment, commitments
from assistant.tools.ledger.questions import asks_for_ledger, ledger_question
from knowledge.access import OWNER, Viewer
from knowledge.intake.importer import import_paths
from knowledge.linking import Linker
from knowledge.store import open_store, read

TODAY = date(2031, 5, 20)
FILES = {
    "pelanggan.csv": "Kode,Nama pelanggan,Nama singkat,Account manager\nKRH,PT Karang Hijau,Karang Hijau,Fajar Nugraha\nBWF,Brightwater Foods Ltd,Brightwater,Fajar Nugraha\n",
    "kontak.csv": "Pelanggan,Nama,Jabatan,Email\nKRH,Wulan Sari,Manajer TI,wulan@karanghijau.example\nBWF,Helen Marsh,IT Manager,helen@brightwater.example\n",
    "rapat/notulen Karang Hijau.md": (
        "# Notulen rapat pengenalan portal Karang Hijau, 5 Mei 2031\n\nHadir: Wulan Sari (Karang Hijau); Fajar Nugraha (Sinar Data)\n\n## Pembahasan\n\n"
        "- Bu Wulan bercerita soal rencana pembukaan gudang di Solo.\n\n## Daftar aksi\n\n| Siapa | Apa | Tenggat |\n"
        "| Fajar Nugraha | analisis gangguan | 26 Mei 2031 |\n| Wulan Sari | daftar pengguna baru | 28 Mei 2031 |\n\nRapat berikutnya: 3 Juni 2031.\n"
    ),
    "mail/denah.eml": (
        "From: Helen Marsh <helen@brightwater.example>\nTo: Fajar Nugraha <fajar@sinardata.example>\nSubject: Drawings\n"
        "Date: Mon, 12 May 2031 09:00:00 +0700\n\nHi Fajar,\n\nCould you send us the floor drawings by 30 May 2031?\n\nHelen Marsh\n"
    ),
    "rapat/vendor demo.md": "# Catatan vendor Orbita\n\nDemo produk PintuAwan pada 12 Mei 2031. Fajar Nugraha akan mengirim penilaian paling lambat 29 Mei 2031.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("ledger")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.db'}")
    SQLModel.metadata.create_all(engine)
    import_paths(engine, [folder], today=TODAY)
    yield engine
    engine.dispose()


def asked(engine: Engine, question: str, viewer: Viewer = OWNER) -> list[KnownCommitment]:
    with read(engine) as session:
        linker = Linker.from_store(session)
        desk = Desk(session, viewer, TODAY, linker, None, None)  # type: ignore[arg-type]
        customers = tuple(number for mention in linker.customers(question) for number in mention.customer_ids if viewer.may_see(number))
        return commitments(desk, question, customers)


@pytest.mark.parametrize(
    ("question", "owner", "text", "due"),
    [
        ("Apa yang kita janjikan kepada Karang Hijau dalam rapat 5 Mei 2031, dan kapan tenggatnya?", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("what do we owe Karang Hijau from the 5 May 2031 meeting", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("Apa saja yang kita janjikan ke Karang Hijau di rapat 5 Mei 2031 lengkap dengan harinya?", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("Apa yang dijanjikan Fajar di rapat pengenalan portal?", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("pr kita ke Karang Hijau apa aja", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("Karang Hijau utang apa ke kita, kpn?", "Wulan Sari", "daftar pengguna baru", date(2031, 5, 28)),
        ("What are we waiting for from Karang Hijau?", "Wulan Sari", "daftar pengguna baru", date(2031, 5, 28)),
        ("What does Karang Hijau still have to give us, and by when?", "Wulan Sari", "daftar pengguna baru", date(2031, 5, 28)),
        ("apa yg masih kita tunggu dari Karang Hijau", "Wulan Sari", "daftar pengguna baru", date(2031, 5, 28)),
        ("siapa yg harus kirim analisis gangguan ke Karang Hijau", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("analisis gangguan Karang Hijau deadlinenya kapan", "Fajar Nugraha", "analisis gangguan", date(2031, 5, 26)),
        ("Siapa yang mengirim penilaian demo PintuAwan dan kapan tenggatnya?", "Fajar Nugraha", "Fajar Nugraha akan mengirim penilaian paling lambat 29 Mei 2031.", date(2031, 5, 29)),
        ("Who sends the assessment of the PintuAwan demo, and by when?", "Fajar Nugraha", "Fajar Nugraha akan mengirim penilaian paling lambat 29 Mei 2031.", date(2031, 5, 29)),
        ("What did Ms Marsh of Brightwater ask for by e-mail, and by when?", "Helen Marsh", "Could you send us the floor drawings by 30 May 2031?", date(2031, 5, 30)),
        ("Bu Helen dari Brightwater minta apa di email, kpn deadline", "Helen Marsh", "Could you send us the floor drawings by 30 May 2031?", date(2031, 5, 30)),
        ("Rencana apa yang disampaikan Karang Hijau dalam rapat terakhir?", "Wulan Sari", "Bu Wulan bercerita soal rencana pembukaan gudang di Solo.", None),
        ("whats Karang Hijau planning", "Wulan Sari", "Bu Wulan bercerita soal rencana pembukaan gudang di Solo.", None),
        ("Karang Hijau lg ada rencana apa", "Wulan Sari", "Bu Wulan bercerita soal rencana pembukaan gudang di Solo.", None),
    ],
)  # fmt: skip
def test_the_ledger_answers_formal_and_informal_questions(engine, question, owner, text, due) -> None:
    assert [(found.owner, found.text, found.due) for found in asked(engine, question)] == [(owner, text, due)]


@pytest.mark.parametrize(
    "question",
    ["When is the next meeting with Karang Hijau?", "ketemu Karang Hijau lagi kapan", "next mtg with KRH?", "Kapan rapat berikutnya dengan PT Karang Hijau?", "when do we meet Bu Wulan again"],
)  # fmt: skip
def test_the_next_meeting_comes_with_the_words_that_name_it(engine, question) -> None:
    found = asked(engine, question)
    assert [(one.kind, one.due, one.evidence.quote) for one in found] == [("meeting", date(2031, 6, 3), "Rapat berikutnya: 3 Juni 2031.")]
    assert found[0].evidence.dated == date(2031, 5, 5)


@pytest.mark.parametrize(
    "question",
    [
        "What P1 response time does the agreement with Karang Hijau promise?",
        "Apa yang kita janjikan ke Karang Hijau soal genset?",
        "Siapa yang mengirim laporan pajak Karang Hijau?",
        "What did we promise Brightwater?",
        "When is the next meeting with Brightwater?",
        "Rencana apa yang disampaikan Brightwater?",
    ],
)
def test_what_the_ledger_does_not_hold_is_not_answered_with_something_else(engine, question) -> None:
    assert asked(engine, question) == []


def test_entries_of_customers_that_the_asker_may_not_see_stay_hidden(engine) -> None:
    with read(engine) as session:
        brightwater = Linker.from_store(session).customers("Brightwater")[0].customer_ids
    stranger = Viewer("tono", "Tono", frozenset(brightwater))
    assert asked(engine, "Karang Hijau utang apa ke kita?", stranger) == []
    assert asked(engine, "siapa yang harus kirim analisis gangguan", stranger) == []
    assert asked(engine, "siapa yang harus kirim analisis gangguan")


@pytest.mark.parametrize(
    "question",
    [
        "Siapa saja yang hadir pada rapat berikutnya?",
        "Berapa tiket yang diminta Karang Hijau bulan lalu?",
        "Berapa kredit yang kita utang ke Karang Hijau untuk Maret?",
        "What is the recovery plan for the data centre?",
        "Which planned changes affect Karang Hijau?",
        "Who sends the monthly report under the contract?",
        "Kapan batas waktu pemberitahuan perpanjangan kontrak?",
    ],
)
def test_questions_for_agreements_tickets_and_figures_are_none_of_the_ledger(question) -> None:
    assert not asks_for_ledger(question)


@pytest.mark.parametrize(
    ("question", "party"),
    [
        ("Apa yang kita janjikan ke Karang Hijau?", "provider"),
        ("Karang Hijau janji apa ke kita?", "customer"),
        ("What has Helen promised us?", "customer"),
        ("What did we promise Helen?", "provider"),
        ("Janji apa yang ada untuk Karang Hijau?", None),
    ],
)
def test_whose_side_owes_it(question, party) -> None:
    found = ledger_question(question)
    assert found is not None and found.party == party


@pytest.mark.parametrize(
    ("question", "party", "overdue"),
    [
        ("Yang masih kita tunggu dari pihak Karang Hijau apa, tenggatnya kapan?", "customer", False),
        ("action item yg jadi tanggungan kita dan udah lewat due date apa aja?", "provider", True),
        ("tindak lanjut yang menjadi bagian kami sudah lewat tanggalnya apa saja", "provider", True),
    ],
)
def test_who_owes_in_other_words(question: str, party: str, overdue: bool) -> None:
    asked = ledger_question(question)
    assert asked is not None and (asked.kind, asked.party, asked.overdue) == ("owed", party, overdue)

"""What is marked internal, by a folder, a heading or its kind, is nothing that somebody without that right ever learns of."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import func, select

from assistant.answering import Answer
from assistant.settings import Settings
from assistant.wiring import bootstrap
from knowledge.access import row_clause, viewer_for
from knowledge.embeddings.e5 import E5Embedder
from knowledge.intake.importer import import_paths
from knowledge.records.documents import SheetRow
from knowledge.store import read

TODAY = date(2031, 2, 3)
FILES = {
    "pelanggan.csv": "Kode;Nama Pelanggan\nML-1;PT Melur Abadi\n",
    "akses.csv": "Akun;Nama Lengkap;Pelanggan;Boleh lihat internal\nayu;Ayu Lestari;PT Melur Abadi;ya\nbima;Bima Sakti;PT Melur Abadi;tidak\n",
    "Internal/harga.csv": "Layanan;Harga jual (Rp);Biaya pokok (Rp)\nKotak Surat Awan;145.000;71.500\nPenyimpanan Arsip;210.000;98.250\n",
    "internal/tim.md": "# Kesepakatan tim jaringan\n\nTim jaringan memulihkan gangguan P1 dalam 170 menit.\n",
    "batas.md": "# INTERNAL - batas tawar\n\nHarga terendah untuk perpanjangan PT Melur Abadi adalah Rp 43.250.000 per bulan.\n",
    "intern/kuartal.csv": "Kode;q1;q2;q3;churn\nML-1;31;33;26;18\n",
    "margin_2030.csv": "Kode;S1;S2\nML-1;29;24\n",
    "umum.md": "# Jam kerja\n\nMeja layanan buka pukul 07.30 sampai 17.15.\n",
}
Ask = Callable[[str, str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Ask:
    folder = tmp_path_factory.mktemp("internal")
    for name, text in FILES.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    akrab = bootstrap(Settings(home=folder / "home", today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    import_paths(akrab.engine, [folder / "files"], today=TODAY)
    akrab.embed_new()
    with read(akrab.engine) as session:
        ayu, bima = (session.exec(select(func.count()).select_from(SheetRow).where(row_clause(viewer_for(session, name)))).one() for name in ("ayu", "bima"))
    assert ayu - bima == 4
    return lambda question, who: akrab.answering.ask(question, akrab.viewer(who), None)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Berapa biaya pokok Kotak Surat Awan?", "71.500"),
        ("Berapa menit tim jaringan memulihkan gangguan P1?", "170"),
        ("Churn PT Melur Abadi berapa?", "18"),
        ("Berapa margin S2 PT Melur Abadi?", "24"),
        ("What is the lowest price for the renewal of Melur Abadi?", "43"),
    ],
)
def test_internal_material_is_for_those_who_may_see_it(ask: Ask, question: str, value: str) -> None:
    assert value in ask(question, "ayu").answer
    kept = ask(question, "bima")
    assert kept.abstained and value not in kept.answer, kept.answer
    assert not any(word in kept.answer.lower() for word in ("harga", "tim jaringan", "batas tawar") if word not in question.lower())


def test_what_is_not_marked_is_for_both(ask: Ask) -> None:
    for who in ("ayu", "bima"):
        assert "07.30" in ask("Meja layanan buka pukul berapa?", who).answer

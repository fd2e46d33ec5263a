"""An empty store, and a folder with the customers of a small provider, for imports of further files."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.index.schema import ensure_schema
from knowledge.store import migrate, open_store

MASTER = "Kode Pelanggan;Nama Pelanggan;Badan Hukum;Segmen;Kota\nK-01;Melati;PT Melati Sejahtera;Ritel;Bogor\nK-02;Bank Kenanga;PT Bank Kenanga Tbk;Perbankan;Medan\nK-03;Dahlia;CV Dahlia Karya;Logistik;Solo\n"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    migrate(engine)
    ensure_schema(engine)
    return engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "berkas"
    folder.mkdir()
    (folder / "pelanggan.csv").write_text(MASTER)
    return folder

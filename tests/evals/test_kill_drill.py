"""An import killed at three random moments loses nothing and shows nothing half-known; and the drill sees what is broken."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.settings import Settings
from assistant.wiring import bootstrap
from evals.kill_drill import drill
from evals.soundness import Broken, content, sound
from knowledge.index.schema import ensure_schema
from knowledge.intake.importer import import_paths
from knowledge.store import write

FILES = {
    "keluhan.csv": "Tanggal,Klien,Dari,Isi,Sentimen\n" + "".join(f"2026-10-{day:02d},Samawa Logistik,Ilham,Pemindai lorong {day} lambat,negatif\n" for day in range(1, 25)),
    "rapat.md": "# Notulen rapat Samawa Logistik\nTanggal: 3 November 2026\n\n" + "\n".join(f"- Rak {n} dipindah paling lambat {n} Desember 2026." for n in range(1, 25)),
    "meranti.txt": "Meranti Agro asked for a second link to mill 9 by 4 January 2027.\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "new"
    folder.mkdir()
    for name, words in FILES.items():
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def test_three_kills_lose_nothing(folder: Path) -> None:
    done = drill(folder, Settings(), times=3, seed=7, tell=lambda line: None)
    assert len(done.outcomes) == 3
    assert done.documents == len(FILES)
    assert done.broken == []


def test_the_drill_sees_a_lost_row_and_a_passage_that_is_ready_too_early(folder: Path, tmp_path: Path) -> None:
    akrab = bootstrap(Settings(home=tmp_path / "home", database=None, model="builtin"))
    import_paths(akrab.engine, [folder], today=date(2026, 11, 22))
    ensure_schema(akrab.engine)
    whole = content(akrab.engine)
    sound(akrab.engine)
    with write(akrab.engine) as session:
        session.execute(text("UPDATE document SET state = 'importing' WHERE source = 'rapat.md'"))
    with pytest.raises(Broken, match="not complete"):
        sound(akrab.engine)
    with write(akrab.engine) as session:
        session.execute(text("UPDATE document SET state = 'ready'"))
        session.execute(text("DELETE FROM sheetrow WHERE number = (SELECT MAX(number) FROM sheetrow)"))
    assert content(akrab.engine) != whole
    akrab.engine.dispose()

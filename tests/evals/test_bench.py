"""The bench's store: grown with neighbours that are searchable and differ; its summaries."""

from pathlib import Path

import numpy as np
from sqlalchemy import func, select
from sqlmodel import col

from assistant.settings import Settings
from assistant.wiring import bootstrap
from evals.growing import grow
from knowledge.access import OWNER
from knowledge.index.reindex import check, index_passages
from knowledge.index.vectors import ExactIndex, from_blobs
from knowledge.records.documents import Passage
from knowledge.store import read, write


def test_a_grown_store_is_sound_and_its_copies_are_near_but_not_the_same(tmp_path: Path) -> None:
    akrab = bootstrap(Settings(home=tmp_path))
    with write(akrab.engine) as session:
        session.add(Passage(text="Genset kedua diuji 12 Maret selama 45 menit.", language="id", ready=True))
        session.add(Passage(text="The second generator was tested for 45 minutes.", language="en", ready=True))
    index_passages(akrab.engine, akrab.embedder)
    grow(akrab, 40)
    with read(akrab.engine) as session:
        assert session.execute(select(func.count()).select_from(Passage)).scalar_one() == 40
        rows = session.execute(select(col(Passage.text), col(Passage.embedding)).order_by(col(Passage.id))).all()
    vectors = from_blobs([row.embedding for row in rows], akrab.embedder.dimension)
    near = vectors[2::2] @ vectors[0]
    assert 0.8 < float(near.min()) <= float(near.max()) < 0.999
    assert len({row.text for row in rows}) > 10
    report = check(akrab.engine, akrab.embedder, ExactIndex(akrab.embedder.name, akrab.embedder.dimension))
    assert (report.not_embedded, report.full_text, report.lost) == (0, True, [])
    assert akrab.retriever.search("generator test", OWNER, k=5)
    assert np.isfinite(vectors).all()

"""Full text and change log, which the database keeps by itself."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlmodel import col

from knowledge.access import OWNER, passage_clause
from knowledge.index.lexical import code_spellings, match_expression, search_codes, search_words, stem_text
from knowledge.index.schema import changed_since, ensure_schema, full_text_is_sound, generation, rebuild_full_text
from knowledge.records.documents import Passage
from knowledge.store import migrate, open_store, read, write

SEEN = [passage_clause(OWNER)]


@pytest.fixture
def engine(tmp_path) -> Engine:
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    migrate(engine)
    ensure_schema(engine)
    return engine


def add(engine: Engine, body: str, language: str = "id") -> int:
    with write(engine) as session:
        passage = Passage(text=body, language=language, stems=stem_text("", body, language), ready=True)  # type: ignore[arg-type]
        session.add(passage)
        session.flush()
        assert passage.id is not None
        return passage.id


def words(engine: Engine, query: str, language: str = "id") -> list[int]:
    with read(engine) as session:
        allowed = session.execute(select(Passage.id).where(*SEEN, col(Passage.language) == language)).scalars().all()
        return list(search_words(session, query, language).best(np.array(allowed, np.int64), 100))  # type: ignore[arg-type]


def test_inflected_words_find_each_other(engine: Engine) -> None:
    late = add(engine, "Pengiriman laporan terlambat lagi")
    add(engine, "Rapat anggaran ditunda")
    assert words(engine, "laporannya dikirim kapan?") == [late]
    english = add(engine, "The servers were restarted twice", "en")
    assert words(engine, "server restarts", "en") == [english]


def test_deleted_and_changed_texts_are_not_found(engine: Engine) -> None:
    first, second = add(engine, "kabel optik putus"), add(engine, "kabel optik baru")
    with write(engine) as session:
        session.execute(delete(Passage).where(col(Passage.id) == first))
        session.execute(update(Passage).where(col(Passage.id) == second).values(stems="genset"))
    assert words(engine, "kabel optik") == []
    assert words(engine, "genset") == [second]
    with write(engine) as session:
        assert full_text_is_sound(session.connection())


def test_a_new_text_loses_its_old_stems_and_vector(engine: Engine) -> None:
    passage_id = add(engine, "kabel optik putus")
    with write(engine) as session:
        session.execute(update(Passage).values(embedding=b"old", embedding_model="m"))
    with write(engine) as session:
        session.execute(update(Passage).where(col(Passage.id) == passage_id).values(text="genset mati"))
    with read(engine) as session:
        passage = session.get(Passage, passage_id)
        assert passage is not None
        assert (passage.stems, passage.embedding) == ("", None)
    assert words(engine, "kabel") == []


def test_text_stems_and_vector_may_change_together(engine: Engine) -> None:
    passage_id = add(engine, "kabel optik putus")
    with write(engine) as session:
        session.execute(update(Passage).values(text="genset mati", stems="genset mati", embedding=b"new"))
    with read(engine) as session:
        passage = session.get(Passage, passage_id)
        assert passage is not None
        assert (passage.stems, passage.embedding) == ("genset mati", b"new")


def test_every_change_is_logged(engine: Engine) -> None:
    with read(engine) as session:
        before = generation(session.connection())
    first = add(engine, "satu")
    with read(engine) as session:
        assert changed_since(session.connection(), before) == {first}
        now = generation(session.connection())
        assert changed_since(session.connection(), now) == set()
        assert changed_since(session.connection(), now + 5) is None
    with write(engine) as session:
        session.execute(delete(Passage).where(col(Passage.id) == first))
    with read(engine) as session:
        assert changed_since(session.connection(), now) == {first}


def test_missing_triggers_are_restored_and_the_gap_is_closed(engine: Engine) -> None:
    with write(engine) as session:
        for name in ("passage_words_added", "passage_change_added"):
            session.execute(text(f"DROP TRIGGER {name}"))
    unseen = add(engine, "gardu induk")
    assert words(engine, "gardu") == []
    ensure_schema(engine)
    assert words(engine, "gardu") == [unseen]


def test_a_full_text_table_that_disagrees_is_noticed_and_mended(engine: Engine) -> None:
    passage_id = add(engine, "gardu induk")
    with write(engine) as session:
        session.execute(
            text("INSERT INTO passage_fts(passage_fts, rowid, stems) VALUES ('delete', :id, 'gardu induk')"),
            {"id": passage_id},
        )
        assert not full_text_is_sound(session.connection())
        rebuild_full_text(session.connection())
        assert full_text_is_sound(session.connection())


@pytest.mark.parametrize("query", ['"', "a AND (b OR", "NEAR(x y)", "kolom:isi", "***", "-", "ke'017"])
def test_no_question_is_syntax(engine: Engine, query: str) -> None:
    add(engine, "isi kolom")
    assert isinstance(words(engine, query), list)
    assert match_expression([]) == ""


@pytest.mark.parametrize("asked", ["KE-042", "ke-042", "KE042"])
def test_codes_are_found_however_they_are_written(engine: Engine, asked: str) -> None:
    holder = add(engine, "Galat KE-042 terjadi bila disk penuh")
    add(engine, "Galat KE-043 terjadi bila memori penuh")
    with read(engine) as session:
        assert search_codes(session, [asked], SEEN, 10) == {holder: 1.0}
    assert code_spellings("KE-042") == ["ke-042", "ke042"]


@pytest.mark.parametrize("analysed", [False, True])
def test_the_words_are_matched_once_and_not_for_each_passage(engine: Engine, analysed: bool) -> None:
    for number in range(60):
        add(engine, f"gardu induk KE-{number:03}")
    if analysed:
        with write(engine) as session:
            session.execute(text("ANALYZE"))
    statements: list[str] = []
    with read(engine) as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(statements.append)
        search_words(session, "gardu induk", "id")
        search_codes(session, ["KE-042"], SEEN, 10)
        driver.set_trace_callback(None)
        plans = [driver.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in statements if "MATCH" in sql]
    assert len(plans) == 2
    for plan in plans:
        assert "SCAN passage_fts" in plan[0][3]
        assert all("passage_fts" not in step[3] for step in plan[1:])

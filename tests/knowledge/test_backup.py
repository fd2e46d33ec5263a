"""Backup and restore: whole, checked, and never over something without being told."""

import sqlite3
from pathlib import Path

import pytest
from sqlmodel import select

from knowledge.backup import CannotBackUp, back_up, restore_from
from knowledge.records.documents import Document
from knowledge.store import migrate, open_store, read, write


@pytest.fixture
def store(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'home' / 'akrab.db'}"
    (tmp_path / "home").mkdir()
    engine = open_store(url)
    migrate(engine)
    with write(engine) as session:
        session.add(Document(source="a.md", state="ready"))
    engine.dispose()
    return url


def test_a_backup_taken_during_a_write_holds_what_was_committed(store: str, tmp_path: Path) -> None:
    engine = open_store(store)
    with write(engine) as session:
        session.add(Document(source="b.md", state="ready"))
        session.flush()
        back_up(store, tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy") as copy:
        assert copy.execute("SELECT source FROM document").fetchall() == [("a.md",)]


def test_a_restored_store_is_the_one_that_was_backed_up(store: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copy")
    engine = open_store(store)
    with write(engine) as session:
        session.add(Document(source="later.md", state="ready"))
    # the store's log is left behind on purpose: it must not be applied to the restored file
    assert restore_from(tmp_path / "copy", store, replace=True) == 1
    engine.dispose()
    with read(open_store(store)) as session:
        assert [document.source for document in session.exec(select(Document))] == ["a.md"]


def test_nothing_is_overwritten_without_being_told(store: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copy")
    for attempt in (lambda: back_up(store, tmp_path / "copy"), lambda: restore_from(tmp_path / "copy", store)):
        with pytest.raises(CannotBackUp) as told:
            attempt()
        assert told.value.reason == "exists"


def test_a_damaged_backup_changes_nothing(store: str, tmp_path: Path) -> None:
    back_up(store, tmp_path / "copy")
    content = bytearray((tmp_path / "copy").read_bytes())
    content[8192:90_000] = b"\xff" * (90_000 - 8192)
    (tmp_path / "copy").write_bytes(bytes(content))
    with pytest.raises(CannotBackUp) as told:
        restore_from(tmp_path / "copy", store, replace=True)
    assert told.value.reason in ("damaged", "not_a_store")
    with read(open_store(store)) as session:
        assert len(session.exec(select(Document)).all()) == 1


def test_another_database_is_no_backup(store: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE cake (id)")
    with pytest.raises(CannotBackUp) as told:
        restore_from(tmp_path / "other", store, replace=True)
    assert told.value.reason == "not_a_store"


def test_postgresql_is_told_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp) as told:
        back_up("postgresql://me:secret@db/akrab", tmp_path / "copy")
    assert told.value.reason == "not_sqlite"
    assert "secret" not in str(told.value)

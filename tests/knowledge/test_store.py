"""Opening a store: the schema is brought to the newest migration, and a store that has it is left alone."""

import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from knowledge.store import MIGRATIONS, migrate, newest_migration, open_store


def test_the_newest_migration_is_the_head_of_all() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [newest_migration()]


def test_an_empty_store_is_migrated_and_a_ready_one_needs_no_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    migrate(engine)
    assert inspect(engine).has_table("passage")
    monkeypatch.setitem(sys.modules, "alembic", None)  # importing it would fail
    migrate(engine)


def test_an_older_store_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    migrate(engine)
    monkeypatch.setattr("knowledge.store.newest_migration", lambda: "9999")
    monkeypatch.setitem(sys.modules, "alembic", None)
    with pytest.raises(ImportError):
        migrate(engine)

"""Opening a store: the schema is brought to the newest migration, and a store that has it is left alone."""

import sys
from pathlib import Path

import pytest
from alembic import command
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


def test_a_table_that_others_refer_to_keeps_its_rows_when_a_migration_makes_it_anew(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'akrab.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "0005")
    rows = (
        "INSERT INTO customer (id, name, restricted, locator, quote, origin, edits, identity, extra, withdrawn, created_at) "
        "VALUES (1, 'Sagara', 0, '{}', '', 'file', '{}', 's', '{}', 0, '2026-01-01')",
        "INSERT INTO account (id, username, name, all_customers, locator) VALUES (7, 'ayu', 'Ayu', 0, '{}')",
        "INSERT INTO 'grant' (id, account_id, customer_id) VALUES (3, 7, 1)",
    )
    with engine.connect() as connection:
        for row in rows:
            connection.exec_driver_sql(row)
        connection.commit()
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT account_id, customer_id FROM 'grant'").all() == [(7, 1)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1

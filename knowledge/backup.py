"""Backup of the store while it is in use, and restore; both check what they copy.

SQLite only: PostgreSQL has tools of its own (pg_dump, pg_restore), and the error says so.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from sqlalchemy import make_url

Reason = Literal["not_sqlite", "missing", "exists", "damaged", "not_a_store", "unwritable"]
PAGES_A_STEP = 2_000
"""So that a writer never waits long for the backup."""


class CannotBackUp(Exception):
    """Why a backup or restore was not made; `file` is the file at fault."""

    def __init__(self, reason: Reason, file: Path | str, detail: str = "") -> None:
        super().__init__(f"{reason}: {file} {detail}".strip())
        self.reason, self.file, self.detail = reason, file, detail


def back_up(database_url: str, file: Path, *, replace: bool = False) -> int:
    """Copy the store into `file` (whole or not at all) and return its size in bytes. Raises CannotBackUp."""
    store = _store_file(database_url)
    if not store.exists():
        raise CannotBackUp("missing", store)
    if file.exists() and not replace:
        raise CannotBackUp("exists", file)
    _copy(store, file)
    return file.stat().st_size


def restore_from(file: Path, database_url: str, *, replace: bool = False) -> int:
    """Put the checked backup in the store's place; returns how many documents it holds. Raises CannotBackUp.

    The store is replaced in one step, after the copy has been checked; nobody may have it open.
    """
    store = _store_file(database_url)
    if not file.exists():
        raise CannotBackUp("missing", file)
    documents = _documents(file)
    if store.exists() and not replace:
        raise CannotBackUp("exists", store)
    _copy(file, store)
    return documents


def _store_file(database_url: str) -> Path:
    url = make_url(database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        raise CannotBackUp("not_sqlite", url.render_as_string(hide_password=True))
    return Path(url.database)


def _documents(file: Path) -> int:
    """How many documents a store holds; raises CannotBackUp if it is damaged or no store."""
    _check(file)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("SELECT version_num FROM alembic_version").fetchone()
            return int(database.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("not_a_store", file, str(error)) from error


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("damaged", file, str(error)) from error
    if found != "ok":
        raise CannotBackUp("damaged", file, str(found))


def _copy(origin: Path, target: Path) -> None:
    """SQLite's online backup into a file beside the target, checked, then renamed over it."""
    building = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        building.unlink(missing_ok=True)
        uri = f"{origin.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(building)) as copy:
            source.backup(copy, pages=PAGES_A_STEP)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        _check(building)
        _drop_log(target)
        building.replace(target)
    except OSError as error:
        raise CannotBackUp("unwritable", target, error.strerror or "") from error
    except sqlite3.DatabaseError as error:
        raise CannotBackUp("damaged", origin, str(error)) from error
    finally:
        building.unlink(missing_ok=True)


def _drop_log(store: Path) -> None:
    """Empty and remove the write-ahead log of a store that is about to be replaced: it must not be applied to the new one."""
    if not store.with_name(store.name + "-wal").exists():
        return
    try:
        with closing(sqlite3.connect(store)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        pass  # a damaged store is what a restore is for
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)

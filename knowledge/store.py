"""The SQL store: engine, read and write transactions, migrations.

SQLite (WAL) by default, PostgreSQL by a URL. A read-then-write transaction must be immediate on SQLite: a deferred one loses
updates without an error (docs/decisions/0002-store.md), so `write` and `read` are the only two ways to get a database session.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import Connection
from sqlmodel import Session

from knowledge.records.documents import StoreFact

MIGRATIONS = Path(__file__).parent / "migrations"
STATEMENTS_KEPT = 1500
"""Compiled statements that an engine keeps: questions about records are of many forms."""


IDS_PER_STATEMENT = 500
"""Ids that one statement may name: databases limit its parameters."""
Item = TypeVar("Item")


def in_statements(items: Collection[Item]) -> Iterator[list[Item]]:
    """The items in lists that a statement can take."""
    listed = list(items)
    for start in range(0, len(listed), IDS_PER_STATEMENT):
        yield listed[start : start + IDS_PER_STATEMENT]


def open_store(url: str) -> Engine:
    """Engine for a database URL. SQLite gets WAL, a busy timeout of 30 s, foreign keys and full fsync."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False}, query_cache_size=STATEMENTS_KEPT)

    @event.listens_for(engine, "connect")
    def configure(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.isolation_level = None  # the driver must not open transactions on its own
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "busy_timeout=30000", "foreign_keys=ON", "synchronous=FULL", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin_mode", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


@contextmanager
def read(engine: Engine) -> Iterator[Session]:
    """A database session for reading: one consistent view, rolled back at the end. What was read stays usable afterwards."""
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.expunge_all()  # a rollback would expire what was read
        session.rollback()


@contextmanager
def write(engine: Engine) -> Iterator[Session]:
    """A database session for writing: BEGIN IMMEDIATE on SQLite, committed at the end, rolled back on any exception."""
    with Session(engine.execution_options(begin_mode="IMMEDIATE"), expire_on_commit=False) as session, session.begin():
        yield session


def migrate(engine: Engine) -> None:
    """Bring the store's schema to the newest migration."""
    if _is_newest(engine):
        return
    from alembic import command  # importing Alembic takes longer than opening a store that needs nothing of it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def newest_migration() -> str:
    """Number of the newest migration: their files are named by numbers that rise."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).split("_")[0]


def _is_newest(engine: Engine) -> bool:
    if not inspect(engine).has_table("alembic_version"):
        return False
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [newest_migration()]


GENERATION = "generation"
"""Name of the StoreFact that rises with every write that caches of names and records must notice."""


def generation(session: Session) -> str:
    """The present content generation; "0" for an empty store."""
    fact = session.get(StoreFact, GENERATION)
    return fact.value if fact else "0"


def bump_generation(session: Session) -> None:
    """Raise the content generation; part of the caller's transaction."""
    fact = session.get(StoreFact, GENERATION)
    if fact is None:
        session.add(StoreFact(name=GENERATION, value="1"))
    else:
        fact.value = str(int(fact.value) + 1)
        session.add(fact)

"""Alembic environment: runs on the engine that knowledge.store hands over."""

from alembic import context
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

import knowledge.records  # noqa: F401  (fills the metadata)

engine: Engine | None = context.config.attributes.get("engine")
if engine is None:
    raise RuntimeError("run migrations through knowledge.store.migrate")



def keep_foreign_keys(connection: Connection, kept: bool) -> None:
    """On SQLite, whether foreign keys hold from now on; outside a transaction, within one the pragma does nothing."""
    if connection.dialect.name == "sqlite" and connection.connection.driver_connection is not None:
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if kept else 'OFF'}")


with engine.connect() as connection:
    keep_foreign_keys(connection, False)  # a batch re-creates tables: dropping the old one would fail or cascade
    try:
        context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    finally:
        connection.rollback()
        keep_foreign_keys(connection, True)

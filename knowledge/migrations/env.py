"""Alembic environment: runs on the engine that knowledge.store hands over."""

from alembic import context
from sqlalchemy import Engine
from sqlmodel import SQLModel

import knowledge.records  # noqa: F401  (fills the metadata)

engine: Engine | None = context.config.attributes.get("engine")
if engine is None:
    raise RuntimeError("run migrations through knowledge.store.migrate")

with engine.connect() as connection:
    if engine.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # a batch re-creates tables; dropping one would cascade
        connection.commit()
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

"""A small invented provider's store, written record by record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

import knowledge.records  # noqa: F401
from knowledge.store import open_store, read, write
from tests.knowledge.queries.portfolio import TODAY, fill


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("queries") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    with write(engine) as session:
        fill(session)
    return engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with read(engine) as session:
        yield session


@pytest.fixture
def today() -> date:
    return TODAY

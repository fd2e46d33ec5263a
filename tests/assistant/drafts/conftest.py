"""A store with the drafts' portfolio, and a desk over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

import knowledge.records  # noqa: F401
from assistant.tools.desk import Desk
from knowledge.access import OWNER, Viewer
from knowledge.index.retriever import HybridRetriever
from knowledge.linking import Linker
from knowledge.store import open_store, read, write
from tests.assistant.drafts.portfolio import TODAY, fill


@dataclass
class Cast:
    """The store and its two customers."""

    engine: Engine
    one: int
    other: int
    retriever: HybridRetriever


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    path: Path = tmp_path_factory.mktemp("drafts") / "store.db"
    engine = open_store(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine)
    retriever = HybridRetriever(engine, None, None)  # before filling: it makes the full-text index
    with write(engine) as session:
        one, other = fill(session)
    return Cast(engine, one, other, retriever)


@pytest.fixture
def session(cast: Cast) -> Iterator[Session]:
    with read(cast.engine) as session:
        yield session


@pytest.fixture
def desk(cast: Cast, session: Session) -> Callable[..., Desk]:
    def made(viewer: Viewer = OWNER) -> Desk:
        return Desk(session, viewer, TODAY, Linker.from_store(session), cast.retriever, None)  # type: ignore[arg-type]

    return made

"""Chroma as a cache: it agrees with exact search, catches up, survives reopening, and has one owner."""

import json

import numpy as np
import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import col

from knowledge.index import chroma_index
from knowledge.index.chroma_index import PLACES, STATE, ChromaIndex, IndexInUseError
from knowledge.index.factory import make_vector_index
from knowledge.index.schema import ensure_schema
from knowledge.index.vectors import ExactIndex, drift, to_blob
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.store import migrate, open_store, read, write

MODEL, DIMENSION, PASSAGES, CUSTOMERS = "random", 16, 80, 6
RANDOM = np.random.default_rng(7)


def unit(rows: int) -> np.ndarray:
    vectors = RANDOM.normal(size=(rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def engine(tmp_path, monkeypatch) -> Engine:
    """Passages about nobody, about one of the customers, and about two of them."""
    monkeypatch.setattr(chroma_index, "MANY_PARTITIONS", 4)
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    migrate(engine)
    ensure_schema(engine)
    with write(engine) as session:
        session.add_all([Customer(id=i, name=f"Customer {i}") for i in range(1, CUSTOMERS + 1)])
        for i, vector in enumerate(unit(PASSAGES), start=1):
            session.add(Passage(id=i, text="x", ready=True, embedding=to_blob(vector), embedding_model=MODEL))
    with write(engine) as session:
        for i in range(1, PASSAGES + 1):
            for customer in {0: (), 1: (i % 5 + 1, i % 5 + 2)}.get(i % 5, (i % CUSTOMERS + 1,)):
                session.add(PassageCustomer(passage_id=i, customer_id=customer))
    return engine


def assert_agrees(engine: Engine, chroma: ChromaIndex) -> None:
    exact = ExactIndex(MODEL, DIMENSION)
    with read(engine) as session:
        exact.refresh(session)
        chroma.refresh(session)
    everything, few = np.arange(1, PASSAGES + 1), np.array([3, 4, 33, 63])
    for query in unit(5):
        for allowed in (everything, few, everything[::2], everything[:0], np.array([PASSAGES + 50])):
            right, got = exact.search(query, allowed, 10), chroma.search(query, allowed, 10)
            assert set(got.ids.tolist()) <= set(allowed.tolist())
            assert got.ids.tolist() == right.ids.tolist()
            np.testing.assert_allclose(got.cosines, right.cosines, atol=1e-3)


def test_agrees_with_exact_search_and_catches_up(engine: Engine, tmp_path) -> None:
    chroma = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, chroma)
    with write(engine) as session:
        session.execute(delete(Passage).where(col(Passage.id).in_([4, 5, 6])))
        session.execute(update(Passage).where(col(Passage.id) == 33).values(embedding=to_blob(unit(1)[0])))
        session.execute(delete(PassageCustomer).where(col(PassageCustomer.passage_id) == 63))
    assert_agrees(engine, chroma)
    with read(engine) as session:
        assert chroma.missing_and_orphaned(session) == (set(), set())
    assert drift(engine, chroma, MODEL, DIMENSION) == []
    chroma.close()


def test_opens_again_where_it_was_and_applies_what_came_since(engine: Engine, tmp_path) -> None:
    first = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, first)
    first.close()
    with write(engine) as session:
        session.execute(delete(Passage).where(col(Passage.id) == 10))
    again = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    folder = json.loads((tmp_path / "index" / STATE).read_text())["folder"]
    assert_agrees(engine, again)
    assert json.loads((tmp_path / "index" / STATE).read_text())["folder"] == folder
    again.close()


def test_opening_does_not_ask_chroma_where_each_passage_lies(engine: Engine, tmp_path, monkeypatch) -> None:
    first = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, first)
    first.close()
    monkeypatch.setattr(ChromaIndex, "_held_places", None)  # half a minute for 100,000 passages
    again = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, again)
    again.close()


@pytest.mark.parametrize("damage", ["killed amid a change", "places lost", "places cut off"])
def test_what_was_left_unfinished_is_as_chroma_has_it(engine: Engine, tmp_path, monkeypatch, damage: str) -> None:
    first = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, first)
    with write(engine) as session:
        session.execute(delete(PassageCustomer).where(col(PassageCustomer.passage_id) == 63))
        session.execute(delete(Passage).where(col(Passage.id) == 10))
    if damage == "killed amid a change":
        with monkeypatch.context() as killed, read(engine) as session:
            killed.setattr(ChromaIndex, "_save", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                first.refresh(session)
        with write(engine) as session:
            session.add(PassageCustomer(passage_id=63, customer_id=2))
    else:
        (places,) = (tmp_path / "index").glob(f"*/{PLACES}")
        places.write_bytes(places.read_bytes()[:100] if damage == "places cut off" else b"")
    first.close()
    again = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, again)
    with read(engine) as session:
        assert again.missing_and_orphaned(session) == (set(), set())
    again.close()


def test_a_lost_state_or_another_model_means_a_new_index(engine: Engine, tmp_path) -> None:
    first = ChromaIndex(tmp_path / "index", "another model", DIMENSION)
    with read(engine) as session:
        first.refresh(session)
    first.close()
    second = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, second)
    second.close()
    (tmp_path / "index" / STATE).write_text("{")
    third = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    assert_agrees(engine, third)
    assert [path.name for path in (tmp_path / "index").iterdir() if path.name.isdigit()] == ["3"]
    third.close()


def test_has_one_owner(tmp_path) -> None:
    first = ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    with pytest.raises(IndexInUseError):
        ChromaIndex(tmp_path / "index", MODEL, DIMENSION)
    first.close()
    ChromaIndex(tmp_path / "index", MODEL, DIMENSION).close()


def test_a_small_store_is_searched_exactly(engine: Engine, tmp_path) -> None:
    class Named:
        name, dimension = MODEL, DIMENSION

    assert isinstance(make_vector_index("auto", engine, Named(), tmp_path), ExactIndex)  # type: ignore[arg-type]


def test_a_large_store_whose_index_another_process_has_is_searched_exactly(engine: Engine, tmp_path, monkeypatch) -> None:
    class Named:
        name, dimension = MODEL, DIMENSION

    monkeypatch.setattr("knowledge.index.factory.EXACT_BELOW", 0)
    owner = make_vector_index("auto", engine, Named(), tmp_path)  # type: ignore[arg-type]
    assert isinstance(owner, ChromaIndex)
    assert isinstance(make_vector_index("auto", engine, Named(), tmp_path), ExactIndex)  # type: ignore[arg-type]
    with pytest.raises(IndexInUseError):
        make_vector_index("chroma", engine, Named(), tmp_path)  # type: ignore[arg-type]
    owner.close()

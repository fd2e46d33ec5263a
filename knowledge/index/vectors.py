"""Nearest vectors among the passages that a viewer may see: the contract, and exact search in memory (the default).

The vectors' truth is the SQL store (`passage.embedding`); an index is a cache of it that catches up by the log of
changes (`knowledge.index.schema`). Exact search needs 1.5 KB a passage and takes about 8 ms for 100,000 of them on two
cores, however few of them are allowed; approximate indexes only win unfiltered (docs/decisions).
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from knowledge.embeddings.base import Vectors
from knowledge.index.schema import changed_since, generation
from knowledge.records.documents import Passage
from knowledge.store import in_statements, read

Ids = NDArray[np.int64]
FEW = 0.1
"""Below this share of allowed rows, gathering them is cheaper than comparing with all."""


@dataclass(frozen=True)
class Neighbours:
    """The nearest passages, best first: ids and cosines."""

    ids: Ids
    cosines: NDArray[np.float32]

    @classmethod
    def none(cls) -> "Neighbours":
        return cls(np.zeros(0, np.int64), np.zeros(0, np.float32))


class VectorIndex(Protocol):
    """Finds neighbours of a query vector among allowed passages."""

    def refresh(self, session: Session) -> None:
        """Brings the index up to what `session` sees; cheap when nothing changed."""
        ...

    def search(self, query: Vectors, allowed: Ids, k: int) -> Neighbours:
        """The k nearest passages out of `allowed` (sorted ids, one language); no others are ever returned."""
        ...

    def vectors(self, session: Session, ids: Ids) -> tuple[Ids, Vectors]:
        """The vectors of those of these ids (sorted, each once) that have one, with their ids."""
        ...


def to_blob(vector: Vectors) -> bytes:
    """How a vector is stored beside its passage: little-endian float16."""
    return vector.astype("<f2").tobytes()


def from_blobs(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Vectors of stored blobs, shape (n, dimension), length 1 again."""
    vectors = np.frombuffer(b"".join(blobs), "<f2").reshape(len(blobs), dimension).astype(np.float32)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def nearest(ids: Ids, cosines: NDArray[np.float32], k: int) -> Neighbours:
    """The k best of these, best first; equal cosines in the order of their ids."""
    if not len(ids):
        return Neighbours.none()
    best = np.argpartition(-cosines, k - 1)[:k] if k < len(ids) else np.arange(len(ids))
    best = best[np.lexsort((ids[best], -cosines[best]))]
    return Neighbours(ids[best], cosines[best])


@dataclass(frozen=True)
class _Snapshot:
    generation: int
    ids: Ids
    matrix: Vectors

    def rows(self, wanted: Ids) -> NDArray[np.intp]:
        """Of those that are here, in the order asked for."""
        at = np.minimum(np.searchsorted(self.ids, wanted), max(len(self.ids) - 1, 0))
        return at[self.ids[at] == wanted] if len(self.ids) else at[:0]


class ExactIndex:
    """All vectors of one embedding model in one matrix; a search compares with every allowed one."""

    def __init__(self, model: str, dimension: int) -> None:
        self._model = model
        self._dimension = dimension
        self._snapshot = _Snapshot(0, np.zeros(0, np.int64), np.zeros((0, dimension), np.float32))
        self._refreshing = threading.Lock()
        self._compared: tuple[_Snapshot, bytes, NDArray[np.float32]] | None = None

    def __len__(self) -> int:
        return len(self._snapshot.ids)

    def refresh(self, session: Session) -> None:
        current = generation(session.connection())
        if current == self._snapshot.generation:
            return
        with self._refreshing:
            old = self._snapshot
            changed = changed_since(session.connection(), old.generation) if len(old.ids) else None
            if changed is None:
                ids, matrix = read_vectors(session, self._model, self._dimension)
            else:
                kept = ~np.isin(old.ids, np.fromiter(changed, np.int64, len(changed)))
                new_ids, new = read_vectors(session, self._model, self._dimension, changed)
                ids = np.concatenate([old.ids[kept], new_ids])
                order = np.argsort(ids, kind="stable")
                ids, matrix = ids[order], np.concatenate([old.matrix[kept], new])[order]
            self._snapshot = _Snapshot(current, ids, matrix)

    def search(self, query: Vectors, allowed: Ids, k: int) -> Neighbours:
        snapshot = self._snapshot
        rows = snapshot.rows(allowed)
        return nearest(snapshot.ids[rows], self._cosines(snapshot, query, rows), k)

    def vectors(self, session: Session, ids: Ids) -> tuple[Ids, Vectors]:
        snapshot = self._snapshot
        rows = snapshot.rows(ids)
        return snapshot.ids[rows], snapshot.matrix[rows]

    def _cosines(self, snapshot: _Snapshot, query: Vectors, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """With these rows. The last comparison with all of them is kept: one question is searched for in several scopes."""
        last, said = self._compared, query.tobytes()
        if last is not None and last[0] is snapshot and last[1] == said:
            return last[2][rows]
        if len(rows) < FEW * len(snapshot.ids):
            few: NDArray[np.float32] = snapshot.matrix[rows] @ query
            return few
        cosines: NDArray[np.float32] = snapshot.matrix @ query
        self._compared = (snapshot, said, cosines)
        return cosines[rows]


def read_vectors(
    session: Session, model: str, dimension: int, only: Iterable[int] | None = None
) -> tuple[Ids, Vectors]:
    """Ids (sorted) and vectors of the stored passages of this embedding model; `only` these ids, if given."""
    statement = select(Passage.id, Passage.embedding).where(
        col(Passage.embedding_model) == model, col(Passage.embedding).is_not(None)
    )
    if only is None:
        rows = list(session.exec(statement.order_by(col(Passage.id))))
    else:
        rows = []
        for part in in_statements(sorted(only)):
            rows += session.exec(statement.where(col(Passage.id).in_(part)).order_by(col(Passage.id)))
    ids = np.array([row[0] for row in rows], np.int64)
    return ids, from_blobs([row[1] or b"" for row in rows], dimension)


def drift(engine: Engine, index: VectorIndex, model: str, dimension: int, sample: int = 50) -> list[int]:
    """Self-query: ids out of a sample (spread over all, and the newest) that do not find themselves. [] = sound."""
    with read(engine) as session:
        index.refresh(session)
        ids, matrix = read_vectors(session, model, dimension)
    chosen = sorted({*np.linspace(0, len(ids) - 1, sample, dtype=int), *range(max(0, len(ids) - sample), len(ids))})
    lost = []
    for row in chosen if len(ids) else []:
        found = index.search(matrix[row], ids, k=1)
        if not len(found.ids) or found.cosines[0] < float(matrix[row] @ matrix[row]) - 0.01:
            lost.append(int(ids[row]))
    return lost

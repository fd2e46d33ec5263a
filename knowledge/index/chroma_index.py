"""Approximate search with Chroma for large stores: a rebuildable cache of the vectors in SQL.

Chroma's metadata filters are slow, so passages are partitioned: a collection for each customer, one for passages about
nobody, one for passages about several; each holds one language, because each language is ranked by itself. A viewer of
many customers is served from one collection of everything, filtered by the ids that they may see.

One process owns the folder (a file lock): with two, one sees deleted passages and loses new ones without an error. A
rebuild goes into a new folder that replaces the old one when it is complete; that is also the only way by which Chroma
forgets deleted vectors. No text is ever stored in it.
"""

import json
import shutil
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings
from filelock import FileLock, Timeout
from sqlmodel import Session, col, select

from knowledge.embeddings.base import Vectors
from knowledge.index.schema import changed_since, generation
from knowledge.index.vectors import Ids, Neighbours, nearest, read_vectors
from knowledge.records.documents import Passage, PassageCustomer

EVERYTHING = "everything"
SHARED = "shared"
SEVERAL = "several"
MANY_PARTITIONS = 20
"""A viewer of more partitions than this is served from the collection of everything (fan-out costs about 1–2 ms each)."""
OVERFETCH = 4
BATCH = 1000
STATE = "state.json"
PLACES = "places.npz"
"""Which collection each passage lies in, beside Chroma's own files: asking Chroma for it takes half a minute for 100,000 passages."""
SEARCH_EF = 200
"""Breadth of the graph search: with Chroma's default of 100, 6 % of the ten nearest of 10,000 were missed."""


class IndexInUseError(RuntimeError):
    """Another process owns the vector index; stop it, or let this one ask it."""


class ChromaIndex:
    """See `knowledge.index.vectors.VectorIndex`. Raises IndexInUseError when another process has the folder open."""

    def __init__(self, folder: Path, model: str, dimension: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._model, self._dimension = folder, model, dimension
        self._owner = FileLock(folder / "owner.lock")
        try:
            self._owner.acquire(timeout=0)
        except Timeout as error:
            raise IndexInUseError(f"{folder} is open in another process") from error
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._places: dict[int, str] = {}
        self._generation = -1
        self._number = 0
        self._open()

    def close(self) -> None:
        """Gives the folder back."""
        with self._lock:
            self._client = None
            self._owner.release()

    def refresh(self, session: Session) -> None:
        current = generation(session.connection())
        with self._lock:
            if current == self._generation:
                return
            changed = changed_since(session.connection(), self._generation) if self._generation >= 0 else None
            if changed is None:
                self.rebuild(session)
            else:
                self._write_state(self._generation, changing=True)
                self._forget(changed)
                self._add(session, changed)
                self._save(current)

    def rebuild(self, session: Session) -> None:
        """Makes the index anew from the vectors in SQL, in a folder that then replaces the old one."""
        with self._lock:
            number = 1 + max((int(path.name) for path in self._folder.iterdir() if path.name.isdigit()), default=0)
            old = [path for path in self._folder.iterdir() if path.name.isdigit()]
            self._client, self._places = _client(self._folder / str(number)), {}
            self._add(session, None)
            self._number = number
            self._save(generation(session.connection()))
            for path in old:
                shutil.rmtree(path, ignore_errors=True)

    def search(self, query: Vectors, allowed: Ids, k: int) -> Neighbours:
        with self._lock:
            known = allowed[np.isin(allowed, np.fromiter(self._places, np.int64, len(self._places)))]
            if not len(known) or self._client is None:
                return Neighbours.none()
            places = {self._places[int(passage_id)] for passage_id in known}
            languages = {place.rsplit("-", 1)[1] for place in places}
            if len(places) > MANY_PARTITIONS:
                places = {f"{EVERYTHING}-{language}" for language in languages}
            found = self._query(query, sorted(places), set(known.tolist()), min(k, len(known)))
        ids = np.array(sorted(found), np.int64)
        return nearest(ids, np.array([found[i] for i in ids.tolist()], np.float32), k)

    def vectors(self, session: Session, ids: Ids) -> tuple[Ids, Vectors]:
        return read_vectors(session, self._model, self._dimension, ids.tolist())

    def missing_and_orphaned(self, session: Session) -> tuple[set[int], set[int]]:
        """Drift: passages of the store that Chroma lacks, and ids in Chroma that the store lacks (ids, not counts)."""
        ids, _ = read_vectors(session, self._model, self._dimension)
        with self._lock:
            held = {
                int(name)
                for collection in (self._client.list_collections() if self._client else [])
                if collection.name.startswith(EVERYTHING)
                for name in collection.get(include=[])["ids"]
            }
        return set(ids.tolist()) - held, held - set(ids.tolist())

    def _query(self, query: Vectors, places: Sequence[str], allowed: set[int], k: int) -> dict[int, float]:
        """Cosines of the best allowed ids; asks for more when what came first was not allowed."""
        found: dict[int, float] = {}
        for place in places:
            collection = self._collection(place)
            size, wanted = collection.count(), k
            while size:
                wanted = min(wanted, size)
                answer = collection.query(query_embeddings=query[None], n_results=wanted, include=["distances"])
                distances = (answer["distances"] or [[]])[0]
                near = {int(name): 1 - float(far) for name, far in zip(answer["ids"][0], distances, strict=True)}
                near = {passage_id: cosine for passage_id, cosine in near.items() if passage_id in allowed}
                if len(near) >= k or wanted == size:
                    break
                wanted *= OVERFETCH
            found |= near if size else {}
        return found

    def _collection(self, place: str) -> chromadb.Collection:
        assert self._client is not None
        metadata: dict[str, Any] = {"hnsw:space": "cosine", "hnsw:search_ef": SEARCH_EF}
        return self._client.get_or_create_collection(place, metadata=metadata, embedding_function=None)

    def _add(self, session: Session, only: set[int] | None) -> None:
        ids, vectors = read_vectors(session, self._model, self._dimension, only)
        places = _places(session, set(ids.tolist()) if only is not None else None)
        groups: dict[str, list[int]] = {}
        for row, passage_id in enumerate(ids.tolist()):
            place = places[passage_id]
            self._places[passage_id] = place
            for name in (place, f"{EVERYTHING}-{place.rsplit('-', 1)[1]}"):
                groups.setdefault(name, []).append(row)
        for name, rows in groups.items():
            collection = self._collection(name)
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                collection.upsert(ids=[str(ids[row]) for row in part], embeddings=vectors[part])

    def _forget(self, changed: Iterable[int]) -> None:
        gone: dict[str, list[str]] = {}
        for passage_id in changed:
            place = self._places.pop(passage_id, None)
            if place is not None:
                for name in (place, f"{EVERYTHING}-{place.rsplit('-', 1)[1]}"):
                    gone.setdefault(name, []).append(str(passage_id))
        for name, ids in gone.items():
            for start in range(0, len(ids), BATCH):
                self._collection(name).delete(ids=ids[start : start + BATCH])

    def _open(self) -> None:
        """Opens what an earlier run left; anything that does not fit is as if it were not there, and is built anew."""
        try:
            state = json.loads((self._folder / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        path = self._folder / str(state.get("folder"))
        if state.get("model") != self._model or not path.is_dir():
            return
        self._client, self._number = _client(path), int(state["folder"])
        kept = None if state.get("changing") else _kept_places(path / PLACES)
        self._places = self._held_places(self._client) if kept is None else kept
        self._generation = int(state["generation"])

    def _held_places(self, client: ClientAPI) -> dict[int, str]:
        """As Chroma has them: after a kill amid a change they are not as they were written."""
        own = (one for one in client.list_collections() if not one.name.startswith(EVERYTHING))
        return {int(name): collection.name for collection in own for name in collection.get(include=[])["ids"]}

    def _save(self, generation_now: int) -> None:
        """After a kill before it, the changes since the generation written last are applied again."""
        names = sorted(set(self._places.values()))
        codes = {name: code for code, name in enumerate(names)}
        file = self._folder / str(self._number) / PLACES
        new = file.with_suffix(".new.npz")
        ids = np.fromiter(self._places, np.int64, len(self._places))
        np.savez(new, ids=ids, codes=np.array([codes[place] for place in self._places.values()], np.int32), names=np.array(names, dtype=str))
        new.replace(file)
        self._write_state(generation_now)
        self._generation = generation_now

    def _write_state(self, generation_now: int, changing: bool = False) -> None:
        file = self._folder / STATE
        new = file.with_suffix(".new")
        state = {"model": self._model, "generation": generation_now, "folder": self._number, "changing": changing}
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(file)


def _client(path: Path) -> ClientAPI:
    return chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))


def _kept_places(file: Path) -> dict[int, str] | None:
    """As they were written last; None where they were not, or not wholly."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            names = kept["names"].tolist()
            return {passage_id: names[code] for passage_id, code in zip(kept["ids"].tolist(), kept["codes"].tolist(), strict=True)}
    except (OSError, EOFError, ValueError, KeyError, IndexError, BadZipFile):
        return None


def _places(session: Session, only: set[int] | None) -> dict[int, str]:
    """The collection of each passage: by whom it is about, and its language."""
    about: dict[int, list[int]] = {}
    for passage_id, customer_id in session.execute(select(PassageCustomer.passage_id, PassageCustomer.customer_id)):
        if only is None or passage_id in only:
            about.setdefault(passage_id, []).append(customer_id)
    places = {}
    for passage_id, language in session.execute(
        select(col(Passage.id), col(Passage.language)).where(col(Passage.embedding).is_not(None))
    ):
        if only is None or passage_id in only:
            customers = about.get(passage_id, [])
            place = SHARED if not customers else f"customer-{customers[0]}" if len(customers) == 1 else SEVERAL
            places[passage_id] = f"{place}-{language}"
    return places

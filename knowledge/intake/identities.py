"""Ids of an import: those of the plan become those of the store, and a record that is imported anew keeps its own."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, cast, func, or_, text
from sqlmodel import Session, SQLModel, col, select

from knowledge.records.kinds import KINDS

_READ_AT_ONCE = 10_000


@dataclass(frozen=True)
class Kept:
    """What a person made of a record that is imported anew: its id, edits, approval."""

    id: int
    edits: dict[str, Any] = field(default_factory=dict)
    confirmed_by: str | None = None
    withdrawn: bool = False


class KeptRecords:
    """Records of documents about to be replaced, by kind and identity. Each is taken once; 24 bytes each, so that a million fit."""

    def __init__(self) -> None:
        self._keys: dict[str, NDArray[np.uint64]] = {}
        self._ids: dict[str, NDArray[np.int64]] = {}
        self._taken: dict[str, NDArray[np.bool_]] = {}
        self._by_person: dict[str, dict[int, Kept]] = {}

    @classmethod
    def of(cls, session: Session, document_ids: list[int]) -> "KeptRecords":
        """The records of these documents."""
        found = cls()
        for kind, model in KINDS.items():
            if kind != "customer" and "identity" in model.model_fields:
                found._read(session, kind, model, document_ids)
        return found

    def _read(self, session: Session, kind: str, model: Any, document_ids: list[int]) -> None:
        of_documents = col(model.document_id).in_(document_ids)
        rows = session.execute(select(model.id, model.identity).where(of_documents).execution_options(yield_per=_READ_AT_ONCE))
        pairs = np.fromiter(((_key(identity), number) for number, identity in rows), np.dtype([("key", np.uint64), ("id", np.int64)]))
        if not len(pairs):
            return
        pairs.sort(order=["key", "id"])
        self._keys[kind], self._ids[kind] = pairs["key"].copy(), pairs["id"].copy()
        self._taken[kind] = np.zeros(len(pairs), np.bool_)
        touched = or_(col(model.confirmed_by).is_not(None), func.length(cast(model.edits, String)) > len("{}"), col(model.withdrawn).is_(True))
        columns = (model.id, model.edits, model.confirmed_by, model.withdrawn)
        self._by_person[kind] = {
            number: Kept(number, edits or {}, confirmed_by, bool(withdrawn and confirmed_by))
            for number, edits, confirmed_by, withdrawn in session.execute(select(*columns).where(of_documents, touched))
        }

    def take(self, kind: str, identity: str) -> Kept | None:
        """What was known of a record, the first time that it is asked for."""
        keys = self._keys.get(kind)
        if keys is None:
            return None
        key = _key(identity)
        place = int(np.searchsorted(keys, key, side="right")) - 1
        if place < 0 or keys[place] != key or self._taken[kind][place]:
            return None
        self._taken[kind][place] = True
        number = int(self._ids[kind][place])
        return self._by_person[kind].get(number) or Kept(number)

    def lost_edits(self) -> Iterator[tuple[str, Kept]]:
        """Kind and record of those that a person edited and that nobody took."""
        for kind, touched in self._by_person.items():
            left = set(self._ids[kind][~self._taken[kind]].tolist())
            yield from ((kind, kept) for number, kept in touched.items() if number in left and kept.edits)

    def highest(self, kind: str) -> int:
        """The highest id of a kind; 0 if there is none."""
        return int(self._ids[kind].max()) if kind in self._ids else 0


def _key(identity: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(identity.encode(), digest_size=8).digest()))


_KIND_OF = {model: kind for kind, model in KINDS.items()}


@dataclass
class Ids:
    """Ids of the plan (negative for new rows) → ids of the store; `documents` by (root, source)."""

    customers: dict[int, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    documents: dict[tuple[str, str], int] = field(default_factory=dict)
    kept: KeptRecords = field(default_factory=KeptRecords)
    _next: dict[str, int] = field(default_factory=dict)

    def fresh(self, session: Session, model: type[SQLModel], count: int = 1) -> Sequence[int]:
        """Ids for new rows of a table, never one that a record may get back. On SQLite nobody else writes meanwhile; other databases
        give them out themselves."""
        table = str(model.__tablename__)
        if session.get_bind().dialect.name != "sqlite":
            statement = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
            return list(session.execute(statement, {"name": f'"{table}"', "count": count}).scalars())
        if table not in self._next:
            highest = session.execute(select(func.max(model.id))).scalar() or 0  # type: ignore[attr-defined]
            self._next[table] = max(highest, self.kept.highest(_KIND_OF.get(model, ""))) + 1
        first = self._next[table]
        self._next[table] += count
        return range(first, first + count)

    def customer(self, planned: int | None) -> int | None:
        """The store's id of a customer."""
        return None if planned is None else self.customers.get(planned, planned if planned > 0 else None)

    def person(self, planned: int | None) -> int | None:
        """The store's id of a person."""
        return None if planned is None else self.people.get(planned, planned if planned > 0 else None)

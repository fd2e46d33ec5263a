"""Whether a store is whole, and what it holds: two stores of the same files are compared by content, whatever their ids."""

import json
from collections import Counter
from typing import Any

import numpy as np
from sqlalchemy import Engine, func, text
from sqlmodel import SQLModel, col, select

from assistant.wiring import Akrab
from knowledge.index.schema import full_text_is_sound
from knowledge.index.vectors import from_blobs
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, Passage
from knowledge.store import read, write

_TALK = ("conversation", "turn", "gap")
_OWN_TO_A_RUN = ("at", "imported_at", "created_at", "seen_at", "embedding", "embedding_model", "stems", "mtime")
"""Columns that differ between two equal imports, and what the index adds (checked apart)."""

Content = dict[str, Counter[str]]
"""By table: each row as JSON, with how often it is there."""


class Broken(AssertionError):
    """An invariant that does not hold."""


def sound(engine: Engine) -> None:
    """The file is whole, nothing dangles, and no passage is ready whose document is not."""
    with read(engine) as session:
        found = session.execute(text("PRAGMA integrity_check")).scalars().all()
        if found != ["ok"]:
            raise Broken(f"integrity: {found[:3]}")
        if dangling := session.execute(text("PRAGMA foreign_key_check")).all():
            raise Broken(f"{len(dangling)} dangling references")
        unready = select(func.count()).select_from(Passage).join(Document).where(col(Passage.ready).is_(True), col(Document.state) != "ready")
        if early := session.execute(unready).scalar_one():
            raise Broken(f"{early} passages are answered from though their document is not complete")
    with write(engine) as session:
        if not full_text_is_sound(session.connection()):
            raise Broken("full text does not agree with the passages")


def content(engine: Engine) -> Content:
    """Every row of every table by its content, without ids, stamps and what the index adds; customers by their name."""
    with read(engine) as session:
        names: dict[Any, str] = {number: name for number, name in session.execute(select(col(Customer.id), col(Customer.name)))}
        found: Content = {}
        for table in SQLModel.metadata.sorted_tables:
            if table.name in _TALK:
                continue
            kept = [column for column in table.columns if column.name not in _OWN_TO_A_RUN and (column.name == "customer_id" or not _is_id(column.name))]
            rows = session.execute(select(*kept)).mappings().all() if kept else []
            found[table.name] = Counter(
                json.dumps({name: names.get(value, value) if name == "customer_id" else value for name, value in row.items()}, default=str, sort_keys=True)
                for row in rows
            )
    return found


def _is_id(name: str) -> bool:
    return name == "id" or name.endswith("_id")


def difference(wanted: Content, seen: Content) -> str:
    """In which tables two contents differ, by how much, each with an example; empty where they are the same."""
    parts = []
    for table, rows in wanted.items():
        missing, extra = rows - seen[table], seen[table] - rows
        if missing or extra:
            example = next(iter(missing or extra))
            parts.append(f"{table}: {missing.total()} missing, {extra.total()} too many ({example[:160]})")
    return "; ".join(parts)


def vectors(akrab: Akrab) -> dict[tuple[str, int], np.ndarray[Any, Any]]:
    """The vectors of the documents' passages by file and place in it."""
    with read(akrab.engine) as session:
        statement = select(col(Document.source), col(Passage.ordinal), col(Passage.embedding)).join(Document, col(Passage.document_id) == col(Document.id))
        rows = session.execute(statement.where(col(Passage.embedding).is_not(None))).all()
    found = from_blobs([blob for _, _, blob in rows if blob], akrab.embedder.dimension)
    return {(source, ordinal): vector for (source, ordinal, _), vector in zip(rows, found, strict=True)}

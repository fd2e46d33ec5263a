"""The vector index that a setting and the size of the store ask for."""

from pathlib import Path
from typing import Literal

from sqlalchemy import Engine, func
from sqlmodel import col, select

from knowledge.embeddings.base import Embedder
from knowledge.index.vectors import ExactIndex, VectorIndex
from knowledge.records.documents import Passage
from knowledge.store import read

Kind = Literal["auto", "exact", "chroma"]
EXACT_BELOW = 200_000
"""Passages up to which exact search in memory is the better choice (300 MB, about 16 ms a question, ready in some seconds)."""


def make_vector_index(kind: Kind, engine: Engine, embedder: Embedder, folder: Path) -> VectorIndex:
    """`exact`, `chroma` (kept in `folder`), or `auto`: by how many passages there are now; exact where another process has `folder`.

    Raises IndexInUseError when `chroma` is asked for and another process has `folder` open.
    """
    wanted = kind
    if kind == "auto":
        with read(engine) as session:
            passages = session.execute(select(func.count(col(Passage.id)))).scalar_one()
        kind = "exact" if passages < EXACT_BELOW else "chroma"
    if kind == "exact":
        return ExactIndex(embedder.name, embedder.dimension)
    from knowledge.index.chroma_index import (  # importing Chroma takes longer than most commands
        ChromaIndex,
        IndexInUseError,
    )

    try:
        return ChromaIndex(folder, embedder.name, embedder.dimension)
    except IndexInUseError:
        if wanted == "chroma":
            raise
        return ExactIndex(embedder.name, embedder.dimension)

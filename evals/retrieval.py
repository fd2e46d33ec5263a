"""A temporary store of passages with the product's own retriever upon it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from sqlalchemy import Engine

from evals.models import MODEL_CACHE
from knowledge.embeddings.base import Embedder, Progress, Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.index.reindex import index_passages
from knowledge.index.retriever import HybridRetriever
from knowledge.index.vectors import ExactIndex
from knowledge.records.documents import Passage
from knowledge.store import migrate, open_store, write


class Bench:
    """A temporary store of passages with the product's retriever upon it."""

    def __init__(self, passages: Sequence[tuple[str, str, str]], vectors: Path | None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        embedder = make_embedder("e5", MODEL_CACHE)
        self.embedder: Embedder = _Kept(embedder, vectors) if vectors else embedder
        self.engine: Engine = open_store(f"sqlite:///{self._folder.name}/akrab.db")
        migrate(self.engine)
        with write(self.engine) as session:
            for number, (_, language, text) in enumerate(passages, start=1):
                session.add(Passage(id=number, text=text, language=language, ready=True))
        index_passages(self.engine, self.embedder)
        self.names = {number: name for number, (name, _, _) in enumerate(passages, start=1)}
        self.retriever = HybridRetriever(self.engine, embedder, ExactIndex(embedder.name, embedder.dimension))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()
        self._folder.cleanup()


class _Kept:
    """An embedder that keeps passages' vectors in a file between runs."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embedder, self._file = embedder, file
        self._known: dict[str, Vectors] = {}
        if file.exists():
            with np.load(file) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        new = [text for text in texts if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.embed_passages(new, progress), strict=True))
            np.savez(self._file, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        return np.stack([self._known[text] for text in texts])

    def embed_query(self, text: str) -> Vectors:
        return self._embedder.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)

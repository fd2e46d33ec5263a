"""The mean vector of each language: what all passages of a language have in common, whatever they say."""

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.embeddings.base import Embedder, Vectors
from knowledge.index.allowed import AccessLists, Scope
from knowledge.index.background import background_vectors
from knowledge.index.vectors import VectorIndex

SAMPLE = 2000
"""Passages of a language, spread over all that the viewer may see, that stand for the language."""
KEPT = 64


class Centres:
    """By viewer, until the store changes: nothing that somebody may not see moves what they find."""

    def __init__(self, index: VectorIndex, embedder: Embedder, cache: Path | None) -> None:
        """`cache`: a folder where the vectors of the background sentences may be kept."""
        self._index, self._embedder, self._cache = index, embedder, cache
        self._lock = threading.Lock()
        self._background: dict[str, Vectors] = {}
        self._kept: OrderedDict[tuple[int, Viewer], dict[str, Vectors]] = OrderedDict()

    def of(self, session: Session, now: int, viewer: Viewer, lists: AccessLists) -> dict[str, Vectors]:
        """Mean vectors (shape (d,), shorter than 1) of the background sentences and the viewer's passages together, by language.

        Of a language without either there is none.
        """
        with self._lock:
            if (now, viewer) in self._kept:
                self._kept.move_to_end((now, viewer))
                return self._kept[now, viewer]
            if not self._background:
                self._background = background_vectors(self._embedder, self._cache)
        found = {language: vectors.mean(axis=0) for language, vectors in self._background.items()}
        for language, ids in lists.of(session, now, viewer, Scope()).items():
            chosen = ids[np.linspace(0, len(ids) - 1, min(SAMPLE, len(ids)), dtype=int)]
            _, vectors = self._index.vectors(session, chosen)
            together = np.concatenate([vectors, *([self._background[language]] if language in self._background else [])])
            if len(together):
                found[language] = together.mean(axis=0)
        with self._lock:
            for old in [key for key in self._kept if key[0] != now]:
                del self._kept[old]
            self._kept[now, viewer] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

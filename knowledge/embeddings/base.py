"""What the rest of the product knows of an embedding model."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dimension) or (dimension,), each row of length 1, so that a dot product is the cosine."""

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long runs."""


class EmbeddingError(Exception):
    """The embedding model cannot be prepared or loaded; the message says what to do."""


@runtime_checkable
class Embedder(Protocol):
    """Turns Indonesian and English text into vectors whose dot product says how near in meaning two texts are.

    `name` identifies model and version: vectors of different names must never be compared, so it is stored beside
    every vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of texts to be found, shape (len(texts), dimension), in the order given."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Vector of one question, shape (dimension,)."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimension)."""
        ...

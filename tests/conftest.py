"""What every test may use: the real embedding model, converted once into the user's cache."""

from pathlib import Path

import pytest

from knowledge.embeddings.e5 import E5Embedder, prepare


@pytest.fixture(scope="session")
def embedder() -> E5Embedder:
    return E5Embedder(prepare(Path.home() / ".cache" / "akrab"))

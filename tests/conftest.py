"""What every test may use: the real embedding model, converted once into the user's cache."""

from pathlib import Path

import pytest
from hypothesis import settings

from knowledge.embeddings.e5 import E5Embedder, prepare

settings.register_profile("akrab", deadline=None)  # a busy machine is no failing test
settings.load_profile("akrab")


@pytest.fixture(scope="session")
def embedder() -> E5Embedder:
    return E5Embedder(prepare(Path.home() / ".cache" / "akrab"))

"""What every test may use: the real embedding model, converted once into the user's cache."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from knowledge.embeddings.e5 import E5Embedder, prepare

settings.register_profile("akrab", deadline=None, derandomize="CI" in os.environ)
"""No deadline: a busy machine is no failing test. Examples are drawn anew in each run, but not in CI, which says the same of the same commit."""
settings.load_profile("akrab")


@pytest.fixture(scope="session")
def embedder() -> E5Embedder:
    return E5Embedder(prepare(Path.home() / ".cache" / "akrab"))

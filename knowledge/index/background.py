"""Ordinary sentences of each language, about nothing that anybody files: how near a question is to them anyway (background.toml)."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.embeddings.base import Embedder, Vectors
from knowledge.language.vocabulary import words_beside

SENTENCES: dict[str, list[str]] = words_beside(__file__, "background")


def background_vectors(embedder: Embedder, folder: Path | None = None) -> dict[str, Vectors]:
    """Vectors of the sentences by language, shape (sentences, dimension).

    With a `folder` they are kept there for each model, since embedding them anew takes as long as everything else that a first
    question embeds. A file that cannot be read or written is as if it were not there.
    """
    if folder is None:
        return _embedded(embedder)
    said = hashlib.sha256(json.dumps([embedder.name, SENTENCES]).encode()).hexdigest()[:12]
    file = folder / f"background-{said}.npz"
    with suppress(OSError, EOFError, ValueError, KeyError, BadZipFile), np.load(file) as kept:
        found = {language: kept[language] for language in SENTENCES}
        if all(found[language].shape == (len(lines), embedder.dimension) for language, lines in SENTENCES.items()):
            return found
    made = _embedded(embedder)
    with suppress(OSError):
        _write(file, made)
    return made


def _embedded(embedder: Embedder) -> dict[str, Vectors]:
    vectors = iter(embedder.embed_passages([text for lines in SENTENCES.values() for text in lines]))
    return {language: np.stack(list(islice(vectors, len(lines)))) for language, lines in SENTENCES.items()}


def _write(file: Path, vectors: Mapping[str, Vectors]) -> None:
    """Whole or not at all, also when two processes write it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".npz", dir=file.parent)
    os.close(handle)
    try:
        np.savez(name, **vectors)  # type: ignore[arg-type]
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)

"""Makes the reader: prepared once in the cache of the embedding model, loaded afterwards."""

import json
import logging
import shutil
import tempfile
import threading
from pathlib import Path

from knowledge.embeddings.base import EmbeddingError, Progress
from knowledge.embeddings.e5 import move_into_place, packaged_weights
from knowledge.embeddings.e5 import prepare as prepare_embedding
from knowledge.embeddings.e5_files import MANIFEST
from knowledge.reading.base import ReaderError
from knowledge.reading.span_reader import SpanReader
from knowledge.reading.trained import FILE, TrainedPart, load_trained

MODEL = "e5-small-reader-int8"
CONVERSION = 2
"""Raise when the conversion changes what is read: it makes a new cache folder and a new name."""

_log = logging.getLogger(__name__)


def prepare(cache_dir: Path, trained: TrainedPart) -> Path:
    """Merges trained part and packed weights unless that was done before; returns the folder that `SpanReader` loads.

    The folder (about 22 MB) appears whole or not at all. Raises EmbeddingError when the packed weights cannot be had.
    """
    weights_file, fingerprint = packaged_weights()
    folder = cache_dir / f"{MODEL}-v{CONVERSION}-{fingerprint[:12]}-{trained.fingerprint[:12]}"
    if (folder / MANIFEST).exists():
        return folder
    from knowledge.reading.preparation import convert  # ONNX, slow to import

    cache_dir.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=cache_dir))
    try:
        convert(weights_file, trained, building)
        manifest = {"model": MODEL, "conversion": CONVERSION, "weights": fingerprint, "trained": trained.fingerprint}
        (building / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        move_into_place(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def make_reader(cache_dir: Path, progress: Progress | None = None, weights: Path = FILE) -> SpanReader:
    """The trained reader; prepares it (and the embedding model that it stands on) at first use.

    Raises ReaderError, whose message says what to do, when its weights are missing or damaged.
    """
    trained = load_trained(weights)
    try:
        embedding = prepare_embedding(cache_dir, progress)
        folder = prepare(cache_dir, trained)
    except EmbeddingError as error:
        raise ReaderError(str(error)) from error
    return SpanReader(f"{MODEL}-v{CONVERSION}-{trained.fingerprint[:12]}", folder, embedding, trained)


class WhenNeeded:
    """The trained reader of a cache folder, loaded by the first who asks for it; None where it is not there. Safe to use from several threads."""

    def __init__(self, cache_dir: Path, weights: Path = FILE) -> None:
        self._cache_dir, self._weights = cache_dir, weights
        self._lock = threading.Lock()
        self._loaded = False
        self._reader: SpanReader | None = None

    def __call__(self) -> SpanReader | None:
        with self._lock:
            if not self._loaded:
                self._reader = reader_if_there(self._cache_dir, weights=self._weights)
                self._loaded = True
            return self._reader


def reader_if_there(cache_dir: Path, progress: Progress | None = None, weights: Path = FILE) -> SpanReader | None:
    """The trained reader, or None with a warning in the log that says why and what to do: everything else works without it."""
    try:
        return make_reader(cache_dir, progress, weights)
    except ReaderError as error:
        _log.warning("No reader: answers come from rules alone. %s", error)
        return None

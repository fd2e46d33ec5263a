"""The trained part of the reader: how its upper layers differ from multilingual-e5-small, and what is read off them.

The file is a NumPy archive made by `evals.reader.export`: `l7.q.w` and so on, what is added to a matrix of the packed
weights, in the same 4-bit blocks of 32 (rows × columns / 32, 18 bytes); the rest in float16: `l7.aln.w` (a norm's own
values), `side` (added to the question's tokens), `span`, `judge_in`, `judge_out` (the heads); and `meta`, a JSON text.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.e5_weights import PackedWeights, Shape, decoded
from knowledge.reading.base import ReaderError

Calibration = tuple[float, float, float, float]
FILE = Path(__file__).with_name("weights") / "reader.npz"


@dataclass(frozen=True)
class TrainedPart:
    """The archive, read. Layers from `split` on see question and passage together.

    `calibration` gives the probability that the passage answers, `calibration_with_cosine` where the cosine of question
    and passage is known: weights of the judgement's logit, of the span's score and of the cosine, and a constant.
    """

    blocks: dict[str, NDArray[np.uint8]]
    arrays: dict[str, NDArray[np.float32]]
    split: int
    calibration: Calibration
    calibration_with_cosine: Calibration
    fingerprint: str


def load_trained(file: Path = FILE) -> TrainedPart:
    """Reads the archive; raises ReaderError when it is missing or damaged."""
    if not file.exists():
        raise ReaderError(f"The reader's weights are missing ({file}); install Akrab anew or make them (docs/reader.md).")
    try:
        with np.load(file, allow_pickle=False) as archive:
            meta: dict[str, Any] = json.loads(str(archive["meta"]))
            stored = {key: archive[key] for key in archive.files if key != "meta"}
        return TrainedPart(
            {key: array for key, array in stored.items() if array.dtype == np.uint8},
            {key: array.astype(np.float32) for key, array in stored.items() if array.dtype != np.uint8},
            int(meta["split"]),
            _four(meta["calibration"]),
            _four(meta["calibration_with_cosine"]),
            fingerprint(file),
        )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReaderError(f"The reader's weights in {file} are damaged; install Akrab anew.") from error


def _four(numbers: list[float]) -> Calibration:
    judgement, span, cosine, constant = (float(number) for number in numbers)
    return judgement, span, cosine, constant


def fingerprint(file: Path) -> str:
    """sha256 of a file."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class MergedWeights:
    """The packed weights with the trained part merged in; see `knowledge.embeddings.e5_graph.Weights`."""

    def __init__(self, packed: PackedWeights, trained: TrainedPart) -> None:
        self._packed, self._trained = packed, trained

    @property
    def shape(self) -> Shape:
        return self._packed.shape

    def vector(self, key: str) -> NDArray[np.float32]:
        own = self._trained.arrays.get(key)
        return self._packed.vector(key) if own is None else own

    def rows(self, key: str, width: int) -> NDArray[np.float32]:
        matrix = self._packed.rows(key, width)
        blocks = self._trained.blocks.get(key)
        return matrix if blocks is None else matrix + decoded(blocks).reshape(matrix.shape)

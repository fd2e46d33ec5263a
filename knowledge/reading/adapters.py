"""The trained part of the reader: what is laid over the weights of multilingual-e5-small, and what is read off the result.

The file is a NumPy archive of float16 arrays, made by `evals.reader.export`: `l7.qkv.down` and `l7.qkv.up` (a product of
low rank that is added to a layer's matrices; LoRA, Hu et al. 2021), `l7.aln.w` (a norm's own values), `side` (added to the
question's tokens), `span`, `judge_in`, `judge_out` (the heads), and `meta`, a JSON text.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.e5_weights import PackedWeights, Shape
from knowledge.reading.base import ReaderError

FILE = Path(__file__).with_name("weights") / "reader.npz"
PRODUCTS = {"q": ("qkv", 0), "k": ("qkv", 1), "v": ("qkv", 2), "ao": ("ao", 0), "fi": ("fi", 0), "fo": ("fo", 0)}
"""The adapter that a matrix belongs to, and its place among the matrices that the adapter covers."""


@dataclass(frozen=True)
class Adapters:
    """The archive, read; `split` is the first layer that sees question and passage together."""

    arrays: dict[str, NDArray[np.float32]]
    split: int
    gain: float
    calibration: tuple[float, float, float]
    fingerprint: str

    def delta(self, layer: int, matrix: str, rows: int) -> NDArray[np.float32] | None:
        """What is added to a matrix of `rows` rows, or None."""
        adapter, place = PRODUCTS[matrix]
        up = self.arrays.get(f"l{layer}.{adapter}.up")
        if up is None:
            return None
        product = np.float32(self.gain) * up[place * rows : (place + 1) * rows] @ self.arrays[f"l{layer}.{adapter}.down"]
        return product.astype(np.float32)


def load_adapters(file: Path = FILE) -> Adapters:
    """Reads the archive; raises ReaderError when it is missing or damaged."""
    if not file.exists():
        raise ReaderError(f"The reader's weights are missing ({file}); install Akrab anew or make them (docs/reader.md).")
    try:
        with np.load(file, allow_pickle=False) as archive:
            meta: dict[str, Any] = json.loads(str(archive["meta"]))
            arrays = {key: archive[key].astype(np.float32) for key in archive.files if key != "meta"}
        first, second, constant = (float(number) for number in meta["calibration"])
        return Adapters(arrays, int(meta["split"]), float(meta["gain"]), (first, second, constant), fingerprint(file))
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ReaderError(f"The reader's weights in {file} are damaged; install Akrab anew.") from error


def fingerprint(file: Path) -> str:
    """sha256 of a file."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class AdaptedWeights:
    """The packed weights with the adapters merged in; see `knowledge.embeddings.e5_graph.Weights`."""

    def __init__(self, packed: PackedWeights, adapters: Adapters) -> None:
        self._packed, self._adapters = packed, adapters

    @property
    def shape(self) -> Shape:
        return self._packed.shape

    def vector(self, key: str) -> NDArray[np.float32]:
        own = self._adapters.arrays.get(key)
        return self._packed.vector(key) if own is None else own

    def rows(self, key: str, width: int) -> NDArray[np.float32]:
        matrix = self._packed.rows(key, width)
        layer, name, _ = key.split(".")
        delta = self._adapters.delta(int(layer.removeprefix("l")), name, len(matrix))
        return matrix if delta is None else matrix + delta

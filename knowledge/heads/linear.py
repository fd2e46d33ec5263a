"""A trained linear head: texts and their embeddings in, the probability of each label out."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.base import Vectors
from knowledge.heads.features import Matrix, features, hashed

FOLDER = Path(__file__).with_name("weights")


class HeadError(Exception):
    """A head's weights are missing or damaged; the message says what to do."""


@dataclass(frozen=True)
class LinearHead:
    """labels: what it tells apart, in the order of the weights' columns.

    weights      shape (dimension + buckets + extras, labels); `bias`: (labels,)
    centre       mean of the embeddings it was trained on; `scale`: what they are stretched by; `rarity`: (buckets,)
    temperature  divides the logits so that the probabilities are as right as they are sure
    model        the embedding model it was trained on; vectors of another must not be given
    """

    labels: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    centre: NDArray[np.float32]
    rarity: NDArray[np.float32]
    scale: float
    temperature: float
    model: str

    @property
    def buckets(self) -> int:
        return len(self.rarity)

    @property
    def extras(self) -> int:
        """How many numbers it wants to know of each text besides the text."""
        return len(self.weights) - len(self.centre) - self.buckets

    def logits(self, texts: Sequence[str], vectors: Vectors, extra: Matrix | None = None) -> NDArray[np.float32]:
        """Shape (len(texts), len(labels))."""
        known = np.zeros((len(texts), self.extras), np.float32) if extra is None else extra
        seen = features(vectors, hashed(texts, self.buckets), known, self.centre, self.scale, self.rarity)
        return np.asarray((seen @ self.weights + self.bias) / self.temperature, np.float32)

    def probabilities(self, texts: Sequence[str], vectors: Vectors, extra: Matrix | None = None) -> NDArray[np.float32]:
        """Shape (len(texts), len(labels)); each row sums to 1. `vectors`: the texts embedded as queries; `extra`: shape (len(texts), extras)."""
        return softmax(self.logits(texts, vectors, extra))

    def save(self, file: Path) -> None:
        """Writes the archive that `load_head` reads; weights in half precision."""
        meta = {"labels": self.labels, "scale": self.scale, "temperature": self.temperature, "model": self.model}
        arrays = {name: getattr(self, name).astype(np.float16) for name in ("weights", "bias", "centre", "rarity")}
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(file, allow_pickle=False, meta=np.array(json.dumps(meta)), **arrays)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


def load_head(name: str, folder: Path = FOLDER) -> LinearHead:
    """The head NAME.npz of a folder. Raises HeadError when it is missing or damaged."""
    file = folder / f"{name}.npz"
    if not file.exists():
        raise HeadError(f"The head's weights are missing ({file}); install Akrab anew or make them: python -m evals.heads.train.")
    try:
        with np.load(file, allow_pickle=False) as archive:
            meta = json.loads(str(archive["meta"]))
            weights, bias, centre, rarity = (archive[key].astype(np.float32) for key in ("weights", "bias", "centre", "rarity"))
        labels = tuple(str(label) for label in meta["labels"])
        if weights.ndim != 2 or weights.shape[1] != len(labels) or len(weights) < len(centre) + len(rarity) or bias.shape != (len(labels),):
            raise ValueError(weights.shape)
        return LinearHead(labels, weights, bias, centre, rarity, float(meta["scale"]), float(meta["temperature"]), str(meta["model"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise HeadError(f"The head's weights in {file} are damaged; install Akrab anew.") from error

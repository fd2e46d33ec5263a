"""Writes what was trained as the product's package data, with the calibration of their probability.

    python -m evals.reader.export WORK_FOLDER/best.pt DATA_FOLDER [OUT.npz]

Needs PyTorch to read the checkpoint. The calibrations (weights and constants of two logistic regressions) are fitted on
IDK-MRC's validation questions as the int8 reader reads them, each with the passage that it was asked about.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
import typer
from numpy.typing import NDArray

from evals.models import MODEL_CACHE
from evals.reader.blocks import encoded
from evals.reader.encoder import PARTS, packed
from evals.reader.examples import idk_mrc
from evals.reader.figures import calibrate_upwards
from evals.reader.judging import own_cosines, read_own, truths
from knowledge.embeddings.e5 import packaged_weights
from knowledge.embeddings.e5 import prepare as prepare_embedding
from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.factory import prepare
from knowledge.reading.span_reader import SpanReader
from knowledge.reading.trained import FILE, load_trained

NEUTRAL = (1.0, 0.0, 0.0, 0.0)
SOURCES = ["IDK-MRC train (CC-BY-SA-4.0)", "IndoNLU FacQA train (MIT)"]


def arrays_of(checkpoint: dict[str, Any], weights: PackedWeights) -> dict[str, NDArray[Any]]:
    """The product's names for what was trained: matrices as their difference from the packed ones, the rest in float16."""
    split = checkpoint["size"]["split"]
    arrays: dict[str, NDArray[Any]] = {}
    for name, tensor in checkpoint["upper"].items():
        if not name.startswith("layers."):
            arrays[name] = tensor.numpy().astype(np.float16)
            continue
        _, number, part, *_ = name.split(".")
        layer = split + int(number)
        if part in PARTS:
            change = tensor.numpy() - packed(weights, layer, part)
            for key, matrix in zip(PARTS[part], np.split(change, len(PARTS[part])), strict=True):
                arrays[f"l{layer}.{key}.w"] = encoded(matrix)
        else:
            arrays[f"l{layer}.{part.replace('_', '.')}"] = tensor.numpy().astype(np.float16)
    return arrays


def save(file: Path, arrays: dict[str, NDArray[Any]], meta: dict[str, Any]) -> None:
    """The archive that `knowledge.reading.trained` reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    everything: dict[str, Any] = {**arrays, "meta": np.array(json.dumps(meta))}
    np.savez(file, **everything)


def main(checkpoint: Path, data: Path, out: Path = FILE) -> None:
    """Writes OUT and says what the checkpoint was worth in training."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=False)
    arrays = arrays_of(kept, PackedWeights(packaged_weights()[0]))
    meta = {
        "split": kept["size"]["split"], "calibration": NEUTRAL, "calibration_with_cosine": NEUTRAL, "step": kept["step"],
        "sources": SOURCES, "licence": "CC-BY-SA-4.0",
    }  # fmt: skip
    valid = idk_mrc(data / "idk_mrc/valid.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "reader.npz"
        save(raw, arrays, meta)
        trained = load_trained(raw)
        reader = SpanReader("uncalibrated", prepare(Path(folder), trained), prepare_embedding(MODEL_CACHE), trained)
        readings = read_own(reader, valid)
    true = truths(valid)
    features = np.array([[logit(reading.answers), reading.score] for reading in readings])
    judgement, span, constant = (float(number) for number in calibrate_upwards(features, true))
    meta["calibration"] = (judgement, span, 0.0, constant)
    features = np.column_stack([features, own_cosines(valid)])
    meta["calibration_with_cosine"] = [float(number) for number in calibrate_upwards(features, true)]
    save(out, arrays, meta)
    print(json.dumps({"figures in training": kept["figures"], "step": kept["step"], "calibration": meta["calibration"], "with cosine": meta["calibration_with_cosine"], "bytes": out.stat().st_size}))


def logit(chance: float) -> float:
    """The inverse of the sigmoid."""
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return float(np.log(chance / (1 - chance)))


if __name__ == "__main__":
    typer.run(main)

"""Writes the trained adapters as the product's package data, with the calibration of their probability.

    python -m evals.reader.export WORK_FOLDER/best.pt DATA_FOLDER [OUT.npz]

Needs PyTorch to read the checkpoint. The calibration (two weights and a constant of a logistic regression) is fitted on
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

from evals.reader.examples import idk_mrc
from evals.reader.figures import calibrate
from evals.reader.judging import read_own, truths
from knowledge.reading.adapters import FILE
from knowledge.reading.factory import make_reader

MODEL_CACHE = Path.home() / ".cache" / "akrab"
NEUTRAL = (1.0, 0.0, 0.0)
SOURCES = ["IDK-MRC train (CC-BY-SA-4.0)", "IndoNLU FacQA train (MIT)"]


def arrays_of(checkpoint: dict[str, Any]) -> dict[str, NDArray[np.float16]]:
    """The product's names for what was trained, in float16."""
    split = checkpoint["size"]["split"]
    arrays = {}
    for name, tensor in checkpoint["upper"].items():
        key = name
        if name.startswith("layers."):
            _, number, *rest = name.split(".")
            what = ".".join(rest).replace("_w", ".w").replace("_b", ".b")
            key = f"l{split + int(number)}.{what}"
        arrays[key] = tensor.numpy().astype(np.float16)
    return arrays


def save(file: Path, arrays: dict[str, NDArray[np.float16]], meta: dict[str, Any]) -> None:
    """The archive that `knowledge.reading.adapters` reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    everything: dict[str, Any] = {**arrays, "meta": np.array(json.dumps(meta))}
    np.savez(file, **everything)


def main(checkpoint: Path, data: Path, out: Path = FILE) -> None:
    """Writes OUT and says what the checkpoint was worth in training."""
    kept = torch.load(checkpoint, map_location="cpu", weights_only=False)
    arrays = arrays_of(kept)
    meta = {
        "split": kept["size"]["split"], "gain": kept["size"]["gain"], "calibration": NEUTRAL, "step": kept["step"],
        "sources": SOURCES, "licence": "CC-BY-SA-4.0",
    }  # fmt: skip
    valid = idk_mrc(data / "idk_mrc/valid.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "reader.npz"
        save(raw, arrays, meta)
        readings = read_own(make_reader(MODEL_CACHE, weights=raw), valid)
    features = np.array([[logit(reading.answers), reading.score] for reading in readings])
    meta["calibration"] = [float(number) for number in calibrate(features, truths(valid))]
    save(out, arrays, meta)
    print(json.dumps({"figures in training": kept["figures"], "step": kept["step"], "calibration": meta["calibration"], "bytes": out.stat().st_size}))


def logit(chance: float) -> float:
    """The inverse of the sigmoid."""
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return float(np.log(chance / (1 - chance)))


if __name__ == "__main__":
    typer.run(main)

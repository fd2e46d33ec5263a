"""Merges the reader's trained part into the packed weights of e5-small: done once a machine, beside the embedding model.

A module of its own because ONNX, which it needs, takes a quarter of a second to import, and loading a prepared reader does not need it.
"""

from pathlib import Path

import onnx

from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.graphs import lower_graph, upper_graph
from knowledge.reading.span_reader import LOWER, UPPER
from knowledge.reading.trained import TrainedPart


def convert(weights_file: Path, trained: TrainedPart, folder: Path) -> None:
    """Writes both graphs into `folder`."""
    weights = PackedWeights(weights_file)
    onnx.save(lower_graph(weights, trained.split), folder / LOWER)
    onnx.save(upper_graph(weights, trained), folder / UPPER)

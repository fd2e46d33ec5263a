"""Merges the reader's adapters into the packed weights of e5-small: done once a machine, beside the embedding model.

A module of its own because ONNX, which it needs, takes a quarter of a second to import, and loading a prepared reader does not need it.
"""

from pathlib import Path

import onnx

from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.adapters import Adapters
from knowledge.reading.graphs import lower_graph, upper_graph
from knowledge.reading.span_reader import LOWER, UPPER


def convert(weights_file: Path, adapters: Adapters, folder: Path) -> None:
    """Writes both graphs into `folder`."""
    weights = PackedWeights(weights_file)
    onnx.save(lower_graph(weights, adapters.split), folder / LOWER)
    onnx.save(upper_graph(weights, adapters), folder / UPPER)

"""Finds, for each answerable training question, the nearest wrong passages of the training split: what the reader must tell apart.

    python -m evals.reader.mine IDK_MRC/train.jsonl OUT.npy [--count 12]

The product's own embedding model does the search. Rows of questions that nothing answers are −1.
"""

from pathlib import Path

import numpy as np
import typer

from evals.models import MODEL_CACHE
from evals.reader.examples import Material, idk_mrc, near_misses
from knowledge.embeddings.e5 import E5Embedder, prepare


def main(train: Path, out: Path, count: int = 12, threads: int = 2) -> None:
    """Writes an int64 array (questions, count) of indices of passages."""
    material = idk_mrc(train)
    embedder = E5Embedder(prepare(MODEL_CACHE), threads)
    answered = [number for number, question in enumerate(material.questions) if question.spans]
    asked = Material(material.passages, [material.questions[number] for number in answered])
    passages = embedder.embed_passages(material.passages)
    questions = embedder.embed_queries([question.text for question in asked.questions])
    found = np.full((len(material.questions), count), -1, np.int64)
    found[answered] = near_misses(questions, passages, asked, count)
    np.save(out, found)


if __name__ == "__main__":
    typer.run(main)

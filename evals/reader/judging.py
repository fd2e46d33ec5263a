"""Reads a data set's questions with the product's reader and counts what came of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.models import MODEL_CACHE
from evals.reader.examples import Material
from evals.reader.figures import area_under_curve, calibration_error, exact, token_f1
from knowledge.embeddings.e5 import E5Embedder, prepare
from knowledge.reading.base import PassageReader, Reading


def read_own(
    reader: PassageReader, material: Material, cosines: NDArray[np.float64] | None = None
) -> list[Reading]:
    """Each question with the passage that it was asked about, with the cosine of both where given."""
    near = [None] * len(material.questions) if cosines is None else [[float(cosine)] for cosine in cosines]
    return [
        reader.read(question.text, [material.passages[question.passage]], cosine)[0]
        for question, cosine in zip(material.questions, near, strict=True)
    ]


def own_cosines(material: Material) -> NDArray[np.float64]:
    """The cosine of each question with the passage that it was asked about, by the default embedding model."""
    embedder = E5Embedder(prepare(MODEL_CACHE))
    passages = embedder.embed_passages(material.passages)[[question.passage for question in material.questions]]
    questions = embedder.embed_queries([question.text for question in material.questions])
    return np.asarray((passages * questions).sum(axis=1), np.float64)


def truths(material: Material) -> NDArray[np.bool_]:
    """Whether each question is answered in its passage."""
    return np.array([bool(question.spans) for question in material.questions])


def span_figures(readings: Sequence[Reading], material: Material) -> dict[str, float]:
    """F1 of words and exact matches over the questions that have an answer, the reader's doubt left aside."""
    overlap, same = [], []
    for reading, question in zip(readings, material.questions, strict=True):
        if question.spans:
            expected = [material.passages[question.passage][a:b] for a, b in question.spans]
            overlap.append(token_f1(reading.text, expected))
            same.append(exact(reading.text, expected))
    return {"questions": len(overlap), "span F1": _r(np.mean(overlap)), "exact": _r(np.mean(same))}


def answer_figures(readings: Sequence[Reading], true: NDArray[np.bool_]) -> dict[str, float]:
    """How well answered is told from not answered, at probability one half."""
    chances = np.array([reading.answers for reading in readings])
    return {
        "questions": len(true),
        "accuracy": _r(((chances > 0.5) == true).mean()),
        "AUC": _r(area_under_curve(chances, true)),
        "calibration error": _r(calibration_error(chances, true)),
    }


def _r(number: float | np.floating) -> float:
    return round(float(number), 4)

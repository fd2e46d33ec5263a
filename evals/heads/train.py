"""Trains the heads that the product ships: `python -m evals.heads.train INDONLU_FOLDER [-o FOLDER]`. Deterministic.

    polarity     negative, neutral, positive; IndoNLU's SmSA (train) and the bank's complaints and compliments
    update_kind  the kind of fact that a stretch of an update tells, or none; the bank
    servqual     the dimension of service quality; the bank
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.proposals.judging import dimension_extras, essential, kind_extras, readable
from assistant.proposals.reading import SERVQUAL
from assistant.proposals.signs import rule_cue, signs_of
from assistant.settings import Settings
from evals.heads.solver import fit
from evals.heads.texts import Sentence, bank, reviews
from knowledge.embeddings.base import Embedder, Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.heads.features import Matrix, features, hashed
from knowledge.heads.linear import FOLDER, LinearHead, load_head

SCALE = 8.0
DAY = date(2026, 1, 15)
"""The day on which the bank's sentences are read: it decides only which of their dates are over."""
SPLIT_KINDS = ("commitment", "contact_change")
"""Kinds whose groups the head tells apart as well."""
_SENTIMENT = {"complaint": "negative", "compliment": "positive", "feedback": "neutral"}


def train(
    texts: Sequence[str], vectors: Vectors, wanted: Sequence[str], extra: Matrix | None = None, *, model: str, buckets: int,
    weight: NDArray[np.float32] | None = None, dense: float = 1e-3, sparse: float = 3e-4, temperature: float = 1.0, rounds: int = 150,
) -> LinearHead:  # fmt: skip
    """A head for the labels in `wanted`. dense, sparse: penalties of the weights on embedding and extras, and on grams."""
    labels = tuple(sorted(set(wanted)))
    targets = np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in wanted]]
    found = hashed(texts, buckets)
    rarity = np.log((len(texts) + 1) / ((found > 0).sum(axis=0) + 1)).astype(np.float32)
    known = np.zeros((len(texts), 0), np.float32) if extra is None else extra
    centre = vectors.mean(axis=0)
    seen = features(vectors, found, known, centre, SCALE, rarity)
    penalty = np.concatenate([np.full(vectors.shape[1], dense), np.full(buckets, sparse), np.full(known.shape[1], dense)])
    counts = np.ones(len(texts), np.float32) if weight is None else weight
    weights, bias = fit(seen, targets, counts, penalty.astype(np.float32), rounds)
    return LinearHead(labels, weights, bias, centre, rarity, SCALE, temperature, model)


def rarer_more(wanted: Sequence[str], power: float = 0.5) -> NDArray[np.float32]:
    """Weights that lift rare labels."""
    counts = {label: wanted.count(label) for label in set(wanted)}
    return np.array([(len(wanted) / counts[label]) ** power for label in wanted], np.float32)


def label_of(sentence: Sentence) -> str:
    """The label of the head of kinds."""
    return f"{sentence.kind} {sentence.group}" if sentence.kind in SPLIT_KINDS else sentence.kind


def signs_in(sentence: Sentence) -> frozenset[str]:
    """What the word lists see in a sentence of the bank."""
    return signs_of(essential(sentence.norm), sentence.masked, DAY, rule_cue(sentence.norm, sentence.masked, DAY))


def polarity_head(sentences: Sequence[Sentence], vectors: Vectors, folder: Path, embedder: Embedder, buckets: int = 2**14) -> LinearHead:
    """Of reviews and of the bank, whose sentences count five times."""
    rows = reviews(folder, "smsa", "train")
    own = [(readable(s.norm), vector, _SENTIMENT[s.kind]) for s, vector in zip(sentences, vectors, strict=True) if s.kind in _SENTIMENT]
    texts = [str(row["text"]) for row in rows] + [text for text, _, _ in own]
    wanted = [str(row["label"]) for row in rows] + [label for _, _, label in own]
    seen = np.concatenate([embedder.embed_queries(texts[: len(rows)]), np.array([vector for _, vector, _ in own], np.float32)])
    weight = rarer_more(wanted) * np.array([1.0] * len(rows) + [5.0] * len(own), np.float32)
    return train(texts, seen, wanted, model=embedder.name, buckets=buckets, weight=weight, dense=1e-4, sparse=3e-5, temperature=3.0, rounds=120)


def kind_head(sentences: Sequence[Sentence], vectors: Vectors, polarity: LinearHead, buckets: int = 2**13) -> LinearHead:
    """The kind of fact, from the embedding, the grams, the signs of the word lists and the polarity."""
    texts = [readable(sentence.norm) for sentence in sentences]
    extra = kind_extras([signs_in(sentence) for sentence in sentences], polarity.logits(texts, vectors))
    wanted = [label_of(sentence) for sentence in sentences]
    return train(texts, vectors, wanted, extra, model=polarity.model, buckets=buckets, weight=rarer_more(wanted))


def servqual_head(sentences: Sequence[Sentence], vectors: Vectors, polarity: LinearHead, buckets: int = 2**12) -> LinearHead:
    """The dimension of a complaint or compliment, or none."""
    mine = [number for number, sentence in enumerate(sentences) if sentence.kind in ("complaint", "compliment")]
    texts, seen = [readable(sentences[number].norm) for number in mine], vectors[mine]
    extra = dimension_extras([sentences[number].norm for number in mine], polarity.logits(texts, seen))
    wanted = [sentences[number].group if sentences[number].group in SERVQUAL else "none" for number in mine]
    return train(texts, seen, wanted, extra, model=polarity.model, buckets=buckets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("indonlu", type=Path, help="the folder with smsa_train.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER)
    parser.add_argument("--keep-polarity", action="store_true", help="take the polarity head that is there (the slow part)")
    given = parser.parse_args()
    embedder = make_embedder("e5", Settings().models_cache)
    sentences = bank()
    vectors = embedder.embed_queries([readable(sentence.norm) for sentence in sentences])
    polarity = load_head("polarity", given.output) if given.keep_polarity else polarity_head(sentences, vectors, given.indonlu, embedder)
    polarity.save(given.output / "polarity.npz")
    polarity = load_head("polarity", given.output)  # in half precision, as the product has it
    kind_head(sentences, vectors, polarity).save(given.output / "update_kind.npz")
    servqual_head(sentences, vectors, polarity).save(given.output / "servqual.npz")
    print(f"{len(sentences)} sentences; heads in {given.output}")


if __name__ == "__main__":
    main()

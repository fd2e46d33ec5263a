"""Trains and measures the heads of requests for drafts: `python -m evals.heads.train_requests [-o FOLDER] [--check]`. Deterministic.

    draft_kind    which kind of draft a message asks for, or none
    draft_reader  who is to read it: customer, internal, nobody said

--check trains in five folds instead, each line of the wordings judged by heads that have not seen it or anything made of it, and prints how many
requests are found, and how many other messages are taken for one, at several thresholds.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from assistant.drafts.judging import CLEAR, NONE, READER, SURE, signs_beside
from assistant.settings import Settings
from evals.heads.train import rarer_more, train
from evals.heads.wordings import SEED, Wording, readers, wordings
from knowledge.embeddings.base import Embedder, Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.heads.features import Matrix
from knowledge.heads.linear import FOLDER, LinearHead

FOLDS = 5
BUCKETS = 2**12
THRESHOLDS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95)


def head_of(messages: Sequence[Wording], vectors: Vectors, model: str, extra: Matrix | None = None, buckets: int = BUCKETS) -> LinearHead:
    """A head for the labels of these messages."""
    labels = [message.label for message in messages]
    return train([message.seen for message in messages], vectors, labels, extra, model=model, buckets=buckets, weight=rarer_more(labels), dense=3e-4, sparse=1e-4)


def embedded(messages: Sequence[Wording], embedder: Embedder) -> Vectors:
    """Shape (len(messages), dimension); a text that stands there several times is embedded once."""
    texts = list(dict.fromkeys(message.seen for message in messages))
    known = dict(zip(texts, embedder.embed_queries(texts), strict=True))
    return np.array([known[message.seen] for message in messages], np.float32)


def judged_unseen(messages: Sequence[Wording], vectors: Vectors, model: str, extra: Matrix | None = None) -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """Labels, and their probabilities for each message by a head of the other folds: shape (len(messages), labels)."""
    sources = sorted({message.source for message in messages})
    Random(SEED).shuffle(sources)
    fold = {source: number % FOLDS for number, source in enumerate(sources)}
    labels = tuple(sorted({message.label for message in messages}))
    found = np.zeros((len(messages), len(labels)), np.float32)
    for number in range(FOLDS):
        mine = [at for at, message in enumerate(messages) if fold[message.source] == number]
        others = [at for at, message in enumerate(messages) if fold[message.source] != number]
        head = head_of([messages[at] for at in others], vectors[others], model, None if extra is None else extra[others])
        found[mine] = head.probabilities([messages[at].seen for at in mine], vectors[mine], None if extra is None else extra[mine])
    return labels, found


def report(messages: Sequence[Wording], labels: Sequence[str], likely: NDArray[np.float32]) -> None:
    """Prints requests found and false ones at several thresholds, and how often the kind is right."""
    column = list(labels).index(NONE)
    asks = 1 - likely[:, column]
    requests = np.array([message.label != NONE for message in messages])
    rest = np.delete(likely, column, axis=1)
    names = [label for label in labels if label != NONE]
    right = np.array([names[at] for at in rest.argmax(axis=1)]) == np.array([message.label for message in messages])
    clear = rest.max(axis=1) / rest.sum(axis=1) >= CLEAR
    for threshold in THRESHOLDS:
        taken = asks >= threshold
        print(f"from {threshold}: {np.mean(taken[requests]):.3f} of {requests.sum()} requests, {np.mean(taken[~requests]):.4f} of {(~requests).sum()} others taken")
    surely = requests & (asks >= SURE)
    print(f"kind right {np.mean(right[requests]):.3f}; of the sure, clear {np.mean(clear[surely]):.3f}, and right {np.mean(right[surely & clear]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=FOLDER)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    embedder = make_embedder("e5", Settings().models_cache)
    kinds, read_by = wordings(), readers()
    vectors, others = embedded(kinds, embedder), embedded(read_by, embedder)
    signs = signs_beside([message.seen for message in kinds])
    if given.check:
        report(kinds, *judged_unseen(kinds, vectors, embedder.name, signs))
        labels, likely = judged_unseen(read_by, others, embedder.name)
        sure = likely.max(axis=1) >= READER
        right = np.array([labels[at] for at in likely.argmax(axis=1)]) == np.array([message.label for message in read_by])
        print(f"readers: right {np.mean(right):.3f}, sure {np.mean(sure):.3f}, of the sure right {np.mean(right[sure]):.3f}")
        return
    head_of(kinds, vectors, embedder.name, signs).save(given.output / "draft_kind.npz")
    head_of(read_by, others, embedder.name, buckets=BUCKETS // 2).save(given.output / "draft_reader.npz")
    print(f"{len(kinds)} messages, {len(read_by)} with readers; heads in {given.output}")


if __name__ == "__main__":
    main()

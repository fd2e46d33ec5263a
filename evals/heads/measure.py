"""Measures the heads: `python -m evals.heads.measure TASK FOLDER`, FOLDER holding IndoNLU's *_train.jsonl and *_valid.jsonl.

    smsa    the shipped head of polarity on SmSA's valid split: macro-F1
    casa    heads for the aspects of car reviews, trained on the train split with the same features: mean macro-F1 of the aspects
    hoasa   the same for hotel reviews
    bank    the head of kinds on the bank in five folds (no folder needed): share right, macro-F1, the rules alone beside it
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.proposals.judging import judgement_of, kind_extras, readable
from assistant.proposals.signs import rule_cue
from assistant.settings import Settings
from evals.heads.texts import bank, macro_f1, reviews
from evals.heads.train import DAY, label_of, rarer_more, signs_in, train
from knowledge.embeddings.base import Embedder, Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.heads.linear import LinearHead, load_head

FOLDS, SEED = 5, 3


def told(head: LinearHead, texts: Sequence[str], vectors: Vectors) -> list[str]:
    """The likeliest label of each text."""
    return [head.labels[number] for number in head.probabilities(texts, vectors).argmax(axis=1)]


def smsa(folder: Path, embedder: Embedder) -> dict[str, float]:
    rows = reviews(folder, "smsa", "valid")
    texts = [str(row["text"]) for row in rows]
    given = told(load_head("polarity"), texts, embedder.embed_queries(texts))
    return {"macro_f1": macro_f1([str(row["label"]) for row in rows], given)}


def aspects(folder: Path, name: str, embedder: Embedder) -> dict[str, float]:
    """Macro-F1 of each aspect, and their mean."""
    seen, unseen = reviews(folder, name, "train"), reviews(folder, name, "valid")
    texts, others = [str(row["text"]) for row in seen], [str(row["text"]) for row in unseen]
    vectors, other_vectors = embedder.embed_queries(texts), embedder.embed_queries(others)
    scores = {}
    for aspect in seen[0]["aspects"]:  # type: ignore[attr-defined]
        wanted = [str(row["aspects"][aspect]) for row in seen]  # type: ignore[index]
        gold = [str(row["aspects"][aspect]) for row in unseen]  # type: ignore[index]
        head = train(texts, vectors, wanted, model=embedder.name, buckets=2**12, weight=rarer_more(wanted), dense=3e-4, sparse=3e-5)
        scores[aspect] = macro_f1(gold, told(head, others, other_vectors))
    return scores | {"mean": sum(scores.values()) / len(scores)}


def kinds(embedder: Embedder) -> dict[str, float]:
    """The head of kinds, each sentence judged by heads that have not seen it."""
    sentences, polarity = bank(), load_head("polarity")
    texts = [readable(sentence.norm) for sentence in sentences]
    vectors = embedder.embed_queries(texts)
    extra = kind_extras([signs_in(sentence) for sentence in sentences], polarity.logits(texts, vectors))
    wanted, fold = [label_of(sentence) for sentence in sentences], np.random.default_rng(SEED).integers(0, FOLDS, len(sentences))
    given = [""] * len(sentences)
    for number in range(FOLDS):
        others, mine = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        labels = [wanted[index] for index in others]
        head = train([texts[i] for i in others], vectors[others], labels, extra[others], model=embedder.name, buckets=2**13, weight=rarer_more(labels))
        for index, row in zip(mine, head.probabilities([texts[i] for i in mine], vectors[mine], extra[mine]), strict=True):
            given[index] = judgement_of(dict(zip(head.labels, map(float, row), strict=True))).likeliest
    gold = [sentence.kind for sentence in sentences]
    cues = [rule_cue(sentence.norm, sentence.masked, DAY) for sentence in sentences]
    rules = [(cue.kind if cue else None) or "none" for cue in cues]
    return {
        "sentences": len(sentences), "right": float(np.mean(np.array(given) == np.array(gold))), "macro_f1": macro_f1(gold, given),
        "rules_right": float(np.mean(np.array(rules) == np.array(gold))), "rules_macro_f1": macro_f1(gold, rules),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("task", choices=("smsa", "casa", "hoasa", "bank"))
    parser.add_argument("folder", type=Path, nargs="?")
    given = parser.parse_args()
    if given.folder is None and given.task != "bank":
        parser.error("this task needs the folder with IndoNLU's files")
    embedder = make_embedder("e5", Settings().models_cache)
    found = kinds(embedder) if given.task == "bank" else smsa(given.folder, embedder) if given.task == "smsa" else aspects(given.folder, given.task, embedder)
    for name, value in found.items():
        print(f"{name:16} {value:.4f}" if value <= 1 else f"{name:16} {value:.0f}")


if __name__ == "__main__":
    main()

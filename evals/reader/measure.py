"""What the reader is worth, on data that it was not trained on, in the int8 form that the product uses.

    python -m evals.reader.measure spans|reranking|english|speed DATA_FOLDER [--vectors CACHE.npz] [--weights READER.npz]

spans: IDK-MRC valid, answer spans and answerable against unanswerable. reranking: IDK-MRC valid, the retriever's best
passages ordered anew. english: SQuAD questions in both languages on English passages (the reader saw no English in
training). speed: milliseconds for five passages of about 120 words. One JSON object on stdout.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from evals.models import MODEL_CACHE
from evals.ranking import ndcg_at_rank
from evals.reader.examples import Material, Question, idk_mrc, rows
from evals.reader.figures import area_under_curve
from evals.reader.judging import answer_figures, own_cosines, read_own, span_figures, truths
from evals.retrieval import Bench
from knowledge.access import OWNER
from knowledge.reading.factory import make_reader
from knowledge.reading.span_reader import SpanReader
from knowledge.reading.trained import FILE

DEPTHS = (5, 10)
WEIGHTS = tuple(np.round(np.arange(0, 1.01, 0.05), 2))
Found = tuple[list[str], NDArray[np.float64], NDArray[np.float64]]
"""Names of the passages found, the retriever's scores, the reader's relevance."""
PASSAGE_WORDS, PASSAGES, TURNS = 120, 5, 30


def spans(reader: SpanReader, data: Path, vectors: Path | None) -> dict[str, object]:
    """Spans and answerability on IDK-MRC valid."""
    valid = idk_mrc(data / "idk_mrc/valid.jsonl")
    cosines = own_cosines(valid)
    readings, true = read_own(reader, valid), truths(valid)
    return {
        "spans": span_figures(readings, valid),
        "answerable, reader alone": answer_figures(readings, true),
        "answerable, with the cosine": answer_figures(read_own(reader, valid, cosines), true),
        "AUC of the cosine alone": round(area_under_curve(cosines, true), 4),
    }


def english(reader: SpanReader, data: Path, vectors: Path | None) -> dict[str, object]:
    """English passages asked in English and in (machine-translated) Indonesian; unanswerable ones in Indonesian only."""
    folder = data / "xling_squad_id_en"
    texts = {row["id"]: row["text"] for row in rows(folder / "passages_en.jsonl")}
    places = {name: number for number, name in enumerate(texts)}
    passages = list(texts.values())

    def asked(wording: str) -> Material:
        questions = []
        for row in rows(folder / "questions.jsonl"):
            text = texts[row["passage_en"]]
            found = tuple((text.find(a), text.find(a) + len(a)) for a in row["answers_en"] if a in text)
            if found:
                questions.append(Question(row[wording], places[row["passage_en"]], found))
        return Material(passages, questions)

    unanswered = [
        Question(row["question_id"], places[row["passage_en"]], ())
        for row in rows(folder / "questions_unanswerable_id.jsonl")
        if row["passage_en"] in places
    ]
    figures: dict[str, object] = {}
    for name, wording in (("English question", "question_en"), ("Indonesian question", "question_id")):
        material = asked(wording)
        figures[name] = span_figures(read_own(reader, material), material)
    mixed = Material(passages, asked("question_id").questions + unanswered)
    figures["answerable, Indonesian question"] = answer_figures(read_own(reader, mixed), truths(mixed))
    return figures


def reranking(reader: SpanReader, data: Path, vectors: Path | None) -> dict[str, object]:
    """nDCG@10 of the retriever alone, of the reader alone over its best passages, and of both scores together.

    The weight of the reader is chosen on one half of the questions and counted on the other, both ways round.
    """
    passages = [(row["id"], "id", row["text"]) for row in rows(data / "idk_mrc/passages.jsonl")]
    texts = {name: text for name, _, text in passages}
    asked = [(r["question"], r["context_id"]) for r in rows(data / "idk_mrc/valid.jsonl") if r["answerable"]]
    found: list[Found] = []
    with Bench(passages, vectors) as bench:
        for question, _ in asked:
            hits = bench.retriever.search(question, OWNER, k=max(DEPTHS))
            names = [bench.names[hit.passage_id] for hit in hits]
            readings = reader.read(question, [texts[name] for name in names])
            scores = np.array([hit.score for hit in hits])
            found.append((names, scores, np.array([reading.relevance for reading in readings])))
    relevant = [name for _, name in asked]
    figures: dict[str, object] = {"questions": len(asked), "retriever": _mean(found, relevant, 0.0, 10)}
    for depth in DEPTHS:
        figures[f"reader over {depth}"] = _mean(found, relevant, 1.0, depth)
        figures[f"both over {depth}"] = _crossed(found, relevant, depth)
    figures["by weight over 10"] = {str(w): _mean(found, relevant, float(w), 10) for w in WEIGHTS[::2]}
    return figures


def blended(scores: NDArray[np.float64], relevance: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """(1 − weight) × retriever + weight × reader, each scaled to 0…1 over the passages at hand."""
    return (1 - weight) * _scaled(scores) + weight * _scaled(relevance)


def _scaled(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = scores.max() - scores.min()
    return (scores - scores.min()) / spread if spread else np.zeros_like(scores)


def _gains(found: Sequence[Found], relevant: Sequence[str], weight: float, depth: int) -> NDArray[np.float64]:
    gains = []
    for (names, scores, relevance), right in zip(found, relevant, strict=True):
        order = np.argsort(-blended(scores[:depth], relevance[:depth], weight), kind="stable")
        ranked = [names[i] for i in order] + names[depth:]
        gains.append(ndcg_at_rank(ranked.index(right) if right in ranked else None))
    return np.array(gains)


def _mean(found: Sequence[Found], relevant: Sequence[str], weight: float, depth: int) -> float:
    return round(float(_gains(found, relevant, weight, depth).mean()), 4)


def _crossed(found: Sequence[Found], relevant: Sequence[str], depth: int) -> dict[str, object]:
    by_weight = np.array([_gains(found, relevant, float(weight), depth) for weight in WEIGHTS])
    first = np.arange(by_weight.shape[1]) % 2 == 0
    chosen = [int(by_weight[:, half].mean(axis=1).argmax()) for half in (first, ~first)]
    gains = np.concatenate([by_weight[chosen[0], ~first], by_weight[chosen[1], first]])
    return {"ndcg@10": round(float(gains.mean()), 4), "weights": [float(WEIGHTS[index]) for index in chosen]}


def speed(reader: SpanReader, data: Path, vectors: Path | None) -> dict[str, object]:
    """Milliseconds a question: passages never seen before, and passages whose lower states are kept."""
    words = " ".join(row["text"] for row in rows(data / "idk_mrc/passages.jsonl")).split()
    asked = [row["question"] for row in rows(data / "idk_mrc/valid.jsonl")]
    new, again = [], []
    for turn in range(TURNS):
        begin = turn * PASSAGES * PASSAGE_WORDS
        passages = [
            " ".join(words[begin + n * PASSAGE_WORDS : begin + (n + 1) * PASSAGE_WORDS]) for n in range(PASSAGES)
        ]
        new.append(_milliseconds(reader, asked[turn], passages))
        again.append(_milliseconds(reader, asked[-1 - turn], passages))
    return {
        f"{name}, {quantile}": round(float(np.quantile(times, at)), 1)
        for name, times in (("new passages", new), ("read before", again))
        for quantile, at in (("median ms", 0.5), ("p95 ms", 0.95))
    }


def _milliseconds(reader: SpanReader, question: str, passages: Sequence[str]) -> float:
    started = time.perf_counter()
    reader.read(question, passages)
    return 1000 * (time.perf_counter() - started)


def main(
    which: Annotated[str, typer.Argument(help="spans, reranking, english or speed")],
    data: Path,
    vectors: Path | None = None,
    weights: Path = FILE,
) -> None:
    """Prints the figures as one JSON object."""
    jobs = {"spans": spans, "reranking": reranking, "english": english, "speed": speed}
    typer.echo(json.dumps(jobs[which](make_reader(MODEL_CACHE, weights=weights), data, vectors), ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)

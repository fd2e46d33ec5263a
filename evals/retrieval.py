"""Retrieval quality on public question sets, measured through the product's own retriever on a temporary store.

    python -m evals.retrieval idk_mrc FOLDER [--vectors CACHE.npz]
    python -m evals.retrieval xling FOLDER [--vectors CACHE.npz]

IDK-MRC: Indonesian questions, one relevant Indonesian passage each. xling: SQuAD questions in both languages over passages
of both; the answering passage counts only in the other language (its twin in the question's language is left out).
`--vectors` keeps the passages' vectors between runs.
"""

import json
import math
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
import typer
from sqlalchemy import Engine

from knowledge.access import OWNER
from knowledge.embeddings.base import Embedder, Progress, Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.index.reindex import index_passages
from knowledge.index.retriever import HybridRetriever
from knowledge.index.vectors import ExactIndex
from knowledge.records.documents import Passage
from knowledge.store import migrate, open_store, write

CUTOFF = 10
MODEL_CACHE = Path.home() / ".cache" / "akrab"


@dataclass(frozen=True)
class Question:
    """A question, its one relevant passage, and passages that are taken out of its ranking (the answer's twins)."""

    text: str
    relevant: str
    left_out: frozenset[str] = frozenset()


def ndcg(rank: int | None) -> float:
    """nDCG@10 of a ranking with one relevant passage at `rank` (from 0), None = not found."""
    return 1 / math.log2(rank + 2) if rank is not None and rank < CUTOFF else 0.0


def idk_mrc(folder: Path, vectors: Path | None = None) -> dict[str, float]:
    """nDCG@10 of the answerable validation questions over all passages."""
    passages = [(row["id"], "id", row["text"]) for row in _lines(folder / "passages.jsonl")]
    questions = [
        Question(row["question"], row["context_id"]) for row in _lines(folder / "valid.jsonl") if row["answerable"]
    ]
    with Bench(passages, vectors) as bench:
        return {"questions": len(questions), "ndcg@10": bench.measure(questions), "ms_a_query": bench.milliseconds}


def xling(folder: Path, vectors: Path | None = None) -> dict[str, float]:
    """nDCG@10 across languages (mixed index), the other language alone, and within the question's own language (mixed)."""
    passages = [(row["id"], "en", row["text"]) for row in _lines(folder / "passages_en.jsonl")]
    passages += [(row["id"], "id", row["text"]) for row in _lines(folder / "passages_id_mt.jsonl")]
    rows = list(_lines(folder / "questions.jsonl"))

    def ask(wording: str, evidence: str, twin: str) -> list[Question]:
        return [Question(row[wording], row[evidence], frozenset({row[twin]})) for row in rows]

    indonesian, english = "passage_id_lang", "passage_en"
    with Bench(passages, vectors) as bench:
        return {
            "questions": len(rows),
            "id→en": bench.measure(ask("question_id", english, indonesian)),
            "id→en alone": bench.measure(ask("question_id", english, indonesian), ["en"]),
            "en→id": bench.measure(ask("question_en", indonesian, english)),
            "en→id alone": bench.measure(ask("question_en", indonesian, english), ["id"]),
            "id→id": bench.measure(ask("question_id", indonesian, english)),
            "en→en": bench.measure(ask("question_en", english, indonesian)),
            "ms_a_query": bench.milliseconds,
        }


class Bench:
    """A temporary store of passages with the product's retriever upon it."""

    def __init__(self, passages: Sequence[tuple[str, str, str]], vectors: Path | None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        embedder = make_embedder("e5", MODEL_CACHE)
        self.engine: Engine = open_store(f"sqlite:///{self._folder.name}/akrab.db")
        migrate(self.engine)
        with write(self.engine) as session:
            for number, (_, language, text) in enumerate(passages, start=1):
                session.add(Passage(id=number, text=text, language=language, ready=True))
        index_passages(self.engine, _Kept(embedder, vectors) if vectors else embedder)
        self.names = {number: name for number, (name, _, _) in enumerate(passages, start=1)}
        self.retriever = HybridRetriever(self.engine, embedder, ExactIndex(embedder.name, embedder.dimension))
        self._asked, self._seconds = 0, 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()
        self._folder.cleanup()

    @property
    def milliseconds(self) -> float:
        return round(1000 * self._seconds / max(self._asked, 1), 1)

    def measure(self, questions: Sequence[Question], languages: Sequence[str] | None = None) -> float:
        total = 0.0
        for question in questions:
            started = time.perf_counter()
            hits = self.retriever.search(question.text, OWNER, k=CUTOFF + 5, languages=languages)
            self._seconds += time.perf_counter() - started
            self._asked += 1
            ranked = [self.names[hit.passage_id] for hit in hits]
            ranked = [name for name in ranked if name not in question.left_out]
            total += ndcg(ranked.index(question.relevant) if question.relevant in ranked else None)
        return round(total / len(questions), 4)


class _Kept:
    """An embedder that keeps passages' vectors in a file between runs."""

    def __init__(self, embedder: Embedder, file: Path) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embedder, self._file = embedder, file
        self._known: dict[str, Vectors] = {}
        if file.exists():
            with np.load(file) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        new = [text for text in texts if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._embedder.embed_passages(new, progress), strict=True))
            np.savez(self._file, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        return np.stack([self._known[text] for text in texts])

    def embed_query(self, text: str) -> Vectors:
        return self._embedder.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def main(
    which: Annotated[str, typer.Argument(help="idk_mrc or xling")], folder: Path, vectors: Path | None = None
) -> None:
    """Prints the figures as one JSON object."""
    typer.echo(json.dumps({"idk_mrc": idk_mrc, "xling": xling}[which](folder, vectors), ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)

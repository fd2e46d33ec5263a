"""How long a whole answer takes where the reader is asked: articles about nobody, among many passages.

    python -m evals.reader.asked DATA_FOLDER [--passages 10000] [--articles 400] [--questions 60]

Articles and questions are IDK-MRC's (valid). Passages beyond them are made of halves of theirs (`evals.growing`), about nobody too, so that the reader is
asked about them as well. One JSON object on stdout; seconds.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.settings import Settings
from evals.cases import read_lines
from evals.growing import grow
from evals.public.options import Options
from evals.public.shelf import shelf
from knowledge.access import OWNER
from knowledge.reading.base import PassageReader, Reading


@dataclass
class Timed:
    """A reader, and how long each reading took."""

    reader: PassageReader
    seconds: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, question: str, passages: Sequence[str], cosines: Sequence[float] | None = None) -> list[Reading]:
        began = time.perf_counter()
        readings = self.reader.read(question, passages, cosines)
        self.seconds.append(time.perf_counter() - began)
        return readings


def main(data: Path, passages: Annotated[list[int], typer.Option()] = [10_000], articles: int = 400, questions: int = 60) -> None:  # noqa: B006
    """Prints p50 and p95 of whole answers and of the reading alone, for each size of the store."""
    options = Options(data / "idk_mrc", Settings(), limit=articles)
    rows = options.drawn(read_lines(options.file("valid.jsonl")))
    files = {f"{row['context_id']}.txt": row["context"] for row in rows}
    asked = [row["question"] for row in rows[: questions + 1]]
    figures = {}
    with shelf(files, options) as (akrab, _):
        trained = akrab.answering.trained()
        if trained is None:
            raise typer.BadParameter("The reader's weights are missing (docs/reader.md).")
        timed = Timed(trained)
        akrab.answering.trained = lambda: timed
        for target in sorted(passages):
            grow(akrab, target, of_nobody=True)
            akrab.answering.ask(asked[0], OWNER, kept=False)
            timed.seconds.clear()
            whole = []
            for question in asked[1:]:
                began = time.perf_counter()
                akrab.answering.ask(question, OWNER, kept=False)
                whole.append(time.perf_counter() - began)
            figures[target] = {"questions": len(whole), "read for": len(timed.seconds), "answer": _spread(whole), "reading": _spread(timed.seconds)}
    typer.echo(json.dumps(figures))


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    return {f"p{at}": round(float(np.percentile(seconds, at)), 3) for at in (50, 95)} if seconds else {}


if __name__ == "__main__":
    typer.run(main)

"""Speed and memory, side by side in one run: embedding against sentence-transformers, questions over many passages, a cold start.

Figures of one run are comparable with each other only: the machine and what else it does count for both sides.
"""

import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlmodel import col

from assistant.settings import Settings
from assistant.wiring import Akrab
from evals.cases import load_cases
from evals.demo.build import build
from evals.peers.torch_e5 import torch_e5, torch_is_here
from evals.runner import DEMO, DEMO_TODAY, Stage, imported
from knowledge.embeddings.base import Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.index.reindex import index_passages
from knowledge.index.vectors import from_blobs, to_blob
from knowledge.records.documents import Passage
from knowledge.store import read, write

PEER_BATCH = 32
NOISE = 0.35
"""Length of the noise added to a copied passage's vector of length 1, so that copies are neighbours and not the same."""
MEGABYTE = 1024 * 1024


def bench(settings: Settings, stage: Stage, *, passages: int = 10_000, texts: int = 200, repeats: int = 3) -> dict[str, Any]:
    """All measures: `question` and `memory` over `passages` passages, `cold` starts, `ingest` of `texts` texts.

    Times in seconds, memory in MB; each figure as {"min", "median", "max"}. `ingest.ratio` is None without the extra `models`.
    """
    settings = settings.model_copy(update={"today": DEMO_TODAY, "model": "builtin"})
    with _demo(settings, stage) as (akrab, files):
        corpus = _texts(akrab, texts)
        cold = cold_asks(akrab, repeats, stage)
        grow(akrab, passages)
        question = questions(akrab, repeats, stage)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        memory = {"process": round(own), "ask": cold.pop("peak_mb"), "import": _import_peak(files, settings)}
    return {
        "machine": {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "system": platform.machine(), "load": [round(each, 1) for each in os.getloadavg()]},
        "question": question,
        "memory_mb": memory,
        "cold_ask": cold,
        "ingest": ingest(settings, corpus, repeats, stage),
    }


def ingest(settings: Settings, texts: Sequence[str], repeats: int, stage: Stage) -> dict[str, Any]:
    """Passages a second of the product's embedding and of the peer's, in turns over the same texts."""
    own = make_embedder(settings.embedding, settings.models_cache)
    own.embed_passages(texts[:PEER_BATCH])
    if not torch_is_here():
        return {"texts": len(texts), "akrab": _spread(_rates(own.embed_passages, texts, repeats, stage)), "peer": None, "ratio": None}
    with torch_e5() as peer:

        def embed(some: Sequence[str]) -> Vectors:
            prefixed = [f"passage: {text}" for text in some]
            vectors: Vectors = peer.encode(prefixed, batch_size=PEER_BATCH, normalize_embeddings=True, show_progress_bar=False)
            return vectors

        alike = (embed(texts[:PEER_BATCH]) * own.embed_passages(texts[:PEER_BATCH])).sum(axis=1)
        ours, theirs = [], []
        for turn in range(repeats):
            ours += _rates(own.embed_passages, texts, 1, stage)
            theirs += _rates(embed, texts, 1, stage)
            stage("comparing", turn + 1, repeats)
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "texts": len(texts),
        "akrab": _spread(ours),
        "peer": _spread(theirs),
        "ratio": _spread(ratios),
        "same_model_cosine": round(float(alike.mean()), 4),
    }


def questions(akrab: Akrab, repeats: int, stage: Stage) -> dict[str, Any]:
    """Whole answers to the demo's questions, each by its asker; the first of all (it loads the index) is told apart.

    `cpu`: processor time of all threads, which other work on the machine hardly changes."""
    cases = [case for case in load_cases(DEMO).questions if len(case.turns) == 1]
    viewers = {case.asker: akrab.viewer(case.asker) for case in cases}
    first = _timed(lambda: akrab.answering.ask(cases[0].turns[0], viewers[cases[0].asker]))
    runs, busy = [], []
    for turn in range(repeats):
        times = []
        for case in cases:
            before = time.process_time()
            times.append(_timed(lambda case=case: akrab.answering.ask(case.turns[0], viewers[case.asker])))  # type: ignore[misc]
            busy.append(time.process_time() - before)
        runs.append(times)
        stage("asking", turn + 1, repeats)
    with read(akrab.engine) as session:
        count = session.execute(select(func.count()).select_from(Passage)).scalar_one()
    return {
        "passages": count,
        "questions": len(cases),
        "first": round(first, 3),
        "p50": _spread([float(np.percentile(times, 50)) for times in runs]),
        "p95": _spread([float(np.percentile(times, 95)) for times in runs]),
        "cpu": {f"p{share}": round(float(np.percentile(busy, share)), 3) for share in (50, 95)},
    }


def cold_asks(akrab: Akrab, repeats: int, stage: Stage) -> dict[str, Any]:
    """`akrab ask` as a process of its own, from start to end; and the most memory that it took."""
    question = load_cases(DEMO).questions[0]
    command = [sys.executable, "-m", "integrations.cli", "ask", question.turns[0], "--json"]
    environment = _environment(akrab.settings)
    times, peaks = [], []
    for turn in range(repeats):
        peak: list[float] = []
        times.append(_timed(lambda peak=peak: peak.append(_run(command, environment))))  # type: ignore[misc]
        peaks += peak
        stage("starting", turn + 1, repeats)
    return _spread(times) | {"peak_mb": round(max(peaks))}


def grow(akrab: Akrab, target: int) -> None:
    """Copies of the ready passages with other numbers and a nearby vector, until the store holds `target` passages."""
    chance = Random(7)
    noise = np.random.default_rng(7)
    with read(akrab.engine) as session:
        rows = session.execute(
            select(
                col(Passage.text),
                col(Passage.context),
                col(Passage.language),
                col(Passage.embedding),
                col(Passage.embedding_model),
            )
            .where(col(Passage.ready).is_(True), col(Passage.embedding).is_not(None))
            .order_by(col(Passage.id))
        ).all()
        present = session.execute(select(func.count()).select_from(Passage)).scalar_one()
    vectors = from_blobs([row.embedding or b"" for row in rows], akrab.embedder.dimension)
    with write(akrab.engine) as session:
        for number in range(max(0, target - present)):
            row, vector = rows[number % len(rows)], vectors[number % len(rows)]
            shift = noise.normal(size=vector.shape).astype(np.float32)
            moved = vector + NOISE * shift / np.linalg.norm(shift)
            session.add(
                Passage(
                    text=re.sub(r"\d", lambda _: str(chance.randrange(10)), row.text),
                    context=row.context,
                    language=row.language,
                    embedding=to_blob(moved / np.linalg.norm(moved)),
                    embedding_model=row.embedding_model,
                    ready=True,
                )
            )
    index_passages(akrab.engine, akrab.embedder)


@contextmanager
def _demo(settings: Settings, stage: Stage) -> Iterator[tuple[Akrab, Path]]:
    with TemporaryDirectory(prefix="akrab-bench-") as folder:
        build(Path(folder))
        with imported(Path(folder), settings, stage) as akrab:
            yield akrab, Path(folder)


def _texts(akrab: Akrab, count: int) -> list[str]:
    with read(akrab.engine) as session:
        texts = list(session.execute(select(col(Passage.text)).where(func.length(col(Passage.text)) > 80).order_by(col(Passage.id))).scalars())
    return (texts * (count // max(len(texts), 1) + 1))[:count]


def _rates(embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str], repeats: int, stage: Stage) -> list[float]:
    rates = []
    for turn in range(repeats):
        rates.append(len(texts) / _timed(lambda: embed(texts)))
        stage("embedding", turn + 1, repeats)
    return rates


def _import_peak(files: Path, settings: Settings) -> int:
    """The most memory, in MB, that `akrab import` of the demo takes as a process of its own."""
    with TemporaryDirectory() as home:
        environment = _environment(settings.model_copy(update={"home": Path(home)}))
        return round(_run([sys.executable, "-m", "integrations.cli", "import", str(files), "--json"], environment))


def _environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "AKRAB_HOME": str(settings.home),
        "AKRAB_TODAY": settings.day().isoformat(),
        "AKRAB_MODELS_CACHE": str(settings.models_cache),
        "AKRAB_MODEL": settings.model,
    }


def _run(command: list[str], environment: dict[str, str]) -> float:
    """Run a process and return the most memory it took, in MB. Raises RuntimeError if it failed."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return usage.ru_maxrss * 1024 / MEGABYTE


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"min": round(min(values), 3), "median": round(statistics.median(values), 3), "max": round(max(values), 3)}

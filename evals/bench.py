"""Speed and memory, side by side in one run: embedding against sentence-transformers, questions over many passages, a cold start.

Figures of one run are comparable with each other only: the machine and what else it does count for both sides.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlmodel import col

from assistant.settings import Settings
from assistant.wiring import Akrab
from evals.bench_chain import chain_times
from evals.bench_viewers import viewers
from evals.cases import load_cases
from evals.demo.build import build
from evals.growing import SAID, grow
from evals.peers.torch_e5 import torch_e5, torch_is_here
from evals.runner import DEMO, DEMO_TODAY, Stage, imported
from knowledge.embeddings.base import Vectors
from knowledge.embeddings.factory import make_embedder
from knowledge.records.documents import Passage
from knowledge.store import read

PEER_BATCH = 32
EVERY = 4
"""One question of the demo in so many is asked."""
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
    """Whole answers to questions of the demo, by people who may see little, half and all; the first of all (it loads the index) is told apart,
    and so is each person's first (what they may see is gathered).

    `cpu`: processor time of all threads, which other work on the machine hardly changes."""
    asked = [case.turns[0] for case in load_cases(DEMO).questions if len(case.turns) == 1][::EVERY]
    people = viewers(akrab.engine)
    first = _timed(lambda: akrab.answering.ask(asked[0], people["all"], kept=False))
    found: dict[str, Any] = {}
    for share, viewer in people.items():
        own_first = _timed(lambda viewer=viewer: akrab.answering.ask(asked[0], viewer, kept=False))  # type: ignore[misc]
        runs, busy = [], []
        for turn in range(repeats):
            times = []
            for question in asked[1:]:
                before = time.process_time()
                times.append(_timed(lambda question=question, viewer=viewer: akrab.answering.ask(question, viewer, kept=False)))  # type: ignore[misc]
                busy.append(time.process_time() - before)
            runs.append(times)
            stage("asking", turn + 1, repeats)
        spreads = {f"p{at}": _spread([float(np.percentile(times, at)) for times in runs]) for at in (50, 95)}
        found[share] = {"first": round(own_first, 3), **spreads, "cpu": {f"p{at}": round(float(np.percentile(busy, at)), 3) for at in (50, 95)}}
    with read(akrab.engine) as session:
        count = session.execute(select(func.count()).select_from(Passage)).scalar_one()
    return {"passages": count, "made": SAID, "questions": len(asked) - 1, "first": round(first, 3), "viewers": found, "chain": chain_times(akrab, asked[1:], people, repeats, stage)}


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

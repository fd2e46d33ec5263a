"""Kill drill: `akrab import` is killed at random moments, and nothing acknowledged may be lost, nothing half-known be answered from.

`python -m evals.kill_drill --times 20 [FOLDER]`. An earlier import and an approved update are in the store; then the import of
FOLDER (by default twelve files of the demo) is killed with SIGKILL, checked, questioned, finished by a second import, and compared with an
import that nobody stopped.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assistant.proposals.decisions import approve
from assistant.proposals.service import propose
from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from evals.demo.build import build
from evals.runner import DEMO_TODAY
from evals.soundness import Broken, Content, content, difference, sound, vectors
from knowledge.access import OWNER
from knowledge.embeddings.base import Embedder
from knowledge.embeddings.factory import make_embedder

EARLIER = ("00_admin/hak_akses.xlsx", "01_klien/master_klien.csv", "01_klien/kontak_klien.xlsx", "03_perjanjian/Kontrak Layanan *")
NEW = (
    "02_layanan/known_errors.json", "02_layanan/layanan_dan_biaya.xlsx", "03_perjanjian/Adendum I *", "03_perjanjian/MAI-SVC-11 *",
    "03_perjanjian/PKS Gempita *", "03_perjanjian/SLA Gempita *", "04_operasi/pencapaian_sla_2026.xlsx", "06_suara_pelanggan/umpan_balik.xlsx",
    "07_rapat/MoM Samawa *", "08_korespondensi/Re_ tambahan penyimpanan.eml", "08_korespondensi/Surat Nira Busana *", "08_korespondensi/telp samawa *",
)  # fmt: skip
UPDATE = "Pak Ilham Samawa komplain VPN gudang putus terus sejak Senin."
QUESTIONS = (
    "Kapan Kontrak Layanan Samawa berakhir?",
    "Apa yang dikeluhkan Pak Ilham soal VPN gudang?",
    "What is the cap on liability in the Meranti agreement?",
    "Berapa kali umpan balik negatif dicatat untuk Samawa?",
)
FIRST_MOMENT = 0.2
"""Seconds after the start of the process before which it is not killed."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """One kill: `after` seconds from the start; `stage` as the store shows it: "before", "embedding" or "after"; `lost` = broken invariants."""

    after: float
    stage: str
    broken: tuple[str, ...] = ()


@dataclass
class Drill:
    """Results of all kills; `seconds` is the whole import's duration, `passages` and `documents` what it brings."""

    seconds: float
    documents: int
    passages: int
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        return [f"kill at {outcome.after:.2f} s: {words}" for outcome in self.outcomes for words in outcome.broken]

    def stages(self) -> Counter[str]:
        return Counter(outcome.stage for outcome in self.outcomes)


@dataclass(frozen=True)
class _Reference:
    """The two states that may ever be seen: before the import, and after it."""

    old: Content
    new: Content
    old_answers: dict[str, str]
    new_answers: dict[str, str]
    vectors: dict[tuple[str, int], np.ndarray[Any, Any]]


def drill(folder: Path, settings: Settings, *, times: int, seed: int | None = None, tell: Tell = print) -> Drill:
    """Kill the import of `folder` that many times. Settings give the model's cache; the homes are temporary."""
    random = Random(seed)
    embedder = make_embedder(settings.embedding, settings.models_cache)
    with TemporaryDirectory(prefix="akrab-drill-") as place:
        base, whole = Path(place) / "base", Path(place) / "whole"
        _prepare(base, Path(place) / "earlier", settings, embedder)
        shutil.copytree(base, whole)
        began = time.monotonic()
        _finish(whole, folder)
        seconds = time.monotonic() - began
        reference = _reference(base, whole, settings, embedder)
        documents, passages = (reference.new[table].total() - reference.old[table].total() for table in ("document", "passage"))
        result = Drill(seconds, documents, passages)
        tell(f"import of {folder}: {seconds:.1f} s, {result.documents} documents, {result.passages} passages")
        for number in range(times):
            home = Path(place) / f"home{number}"
            shutil.copytree(base, home)
            outcome = _one(home, folder, settings, embedder, reference, random.uniform(FIRST_MOMENT, seconds), ask_first=number % 2 == 0)
            result.outcomes.append(outcome)
            tell(f"{number + 1}/{times}: killed after {outcome.after:.2f} s ({outcome.stage}): {'; '.join(outcome.broken) or 'sound'}")
            shutil.rmtree(home)
    return result


def _prepare(home: Path, earlier: Path, settings: Settings, embedder: Embedder) -> None:
    """What has been acknowledged before the drill: an import, and an approved update."""
    build(earlier, only=EARLIER)
    _finish(home, earlier)
    akrab = _opened(home, settings, embedder)
    proposals = propose(akrab.engine, OWNER, UPDATE, DEMO_TODAY).proposals
    for proposal in proposals:
        if not approve(akrab.engine, OWNER, proposal.id, today=DEMO_TODAY, embedder=embedder).done:
            raise RuntimeError(f"the update could not be approved: {UPDATE}")
    if not proposals:
        raise RuntimeError(f"no proposal from: {UPDATE}")
    akrab.embed_new()
    akrab.engine.dispose()


def _one(home: Path, folder: Path, settings: Settings, embedder: Embedder, reference: _Reference, moment: float, *, ask_first: bool) -> Outcome:
    """One kill and all checks after it."""
    process = _start(home, folder)
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    broken: list[str] = []
    akrab = _opened(home, settings, embedder)
    stage = "unknown"
    try:
        stage = _stage(akrab, reference)
        sound(akrab.engine)
        if ask_first:
            if akrab.behind:
                akrab.embed_new()
            _same_answers(akrab, reference.old_answers if stage == "before" else reference.new_answers)
        _finish(home, folder)
        _complete(akrab, reference)
    except Broken as error:
        broken.append(str(error))
    finally:
        akrab.engine.dispose()
    return Outcome(moment, stage, tuple(broken))


def _stage(akrab: Akrab, reference: _Reference) -> str:
    """Where the kill fell. Raises Broken if the store is neither as before nor as after."""
    seen = content(akrab.engine)
    if seen == reference.old:
        return "before"
    if seen != reference.new:
        raise Broken(f"half-known: {difference(reference.new, seen)}")
    return "embedding" if akrab.behind else "after"


def _complete(akrab: Akrab, reference: _Reference) -> None:
    """After the finishing import the store is what an import without a stop leaves."""
    sound(akrab.engine)
    seen = content(akrab.engine)
    if seen != reference.new:
        raise Broken(f"not as an import without a stop: {difference(reference.new, seen)}")
    if akrab.behind:
        raise Broken("passages without a vector")
    now = vectors(akrab)
    far = [place for place, vector in reference.vectors.items() if float(now[place] @ vector) < 0.99]
    if far or now.keys() != reference.vectors.keys():
        raise Broken(f"other vectors: {far[:3]}")
    _same_answers(akrab, reference.new_answers)


def _same_answers(akrab: Akrab, wanted: Mapping[str, str]) -> None:
    for question, answer in answers(akrab).items():
        if answer != wanted[question]:
            raise Broken(f"{question!r} is answered {answer!r}, not {wanted[question]!r}")


def answers(akrab: Akrab) -> dict[str, str]:
    """The answers to the fixed questions, each in a conversation of its own, with what they cite."""
    found = {}
    for question in QUESTIONS:
        answer = akrab.answering.ask(question, OWNER)
        found[question] = "\n".join([answer.answer, *(f"{cited.source} {cited.locator}" for cited in answer.citations)])
    return found


def _reference(base: Path, whole: Path, settings: Settings, embedder: Embedder) -> _Reference:
    before, after = _opened(base, settings, embedder), _opened(whole, settings, embedder)
    try:
        found = _Reference(content(before.engine), content(after.engine), answers(before), answers(after), vectors(after))
    finally:
        before.engine.dispose()
        after.engine.dispose()
    shutil.rmtree(whole)
    if found.old == found.new:
        raise RuntimeError("the folder brings nothing new")
    return found


def _opened(home: Path, settings: Settings, embedder: Embedder) -> Akrab:
    akrab = bootstrap(settings.model_copy(update={"home": home, "database": None, "today": DEMO_TODAY, "model": "builtin"}))
    akrab.embedder = embedder  # loaded once for all homes
    return akrab


def _start(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AKRAB_") or key == "AKRAB_MODELS_CACHE"}
    environment |= {"AKRAB_HOME": str(home), "AKRAB_TODAY": DEMO_TODAY.isoformat()}
    command = [sys.executable, "-m", "integrations.cli", "import", str(folder), "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _finish(home: Path, folder: Path) -> None:
    """An import that nobody stops. Raises Broken if it fails."""
    code = _start(home, folder).wait(timeout=900)
    if code not in (0, 1):
        raise Broken(f"the import of {folder} ended with exit code {code}")


def main(arguments: list[str]) -> int:
    """Exit code 1 if an invariant was broken."""
    parser = argparse.ArgumentParser(prog="python -m evals.kill_drill", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="akrab-new-") as place:
        folder = given.folder
        if folder is None:
            folder = Path(place)
            build(folder, only=NEW)
        done = drill(folder, Settings(), times=given.times, seed=given.seed, tell=lambda line: print(line, flush=True))
    print(f"{len(done.outcomes)} kills ({', '.join(f'{count} {stage}' for stage, count in done.stages().items())}), {len(done.broken)} broken")
    return 1 if done.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

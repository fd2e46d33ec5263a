"""What a step of the training is made of, and how its work is shared between workers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evals.reader.corpus import WINDOW, Corpus, Pair

Step = list[tuple[Corpus, Pair]]


@dataclass(frozen=True)
class Mix:
    """What a step is made of: answered questions (some with a wrong passage besides), unanswerable ones, and of FacQA."""

    answered: int
    wrong: int
    unanswered: int
    extra: int
    extra_wrong: int


MIXES = {"spans": Mix(8, 1, 1, 8, 1), "all": Mix(6, 2, 3, 4, 1), "idk": Mix(8, 2, 4, 2, 0), "answers": Mix(10, 2, 2, 2, 0)}
"""First to find answers, then also to doubt them and to order passages; `idk`: all of it, little of FacQA; `answers`: the same with fewer that have none."""


def batches(idk: Corpus, fac: Corpus, near: np.ndarray, fac_near: np.ndarray, mix: Mix, rng: random.Random) -> Iterator[Step]:
    """Steps without end: answered questions each followed by a wrong passage, unanswerable ones, and FacQA's likewise."""
    questions = idk.material.questions
    answered = _endless([n for n, q in enumerate(questions) if q.spans], rng)
    unanswered = _endless([n for n, q in enumerate(questions) if not q.spans], rng)
    extra = _endless(list(range(len(fac.material.questions))), rng)
    while True:
        step: Step = []
        for corpus, source, misses, count, wrong in (
            (idk, answered, near, mix.answered, mix.wrong), (fac, extra, fac_near, mix.extra, mix.extra_wrong)
        ):  # fmt: skip
            for number in range(count):
                question = next(source)
                step.append((corpus, corpus.own(question)))
                if number < wrong:
                    step.append((corpus, Pair(question, int(rng.choice(misses[question])), None, wrong=True)))
        step += [(idk, idk.own(next(unanswered))) for _ in range(mix.unanswered)]
        yield step


def _endless(items: list[int], rng: random.Random) -> Iterator[int]:
    while True:
        rng.shuffle(items)
        yield from items


def shared(step: Step, workers: int) -> list[Step]:
    """The step in pieces of about equal work for the workers, a question and its wrong passage never apart."""
    units: list[Step] = []
    for item in step:
        if item[1].wrong:
            units[-1].append(item)
        else:
            units.append([item])

    def work(unit: Step) -> int:
        return sum(min(WINDOW, len(c.passages.ids[p.passage])) for c, p in unit)

    parts: list[Step] = [[] for _ in range(2 * workers)]
    loads = [0] * len(parts)
    for unit in sorted(units, key=work, reverse=True):
        lightest = loads.index(min(loads))
        parts[lightest] += unit
        loads[lightest] += work(unit)
    return parts

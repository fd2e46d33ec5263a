"""Trains the reader's adapters on CPU, in pieces: a checkpoint is written every few minutes and a later call goes on from it.

    nice -n 15 python -m evals.reader.train DATA_FOLDER WORK_FOLDER --until 15:40 [--steps 1600]

DATA_FOLDER holds idk_mrc/{train,valid}.jsonl and indonlu/facqa_train.jsonl; WORK_FOLDER/near.npy comes from `evals.reader.mine`.
Needs PyTorch (the extra `training`). Hidden states below the split never change, so they are computed once and kept.
"""

import json
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import typer
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as fn

from evals.reader.encoder import Size, Upper
from evals.reader.examples import PASSAGE, QUERY, QUESTION_TOKENS, Material, facqa, idk_mrc, token_spans
from evals.reader.figures import area_under_curve, calibrate, token_f1
from knowledge.embeddings.e5 import packaged_weights, prepare
from knowledge.embeddings.e5_files import SCALES, TOKENIZER, WORDS
from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.graphs import lower_graph

MODEL_CACHE = Path.home() / ".cache" / "akrab"
WINDOW = 192
"""Tokens of a passage that are read in training; a longer passage is cut around its answer."""
ANSWER_TOKENS = 30
SEED = 20261122
WORKERS = 2
GROUPS = 8
"""Questions with an answer in one step, each with a wrong passage; as many that have none; and some of FacQA."""


@dataclass(frozen=True)
class Pair:
    """A question (its index) with a passage, the answer's tokens there (None: no answer), and whether it is a found wrong passage."""

    question: int
    passage: int
    span: tuple[int, int] | None
    wrong: bool = False


class HiddenStates:
    """Lower layers' output of questions and passages, computed when first asked for and kept in float16.

    They come from the int8 graph that the product runs, so that the adapters learn on what they will see.
    """

    def __init__(self, folder: Path, lower: onnxruntime.InferenceSession, texts: list[str], limit: int | None) -> None:
        self._words = np.load(folder / WORDS, mmap_mode="r")
        self._scales = np.load(folder / SCALES)
        encodings = Tokenizer.from_file(str(folder / TOKENIZER)).encode_batch(texts)
        self.ids = [encoding.ids[:limit] for encoding in encodings]
        self.offsets = [encoding.offsets[:limit] for encoding in encodings]
        self._lower, self._kept = lower, dict[int, Tensor]()

    def __getitem__(self, number: int) -> Tensor:
        if number not in self._kept:
            ids = np.array(self.ids[number])
            words = (self._words[ids] * self._scales[ids, None])[None]
            (states,) = self._lower.run(["states"], {"words": words})
            self._kept[number] = torch.from_numpy(states[0]).half()
        return self._kept[number].float()


class Corpus:
    """The questions and passages of a split with their hidden states."""

    def __init__(self, material: Material, folder: Path, lower: onnxruntime.InferenceSession) -> None:
        self.material = material
        self.questions = HiddenStates(folder, lower, [QUERY + q.text for q in material.questions], QUESTION_TOKENS)
        self.passages = HiddenStates(folder, lower, [PASSAGE + text for text in material.passages], None)

    def own(self, question: int) -> Pair:
        """The question with the passage that it was asked about."""
        asked = self.material.questions[question]
        spans = token_spans(self.passages.offsets[asked.passage], asked.spans)
        return Pair(question, asked.passage, spans[0] if spans else None)

    def hidden(self, pair: Pair, rng: random.Random | None) -> tuple[Tensor, Tensor, tuple[int, int] | None]:
        """States of question and passage (at most WINDOW tokens when training), and the span there."""
        passage, span = self.passages[pair.passage], pair.span
        if rng and len(passage) > WINDOW:
            first = rng.randint(0, len(passage) - WINDOW)
            if span:
                first = min(max(first, span[1] - WINDOW + 1), span[0])
                span = (span[0] - first, min(span[1] - first, WINDOW - 1))
            passage = passage[first : first + WINDOW]
        return self.questions[pair.question], passage, span


def batches(idk: Corpus, fac: Corpus, near: np.ndarray, rng: random.Random) -> Iterator[list[tuple[Corpus, Pair]]]:
    """Steps without end: answered questions each followed by a wrong passage, unanswerable ones, some of FacQA."""
    questions = idk.material.questions
    answered = _endless([n for n, q in enumerate(questions) if q.spans], rng)
    unanswered = _endless([n for n, q in enumerate(questions) if not q.spans], rng)
    extra = _endless(list(range(len(fac.material.questions))), rng)
    while True:
        step: list[tuple[Corpus, Pair]] = []
        for _ in range(GROUPS):
            question = next(answered)
            step += [(idk, idk.own(question)), (idk, Pair(question, int(rng.choice(near[question])), None, wrong=True))]
        step += [(idk, idk.own(next(unanswered))) for _ in range(GROUPS)]
        step += [(fac, fac.own(next(extra))) for _ in range(GROUPS // 2)]
        yield step


def loss_of(upper: Upper, step: list[tuple[Corpus, Pair]], rng: random.Random) -> Tensor:
    """Sum over pairs: span or no span, answered or not; and for each question the right passage above the wrong one."""
    pairs = [pair for _, pair in step]
    read = [corpus.hidden(pair, rng) for corpus, pair in step]
    starts, ends, answers, relevance = upper([(question, passage) for question, passage, _ in read])
    total = torch.zeros(())
    for start, end, (_, _, span) in zip(starts, ends, read, strict=True):
        first, last = (span[0] + 1, span[1] + 1) if span else (0, 0)
        weight = 1.0 if span else 0.5
        total = total + weight * (_choice(start, first) + _choice(end, last)) / 2
    truth = torch.tensor([0.0 if span is None else 1.0 for _, _, span in read])
    total = total + fn.binary_cross_entropy_with_logits(answers, truth, reduction="sum")
    for number, pair in enumerate(pairs):
        if pair.wrong:
            total = total + fn.softplus(relevance[number] - relevance[number - 1])
    return total


def _choice(logits: Tensor, index: int) -> Tensor:
    return torch.logsumexp(logits, 0) - logits[index]


def _endless(items: list[int], rng: random.Random) -> Iterator[int]:
    while True:
        rng.shuffle(items)
        yield from items


@torch.no_grad()
def validate(upper: Upper, corpus: Corpus, numbers: list[int]) -> dict[str, float]:
    """Span F1 on answerable questions, and how well answerable is told from unanswerable."""
    upper.eval()
    overlap, features, truths = [], [], []
    for number in numbers:
        pair = corpus.own(number)
        asked = corpus.material.questions[number]
        question, passage, _ = corpus.hidden(pair, None)
        starts, ends, answers, _ = upper([(question, passage)])
        first, last, score = best_span(starts[0].numpy(), ends[0].numpy())
        none = float(starts[0][0] + ends[0][0])
        features.append([float(answers[0]), score - none])
        truths.append(bool(asked.spans))
        if asked.spans:
            text = corpus.material.passages[asked.passage]
            offsets = corpus.passages.offsets[asked.passage]
            found = text[max(0, offsets[first - 1][0] - len(PASSAGE)) : max(0, offsets[last - 1][1] - len(PASSAGE))]
            overlap.append(token_f1(found, [text[a:b] for a, b in asked.spans]))
    upper.train()
    x, y = np.array(features), np.array(truths)
    both = x @ calibrate(x, y)[:-1]
    return {
        "f1": float(np.mean(overlap)),
        "auc_answers": area_under_curve(x[:, 0], y),
        "auc_span": area_under_curve(x[:, 1], y),
        "auc_both": area_under_curve(both, y),
        "accuracy": float((((x @ (w := calibrate(x, y))[:-1] + w[-1]) > 0) == y).mean()),
    }


def best_span(starts: np.ndarray, ends: np.ndarray) -> tuple[int, int, float]:
    """First token, last token and score of the best span of at most ANSWER_TOKENS tokens (position 0 is no token)."""
    best = (1, 1, -np.inf)
    for first in np.argsort(-starts[1:])[:8] + 1:
        stop = min(first + ANSWER_TOKENS, len(ends))
        last = first + int(np.argmax(ends[first:stop]))
        score = float(starts[first] + ends[last])
        if score > best[2]:
            best = (int(first), last, score)
    return best


def main(
    data: Path,
    work: Path,
    until: str = "23:59",
    steps: int = 1600,
    rate: float = 8e-4,
    validation_every: float = 480.0,
    validated: int = 300,
) -> None:
    """Trains until `steps` are done or it is `until` o'clock (the rate falls towards whichever comes first)."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    size = Size(split=6)
    weights = PackedWeights(packaged_weights()[0])
    folder = prepare(MODEL_CACHE)
    lower, upper = _session(weights, size.split), Upper(weights, size).train()
    idk, fac = (
        Corpus(material, folder, lower)
        for material in (idk_mrc(data / "idk_mrc/train.jsonl"), facqa(data / "indonlu/facqa_train.jsonl"))
    )
    valid = Corpus(idk_mrc(data / "idk_mrc/valid.jsonl"), folder, lower)
    chosen = random.Random(1).sample(range(len(valid.material.questions)), min(validated, len(valid.material.questions)))
    near = np.load(work / "near.npy")
    parameters = [p for p in upper.parameters() if p.requires_grad]
    matrices = [p for p in parameters if p.ndim > 1]
    vectors = [p for p in parameters if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}], lr=rate, betas=(0.9, 0.98)
    )
    step, best = 0, -1.0
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        upper.load_state_dict(kept["upper"])
        optimizer.load_state_dict(kept["optimizer"])
        step, best = kept["step"], kept["best"]
        rng.seed(SEED + step)
    source = batches(idk, fac, near, rng)
    pool = ThreadPoolExecutor(WORKERS, initializer=torch.set_num_threads, initargs=(1,))
    end = datetime.combine(datetime.now(), datetime.strptime(until, "%H:%M").time()).timestamp()
    begun, last_validation, losses, first_step = time.time(), time.time(), [], step
    log = (work / "train.log").open("a", encoding="utf-8")

    def say(**what: object) -> None:
        print(json.dumps(what), file=log, flush=True)
        print(json.dumps(what), flush=True)

    def part_gradient(part: list[tuple[Corpus, Pair]], seed: int) -> tuple[float, tuple[Tensor, ...]]:
        loss = loss_of(upper, part, random.Random(seed))
        return float(loss.detach()), torch.autograd.grad(loss, parameters)

    while step < steps and time.time() < end:
        whole = next(source)
        parts = _parts(whole)
        results = list(pool.map(part_gradient, parts, [step * 100 + n for n in range(len(parts))]))
        for parameter, *gradients in zip(parameters, *(gradient for _, gradient in results), strict=True):
            parameter.grad = torch.stack(gradients).sum(0) / len(whole)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        elapsed = time.time() - begun
        progress = max(step / steps, elapsed / (end - begun) if step > first_step + 20 else 0)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 60) * max(0.02, 1 - progress)
        optimizer.step()
        step += 1
        losses.append(sum(loss for loss, _ in results) / len(whole))
        if step % 20 == 0 or step == 1:
            say(step=step, loss=round(float(np.mean(losses[-20:])), 3), rate=optimizer.param_groups[0]["lr"], pairs_a_second=round((step - first_step) * len(whole) / elapsed, 1))
        if time.time() - last_validation > validation_every or step == steps or time.time() >= end:
            figures = validate(upper, valid, chosen)
            say(step=step, at=datetime.now().strftime("%H:%M:%S"), **{k: round(v, 4) for k, v in figures.items()})
            worth = figures["f1"] + figures["auc_both"]
            if worth > best:
                best = worth
                torch.save({"upper": upper.state_dict(), "size": size.__dict__, "step": step, "figures": figures}, work / "best.pt")
            torch.save({"upper": upper.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "best": best}, checkpoint)
            last_validation = time.time()
    pool.shutdown()


def _session(weights: PackedWeights, split: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    graph = lower_graph(weights, split).SerializeToString()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _parts(step: list[tuple[Corpus, Pair]]) -> list[list[tuple[Corpus, Pair]]]:
    """The step in pieces of about equal work for the workers, a question and its wrong passage never apart."""
    units: list[list[tuple[Corpus, Pair]]] = []
    for item in step:
        if item[1].wrong:
            units[-1].append(item)
        else:
            units.append([item])
    def work(unit: list[tuple[Corpus, Pair]]) -> int:
        return sum(min(WINDOW, len(c.passages.ids[p.passage])) for c, p in unit)

    parts: list[list[tuple[Corpus, Pair]]] = [[] for _ in range(2 * WORKERS)]
    loads = [0] * len(parts)
    for unit in sorted(units, key=work, reverse=True):
        lightest = loads.index(min(loads))
        parts[lightest] += unit
        loads[lightest] += work(unit)
    return parts


if __name__ == "__main__":
    typer.run(main)

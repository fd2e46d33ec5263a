"""Trains the reader's upper layers on CPU, in pieces: a checkpoint is written every few minutes and a later call goes on from it.

    nice -n 15 python -m evals.reader.train DATA_FOLDER WORK_FOLDER --mix spans --until 12:30 [--steps 800]

DATA_FOLDER holds idk_mrc/{train,valid}.jsonl and indonlu/facqa_train.jsonl; WORK_FOLDER/near.npy comes from `evals.reader.mine`.
Needs PyTorch (the extra `training`). Hidden states below the split never change, so they are computed once and kept.
"""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
import typer
from torch import Tensor
from torch.nn import functional as fn

from evals.models import MODEL_CACHE
from evals.reader.corpus import Corpus
from evals.reader.encoder import Size, Upper
from evals.reader.examples import facqa, idk_mrc, near_misses, word_vectors
from evals.reader.steps import MIXES, Step, batches, shared
from evals.reader.validation import validate
from knowledge.embeddings.e5 import packaged_weights, prepare
from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.graphs import lower_graph

SEED = 20261122
NEW_RATE = 3.0
"""What starts from nothing learns so many times faster than the layers."""
WORKERS = 2


def loss_of(upper: Upper, step: Step, rng: random.Random) -> Tensor:
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


def main(
    data: Path,
    work: Path,
    mix: str = "all",
    until: str = "23:59",
    steps: int = 1600,
    rate: float = 1.5e-4,
    decay: bool = True,
    validation_every: float = 480.0,
    validated: int = 300,
    split: int = 6,
    start: Path | None = None,
) -> None:
    """Trains until `steps` are done or it is `until` o'clock (the rate falls towards whichever comes first).

    Layers below `split` stay as they are. `start`: what an earlier training kept (also with another split), taken where there is no
    checkpoint in WORK yet.
    """
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    size = Size(split=split)
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
    old = [p for name, p in upper.named_parameters() if name.startswith("layers.")]
    new = [p for name, p in upper.named_parameters() if not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [{"params": old, "times": 1.0}, {"params": new, "times": NEW_RATE}], lr=rate, betas=(0.9, 0.98), weight_decay=0.01
    )
    step, best = 0, -1.0
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        upper.load_state_dict(kept["upper"])
        if kept["optimizer"] is not None:
            optimizer.load_state_dict(kept["optimizer"])
        step, best = kept["step"], kept["best"]
        rng.seed(SEED + step)
    elif start is not None:
        upper.load_state_dict(_shifted(torch.load(start, weights_only=False), split), strict=False)
    fac_near = near_misses(*word_vectors([q.text for q in fac.material.questions], fac.material.passages), fac.material, 12)
    source = batches(idk, fac, near, fac_near, MIXES[mix], rng)
    pool = ThreadPoolExecutor(WORKERS, initializer=torch.set_num_threads, initargs=(1,))
    end = datetime.combine(datetime.now(), datetime.strptime(until, "%H:%M").time()).timestamp()
    begun, last_validation, losses, first_step = time.time(), time.time(), [], step
    log = (work / "train.log").open("a", encoding="utf-8")

    def say(**what: object) -> None:
        print(json.dumps(what), file=log, flush=True)
        print(json.dumps(what), flush=True)

    def part_gradient(part: Step, seed: int) -> tuple[float, tuple[Tensor, ...]]:
        loss = loss_of(upper, part, random.Random(seed))
        return float(loss.detach()), torch.autograd.grad(loss, parameters)

    while step < steps and time.time() < end:
        whole = next(source)
        parts = shared(whole, WORKERS)
        results = list(pool.map(part_gradient, parts, [step * 100 + n for n in range(len(parts))]))
        for parameter, *gradients in zip(parameters, *(gradient for _, gradient in results), strict=True):
            parameter.grad = torch.stack(gradients).sum(0) / len(whole)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        elapsed = time.time() - begun
        progress = max(step / steps, elapsed / (end - begun) if step > first_step + 20 else 0)
        for group in optimizer.param_groups:
            group["lr"] = group["times"] * rate * min(1, (step + 1) / 40) * max(0.02, 1 - progress if decay else 1)
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
            torch.save({"upper": upper.state_dict(), "size": size.__dict__, "figures": figures, "optimizer": optimizer.state_dict(), "step": step, "best": best}, checkpoint)
            last_validation = time.time()
    pool.shutdown()


def _shifted(kept: dict[str, Any], split: int) -> dict[str, Tensor]:
    """The weights kept, their layers counted from another split."""
    shift = kept["size"]["split"] - split
    found = {}
    for name, tensor in kept["upper"].items():
        parts = name.split(".")
        if parts[0] == "layers":
            parts[1] = str(int(parts[1]) + shift)
        found[".".join(parts)] = tensor
    return found


def _session(weights: PackedWeights, split: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    graph = lower_graph(weights, split).SerializeToString()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    typer.run(main)

"""What a reader in training is worth on questions that it does not learn from."""

import numpy as np
import torch

from evals.reader.corpus import Corpus
from evals.reader.encoder import Upper
from evals.reader.figures import area_under_curve, calibrate, token_f1
from knowledge.reading.span_reader import PASSAGE
from knowledge.reading.spans import best_span, characters, of_the_text


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
        first, last, score = best_span(torch.stack([starts[0], ends[0]], 1).numpy(), of_the_text(corpus.passages.offsets[asked.passage], len(PASSAGE)))
        features.append([float(answers[0]), score])
        truths.append(bool(asked.spans))
        if asked.spans:
            text = corpus.material.passages[asked.passage]
            start, end = characters(text, corpus.passages.offsets[asked.passage], first, last, len(PASSAGE))
            overlap.append(token_f1(text[start:end], [text[a:b] for a, b in asked.spans]))
    upper.train()
    x, y = np.array(features), np.array(truths)
    weights = calibrate(x, y)
    both = x @ weights[:-1]
    return {
        "f1": float(np.mean(overlap)),
        "auc_answers": area_under_curve(x[:, 0], y),
        "auc_span": area_under_curve(x[:, 1], y),
        "auc_both": area_under_curve(both, y),
        "accuracy": float(((both + weights[-1] > 0) == y).mean()),
    }

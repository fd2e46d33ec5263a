"""Questions and passages as the training sees them: hidden states below the split, which never change, and token spans."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer
from torch import Tensor

from evals.reader.examples import Material, token_spans
from knowledge.embeddings.e5_files import SCALES, TOKENIZER, WORDS
from knowledge.reading.span_reader import PASSAGE, QUERY, QUESTION_TOKENS

WINDOW = 144
"""Tokens of a passage that are read in training; a longer passage is cut around its answer."""


@dataclass(frozen=True)
class Pair:
    """A question (its index) with a passage, the answer's tokens there (None: no answer), and whether it is a found wrong passage."""

    question: int
    passage: int
    span: tuple[int, int] | None
    wrong: bool = False


class HiddenStates:
    """Lower layers' output of questions and passages, computed when first asked for and kept in float16.

    They come from the int8 graph that the product runs, so that the upper layers learn on what they will see.
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

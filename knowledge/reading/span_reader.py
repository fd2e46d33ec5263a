"""The trained reader on ONNX Runtime: multilingual-e5-small with what was trained, in `weights/`, int8, offline.

Layers below the split read question and passage apart, those above read them together, so a passage's lower states serve
every question (the last ones are kept). It was trained on Indonesian (IDK-MRC, FacQA; docs/reader.md); English follows
because e5 puts both languages into one space.
"""

import math
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.embeddings.e5_files import SCALES, TOKENIZER, WORDS
from knowledge.reading.base import ReaderError, Reading
from knowledge.reading.choosing import chosen
from knowledge.reading.spans import characters, likely_spans, of_the_text
from knowledge.reading.trained import TrainedPart

LOWER, UPPER = "lower.onnx", "upper.onnx"
QUERY, PASSAGE = "query: ", "passage: "
QUESTION_TOKENS = 48
WINDOW, OVERLAP = 256, 64
"""Tokens of a passage that are read at once; of a longer one the window that answers best counts."""
KEPT = 200
"""Passages and questions whose lower states are kept, about 0.1 MB a passage."""

States = NDArray[np.float32]


@dataclass(frozen=True)
class _Text:
    states: NDArray[np.float16]
    offsets: list[tuple[int, int]]


class _Window(NamedTuple):
    """What was read in one window: the answer's place in the passage, the likeliest span's score, the two judgements (logits)."""

    start: int
    end: int
    score: float
    judged: float
    relevance: float


class SpanReader:
    """See `knowledge.reading.base.PassageReader`. Safe to use from several threads. Passages are read up to 512 tokens."""

    def __init__(
        self, name: str, folder: Path, embedding: Path, trained: TrainedPart, threads: int | None = None
    ) -> None:
        """Loads the graphs in `folder` (made by `prepare`) and the word table and tokenizer in `embedding`."""
        self.name = name
        self._trained = trained
        self._pool = ThreadPoolExecutor(threads or len(os.sched_getaffinity(0)), thread_name_prefix="reader")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._lower, self._upper = (
                onnxruntime.InferenceSession(folder / graph, options, providers=["CPUExecutionProvider"])
                for graph in (LOWER, UPPER)
            )
            self._words = np.load(embedding / WORDS, mmap_mode="r")
            self._scales = np.load(embedding / SCALES)
            self._tokenizer = Tokenizer.from_file(str(embedding / TOKENIZER))
        except Exception as error:  # each library raises its own kinds for a missing or damaged file
            raise ReaderError(f"The prepared reader in {folder} cannot be loaded; delete that folder, it is made again.") from error
        self._kept: OrderedDict[str, _Text] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[str], cosines: Sequence[float] | None = None) -> list[Reading]:
        """A reading of each passage, in the order given; an empty passage answers nothing."""
        begun = {passage: self._pool.submit(self._windows, question, passage) for passage in _longest_first(passages)}
        near = cosines if cosines is not None else [None] * len(passages)
        return [self._reading(passage, begun[passage].result(), cosine) for passage, cosine in zip(passages, near, strict=True)]

    def _reading(self, passage: str, read: Sequence[_Window], cosine: float | None) -> Reading:
        def answers(window: _Window) -> float:
            return probability(self._trained, window.judged, window.score, cosine)

        if not read:
            return Reading(0, 0, "", -math.inf, 0.0, -math.inf)
        best = max(read, key=answers)
        return Reading(best.start, best.end, passage[best.start : best.end], best.score, answers(best), best.relevance)

    def _windows(self, question: str, passage: str) -> list[_Window]:
        if not passage.strip():
            return []
        asked, text = self._text(QUERY + as_question(question), QUESTION_TOKENS), self._text(PASSAGE + passage)
        states = asked.states.astype(np.float32)[None]
        return [self._window(question, states, passage, text, first) for first in windows(len(text.offsets))]

    def _window(self, question: str, asked: States, passage: str, text: _Text, begin: int) -> _Window:
        states = text.states[begin : begin + WINDOW].astype(np.float32)[None]
        logits, judged = self._upper.run(["span", "judged"], {"question": asked, "passage": states})
        likely = likely_spans(logits, of_the_text(text.offsets[begin : begin + WINDOW], len(PASSAGE)))
        spans = [(*characters(passage, text.offsets, begin + first, begin + last, len(PASSAGE)), score) for first, last, score in likely]
        start, end = chosen(question, passage, spans)
        return _Window(start, end, spans[0][2], float(judged[0]), float(judged[1]))

    def _text(self, text: str, limit: int | None = None) -> _Text:
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        made = self._states(text, limit)
        with self._lock:
            self._kept[text] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _states(self, text: str, limit: int | None = None) -> _Text:
        encoding = self._tokenizer.encode(text)
        ids = np.array(encoding.ids[:limit])
        words = (self._words[ids] * self._scales[ids, None])[None]
        (states,) = self._lower.run(["states"], {"words": words})
        return _Text(states[0].astype(np.float16), encoding.offsets[:limit])


def _longest_first(passages: Sequence[str]) -> list[str]:
    """The longest is not left for the end, where it would be read alone."""
    return sorted(set(passages), key=lambda passage: (-len(passage), passage))


def as_question(text: str) -> str:
    """With a question mark at its end: those that the reader learned from have one, and in chat many people leave it off."""
    return text if text.rstrip().endswith("?") else text.rstrip(" \t\r\n.!") + "?"


def windows(tokens: int) -> list[int]:
    """First tokens of the windows that cover so many tokens, each overlapping the one before."""
    firsts = [0]
    while firsts[-1] + WINDOW < tokens:
        firsts.append(min(firsts[-1] + WINDOW - OVERLAP, tokens - WINDOW))
    return firsts


def probability(trained: TrainedPart, judged: float, score: float, cosine: float | None) -> float:
    """That the passage answers, from the judgement's logit, the span's score and, where known, the cosine."""
    weights = trained.calibration if cosine is None else trained.calibration_with_cosine
    evidence = (judged, score, cosine or 0.0, 1.0)
    logit = sum(weight * value for weight, value in zip(weights, evidence, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

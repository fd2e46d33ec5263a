"""The training material: questions with passages that answer them, that do not, and that were merely found for them.

Sources (train splits only; nothing of them enters the repository):
IDK-MRC (Putri & Oh, EMNLP 2022), CC-BY-SA-4.0, over Indonesian Wikipedia; IndoNLU FacQA (Wilie et al., AACL 2020), MIT.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.reading.span_reader import PASSAGE

_WORD = re.compile(r"\w+")
_SPACED = re.compile(r"\s+([.,;:?!%)\]])")
_OPENED = re.compile(r"([(\[])\s+")


@dataclass(frozen=True)
class Question:
    """A question about a passage (its index) with the spans, in characters, that answer it; no span: not answered there."""

    text: str
    passage: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Material:
    """Questions of one data set and its passages."""

    passages: list[str]
    questions: list[Question]


def idk_mrc(file: Path) -> Material:
    """One split of IDK-MRC; questions whose answer does not stand in the passage are left out."""
    passages: dict[str, int] = {}
    questions = []
    for row in rows(file):
        passage = passages.setdefault(row["context"], len(passages))
        spans = tuple(_spans(row)) if row["answerable"] else ()
        if spans or not row["answerable"]:
            questions.append(Question(row["question"], passage, spans))
    return Material(list(passages), questions)


def facqa(file: Path) -> Material:
    """One split of FacQA, its spaced punctuation closed up again."""
    passages: dict[str, int] = {}
    questions = []
    for row in rows(file):
        text, question, answer = (_closed(part) for part in (row["passage"], row["question"], row["answers"][0]))
        start = text.find(answer)
        if start >= 0 and answer:
            passage = passages.setdefault(text, len(passages))
            questions.append(Question(question, passage, ((start, start + len(answer)),)))
    return Material(list(passages), questions)


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def near_misses(
    questions: NDArray[np.float32], passages: NDArray[np.float32], material: Material, count: int
) -> NDArray[np.int64]:
    """For each question the `count` nearest passages that are not its own and do not hold its answer's words."""
    found = np.zeros((len(questions), count), np.int64)
    lowered = [text.lower() for text in material.passages]
    for number, question in enumerate(material.questions):
        own = material.passages[question.passage].lower()
        answers = [own[start:end] for start, end in question.spans]
        order = np.argsort(-(passages @ questions[number]))[: 8 * count]
        wrong = [p for p in order if p != question.passage and not any(a in lowered[p] for a in answers)]
        wrong += [p for p in order if p != question.passage and p not in wrong]
        found[number] = wrong[:count]
    return found


def word_vectors(questions: Sequence[str], passages: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vectors of length 1 of the texts' words, rare ones counting for more: a quick way to near passages."""
    words = [[set(_WORD.findall(text.lower())) for text in texts] for texts in (questions, passages)]
    counts = Counter(word for text in words[1] for word in text)
    columns = {word: column for column, word in enumerate(sorted(counts))}
    made = []
    for texts in words:
        matrix = np.zeros((len(texts), len(columns)), np.float32)
        for row, text in enumerate(texts):
            for word in text & columns.keys():
                matrix[row, columns[word]] = np.log(len(passages) / counts[word])
        made.append(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6))
    return made[0], made[1]


def token_spans(
    offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], shift: int = len(PASSAGE)
) -> list[tuple[int, int]]:
    """First and last token of each span of characters; `shift` is the length of what stands before the passage."""
    found = []
    for start, end in spans:
        inside = [i for i, (a, b) in enumerate(offsets) if b > start + shift and a < end + shift and b > a]
        if inside:
            found.append((inside[0], inside[-1]))
    return found


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Token ids and offsets of texts that already bear their prefix."""
    return [(encoding.ids, encoding.offsets) for encoding in tokenizer.encode_batch(list(texts))]


def _spans(row: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for answer, start in zip(row["answers"], row["answer_starts"], strict=True):
        at = start if row["context"][start : start + len(answer)] == answer else row["context"].find(answer)
        if at >= 0 and answer:
            yield at, at + len(answer)


def _closed(text: str) -> str:
    return _OPENED.sub(r"\1", _SPACED.sub(r"\1", text))

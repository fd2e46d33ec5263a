"""What a head looks at: the sentence's embedding beside the hashed words and letters of its surface."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.base import Vectors

Matrix = NDArray[np.float32]
_TOKEN = re.compile(r"[^\W_]+|[!?]|[:;]-?[()]")
_LONGEST = 400
"""Words of a text that count; reviews may ramble, updates never do."""


def grams(text: str) -> Iterator[str]:
    """Words, pairs of words, and 3 to 5 letters in a row within a word with its edges ("<ti", "tida", …)."""
    words = _TOKEN.findall(text.lower())[:_LONGEST]
    yield from (f"w {word}" for word in words)
    yield from (f"p {first} {second}" for first, second in zip(words, words[1:], strict=False))
    for word in words:
        edged = f"<{word}>"
        for size in (3, 4, 5):
            yield from (edged[start : start + size] for start in range(len(edged) - size + 1))


def hashed(texts: Sequence[str], buckets: int) -> Matrix:
    """Shape (len(texts), buckets): the logarithm of how often each gram stands there, each row of length 1 (or 0)."""
    rows = np.zeros((len(texts), buckets), np.float32)
    if not buckets:
        return rows
    for row, text in zip(rows, texts, strict=True):
        for gram, count in Counter(grams(text)).items():
            row[zlib.crc32(gram.encode()) % buckets] += 1 + np.log(count)
    return unit(rows)


def unit(rows: Matrix) -> Matrix:
    """Each row divided by its length; rows of nothing stay so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)


def features(
    vectors: Vectors, grams_of: Matrix, extra: Matrix, centre: NDArray[np.float32], scale: float, rarity: NDArray[np.float32]
) -> Matrix:
    """The embedding, centred and stretched (e5's cosines lie close together), the grams weighted by how rare they are, and what the
    caller knows besides (`extra`: shape (rows, any))."""
    return np.concatenate([(vectors - centre) * scale, unit(grams_of * rarity), extra], axis=1)

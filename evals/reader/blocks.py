"""Weights as 4-bit blocks, the form in which `knowledge.embeddings.e5_weights` reads them."""

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.e5_weights import BLOCK


def encoded(matrix: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(rows, columns) → (rows × columns / 32, 18 bytes): a float16 scale and 32 integers of −7…7 to the nearest."""
    blocks = matrix.reshape(-1, BLOCK)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype("<f2")
    divisors = np.where(scales == 0, 1, scales).astype(np.float32)
    whole = (np.clip(np.rint(blocks / divisors), -8, 7) + 8).astype(np.uint8)
    packed = whole[:, : BLOCK // 2] | whole[:, BLOCK // 2 :] << 4
    return np.concatenate([scales.view(np.uint8), packed], axis=1)

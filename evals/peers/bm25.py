"""BM25 over plain words: no stemming, no stop words (k1 = 0.9, b = 0.4, as Pyserini has them)."""

import math
import re
from collections import Counter, defaultdict
from heapq import nlargest

from evals.peers.contract import Passages

K1, B = 0.9, 0.4
_WORD = re.compile(r"\w+")


class Bm25:
    """Robertson's BM25 with Lucene's inverse document frequency."""

    name = "BM25"

    def __init__(self, passages: Passages) -> None:
        self._postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._lengths: dict[str, int] = {}
        for name, text in passages.items():
            words = _WORD.findall(text.lower())
            self._lengths[name] = len(words)
            for word, count in Counter(words).items():
                self._postings[word].append((name, count))
        self._mean = sum(self._lengths.values()) / max(len(self._lengths), 1)

    def rank(self, question: str, k: int) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in _WORD.findall(question.lower()):
            found = self._postings.get(word, ())
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for name, count in found:
                length = K1 * (1 - B + B * self._lengths[name] / self._mean)
                scores[name] += rarity * count * (1 + K1) / (count + length)
        return nlargest(k, scores, key=lambda name: (scores[name], name))

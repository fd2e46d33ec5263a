"""Makes one ranking of the search by meaning and by words, over passages of both languages.

Raw cosines of a multilingual model rank passages of the question's own language first, right or wrong. So the mean vector of
its language is taken out of every vector first (`centred`), and each language is then ranked on its own scale: what counts is
by how much a passage stands out among those of its language that compete with it. That level is a soft maximum, so a language
of many passages that all come near is measured from higher up than one in which a single passage does. Scores are fused,
not ranks: reciprocal rank fusion came out below the search by meaning alone (docs/decisions/0015-two-languages.md).
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.embeddings.base import Vectors

SAME_LANGUAGE, OTHER_LANGUAGE = 0.012, 0.006
"""What a point of BM25 counts in cosine: across languages only names, numbers and loan words are shared."""
WORDS_AT_MOST = 16.0
"""BM25 of the best passage from which on all are scaled down: of a pasted page, words must not outweigh everything."""
SOFTNESS = 0.03
"""Of the soft maximum, in cosine: passages this much below the best one count as its competitors."""
FEW_PASSAGES = 8
"""Passages of a language at which its level is half its own, half that of all: a handful is no measure."""
CODE_BOOST = 3.0
"""More than anything else can add up to: a passage that holds an asked code never loses to one that holds none."""
PREFERENCE_BOOST = 0.1
DEEPEST = -1.0


@dataclass(frozen=True)
class Candidates:
    """What both searches found in one language.

    cosines  passage id → cosine as the model gives it, for what has a vector
    centred  passage id → cosine without the languages' means (see `centred`), for the same
    size     how many passages of the language are allowed at all
    bm25     passage id → BM25 (> 0), for what the full-text search found
    """

    cosines: Mapping[int, float]
    centred: Mapping[int, float]
    size: int
    bm25: Mapping[int, float]


@dataclass(frozen=True)
class Scored:
    """A passage's fused score with its parts: dense = cosine as the model gives it, lexical = BM25 as a share of the best one.

    The score orders the passages of one question; it says nothing across questions, and not whether a passage answers.
    """

    passage_id: int
    language: str
    score: float
    dense: float
    lexical: float


def fuse(
    languages: Mapping[str, Candidates],
    asked_in: str | None = None,
    code_share: Mapping[int, float] | None = None,
    preferred: Collection[int] = (),
) -> list[Scored]:
    """All candidates, best first (equal ones by id).

    asked_in: the question's language; code_share: passage id → share of the question's codes that it holds; preferred: ids that
    get a small boost.
    """
    code_share = code_share or {}
    best_words = max((score for found in languages.values() for score in found.bm25.values()), default=0.0)
    strengths = {
        language: _strengths(found, _word_weight(language, asked_in) * min(1.0, WORDS_AT_MOST / best_words) if best_words else 0.0)
        for language, found in languages.items()
    }
    levels = _levels(strengths, {language: found.size for language, found in languages.items()})
    height = max((strength for found in strengths.values() for strength in found.values()), default=0.0)
    scored = []
    for language, found in languages.items():
        for passage_id, strength in strengths[language].items():
            score = max((strength - levels[language]) / max(height, SOFTNESS), DEEPEST)
            score += PREFERENCE_BOOST * (passage_id in preferred)
            if passage_id in code_share:
                score += CODE_BOOST + code_share[passage_id]
            lexical = found.bm25.get(passage_id, 0.0) / best_words if best_words else 0.0
            scored.append(Scored(passage_id, language, score, found.cosines.get(passage_id, 0.0), lexical))
    return sorted(scored, key=lambda item: (-item.score, item.passage_id))


def centred(query: Vectors, query_mean: Vectors, passages: Vectors, passage_mean: Vectors) -> NDArray[np.float32]:
    """Cosines of a query (shape (d,)) and passages (shape (n, d)), each without the mean vector of its language; 0 at the mean itself."""
    asked, found = query - query_mean, passages - passage_mean
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(asked)
    cosines: NDArray[np.float32] = found @ asked / np.maximum(lengths, 1e-9)
    return cosines


def _word_weight(language: str, asked_in: str | None) -> float:
    return SAME_LANGUAGE if asked_in in (None, language) else OTHER_LANGUAGE


def _strengths(found: Candidates, word_weight: float) -> dict[int, float]:
    """Meaning and words together, in cosine; without a vector a passage is as near as any, which is 0."""
    ids = found.centred.keys() | found.bm25.keys()
    return {i: found.centred.get(i, 0.0) + word_weight * found.bm25.get(i, 0.0) for i in ids}


def _levels(strengths: Mapping[str, Mapping[int, float]], sizes: Mapping[str, int]) -> dict[str, float]:
    """Of each language, what its passages are measured from."""
    own = {language: _soft_maximum(found.values()) for language, found in strengths.items() if found}
    of_all = _soft_maximum(own.values())
    shares = {language: sizes[language] / (sizes[language] + FEW_PASSAGES) for language in own}
    return {language: shares[language] * level + (1 - shares[language]) * of_all for language, level in own.items()}


def _soft_maximum(values: Collection[float]) -> float:
    """At least the largest, and the higher the more come near it; 0 of none."""
    if not values:
        return 0.0
    top = max(values)
    return top + SOFTNESS * math.log(sum(math.exp((value - top) / SOFTNESS) for value in values))

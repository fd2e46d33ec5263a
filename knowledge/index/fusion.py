"""Makes one ranking of cosines and BM25 scores, over passages of both languages.

Raw cosines of a multilingual model rank passages of the question's own language first, right or wrong, so each language
is put on its own scale before they are merged: what counts is by how much a passage stands out among the passages of its
language. Scores are fused, not ranks: on one relevant passage a question, reciprocal rank fusion came out below the dense
side alone (docs/decisions).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

DENSE_WEIGHT = 0.85
RUNNERS_UP = 3
RUNNERS_UP_SHARE = 0.6
CODE_BOOST = 2.0
"""More than the best fused score (1): a passage that holds the asked code never loses to one that does not."""
PREFERENCE_BOOST = 0.1


@dataclass(frozen=True)
class Candidates:
    """What both searches found in one language.

    cosines       passage id → cosine, for everything found by either search
    mean_cosine   over all allowed passages of the language
    bm25          passage id → BM25 (> 0), for what the full-text search found
    """

    cosines: Mapping[int, float]
    mean_cosine: float
    bm25: Mapping[int, float]


@dataclass(frozen=True)
class Scored:
    """A passage's fused score with its parts: dense = cosine, lexical = BM25 as a share of the language's best."""

    passage_id: int
    language: str
    score: float
    dense: float
    lexical: float


def language_level(candidates: Candidates) -> float:
    """The cosine that passages of a language are measured from: between its mean and its best few.

    The mean alone leaves the question's own language ahead; the best few alone would lift the least bad passage of a
    language that has no answer to the height of the answer.
    """
    best = sorted(candidates.cosines.values(), reverse=True)[:RUNNERS_UP]
    if not best:
        return candidates.mean_cosine
    return RUNNERS_UP_SHARE * float(np.mean(best)) + (1 - RUNNERS_UP_SHARE) * candidates.mean_cosine


def fuse(
    languages: Mapping[str, Candidates],
    code_share: Mapping[int, float] | None = None,
    preferred: Collection[int] = (),
    dense_weight: float = DENSE_WEIGHT,
) -> list[Scored]:
    """All candidates, best first (equal ones by id).

    code_share: passage id → share of the question's codes that it holds; preferred: ids that get a small boost.
    """
    code_share = code_share or {}
    spread = max((_height(candidates) for candidates in languages.values()), default=0.0)
    scored = []
    for language, candidates in languages.items():
        level = language_level(candidates)
        best_words = max(candidates.bm25.values(), default=0.0)
        for passage_id in candidates.cosines.keys() | candidates.bm25.keys():
            cosine = candidates.cosines.get(passage_id)
            dense = (cosine - level) / spread if cosine is not None and spread > 0 else 0.0
            lexical = candidates.bm25.get(passage_id, 0.0) / best_words if best_words > 0 else 0.0
            score = dense_weight * dense + (1 - dense_weight) * lexical
            score += CODE_BOOST * code_share.get(passage_id, 0.0) + PREFERENCE_BOOST * (passage_id in preferred)
            scored.append(Scored(passage_id, language, score, cosine or 0.0, lexical))
    return sorted(scored, key=lambda item: (-item.score, item.passage_id))


def _height(candidates: Candidates) -> float:
    """By how much the best passage of a language stands out above its mean."""
    return max(candidates.cosines.values(), default=candidates.mean_cosine) - candidates.mean_cosine

"""Makes one ranking of cosines and BM25 scores, over passages of both languages.

Raw cosines of a multilingual model rank passages of the question's own language first, right or wrong, so each language
is put on its own scale before they are merged: what counts is by how much a passage stands out among the passages of its
language. Scores are fused, not ranks: on one relevant passage a question, reciprocal rank fusion came out below the dense
side alone (docs/decisions).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import nlargest

DENSE_WEIGHT = 0.8
RUNNERS_UP = 3
RUNNERS_UP_SHARE = 0.8
FEW_PASSAGES = 25
CODE_BOOST = 3.0
"""More than anything else can add up to: a passage that holds an asked code never loses to one that holds none."""
PREFERENCE_BOOST = 0.1
DEEPEST = -1.0


@dataclass(frozen=True)
class Candidates:
    """What both searches found in one language.

    cosines       passage id → cosine, for everything found by either search
    mean_cosine   over all allowed passages of the language (and the background, see `mean_with_background`)
    size          how many these are
    bm25          passage id → BM25 (> 0), for what the full-text search found
    """

    cosines: Mapping[int, float]
    mean_cosine: float
    size: int
    bm25: Mapping[int, float]


@dataclass(frozen=True)
class Scored:
    """A passage's fused score with its parts: dense = cosine, lexical = BM25 as a share of the best one.

    The score orders the passages of one question; it says nothing across questions, and not whether a passage answers.
    """

    passage_id: int
    language: str
    score: float
    dense: float
    lexical: float


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
    share = runners_up_share([candidates.size for candidates in languages.values()])
    spread = max((_height(candidates) for candidates in languages.values()), default=0.0)
    best_words = max((score for candidates in languages.values() for score in candidates.bm25.values()), default=0.0)
    scored = []
    for language, candidates in languages.items():
        level = share * _runners_up(candidates.cosines) + (1 - share) * candidates.mean_cosine
        word_level = share * _runners_up(candidates.bm25) / best_words if best_words > 0 else 0.0
        for passage_id in candidates.cosines.keys() | candidates.bm25.keys():
            cosine = candidates.cosines.get(passage_id)
            measured = min(candidates.mean_cosine, level) if cosine is None else cosine  # without a vector: as near as any
            dense = max((measured - level) / spread, DEEPEST) if spread > 0 else 0.0
            lexical = candidates.bm25.get(passage_id, 0.0) / best_words if best_words > 0 else 0.0
            score = dense_weight * dense + (1 - dense_weight) * (lexical - word_level)
            score += PREFERENCE_BOOST * (passage_id in preferred)
            if passage_id in code_share:
                score += CODE_BOOST + code_share[passage_id]
            scored.append(Scored(passage_id, language, score, cosine or 0.0, lexical))
    return sorted(scored, key=lambda item: (-item.score, item.passage_id))


def runners_up_share(sizes: Collection[int]) -> float:
    """How far the level that passages of a language are measured from lies from its mean towards its best few, 0–1.

    From the mean alone, the question's own language stays ahead; from the best few alone, the least bad of a handful of
    passages stands as high as the answer among thousands. So it depends on the smallest language, and is one for all.
    """
    smallest = min((size for size in sizes if size), default=0)
    return RUNNERS_UP_SHARE * smallest / (smallest + FEW_PASSAGES)


def mean_with_background(mean: float, size: int, background: Collection[float]) -> float:
    """Mean cosine of `size` passages and the background sentences together: a few passages alone would be no measure."""
    together = size + len(background)
    return (mean * size + sum(background)) / together if together else 0.0


def _runners_up(scores: Mapping[int, float]) -> float:
    """Mean of the best few."""
    best = nlargest(RUNNERS_UP, scores.values())
    return sum(best) / len(best) if best else 0.0


def _height(candidates: Candidates) -> float:
    """By how much the best passage of a language stands out above its mean."""
    return max(candidates.cosines.values(), default=candidates.mean_cosine) - candidates.mean_cosine

"""Measures of rankings, by `ir-measures` where it is installed (extra `evals`), otherwise by the same formula written here."""

import math
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

CUTOFF = 10

Rankings = Mapping[str, Sequence[str]]
"""Question → passages, best first."""
Relevant = Mapping[str, frozenset[str]]
"""Question → the passages that answer it."""


def ndcg_at_10(rankings: Rankings, relevant: Relevant) -> dict[str, float]:
    """nDCG@10 of each question, relevance 0 or 1."""
    if find_spec("ir_measures") is None:
        return {name: _ndcg([passage in relevant[name] for passage in ranked], len(relevant[name])) for name, ranked in rankings.items()}
    import ir_measures

    judged = [ir_measures.Qrel(name, passage, 1) for name in rankings for passage in relevant[name]]
    run = [
        ir_measures.ScoredDoc(name, passage, -float(rank))
        for name, ranked in rankings.items()
        for rank, passage in enumerate(ranked)
    ]
    found = {result.query_id: result.value for result in ir_measures.nDCG(cutoff=CUTOFF).iter_calc(judged, run)}
    return {name: float(found.get(name, 0.0)) for name in rankings}


def ndcg_at_rank(rank: int | None) -> float:
    """nDCG@10 of a ranking with one relevant passage at `rank` (from 0), None = not found."""
    return 1 / math.log2(rank + 2) if rank is not None and rank < CUTOFF else 0.0


def measured_by() -> str:
    """Which of the two is at work, for the report."""
    return "ir-measures" if find_spec("ir_measures") else "own formula (install the extra `evals` for ir-measures)"


def _ndcg(hits: Sequence[bool], relevant: int) -> float:
    gained = sum(ndcg_at_rank(rank) for rank, hit in enumerate(hits) if hit)
    best = sum(ndcg_at_rank(rank) for rank in range(relevant))
    return gained / best if best else 0.0

"""Passages found and ranked: IDK-MRC and SQuAD in two languages.

idk_mrc  IDK-MRC (Putri & Oh, EMNLP 2022): `passages.jsonl` {id, text}, `valid.jsonl` {id, question, context_id, answerable}. Each answerable
         question has one relevant passage, all Indonesian.
xling    XQuAD English and machine-translated Indonesian SQuAD, joined by question: `passages_en.jsonl`, `passages_id_mt.jsonl` {id, text},
         `questions.jsonl` {id, question_id, question_en, passage_id_lang, passage_en}. Passages of both languages lie in one index; the
         answering passage counts only in the other language, its twin is taken out of the ranking.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.cases import read_lines
from evals.outcomes import Measured, Outcome
from evals.peers.contract import Passages
from evals.peers.here import Peers
from evals.public.options import Options
from evals.ranking import CUTOFF, measured_by, ndcg_at_10
from evals.retrieval import Bench
from knowledge.access import OWNER

OWN = "Akrab"
SAME, OTHER = "passage_id_lang", "passage_en"
Rank = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """A question of a group, its relevant passage, and the twin that does not count."""

    id: str
    group: str
    text: str
    relevant: str
    twin: str | None = None


def idk_mrc(options: Options) -> Measured:
    """nDCG@10 of the answerable validation questions over all passages."""
    passages = [(row["id"], "id", row["text"]) for row in read_lines(options.file("passages.jsonl"))]
    rows = [row for row in read_lines(options.file("valid.jsonl")) if row["answerable"]]
    asked = [Asked(row["id"], "id→id", row["question"], row["context_id"]) for row in options.drawn(rows)]
    return _measured("IDK-MRC, retrieval", passages, asked, options)


def xling(options: Options) -> Measured:
    """nDCG@10 across languages and, over the same mixed index, within the question's own."""
    passages = [(row["id"], "en", row["text"]) for row in read_lines(options.file("passages_en.jsonl"))]
    passages += [(row["id"], "id", row["text"]) for row in read_lines(options.file("passages_id_mt.jsonl"))]
    rows = options.drawn(read_lines(options.file("questions.jsonl")))
    groups = (("id→en", "question_id", OTHER, SAME), ("en→id", "question_en", SAME, OTHER), ("id→id", "question_id", SAME, OTHER), ("en→en", "question_en", OTHER, SAME))
    asked = [Asked(f"{row['id']} {group}", group, row[wording], row[relevant], row[twin]) for group, wording, relevant, twin in groups for row in rows]
    return _measured("SQuAD in two languages, one index", passages, asked, options)


def _measured(name: str, passages: Sequence[tuple[str, str, str]], asked: Sequence[Asked], options: Options) -> Measured:
    texts = {name: text for name, _, text in passages}
    measured = Measured(name, {}, notes=[f"nDCG@10 by {measured_by()}", "right: the relevant passage comes first"])
    with Bench(passages, options.vectors) as bench:

        def own(question: str, k: int) -> list[str]:
            return [bench.names[hit.passage_id] for hit in bench.retriever.search(question, OWNER, k=k)]

        _add(measured, OWN, own, asked, texts, options)
        if options.peers:
            kit = Peers(options.settings.models_cache)
            with kit.over(texts, bench.embedder) as peers:
                for peer in peers:
                    _add(measured, peer.name, peer.rank, asked, texts, options)
            measured.skipped = kit.missing
    return measured


def _add(measured: Measured, system: str, rank: Rank, asked: Sequence[Asked], texts: Passages, options: Options) -> None:
    began, ranked = time.perf_counter(), {}
    for done, each in enumerate(asked, 1):
        ranked[each.id] = [name for name in rank(each.text, CUTOFF + 1) if name != each.twin][:CUTOFF]
        options.tell("asking", done, len(asked))
    measured.seconds[system] = time.perf_counter() - began
    scores = ndcg_at_10(ranked, {each.id: frozenset({each.relevant}) for each in asked})
    measured.systems[system] = [_outcome(each, ranked[each.id], scores[each.id], texts) for each in asked]


def _outcome(asked: Asked, ranked: Sequence[str], score: float, texts: Mapping[str, str]) -> Outcome:
    right = list(ranked[:1]) == [asked.relevant]
    return Outcome(
        id=asked.id,
        group=asked.group,
        question=asked.text,
        gold=f"{asked.relevant}: {texts[asked.relevant][:300]}",
        answer=f"{ranked[0]}: {texts[ranked[0]][:300]}" if ranked else "",
        right=right,
        score=score,
        citations=tuple(ranked),
        stage=None if right else "retrieval",
    )

"""Clauses of real contracts: CUAD and ContractNLI.

cuad          CUAD v1 (Hendrycks et al., NeurIPS 2021): `contracts.jsonl` {id, text}, `questions.jsonl` {id, doc_id, category, description, clauses, present}.
              41 kinds of clauses, marked by lawyers; most contracts lack most of them.
contract_nli  ContractNLI (Koreeda & Manning, EMNLP Findings 2021): `docs_dev.jsonl` {id, text}, `questions_dev.jsonl` {id, doc_id, hypothesis, label,
              evidence_text}. 17 statements about a non-disclosure agreement; NotMentioned = it does not say. Whether a clause entails or contradicts
              is not measured: the product quotes it.
"""

import math
from collections import defaultdict
from random import Random
from typing import Any

from evals.cases import read_lines
from evals.outcomes import Measured
from evals.public.lookup import Source, Wanted, look_up
from evals.public.options import Options

A_DOCUMENT = 10
"""Questions drawn for each document, half of them (where there are so many) about what does not stand there."""


def cuad(options: Options) -> Measured:
    """Clauses found, and their absence told."""
    rows = read_lines(options.file("questions.jsonl"))
    wanted: dict[str, list[Wanted]] = defaultdict(list)
    for row in rows:
        spans = tuple(part.strip() for clause in row["clauses"] for part in clause.split("<omitted>") if part.strip())
        wanted[row["doc_id"]].append(Wanted(row["id"], _as_question(row), spans if row["present"] else ()))
    texts = {row["id"]: row["text"] for row in read_lines(options.file("contracts.jsonl"))}
    return look_up("CUAD", _drawn(texts, wanted, options), options, asks=True)


def contract_nli(options: Options) -> Measured:
    """Evidence of statements found, and told where there is none."""
    wanted: dict[str, list[Wanted]] = defaultdict(list)
    for row in read_lines(options.file("questions_dev.jsonl")):
        statement = row["hypothesis"].rstrip(".")
        spans = () if row["label"] == "NotMentioned" else tuple(row["evidence_text"])
        wanted[str(row["doc_id"])].append(Wanted(row["id"], f"What does the agreement say about this: {statement}?", spans))
    texts = {str(row["id"]): row["text"] for row in read_lines(options.file("docs_dev.jsonl"))}
    return look_up("ContractNLI", _drawn(texts, wanted, options), options, asks=True)


def _as_question(row: dict[str, Any]) -> str:
    description = " ".join(row["description"].replace("\xa0", " ").split())
    first = description.split("? ", maxsplit=1)[0].rstrip("?")
    return f"{first}?" if description.split(" ", maxsplit=1)[0] in _ASKING else f"{row['category']}: what is {first[0].lower()}{first[1:]}?"


_ASKING = {"On", "What", "Which", "Is", "Can", "Does"}


def _drawn(texts: dict[str, str], wanted: dict[str, list[Wanted]], options: Options) -> list[Source]:
    names = [name for name in texts if wanted[name]]
    documents = options.drawn(names, math.ceil(options.limit / A_DOCUMENT) if options.limit else 0)
    return [Source(f"{name}.txt", texts[name], tuple(_some(wanted[name], options))) for name in documents]


def _some(wanted: list[Wanted], options: Options) -> list[Wanted]:
    if not options.limit:
        return wanted
    random = Random(f"{options.seed} {wanted[0].id}")
    absent = [each for each in wanted if not each.spans]
    absent = random.sample(absent, min(len(absent), A_DOCUMENT // 2))
    present = [each for each in wanted if each.spans]
    return [*random.sample(present, min(len(present), A_DOCUMENT - len(absent))), *absent]

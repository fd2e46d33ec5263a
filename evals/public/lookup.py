"""Spans found in one document: contracts (CUAD, ContractNLI) and meetings (QMSum), each document imported alone.

Look-up: the passages of the document are ranked for the question; right when the first carries the gold span (evals.public.overlap); the
score is the reciprocal rank of the first that does, 0 beyond the tenth. Asked: the question is put to the product, which answers with
citations or says that the document does not say; right when a citation carries the span, or when it says so of what is not there.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from assistant.wiring import Akrab
from evals.outcomes import Measured, Outcome
from evals.peers.contract import Peer
from evals.peers.here import Peers
from evals.public.options import Options
from evals.public.overlap import carries_any
from evals.public.shelf import Shelved, shelf
from evals.stages import stage_of_lookup
from knowledge.access import OWNER

OWN = "Akrab"
DEPTH = 10
LOOK_UP, ANSWERED, DECLINED = "look-up", "asked, stands there", "asked, does not stand there"


@dataclass(frozen=True)
class Wanted:
    """A question about a document; spans: the text that answers it, () where the document does not say."""

    id: str
    question: str
    spans: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A document by file name, and what is asked of it."""

    name: str
    text: str
    wanted: tuple[Wanted, ...]


def look_up(name: str, sources: Sequence[Source], options: Options, *, asks: bool) -> Measured:
    """Measure the sources; `asks`: also put the questions to the product."""
    measured = Measured(name, {OWN: []}, notes=["look-up: the first passage carries the gold span; score: reciprocal rank"])
    kit = Peers(options.settings.models_cache) if options.peers else None
    for done, source in enumerate(sources, 1):
        with shelf({source.name: source.text}, options) as (akrab, found):
            _one(measured, source, akrab, found.get(source.name, Shelved(0, {})), kit, asks=asks)
        options.tell("asking", done, len(sources))
    measured.skipped = kit.missing if kit else {}
    return measured


def _one(measured: Measured, source: Source, akrab: Akrab, shelved: Shelved, kit: Peers | None, *, asks: bool) -> None:
    texts = {str(number): text for number, text in shelved.passages.items()}
    there = [wanted for wanted in source.wanted if wanted.spans]
    with ExitStack() as stack:
        peers: list[Peer] = [_Own(akrab, shelved.document_id)]
        if kit and texts:
            peers += stack.enter_context(kit.over(texts, akrab.embedder))
        for peer in peers:
            began = time.perf_counter()
            outcomes = [_ranked(wanted, peer.rank(wanted.question, DEPTH), texts) for wanted in there]
            measured.seconds[peer.name] = measured.seconds.get(peer.name, 0.0) + time.perf_counter() - began
            measured.systems.setdefault(peer.name, []).extend(outcomes)
    if asks:
        measured.systems[OWN] += [_asked(akrab, wanted, shelved) for wanted in source.wanted]


class _Own:
    """The product's retriever, limited to one document."""

    name = OWN

    def __init__(self, akrab: Akrab, document: int) -> None:
        self._akrab, self._document = akrab, document

    def rank(self, question: str, k: int) -> list[str]:
        hits = self._akrab.retriever.search(question, OWNER, k=k, document_ids=[self._document])
        return [str(hit.passage_id) for hit in hits]


def _ranked(wanted: Wanted, ranked: Sequence[str], texts: Mapping[str, str]) -> Outcome:
    place = next((rank for rank, name in enumerate(ranked) if carries_any(texts[name], wanted.spans)), None)
    right = place == 0
    return Outcome(
        id=f"{wanted.id} {LOOK_UP}",
        group=LOOK_UP,
        question=wanted.question,
        gold=" … ".join(wanted.spans)[:600],
        answer=texts[ranked[0]][:600] if ranked else "",
        right=right,
        score=0.0 if place is None else 1 / (place + 1),
        stage=None if right else "retrieval",
    )


def _asked(akrab: Akrab, wanted: Wanted, shelved: Shelved) -> Outcome:
    answer = akrab.answering.ask(wanted.question, OWNER, explain=True, kept=False)
    result: dict[str, Any] = answer.as_dict()
    quotes = [str(cited["quote"]) for cited in result["citations"]]
    carried = not answer.abstained and carries_any(" ".join([*quotes, answer.answer]), wanted.spans)
    right = carried if wanted.spans else answer.abstained
    return Outcome(
        id=f"{wanted.id} asked",
        group=ANSWERED if wanted.spans else DECLINED,
        question=wanted.question,
        gold=" … ".join(wanted.spans)[:600] or "(the document does not say)",
        answer=answer.answer + (" (declined)" if answer.abstained else ""),
        right=right,
        citations=tuple(f"{cited['source']} {cited['locator']}: {str(cited['quote'])[:200]}" for cited in result["citations"]),
        stage=None if right else stage_of_lookup(result, wanted.spans, list(shelved.passages.values())),
    )

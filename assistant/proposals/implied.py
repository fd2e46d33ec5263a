"""A complaint told only by what is asked for ("The restore took nine hours. He wants an explanation by Friday")."""

from assistant.proposals.cues import Cue
from assistant.proposals.parts import Part
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.reading import FACT_KINDS, Fact
from assistant.proposals.stance import Stance
from assistant.proposals.weighing import Weigher

LIKELY = 0.2
"""Probability of a complaint from which a sentence is one, where the next asks for an explanation of it."""


def with_implied(weigher: Weigher, sentences: list[str], parts: list[tuple[Part, Fact | None]]) -> list[tuple[Part, Fact | None]]:
    """The parts; before one that asks us for an explanation, the sentence that tells of what, as a complaint if it tells nothing else."""
    spoken = {part.sentence for part, _ in parts if part.cue.kind}
    found: list[tuple[Part, Fact | None]] = []
    for part, fact in parts:
        before = part.sentence - 1
        asks = part.cue.kind == "commitment" and part.cue.party == "provider" and pattern("kinds", "promise", "explanation").search(part.norm)
        if asks and before >= 0 and before not in spoken and (told := _complaint(weigher, sentences[before], before)):
            found = [entry for entry in found if entry[0].sentence != before]
            found.append((told, None))
        found.append((part, fact))
    return found


def _complaint(weigher: Weigher, sentence: str, number: int) -> Part | None:
    judgement = weigher.judged([sentence])[0]
    if judgement is None or judgement.kinds["complaint"] < LIKELY:
        return None
    if max(FACT_KINDS, key=lambda kind: judgement.kinds.get(kind, 0.0)) != "complaint":
        return None
    return Part(sentence, folded(sentence, weigher.lang), Cue("complaint", Stance(-1.0, 1)), number, judgement)

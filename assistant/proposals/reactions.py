"""A reaction in a sentence of its own belongs to what was told before it: "VPN is down again. Ann just laughed.\""""

from dataclasses import replace

from assistant.proposals.amounts import money_in
from assistant.proposals.irony import may_be_ironic
from assistant.proposals.mentions import Masked
from assistant.proposals.parts import Part, is_demand
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.reading import STANCED
from knowledge.language.vocabulary import Language

_SHORT = 5  # words of a sentence that is nothing but a feeling


def with_reactions(masked: Masked, sentences: list[str], parts: list[Part], lang: Language) -> list[Part]:
    """The parts, in order; where the sentence after one only tells how somebody reacted, it has joined that part."""
    kept: list[Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        alone = sum(other.sentence == part.sentence for other in parts) == 1
        if before and alone and _reacts(masked, before, part):
            kept[-1] = replace(before, text=f"{before.text} {part.text}")
            continue
        kept.append(part)
    spoken = {part.sentence for part in parts}
    for place, part in enumerate(kept):
        after = part.sentence + 1
        if (
            part.cue.kind not in STANCED
            or masked.named(part.text, "person")
            or after >= len(sentences)
            or after in spoken
        ):
            continue
        told = sentences[after]
        if len(masked.named(told, "person")) == 1 and pattern("sentiment", "reaction").search(folded(told, lang)):
            kept[place] = replace(part, text=f"{part.text} {told}")
    return kept


def _only_a_sum(masked: Masked, part: Part) -> bool:
    """Whether a part says hardly more than what the thing before may cost ("Ann mentioned EUR 20k")."""
    return bool(money_in(masked.unmask(part.text))) and len(part.text.split()) <= _SHORT + 2 and not masked.named(part.text, "customer")


def _ironic(before: str, part: Part) -> bool:
    """Whether praise after a complaint is meant ironically: the complaint opened with praise, or the praise is only supposed."""
    if may_be_ironic(before):
        return part.cue.stance.tier == 3
    return bool(pattern("sentiment", "irony", "surely").search(part.norm)) and part.cue.stance.tier == 3


def _reacts(masked: Masked, before: Part, part: Part) -> bool:
    """Whether a part is the mere feeling of one person about what the part before tells of nobody in particular."""
    follows = part.sentence == before.sentence + 1
    if follows and before.cue.kind == "complaint" and is_demand(part.cue, part.norm):
        return True
    if follows and before.cue.kind == "complaint" and part.cue.kind == "compliment" and _ironic(before.norm, part):
        return True
    if follows and before.cue.kind == part.cue.kind == "opportunity" and _only_a_sum(masked, part):
        return True
    return (
        follows
        and before.cue.kind == part.cue.kind in STANCED
        and part.cue.stance.tier == 3
        and len(part.text.split()) <= _SHORT
        and not masked.named(before.text, "person")
        and not masked.named(part.text, "customer")
    )

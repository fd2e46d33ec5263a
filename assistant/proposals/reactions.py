"""A reaction in a sentence of its own belongs to what was told before it: "VPN is down again. Ann just laughed.\""""

import re
from dataclasses import replace

from assistant.proposals.amounts import money_in
from assistant.proposals.irony import may_be_ironic
from assistant.proposals.joining import is_demand
from assistant.proposals.mentions import Masked
from assistant.proposals.parts import Part
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.reading import STANCED
from assistant.proposals.topics import topic
from knowledge.language.vocabulary import Language

_TONE = 7  # words of a sentence that only tells how something was said
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
    spoken = {part.sentence for part in parts if part.cue.kind and not part.cue.context}
    reacted: set[int] = set()
    for place, part in enumerate(kept):
        after = part.sentence + 1
        if (
            part.cue.kind not in STANCED
            or masked.named(part.text, "person")
            or any(later.sentence == part.sentence for later in kept[place + 1 :])
            or after >= len(sentences)
            or after in spoken
        ):
            continue
        told = sentences[after]
        if len(masked.named(told, "person")) == 1 and pattern("sentiment", "reaction").search(folded(told, lang)):
            kept[place] = replace(part, text=f"{part.text} {told}")
            reacted.add(after)
    return [part for part in kept if part.sentence not in reacted]


def _only_a_sum(masked: Masked, part: Part) -> bool:
    """Whether a part says hardly more than what the thing before may cost ("Ann mentioned EUR 20k")."""
    return bool(money_in(masked.unmask(part.text))) and len(part.text.split()) <= _SHORT + 2 and not masked.named(part.text, "customer")


def _says_its_worth(masked: Masked, before: Part, part: Part) -> bool:
    """Whether a part that names nobody tells what the thing before may bring in ("They think of a second site. They'd need hosting, about EUR 20k.")."""
    return not _names(masked, part) and bool(money_in(masked.unmask(part.text))) and not money_in(masked.unmask(before.text))


def _names(masked: Masked, part: Part) -> bool:
    return bool(masked.named(part.text, "person") or masked.named(part.text, "customer"))


def _ironic(before: str, part: Part) -> bool:
    """Whether praise after a complaint is meant ironically: the complaint opened with praise, or the praise is only supposed."""
    if may_be_ironic(before):
        return part.cue.stance.tier == 3
    return bool(pattern("sentiment", "irony", "surely").search(part.norm)) and part.cue.stance.tier == 3


def _elaborates(masked: Masked, before: Part, part: Part) -> bool:
    """Whether a part of the same kind only says what the one before is about ("Ann was furious. The invoice is wrong again."), goes on
    about the same ("The last one had …"), or tells how somebody took it ("Ann sent me a clapping emoji")."""
    people = {person.text for person in masked.named(part.text, "person") if not person.provider}
    if masked.named(part.text, "customer") or (people and masked.named(before.text, "person")):
        return False
    if people:
        return len(people) == 1 and pattern("sentiment", "reaction").search(part.norm) is not None
    return _bare(masked, before) or pattern("clauses", "same_thing").match(part.norm) is not None


def _bare(masked: Masked, part: Part) -> bool:
    """Whether a part only tells that somebody feels so, not about what."""
    rest = _SIGN.sub(" ", pattern("sentiment", "stance", "negative").sub(" ", pattern("sentiment", "stance", "positive").sub(" ", part.norm)))
    return bool(masked.named(part.text, "person")) and len(topic(rest)) <= _BARE


_SIGN = re.compile(r"x(?:person|customer|org)[a-z]+q\S*")
_BARE = 1  # words that say what it is about


def _reacts(masked: Masked, before: Part, part: Part) -> bool:
    """Whether a part is the mere feeling of one person about what the part before tells of nobody in particular."""
    follows = part.sentence == before.sentence + 1
    if follows and before.cue.kind == "complaint" and is_demand(part.cue, part.norm):
        return True
    if follows and before.cue.kind == "complaint" and part.cue.kind == "compliment" and _ironic(before.norm, part):
        return True
    if follows and before.cue.kind == part.cue.kind == "opportunity" and (_only_a_sum(masked, part) or _says_its_worth(masked, before, part)):
        return True
    if follows and before.cue.kind in (*STANCED, "risk") and len(part.text.split()) <= _TONE and not _names(masked, part) and pattern("clauses", "tone").search(part.norm):
        return True
    if follows and before.cue.kind == part.cue.kind in STANCED and _elaborates(masked, before, part):
        return True
    return (
        follows
        and before.cue.kind == part.cue.kind in STANCED
        and part.cue.stance.tier == 3
        and len(part.text.split()) <= _SHORT
        and not masked.named(before.text, "person")
        and not masked.named(part.text, "customer")
    )

"""One fact out of one part of a message: its fields, each as the words carry it."""

import re
from dataclasses import replace
from datetime import date

from assistant.proposals.about import Subject
from assistant.proposals.amounts import money_in
from assistant.proposals.cues import Cue
from assistant.proposals.due import due_in
from assistant.proposals.mentions import Masked
from assistant.proposals.parts import Part
from assistant.proposals.phrases import pattern
from assistant.proposals.reading import SERVQUAL, STANCED, Fact
from assistant.proposals.register import Register
from assistant.proposals.stance import Stance, dimension_of, negated, stance_of
from knowledge.linking import Linker

DIMENSION = 0.4
"""Probability from which the head's dimension is taken."""
LEVELS = ("high", "medium", "low")


def service_in(linker: Linker, register: Register, customer_id: int, *texts: str, offered: bool = False) -> str | None:
    """The service that the words name, else the one on which a named application or known error of the customer stands.

    offered: it may be one that the customer does not take yet.
    """
    texts = tuple(text for text in texts if text)
    for text in texts:
        for service in linker.services(text):
            return str(service.codes[0])
    for text in texts:
        told = register.service_in_part(text) or register.service_by_word(customer_id, text, offered)
        if told:
            return told
    for text in texts:
        told = register.service_of(customer_id, text)
        if told:
            named = linker.services(told)
            return str(named[0].codes[0]) if named else register.service_in_part(told)
    return None


def sentiment_of(cue: Cue) -> str | None:
    """positive | neutral | negative, None for kinds that judge nothing."""
    if cue.kind == "complaint":
        return "negative"
    if cue.kind == "compliment":
        return "positive"
    if cue.kind == "feedback":
        return "positive" if cue.stance.value > 0 else "negative" if cue.stance.value < 0 else "neutral"
    return None


def level_of(norm: str) -> str | None:
    """How grave the words of a complaint or risk call it: high | medium | low, None where they say nothing."""
    for level in LEVELS:
        found = pattern("severity", level).search(norm)
        if found and not negated(norm, found.start(), 2):
            return level
    return None


def _dimension(part: Part, stance: Stance) -> str | None:
    """The dimension of service quality: the likeliest to the trained head where it sees one, else by the words alone."""
    chances = part.judgement.dimensions if part.judgement else {}
    best = max(SERVQUAL, key=lambda name: chances.get(name, 0.0))
    return best if chances.get(best, 0.0) >= DIMENSION else dimension_of(part.norm, stance)


def tidy(words: str) -> str:
    """A clause as a sentence of its own."""
    text = re.sub(r"^[\s,;:.–—-]+|[\s,;:–—-]+$", "", " ".join(words.split()))
    return text[:1].upper() + text[1:]


def fact_of(
    part: Part,
    masked: Masked,
    subject: Subject,
    customer_id: int,
    today: date,
    linker: Linker,
    register: Register,
    whole: str,
) -> Fact:
    """The fact of a part about one customer. `whole`: the sentence, where the part is the only one of it."""
    words = masked.unmask(part.text)
    kind = part.cue.kind
    assert kind is not None
    fact = Fact(kind, customer_id, words, tidy(words), subject.person, subject.person_id)
    stance = stance_of(part.norm)
    if kind in STANCED:
        return replace(
            fact,
            sentiment=sentiment_of(part.cue),
            servqual_dimension=_dimension(part, stance),
            service=service_in(linker, register, customer_id, words, whole),
            level=level_of(part.norm) if kind == "complaint" else None,
        )
    fact = replace(fact, service=service_in(linker, register, customer_id, words, whole, offered=kind == "opportunity"))
    if kind == "opportunity":
        money = money_in(words) or money_in(whole)
        return replace(fact, amount=money[0].amount, currency=money[0].currency) if money else fact
    if kind == "commitment":
        colleagues = [person.name for person in masked.named(part.text, "person") if person.provider]
        party = part.cue.party or "provider"
        owner = colleagues[0] if colleagues and party == "provider" else None
        return replace(fact, due=due_in(words, today), party=party, owner=owner)
    if kind == "meeting":
        return replace(fact, due=due_in(words, today) or due_in(whole, today))
    if kind == "risk":
        return replace(fact, level=level_of(part.norm))
    return fact

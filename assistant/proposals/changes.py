"""A change of contact in one sentence, as the fact that it makes, and what the sentence tells besides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.proposals.clauses import pieces
from assistant.proposals.contacts import ContactReading, contact_change_as, read_contact_change
from assistant.proposals.cues import Cue
from assistant.proposals.due import due_in
from assistant.proposals.facts import tidy
from assistant.proposals.judging import Judgement
from assistant.proposals.mentions import Masked
from assistant.proposals.parts import Part, parts_of
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.reading import Fact
from assistant.proposals.strange_names import without_address
from assistant.proposals.weighing import Weigher

SURE = 0.6
"""Probability from which the trained judgement alone makes a sentence a change of contact."""
DISMISSED = 0.1
"""Probability of a change of contact below which the words that look like one are taken for something else."""
_EMAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d().-]{7,}\d")


@dataclass(frozen=True)
class Change:
    """part: where it is told; fact: what it makes, its customer still open; besides: the other facts of the sentence."""

    part: Part
    fact: Fact
    besides: tuple[Part, ...] = ()


def change_in(weigher: Weigher, sentence: str, number: int, judgement: Judgement | None) -> Change | None:
    """The change of contact of a masked sentence; where one clause alone tells it, the others are read for themselves."""
    reading = _reading(weigher.masked, sentence, judgement)
    if reading is None:
        return None
    if reading.replaces is None and reading.field != "away" and (narrow := _narrowed(weigher, sentence)):
        start, end, alone = narrow
        text = sentence[start:end]
        rest = [part for other in (sentence[:start], sentence[end:]) if other.strip() for part in parts_of(weigher, other, number)]
        return Change(*_told(weigher, text, number, alone), tuple(rest))
    besides = [part for part in parts_of(weigher, sentence, number) if part.cue.stance.tier == 3 or part.cue.kind == "risk"]
    return Change(*_told(weigher, sentence, number, reading), tuple(besides))


def _reading(masked: Masked, text: str, judgement: Judgement | None) -> ContactReading | None:
    if pattern("contacts", "unchanged").search(text):
        return None
    change = read_contact_change(masked, text)
    if change and judgement and judgement.kinds["contact_change"] < DISMISSED:
        change = None
    if not change and judgement and judgement.kinds["contact_change"] >= SURE:
        change = contact_change_as(masked, text, judgement.group("contact_change"))
    return change


def _narrowed(weigher: Weigher, sentence: str) -> tuple[int, int, ContactReading] | None:
    """The clause that tells the change, where the others name people of their own: start, end and its reading."""
    spans = pieces(sentence)
    if len(spans) < 2:
        return None
    judged = weigher.judged([sentence[start:end] for start, end in spans])
    for place, ((start, end), judgement) in enumerate(zip(spans, judged, strict=True)):
        reading = _reading(weigher.masked, sentence[start:end], judgement)
        if reading is None or reading.replaces:
            continue
        for later, last in spans[place + 1 :]:
            if weigher.named(sentence[later:last]) or weigher.rule(sentence[later:last]):
                break
            end = last
        if weigher.named(sentence[:start]) or weigher.named(sentence[end:]):
            return start, end, reading
    return None


def _told(weigher: Weigher, text: str, number: int, reading: ContactReading) -> tuple[Part, Fact]:
    words = weigher.masked.unmask(text)
    person, follows = reading.person, reading.replaces
    fact = Fact(
        "contact_change", 0, words, tidy(words), without_address(person.name), next((p.person_id for p in person.positions), None),
        field=reading.field, value=reading.value, due=due_in(_EMAIL_OR_PHONE.sub(" ", words), weigher.today),
        replaces=without_address(follows.name) if follows else None,
        replaces_id=next((p.person_id for p in follows.positions), None) if follows else None,
    )  # fmt: skip
    return Part(text, folded(text, weigher.lang), Cue("contact_change"), number), fact


def change_of(weigher: Weigher, part: Part) -> Fact | None:
    """The change of contact of a part that the trained judgement takes for one; None where its words hold none."""
    group = part.judgement.group("contact_change") if part.judgement else ""
    reading = contact_change_as(weigher.masked, part.text, group) if group else None
    return _told(weigher, part.text, part.sentence, reading)[1] if reading else None


def joined(parts: Sequence[tuple[Part, Fact | None]]) -> list[tuple[Part, Fact | None]]:
    """The parts, each with its change of contact if it tells one; of two changes that are one the later has both."""
    kept: list[tuple[Part, Fact | None]] = []
    for part, fact in parts:
        place, previous = next(((number, told) for number, (_, told) in reversed(list(enumerate(kept))) if told), (-1, None))
        if fact and previous and (one := _one(previous, fact)):
            before, fact = kept.pop(place)[0], one
            part = replace(part, text=f"{before.text}, {part.text}") if before.sentence == part.sentence else part
        kept.append((part, fact))
    return kept


def _one(before: Fact, now: Fact) -> Fact | None:
    """Two changes told one after the other as one: who leaves and who follows, who is away and who stands in; None if they are two."""
    if before.field == now.field == "away" and not before.value and not now.value and now.person != before.person:
        return replace(before, value=now.person)  # "… is on leave from Monday; letters go to Ann meanwhile"
    if now.field != "new" or now.replaces:
        return None
    if before.field == "leaving":
        return replace(now, replaces=before.person, replaces_id=before.person_id, due=now.due or before.due)
    if before.field == "away" and not before.value:
        return replace(before, value=now.person)
    return None

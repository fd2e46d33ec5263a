"""Where sources disagree: which prevails, by rank of the document and then by date (domain.md, rules of the field)."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.evidence import Evidence
from assistant.models.builtin.questions.claims import Claim, key_of
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.orders import rank_on
from assistant.models.builtin.weighing.reading import TYPED, Reading
from assistant.models.builtin.weighing.values import TypedValue
from knowledge.language.concepts import concept_names
from knowledge.records.authority import Authority


@dataclass
class Disagreement:
    """`prevailing` beats `others`; `claim_holds` says whether what the asker had heard is what prevails (None: no claim)."""

    prevailing: Reading
    others: list[Reading]
    claim_holds: bool | None = None


OFFICIAL = Authority.MASTER_TABLE
"""Documents of this rank or better can settle a question: amendment, agreement, letter, guide, master table."""


AGREEMENTS = frozenset({"contract", "agreement", "amendment", "sla", "statement_of_work"})
"""Documents in which a customer and the provider agreed something."""

SAYING = re.compile(r"^(?:say|says|said|states?|mentions?|sebut\w*|menyebut\w*|kata\w*|bilang\w*|berbunyi|bunyi\w*|menyatakan|nyatakan)$", re.IGNORECASE)
_SAME_THING = 0.9
_SAME_TOPIC, _NEARLY = 0.5, 0.6


BEHIND = frozenset({"ola", "underpinning_contract"})
"""Agreements of the provider's with its suppliers and between its own teams."""


def disagreement(asked: Understanding, readings: list[Reading], day: date | None = None) -> Disagreement | None:
    """Readings of different documents about the same thing that give different values or words.

    What somebody was heard to say names the speaker and the number; a document that settles it need name neither. So each
    document's sentence is judged by the topic alone.
    """
    claim, named = _claim(asked), len(asked.claims) > 1
    typed = [reading for reading in readings if reading.typed] if claim or any(kind in TYPED for kind in asked.asks) else readings
    if not asked.sources & BEHIND:  # what stands behind an agreement does not contradict it
        typed = [reading for reading in typed if reading.evidence.doc_kind not in BEHIND]
    by_document: dict[str, Reading] = {}
    for reading in sorted(typed, key=lambda reading: -(reading.topic_coverage + 0.3 * reading.score)):
        if _replaces(reading, asked) or named and _both_state(reading, asked):
            by_document.setdefault(reading.evidence.source, reading)
            continue
        in_prose = reading.evidence.notes.get("kind") != "table_row" or reading.evidence.authority <= Authority.LETTER
        if reading.topic_coverage >= (0.3 if named else 0.55) and (in_prose or named) and (not named or any(_speaks_of(reading, one) for one in asked.claims)):
            by_document.setdefault(reading.evidence.source, reading)
    chosen = sorted(
        by_document.values(),
        key=lambda reading: (rank_on(reading.evidence, day or asked.today), -(reading.evidence.dated.toordinal() if reading.evidence.dated else 0), -reading.score),
    )
    if not chosen or chosen[0].evidence.authority > OFFICIAL and not named:
        return None
    prevailing = chosen[0]
    others = sorted((other for other in chosen[1:] if _differs(prevailing, other) and of_one_customer(prevailing.evidence, other.evidence)), key=lambda other: -(other.topic_coverage + other.coverage))
    holds = None
    if claim is not None and prevailing.values:
        holds = _says(prevailing, claim)
        others.sort(key=lambda other: not _says(other, claim))
    if not others and holds is None:
        return None
    return Disagreement(prevailing, others, holds if asked.asks_for("yesno") else None)


def claimed(asked: Understanding, readings: list[Reading]) -> Disagreement | None:
    """What an agreement says of something for which the question gives another source's value ("in the meeting … 60 days").

    The agreement's sentence is the one about the same thing with a value of the same kind: by the question's words and by
    those of the sentence that made the claim, whatever the language of each. None without such a claim or sentence.
    """
    claim = _claim(asked)
    if claim is None or not (asked.sources & AGREEMENTS and asked.asks_for("conflict")):
        return None
    said = [each for each in readings if each.evidence.authority > OFFICIAL and _says(each, claim)]
    source = max(said, key=lambda each: each.score, default=None)
    topics = [concept.names for concept in asked.focus if concept.names and not SAYING.match(concept.text)]
    told = concept_names(source.text) if source else frozenset()
    scored = [
        (_sameness(each, claim, topics, told), each)
        for each in readings
        if each.evidence.doc_kind in AGREEMENTS and _like(each, claim)
    ]
    best, prevailing = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if prevailing is None or best < _SAME_THING:
        return None
    holds = _says(prevailing, claim)
    return Disagreement(prevailing, [source] if source and not holds else [], holds if asked.asks_for("yesno") else None)


def by_the_agreement(asked: Understanding, readings: list[Reading], best: Reading | None) -> Disagreement | None:
    """The agreement's own words where the question asks for them by name ("what does the contract say?") and what reads best was
    told elsewhere; None where the question names where it was told, or the agreement says nothing of it."""
    if best is None or not asked.sources & AGREEMENTS or best.evidence.doc_kind in asked.sources | AGREEMENTS or best.evidence.authority <= OFFICIAL:
        return None
    own = [
        each
        for each in readings
        if each.evidence.doc_kind in AGREEMENTS
        and (each.typed or not best.typed)
        and each.topic_coverage >= _SAME_TOPIC
        and not each.vetoed
        and of_one_customer(each.evidence, best.evidence)
    ]
    prevailing = max(own, key=lambda each: each.score, default=None)
    if prevailing is None or prevailing.score < _NEARLY * best.score:
        return None
    return Disagreement(prevailing, [best] if _differs(prevailing, best) else [])


def _replaces(reading: Reading, asked: Understanding) -> bool:
    """Whether a sentence that speaks of what is asked gives a value that the question states as the one that it replaces."""
    return reading.own_coverage > 0 and reading.evidence.authority <= OFFICIAL and any(claim.key in reading.replaced for claim in asked.claims if not isinstance(claim.key, int))


def _both_state(reading: Reading, asked: Understanding) -> bool:
    """Whether an agreement of the customer asked about, or a part of one, states one of the values that the question weighs."""
    theirs = bool(set(reading.evidence.customers) & set(asked.customers)) and reading.evidence.authority <= Authority.ANNEX
    return theirs and not reading.vetoed and any(_says(reading, claim) for claim in asked.claims if not isinstance(claim.key, int))


def _speaks_of(reading: Reading, claim: Claim) -> bool:
    """Whether a sentence gives the claimed value, or another that took its place."""
    return _says(reading, claim) or claim.key in reading.replaced


def _says(reading: Reading, claim: Claim) -> bool:
    """Whether a sentence gives the claimed value."""
    return any(claim.key in key_of(value.kind, value.value, value.text) for value in reading.values if _KINDS.get(value.kind, value.kind) == claim.kind)


_KINDS = {"day": "date"}


def _like(reading: Reading, claim: Claim) -> bool:
    """Whether a sentence gives a value that the claimed one can be compared with."""
    wanted = _dimension(claim.kind, claim.key)
    return any(_KINDS.get(value.kind, value.kind) == claim.kind and _dimension(value.kind, value.value) == wanted for value in reading.values)


def _dimension(kind: str, key: object) -> object:
    """Minutes and hours are compared with each other, and so are days of all kinds, weeks and months."""
    unit = key[1] if kind == "duration" and isinstance(key, tuple) else None
    return "short" if unit in ("minute", "hour") else unit and "long"


def _sameness(reading: Reading, claim: Claim, topics: list[frozenset[str]], told: frozenset[str]) -> float:
    words = concept_names(f"{reading.evidence.context.rsplit(' > ', 1)[-1]} {reading.text}")
    share = sum(bool(names & words) for names in topics) / len(topics) if topics else 0.0
    unit = any(value.kind == "duration" and value.value[1] == claim.key[1] for value in reading.values) if isinstance(claim.key, tuple) else True
    return share + 0.15 * min(len(told & words), 4) + 0.2 * unit + 0.3 * reading.score


def of_one_customer(one: Evidence, other: Evidence) -> bool:
    """What two customers have agreed to differs, but is no contradiction."""
    first, second = set(one.customers), set(other.customers)
    return not first or not second or bool(first & second)


def _differs(one: Reading, other: Reading) -> bool:
    if one.values and other.values:
        return not {_key(value) for value in one.values} & {_key(value) for value in other.values}
    return one.evidence.source != other.evidence.source


def _key(value: TypedValue) -> object:
    return value.value if value.kind != "date" else value.value[0]


def _claim(asked: Understanding) -> Claim | None:
    """The value that the question itself states ("… 15 menit. Benar?")."""
    return next((claim for kind in ("duration", "percent", "money", "date", "time") for claim in asked.claims if claim.kind == kind), None)

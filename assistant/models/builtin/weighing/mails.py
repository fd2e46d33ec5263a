"""A mail that a question asks about: what it is about, when and where, told in its own words."""

import re
from collections import defaultdict

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.reading import Reading
from knowledge.language.concepts import Concept, concept_names

_MOST = 420
"""Characters that are quoted of a mail."""
_OTHER = ("conflict", "yesno", "speech", "email", "phone")


def mail_asked(asked: Understanding, readings: list[Reading]) -> list[Reading]:
    """The sentences, in their order, of the one mail that the question names by its sender, its subject or its words; [] where it names none."""
    if "email" not in asked.sources or asked.asks_for(*_OTHER) or not asked.focus:
        return []
    mails: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.evidence.doc_kind == "email":
            mails[reading.evidence.source].append(reading)
    said = {source: sum(_said(concept, found) for concept in asked.focus) for source, found in mails.items()}
    most = max(said.values(), default=0.0)
    best = [source for source, number in said.items() if number == most]
    if len(best) != 1 or most < max(1.0, len(asked.focus) / 2):
        return []
    sentences = sorted((each for each in mails[best[0]] if each.evidence.notes.get("kind") != "metadata" and not _is_header(each)), key=lambda each: (each.evidence.passage_id or 0, each.start))
    kept: list[Reading] = []
    for reading in sentences:
        if sum(len(each.text) for each in kept) + len(reading.text) > _MOST:
            break
        kept.append(reading)
    return kept


def _said(concept: Concept, readings: list[Reading]) -> float:
    """How surely a mail speaks of something: its very word counts more than one of the same meaning."""
    if not concept.names & _names(readings):
        return 0.0
    literal = any(re.search(rf"\b{re.escape(concept.text)}", f"{reading.text} {reading.evidence.title}", re.IGNORECASE) for reading in readings)
    return 1.0 if literal else 0.9


def _is_header(reading: Reading) -> bool:
    return reading.text.lstrip().startswith(("From:", "Dari:"))


def _names(readings: list[Reading]) -> set[str]:
    """What a mail speaks of, its head included."""
    return {name for reading in readings for text in (reading.text, reading.evidence.title, reading.evidence.quote) for name in concept_names(text)}

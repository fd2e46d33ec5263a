"""Notes of several days and people in one file, a paragraph each: "11 Nov 2031, 10.20 - Bu Ratna (Melati): …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.documents.dating import first_date
from knowledge.intake.prose.facts import NameFinder, PersonMention, ProseFacts
from knowledge.intake.prose.text import PlacedBlock

_DATED = re.compile(r"\W{0,4}(?:\d{4}-\d{2}-\d{2}|\d{1,2}[\s./-]+(?:[^\W\d]{3,9}|\d{1,2})[\s./-]+\d{2,4})(?!\d)")
_OPENING, _FEWEST = 90, 2


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    on: date
    customer: int | None
    person: PersonMention | None


def settle_entries(facts: ProseFacts, placed: Sequence[PlacedBlock], names: NameFinder) -> None:
    """Gives what an entry says its own day, customer and person, where a document is a log of dated entries."""
    entries = [entry for item in placed if (entry := _entry(item, names))]
    if len(entries) < _FEWEST or len({entry.customer for entry in entries} | {entry.on for entry in entries}) < _FEWEST:
        return
    for commitment in facts.commitments:
        if entry := _holding(entries, commitment.quote):
            commitment.on = entry.on
            commitment.customer_id = entry.customer or commitment.customer_id
            if entry.person and "requested_by" in commitment.extra and not _names(commitment.quote, commitment.extra["requested_by"]):
                commitment.extra["requested_by"] = entry.person.name
    for feedback in facts.feedback:
        if entry := _holding(entries, feedback.quote):
            feedback.on = entry.on
            feedback.customer_id = entry.customer or feedback.customer_id
            if entry.person and not _names(feedback.quote, feedback.person):
                feedback.person, feedback.person_id = entry.person.name, entry.person.person_id
    for risk in facts.risks:
        if entry := _holding(entries, risk.quote):
            risk.on = entry.on
            risk.customer_id = entry.customer or risk.customer_id


def _entry(item: PlacedBlock, names: NameFinder) -> _Entry | None:
    match = _DATED.match(item.text)
    on = first_date(item.text, match.end()) if match else None
    if on is None:
        return None
    opening = re.split(r"\.\s+(?=[A-ZÀ-Ý])|:\s", item.text[:_OPENING])[0] if item.text[:_OPENING].count(" ") else item.text[:_OPENING]
    people = names.people(opening)
    customers = {mention.id for mention in names.customers(opening)}
    person = people[0] if people else None
    customer = customers.pop() if len(customers) == 1 else person.customer_id if person and not customers else None
    return _Entry(item.text, on, customer, person)


def _holding(entries: Sequence[_Entry], quote: str) -> _Entry | None:
    return next((entry for entry in entries if quote and quote in entry.text), None)


def _names(quote: str, person: str | None) -> bool:
    return bool(person) and any(word in quote for word in str(person).split() if len(word) > 2)

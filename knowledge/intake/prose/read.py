"""Everything that one document's prose says, as drafts of records."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.documents.model import LoadedDocument
from knowledge.documents.passages import Passage
from knowledge.intake.prose.actions import actions_in, actions_in_tables, owner_of
from knowledge.intake.prose.agreements import read_agreement
from knowledge.intake.prose.aliases import read_aliases
from knowledge.intake.prose.classify import AGREEMENT_KINDS, DocumentClass
from knowledge.intake.prose.decisions import decisions_in
from knowledge.intake.prose.entries import settle_entries
from knowledge.intake.prose.facts import CommitmentDraft, Draft, NameFinder, ProseFacts
from knowledge.intake.prose.feedback import feedback_in, risks_in
from knowledge.intake.prose.letters import complaint_of, reference_of
from knowledge.intake.prose.meetings import next_meeting, read_meeting
from knowledge.intake.prose.people import Cast, read_cast
from knowledge.intake.prose.plans import plans_in
from knowledge.intake.prose.promises import promises_in
from knowledge.intake.prose.requests import requests_in
from knowledge.intake.prose.statements import read_statements
from knowledge.intake.prose.text import PlacedBlock, place_blocks

_CONVERSATIONS = ("minutes", "call_note", "email", "letter", "note", "other", "notice", "change_notice")
_MEETINGS = ("minutes", "call_note")
_CHANNELS = {"minutes": "meeting", "call_note": "phone", "email": "email", "letter": "letter"}


def read_prose(
    doc: LoadedDocument, passages: Sequence[Passage], klass: DocumentClass, names: NameFinder, today: date
) -> ProseFacts:
    """The facts of a document's prose, Indonesian and English.

    Every draft's quote stands in the document word for word. Passages that give orders to an assistant are listed in
    `suspicious` and yield nothing; promotions and vendors' mail yield nothing but that
    and, from a note about a vendor, what our own people are to do. Dates without a year are read
    as
    near to the document's own date, else to `today`.
    """
    facts = ProseFacts()
    placed, facts.suspicious = place_blocks(doc, passages)
    if not placed:
        return facts
    if klass.kind == "promotion":
        facts.commitments += _ours_about_a_vendor(doc, placed, klass, names, today)
        for commitment in facts.commitments:
            _settle_passage(commitment, passages)
        return facts
    facts.aliases = read_aliases(placed)
    if klass.kind in AGREEMENT_KINDS:
        read_agreement(facts, doc, placed, klass, names, klass.dated or today)
    elif klass.kind in _CONVERSATIONS:
        _read_conversation(facts, doc, placed, klass, names, today)
    for draft in facts.drafts():
        _settle_passage(draft, passages)
    return facts


def _ours_about_a_vendor(
    doc: LoadedDocument, placed: Sequence[PlacedBlock], klass: DocumentClass, names: NameFinder, today: date
) -> list[CommitmentDraft]:
    """What our own people, by name, are to do after a vendor's demo; nothing of what the vendor says."""
    if doc.participants.get("from"):
        return []
    cast = read_cast(doc, placed, names, klass.kind)
    found = []
    for statement in read_statements(placed, cast, klass.dated or doc.date):
        for draft in [*(actions_in(statement, cast, today) if statement.mode == "action" else promises_in(statement, cast, today))]:
            if draft.owner and any(person.provider and person.name == draft.owner for person in names.people(draft.quote)):
                found.append(draft)
    return found


def _read_conversation(
    facts: ProseFacts,
    doc: LoadedDocument,
    placed: Sequence[PlacedBlock],
    klass: DocumentClass,
    names: NameFinder,
    today: date,
) -> None:
    cast = read_cast(doc, placed, names, klass.kind)
    on = klass.dated or doc.date
    if klass.kind in _MEETINGS:
        facts.meeting = read_meeting(doc, placed, klass, cast, names, today)
    customer = facts.meeting.customer_id if facts.meeting else None
    facts.commitments += actions_in_tables(placed, cast, on, today)
    _read_statements(facts, placed, klass, cast, customer, today)
    settle_entries(facts, placed, names)
    reference = reference_of(placed) if klass.kind in ("letter", "email", "notice") else {}
    if reference and not facts.feedback and cast.author_side != "provider":
        facts.feedback += complaint_of(
            placed, reference.get("subject") or klass.title, cast, on, _CHANNELS.get(klass.kind)
        )
    for commitment in facts.commitments:
        commitment.customer_id = commitment.customer_id or customer
        if reference and commitment.kind == "request":
            commitment.extra |= reference
    for feedback in facts.feedback:
        feedback.customer_id = feedback.customer_id or customer
    for risk in facts.risks:
        risk.customer_id = risk.customer_id or customer


def _read_statements(
    facts: ProseFacts,
    placed: Sequence[PlacedBlock],
    klass: DocumentClass,
    cast: Cast,
    customer: int | None,
    today: date,
) -> None:
    statements = read_statements(placed, cast, klass.dated)
    channel = _CHANNELS.get(klass.kind)
    for number, statement in enumerate(statements):
        planned = next_meeting(statement, customer, today)
        facts.planned_meetings += [planned] if planned else []
        if statement.mode == "action":
            if planned is None or owner_of(statement.text, cast):
                facts.commitments += actions_in(statement, cast, today)
            continue
        facts.risks += risks_in(statement, cast)
        facts.feedback += feedback_in(statement, cast, channel)
        if klass.kind in _MEETINGS or statement.mode == "decision":
            decided = list(decisions_in(statement))
            facts.commitments += decided
            if statement.mode == "decision":
                continue
        promised = list(promises_in(statement, cast, today))
        facts.commitments += promised
        if not promised:
            facts.commitments += plans_in(statement, cast)
        taken = {draft.quote for draft in facts.commitments if draft.passage == statement.passage}
        facts.commitments += [
            draft for draft in requests_in(statement, cast, today, statements[number + 1 :]) if draft.quote not in taken
        ]


def _settle_passage(draft: Draft, passages: Sequence[Passage]) -> None:
    """A long block may be spread over several passages: the one that holds the quote."""
    if not passages or not draft.quote:
        return
    if draft.passage < len(passages) and _holds(passages[draft.passage], draft.quote):
        return
    near = sorted(range(len(passages)), key=lambda i: abs(i - draft.passage))
    draft.passage = next((i for i in near if _holds(passages[i], draft.quote)), min(draft.passage, len(passages) - 1))


def _holds(passage: Passage, quote: str) -> bool:
    return re.sub(r"\s+", " ", quote) in re.sub(r"\s+", " ", passage.text)

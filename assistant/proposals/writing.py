"""Writes an approved proposal as a record with its passage, and withdraws both again. All in the caller's transaction."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from assistant.proposals.address_book import Written, apply_contact_change, day_of, withdraw_contacts
from assistant.proposals.cards import beside_lines, card_lines, kind_name
from assistant.proposals.payload import Payload
from assistant.proposals.phrases import language_of
from assistant.proposals.tables import Proposal
from knowledge.embeddings.base import Embedder
from knowledge.index.lexical import stem_text
from knowledge.index.reindex import embedding_text
from knowledge.index.vectors import to_blob
from knowledge.language.vocabulary import Language
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.records.kinds import KINDS
from knowledge.records.relationship import (
    Commitment,
    ContactChange,
    Feedback,
    Improvement,
    Meeting,
    Risk,
)
from knowledge.records.services import Opportunity

RECORD_KINDS = {
    "feedback": "feedback", "complaint": "feedback", "compliment": "feedback", "commitment": "commitment", "meeting": "meeting",
    "opportunity": "opportunity", "risk": "risk", "improvement": "improvement", "contact_change": "contact_change",
}  # fmt: skip
PASSAGE_KIND = "update"
AUTHORITY = 70  # what was told counts like a call note: below all that was written (docs/domain: precedence)
_LINES_OF_THE_DECISION = 3  # status, revision, open until: of the card, not of what is known


@dataclass(frozen=True)
class PassageDraft:
    """Text of the passage of a proposal with its vector, made before the transaction so that no lock waits for the model."""

    text: str
    context: str
    language: Language
    embedding: bytes | None = None
    embedding_model: str | None = None


def draft_passage(proposal: Proposal, embedder: Embedder | None) -> PassageDraft:
    """The passage by which the next question finds the update: its fields in words, then the person's exact words."""
    language: Language = language_of(proposal.words)
    beside = beside_lines(proposal.payload, language)
    lines = [line for line in card_lines(proposal, language)[:-_LINES_OF_THE_DECISION] if line not in beside]
    text = "\n".join(f"{name}: {value}" for name, value in lines)
    context = f"{kind_name(proposal.kind, language)} – {proposal.payload['customer']}"
    if embedder is None:
        return PassageDraft(text, context, language)
    vector = embedder.embed_passages([embedding_text(context, text)])[0]
    return PassageDraft(text, context, language, to_blob(vector), embedder.name)


def _links(payload: Payload) -> dict[str, Any]:
    """What the record's own columns do not hold: how grave it is, and the records that it continues or differs from."""
    links: dict[str, Any] = {"level": payload["level"]} if payload.get("level") else {}
    for how in ("continues", "changes"):
        found = [entry["record"] for entry in payload.get("beside") or () if entry["how"] == how]
        if found:
            links[how] = found
    return links


def _record(proposal: Proposal, payload: Payload, approver: str, today: date) -> SQLModel:
    common: dict[str, Any] = {
        "customer_id": payload["customer_id"], "quote": proposal.words, "origin": "update", "confirmed_by": approver,
        "identity": f"update:{proposal.id}", "locator": {"proposal": proposal.id, **proposal.source}, "extra": _links(payload),
    }  # fmt: skip
    on = day_of(payload, "on") or today
    person, service, text = payload.get("person"), payload.get("service"), payload["text"]
    match RECORD_KINDS[proposal.kind]:
        case "feedback":
            return Feedback(
                **common, on=on, person=person, person_id=payload.get("person_id"), channel="chat", kind=proposal.kind, service=service,
                words=text, sentiment=payload.get("sentiment"), servqual_dimension=payload.get("servqual_dimension"), status="open",
            )  # fmt: skip
        case "commitment":
            ours = payload.get("party") != "customer"
            return Commitment(
                **common, on=on, party=payload.get("party"), owner=payload.get("owner"), to_whom=person if ours else None, text=text,
                due=day_of(payload, "due"), service=service,
            )  # fmt: skip
        case "meeting":
            day = day_of(payload, "due")
            attendees = [{"name": person, "person_id": payload.get("person_id"), "side": "customer"}] if person else []
            planned = day is None or day >= today
            return Meeting(
                **common, on=day, title=text, attendees=attendees, person=person, planned=planned, words=proposal.words
            )
        case "opportunity":
            value = Decimal(payload["amount"]) if payload.get("amount") else None
            return Opportunity(
                **common, title=text, service=service, value=value, currency=payload.get("currency"), stage="identified",
                owner=payload.get("owner"), person=person, notes=proposal.words,
            )  # fmt: skip
        case "risk":
            return Risk(
                **common, on=on, person=person, service=service, text=text, level=payload.get("level"), status="open"
            )
        case "improvement":
            return Improvement(**common, on=on, person=person, service=service, text=text, status="open")
        case _:
            return ContactChange(
                **common,
                on=on,
                person=person,
                due=day_of(payload, "due"),
                text=text,
                field=payload.get("field"),
                value=payload.get("value"),
            )


def write_record(session: Session, proposal: Proposal, approver: str, today: date, passage: PassageDraft) -> Written:
    """The record of a proposal and the passage by which it is found, searchable as soon as the transaction commits."""
    payload = proposal.payload
    record: Any = _record(proposal, payload, approver, today)
    session.add(record)
    session.flush()
    written = Written(RECORD_KINDS[proposal.kind], record.id)
    if proposal.kind == "contact_change":
        apply_contact_change(session, proposal, payload, approver, today, written)
    row = Passage(
        text=passage.text, context=passage.context, kind=PASSAGE_KIND, language=passage.language,
        locator={"proposal": proposal.id, **proposal.source}, dated=day_of(payload, "on") or today, authority=AUTHORITY, internal=True,
        record_kind=written.kind, record_id=record.id, stems=stem_text(passage.context, passage.text, passage.language),
        embedding=passage.embedding, embedding_model=passage.embedding_model, ready=True,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    session.add(PassageCustomer(passage_id=row.id, customer_id=payload["customer_id"]))
    record.passage_id = row.id
    session.add(record)
    session.flush()
    return written


def withdraw_record(
    session: Session, kind: str, record_id: int, before: dict[str, Any], after: dict[str, Any]
) -> list[str]:
    """Takes a written update back; returns the fields of contacts that stay because somebody changed them again since."""
    record: Any = session.get(KINDS[kind], record_id)
    record.withdrawn = True
    session.add(record)
    passages = session.exec(
        select(Passage).where(
            col(Passage.record_kind) == kind, col(Passage.record_id) == record_id, col(Passage.kind) == PASSAGE_KIND
        )
    )
    for passage in passages:
        passage.ready = False
        session.add(passage)
    kept = withdraw_contacts(session, before, after)
    session.flush()
    return kept

"""An update in words: proposed, shown, listed. What a person decides about it is in decisions.py."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from assistant.proposals.audit import note
from assistant.proposals.beside import beside
from assistant.proposals.cards import card_text, kind_name, reply
from assistant.proposals.decisions import Clock, approve, edit, reject, undo
from assistant.proposals.judging import Judge
from assistant.proposals.payload import payload_of, sha_of
from assistant.proposals.phrases import cleaned, language_of, word_list
from assistant.proposals.reading import Question, UpdateReading
from assistant.proposals.register import Register, load_register
from assistant.proposals.tables import Proposal
from assistant.proposals.transitions import Decision, present_rights, visible
from assistant.proposals.understand import understand_update
from knowledge.access import Viewer, customer_clause
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker
from knowledge.records.base import now as wall_clock
from knowledge.store import read, write

__all__ = ["Decision", "LogResult", "approve", "as_json", "edit", "list_for", "propose", "reject", "show", "undo"]

OPEN_FOR = timedelta(days=7)
_LISTED_CHOICES = 8


@dataclass(frozen=True)
class LogResult:
    """What came of an update.

    asked      the question back, None where nothing is open
    abstained  the message names somebody outside the person's portfolio (or nobody known); nothing is proposed for that part
    reason     as in UpdateReading
    """

    answer: str
    proposals: list[Proposal] = field(default_factory=list)
    asked: str | None = None
    abstained: bool = False
    reason: str = "fact"
    language: Language = "id"

    def as_json(self) -> dict[str, Any]:
        """The contract of `akrab log`."""
        return {
            "answer": self.answer, "proposals": [as_json(proposal) for proposal in self.proposals], "asked": self.asked is not None,
            "abstained": self.abstained, "reason": self.reason, "language": self.language,
        }  # fmt: skip


def as_json(proposal: Proposal, state: str | None = None) -> dict[str, Any]:
    """A proposal as the command line and other doors print it."""
    payload = proposal.payload
    names = (
        "customer",
        "person",
        "service",
        "sentiment",
        "servqual_dimension",
        "due",
        "amount",
        "currency",
        "party",
        "level",
        "field",
        "value",
        "text",
        "beside",
    )
    record = f"{proposal.record_kind}:{proposal.record_id}" if proposal.record_id else None
    amount = payload.get("amount")
    return {
        "id": proposal.id, "kind": proposal.kind, **{name: payload.get(name) for name in names}, "words": proposal.words,
        "amount": (float(amount) if "." in amount else int(amount)) if amount else None, "status": state or proposal.state,
        "revision": proposal.revision, "payload_sha": proposal.payload_sha, "expires_at": proposal.expires_at.isoformat(), "record": record,
    }  # fmt: skip


def _question(question: Question, register: Register, viewer: Viewer, lang: Language) -> str:
    if question.about == "person":
        return reply("ask_person", lang, choices=", ".join(dict.fromkeys(question.people)))
    if question.about == "kind":
        names = [kind_name(kind, lang).lower() for kind in question.kinds]
        return reply("ask_kind", lang, words=cleaned(question.words), choices=word_list("replies")["or"][lang].join(names), first=names[0])
    if question.named:
        return reply("not_in_portfolio", lang)
    fitting = question.customer_ids or (tuple(register.customers) if not viewer.everything else ())
    names = sorted(register.customers[identity] for identity in fitting if identity in register.customers)
    if names and len(names) <= _LISTED_CHOICES:
        return reply("ask_customer_of", lang, choices=", ".join(names))
    return reply("ask_customer", lang)


def _new_id(session: Session) -> str:
    for length in (2, 2, 2, 3, 4, 8):
        identity = f"prop_{secrets.token_hex(length)}"
        if session.get(Proposal, identity) is None:
            return identity
    raise RuntimeError("no free proposal id")


def _answer(reading: UpdateReading, proposals: list[Proposal], asked: str | None, lang: Language) -> str:
    blocks = []
    if proposals:
        blocks.append(reply("proposed" if len(proposals) == 1 else "proposed_many", lang, count=len(proposals)))
        blocks += [card_text(proposal, lang) for proposal in proposals]
    if asked and reading.asked:
        blocks.append((reply("about", lang, words=cleaned(reading.asked.words)) + " " if proposals else "") + asked)
    if not blocks:
        name = reading.reason if reading.reason in ("question", "request", "small_talk", "hypothetical") else "no_fact"
        blocks.append(reply(name, lang))
    return "\n\n".join(blocks)


def propose(
    engine: Engine,
    viewer: Viewer,
    text: str,
    today: date,
    *,
    conversation_id: str | None = None,
    context_customer_ids: tuple[int, ...] = (),
    source: Mapping[str, Any] | None = None,
    lang: Language | None = None,
    now: Clock = wall_clock,
    open_for: timedelta = OPEN_FOR,
    judge: Judge | None = None,
) -> LogResult:
    """Reads a message and keeps what it tells as pending proposals; nothing of it is known before somebody approves.

    source  where it was said: {"author", "permalink", "message": unique key of the chat message, …}; the same message of the
            same person is proposed only once.
    judge   the trained judgement beside the rules (Akrab.judge); None: the rules alone
    """
    language: Language = lang or language_of(text)
    linker = Linker.of(engine)
    with read(engine) as session:
        register = load_register(session, present_rights(session, viewer), today)
        reading = understand_update(
            text, today=today, linker=linker, viewer=viewer, speaker_account=viewer.account, lang=language,
            context_customer_ids=tuple(identity for identity in context_customer_ids if viewer.may_see(identity)), register=register, judge=judge,
        )  # fmt: skip
    asked = _question(reading.asked, register, viewer, language) if reading.asked else None
    source = dict(source or {})
    proposals: list[Proposal] = []
    if reading.facts:
        with write(engine) as session:
            key = str(source.get("message") or "")
            known = _proposed_before(session, viewer.account, key)
            if known:
                cards = [card_text(proposal, language) for proposal in known]
                return LogResult(
                    "\n\n".join([reply("again", language), *cards]), known, asked, reading.refused, language=language
                )
            at, rights = now(), present_rights(session, viewer)
            for fact in reading.facts:
                customer = register.customers.get(fact.customer_id, "")
                payload = payload_of(fact, customer, fact.owner or viewer.name or viewer.account, today)
                payload["beside"] = beside(session, rights, fact.kind, payload, today)
                proposal = Proposal(
                    id=_new_id(session), account=viewer.account, conversation_id=conversation_id, kind=fact.kind, payload=payload,
                    payload_sha=sha_of(fact.kind, payload), words=cleaned(fact.words), customer_id=fact.customer_id, created_at=at,
                    expires_at=at + open_for, source=source, source_key=key or None,
                )  # fmt: skip
                session.add(proposal)
                session.flush()
                note(session, at, viewer.account, "propose", proposal.id, None, None, payload)
                proposals.append(proposal)
    answer = _answer(reading, proposals, asked, language)
    return LogResult(answer, proposals, asked, reading.refused, reading.reason, language)


def _proposed_before(session: Session, account: str, key: str) -> list[Proposal]:
    if not key:
        return []
    found = (
        select(Proposal)
        .where(col(Proposal.account) == account, col(Proposal.source_key) == key)
        .order_by(col(Proposal.created_at))
    )
    return list(session.exec(found))


def show(engine: Engine, viewer: Viewer, proposal_id: str) -> Proposal | None:
    """The proposal, None where there is none that this person may see."""
    with read(engine) as session:
        proposal = visible(session, present_rights(session, viewer), proposal_id)
        session.expunge_all()  # the end of a read expires what belongs to it
        return proposal


def state_at(proposal: Proposal, at: datetime) -> str:
    """The state at a moment: an open proposal that nobody decided in time is expired."""
    return "expired" if proposal.state == "pending" and proposal.expires_at <= at else proposal.state


def list_for(
    engine: Engine, viewer: Viewer, *, states: tuple[str, ...] = ("pending",), now: Clock = wall_clock
) -> list[Proposal]:
    """The proposals about customers that this person may see, newest first; `states` as they are at this moment."""
    stored = {*states, "pending"} if "expired" in states else set(states)
    at = now()
    with read(engine) as session:
        rights = present_rights(session, viewer)
        rows = session.exec(
            select(Proposal)
            .where(
                customer_clause(rights, Proposal.customer_id), or_(*(col(Proposal.state) == state for state in stored))
            )
            .order_by(col(Proposal.created_at).desc(), col(Proposal.id))
        ).all()
        session.expunge_all()
    return [row for row in rows if state_at(row, at) in states]

"""The promise ledger: who promised what to whom, due when, said where (domain.md, rules of the field)."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.dates import find_dates
from knowledge.language.periods import find_period
from knowledge.records.relationship import Commitment

PROVIDER = re.compile(r"\b(kita|kami|saya|we|us|our|i)\b", re.IGNORECASE)
OVERDUE = re.compile(r"\b(lewat|terlambat|telat|overdue|past due|late)\b", re.IGNORECASE)
DUE = re.compile(r"\b(jatuh tempo|tenggat\w*|deadline|paling lambat|due|fall\w* due|harus (?:selesai|dipenuhi|ditepati))\b", re.IGNORECASE)
PROMISE = re.compile(r"\b(janji\w*|menjanjikan|dijanjikan|berjanji|kesanggupan|sanggup\w*|komitmen|promis\w+|commit(?:ted|ments?)?)\b", re.IGNORECASE)


@dataclass
class KnownCommitment:
    """A commitment on file and where it was said."""

    commitment: Commitment
    evidence: Evidence


def commitments(desk: Desk, question: str, customers: tuple[int, ...], limit: int = 6) -> list[KnownCommitment]:
    """Promises and action items that a question asks for: of a customer, of a person, said on a day, of one side, overdue, due in a period.

    What falls due in a period comes in that order; else newest first where nothing says which; empty when the question speaks of no promise.
    """
    if not PROMISE.search(question):
        return []
    query = select(Commitment).where(
        col(Commitment.withdrawn).is_(False), record_clause(desk.viewer, Commitment), col(Commitment.kind).in_(("promise", "action_item"))
    )
    if customers:
        query = query.where(col(Commitment.customer_id).in_(customers))
    due = find_period(question, desk.today) if DUE.search(question) else None
    if due is not None:
        query = query.where(col(Commitment.due).between(due.start, due.end), col(Commitment.status) != "done")
    days = [] if due is not None else [span for span in find_dates(question, desk.today) if not span.relative and span.precision in ("day", "month")]
    if days:
        query = query.where(col(Commitment.on).between(days[0].value, days[0].until))
    owners = [person.name for person in desk.linker.people(question) if person.provider or not PROVIDER.search(question)]
    if owners:
        query = query.where(col(Commitment.owner).in_(owners))
    elif PROVIDER.search(question):
        query = query.where(col(Commitment.party) == "provider")
    if OVERDUE.search(question):
        query = query.where(col(Commitment.due) < desk.today, col(Commitment.status) != "done")
    if not (customers or owners or days or due is not None):
        return []
    found = []
    first = (col(Commitment.due), col(Commitment.on).desc()) if due is not None else (col(Commitment.on).desc(), col(Commitment.due))
    for commitment in desk.session.execute(query.order_by(*first).limit(limit)).scalars():
        evidence = record_as_evidence(desk.session, desk.viewer, "commitment", commitment.id or 0)
        if evidence is not None and commitment.text:
            evidence.passage_id = None  # two promises of one passage are two pieces of evidence
            found.append(KnownCommitment(commitment, desk.keep(evidence)))
            desk.computed.dates |= {day for day in (commitment.on, commitment.due) if day}
    return found

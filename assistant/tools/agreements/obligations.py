"""What each side of an agreement must do: the clauses in force, whether each is met, and what the ledger says of it."""

from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.clause_history import histories_of
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.concepts import concept_names
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_expressions
from knowledge.records.agreements import Obligation
from knowledge.records.relationship import Commitment

MOST = 10
_RELATED, _SHARE = 2, 0.5
"""So many words of meaning, and so large a share of its own, an entry of the ledger has in common with the duty that it is about."""


@dataclass
class KnownObligation:
    """One duty. party: provider | customer; met: None where nothing on file says; related: entries of the ledger about it."""

    party: str
    text: str
    met: bool | None
    evidence: Evidence
    related: list[tuple[Commitment, Evidence]] = field(default_factory=list)


_pattern = partial(section_expressions, __file__, "obligations")


def asks_for_obligations(question: str) -> bool:
    """Whether a question asks what a side of an agreement must do, in general."""
    plain = normalise(question)
    return bool(_pattern("duties").search(plain)) and not _pattern("one_thing").search(plain)


def side_asked(question: str) -> str | None:
    """provider, customer, or None for both."""
    plain = normalise(question)
    if _pattern("both").search(plain):
        return None
    return "provider" if _pattern("ours").search(plain) else "customer"


def obligations(desk: Desk, question: str, customers: tuple[int, ...]) -> list[KnownObligation]:
    """The duties of the side that the question means, under agreements with these customers as they stand today."""
    if not customers or not asks_for_obligations(question):
        return []
    party = side_asked(question)
    rows = select(Obligation).where(col(Obligation.withdrawn).is_(False), record_clause(desk.viewer, Obligation), col(Obligation.customer_id).in_(customers))
    found = [row for row in desk.session.execute(rows.order_by(col(Obligation.id))).scalars() if party in (None, row.party)]
    told = {history.versions[0].clause.id: history for history in histories_of(desk, {row.agreement_id for row in found if row.agreement_id}) if history.amended}
    over = {version.clause.id for history in told.values() for version in history.versions if not version.holds_on(desk.today)}
    ledger = _ledger(desk, customers)
    known = []
    for row in found:
        evidence = record_as_evidence(desk.session, desk.viewer, "obligation", row.id or 0)
        if evidence is None or row.clause_id in over or _pattern("not_a_duty").search(normalise(row.text)):
            continue
        related = [(entry, item) for entry, item in ledger if entry.party in (None, row.party) and _about_the_same(row.text, entry.text)]
        known.append(KnownObligation(row.party, row.text, row.met, desk.keep(evidence), related[:1]))
    return known[:MOST]


def _about_the_same(duty: str, entry: str) -> bool:
    """Whether an entry speaks of a duty: most of its words are in it."""
    shared, own = concept_names(duty) & concept_names(entry), concept_names(entry)
    return len(shared) >= _RELATED and len(shared) >= _SHARE * len(own)


def _ledger(desk: Desk, customers: tuple[int, ...]) -> list[tuple[Commitment, Evidence]]:
    rows = select(Commitment).where(
        col(Commitment.withdrawn).is_(False), record_clause(desk.viewer, Commitment), col(Commitment.customer_id).in_(customers),
        col(Commitment.kind).in_(("promise", "action_item")),
    )  # fmt: skip
    found = []
    for row in desk.session.execute(rows.order_by(col(Commitment.on).desc())).scalars():
        evidence = record_as_evidence(desk.session, desk.viewer, "commitment", row.id or 0)
        if evidence is not None:
            evidence.passage_id = None
            found.append((row, evidence))
    return found

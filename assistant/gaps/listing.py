"""The list of gaps: one entry a question, how often it was asked, by whom, and who looks after its customer."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from assistant.gaps.gap import FEEDBACK, Gap, State, gaps_of
from knowledge.access import Viewer, customer_clause, names_unknown_to
from knowledge.language.vocabulary import Language, words_beside
from knowledge.linking import Linker
from knowledge.records.access import Account
from knowledge.records.customers import Customer


@dataclass
class GapEntry:
    """A question without an answer.

    id             number of its newest gap; count: how often it was asked without an answer; first, last: when (UTC)
    askers         accounts; owner: who is to close it, the account manager of the customer that it names, else who asked last
    answered_at    since when it is answered (UTC), None as long as it is not; sources: where
    """

    id: int
    question: str
    reason: str | None
    count: int
    first: datetime
    last: datetime
    askers: list[str] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    owner: str = ""
    state: str = "open"
    answered_at: datetime | None = None
    sources: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `account` and `at` are those of the last time."""
        return asdict(self) | {"account": self.askers[0] if self.askers else "", "at": self.last}


def listing_of(engine: Engine, session: Session, viewer: Viewer, states: Iterable[State] = ("open",)) -> list[GapEntry]:
    """The list that a viewer has."""
    return listing(session, viewer, Linker.of(engine, names_unknown_to(session, viewer)), gaps_of(engine, viewer, states))


def reason_words(reason: str | None, language: Language) -> str:
    """Why there is no answer, with what a person said was wrong with it."""
    if (reason or "").startswith(FEEDBACK):
        said = (reason or "").removeprefix(FEEDBACK).partition(": ")[2]
        return _reason("told_wrong", language) + (f": {said}" if said else "")
    return _reason(reason or "not_known", language)


def _reason(name: str, language: Language) -> str:
    reasons = words_beside(__file__, "words")["reasons"]
    return str(reasons.get(name, reasons["not_known"])[language])


def listing(session: Session, viewer: Viewer, linker: Linker, gaps: Iterable[Gap]) -> list[GapEntry]:
    """Most asked first, then newest. `gaps`: those that this viewer has (`gaps_of`); only customers that they may see are named."""
    entries: dict[tuple[str, str], GapEntry] = {}
    for gap in sorted(gaps, key=lambda each: (each.at, each.id or 0), reverse=True):
        entry = entries.setdefault(
            (gap.topic, gap.state),
            GapEntry(gap.id or 0, gap.question, gap.reason, 0, gap.at, gap.at, state=gap.state, answered_at=gap.answered_at, sources=gap.sources),
        )
        entry.count, entry.first = entry.count + 1, gap.at
        if gap.account not in entry.askers:
            entry.askers.append(gap.account)
    found = list(entries.values())
    named = {entry.id: [customer for mention in linker.customers(entry.question) for customer in mention.customer_ids] for entry in found}
    managers = _managers(session, viewer, {customer for customers in named.values() for customer in customers})
    people = {account: name for account, name in session.execute(select(col(Account.username), col(Account.name)))}
    for entry in found:
        known = [managers[customer] for customer in named[entry.id] if customer in managers]
        entry.customers = [name for name, _ in known]
        asker = entry.askers[0]
        entry.owner = next((manager for _, manager in known if manager), people.get(asker) or asker)
    return sorted(found, key=lambda entry: (-entry.count, -entry.last.timestamp()))


def _managers(session: Session, viewer: Viewer, customers: set[int]) -> dict[int, tuple[str, str]]:
    """(name, account manager) of those of the customers that the viewer may see."""
    rows = session.execute(
        select(col(Customer.id), col(Customer.name), col(Customer.account_manager)).where(col(Customer.id).in_(customers), customer_clause(viewer, col(Customer.id)))
    )
    return {number: (name, manager or "") for number, name, manager in rows if number is not None}

"""A person's portfolio at a glance: the customers that they may see, and what is due with them soon or has become late."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from assistant.drafts.agreements import amended_end
from assistant.drafts.audience import words_allowed
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import DraftRequest
from assistant.drafts.promises import is_kept
from assistant.models.builtin.sentences.phrasing import document_word, shorten
from assistant.tools.desk import Desk
from knowledge.access import Viewer, record_clause
from knowledge.language.calendar import deadline_before
from knowledge.language.formats import format_date
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import Language, words_beside
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Customer
from knowledge.records.documents import Document
from knowledge.records.relationship import Commitment
from knowledge.rules.working_days import own_holidays

AHEAD = timedelta(days=120)
LATE = timedelta(days=60)
"""What is late for longer is no news; the brief still has it."""
PROMISED = ("promise", "action_item", "request")


@dataclass(frozen=True)
class Due:
    """Something due.

    kind      agreement_end | notice | promise | action_item | request
    title     what was promised, or the agreement's number or title; `document`: the agreement's kind
    source    path of the file that says so, "" if it was told in chat
    record    "KIND:ID" of the record that says so
    """

    on: date
    kind: str
    customer_id: int | None
    title: str
    owner: str = ""
    source: str = ""
    document: str = ""
    record: str = ""

    def what(self, language: Language) -> str:
        """ "hari terakhir pemberitahuan untuk MSA-01"."""
        words = _words()[self.kind]
        named = words["owned"] if self.owner else words["what"]
        return str(named[language]).format(title=self._called(language), text=self.title, owner=self.owner)

    def short(self, language: Language) -> str:
        """ "pemberitahuan paling lambat 1 Desember 2026"."""
        return str(_words()[self.kind]["short"][language]).format(title=self._called(language), day=format_date(self.on, language))

    def _called(self, language: Language) -> str:
        parts = (document_word(self.document, language) if self.document else "", self.title)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class PortfolioCustomer:
    """A customer; `own` where the person is their account manager; `until`: end of the contract by the customer list."""

    id: int
    name: str
    own: bool = False
    until: date | None = None


@dataclass
class Portfolio:
    """Customers: the person's own first, then by name. Due: by day."""

    customers: list[PortfolioCustomer] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)

    def next_of(self, customer_id: int, today: date) -> Due | None:
        """What is due next with a customer."""
        return next((item for item in self.due if item.customer_id == customer_id and item.on >= today), None)


def until_words(day: date, language: Language) -> str:
    """ "kontrak sampai 31 Maret 2027"."""
    return str(_words()["contract_until"]["short"][language]).format(day=format_date(day, language))


def portfolio(desk: Desk) -> Portfolio:
    """What the desk's viewer may see, as of the desk's today."""
    viewer, name = desk.viewer, normalise(desk.viewer.name)
    rows = desk.session.execute(
        select(Customer).where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False), col(Customer.merged_into_id).is_(None))
    ).scalars()
    customers = [
        PortfolioCustomer(row.id, row.name, bool(name) and normalise(row.account_manager or "") == name, row.contract_end) for row in rows if row.id
    ]
    customers.sort(key=lambda customer: (not customer.own, customer.name.lower()))
    known = {customer.id for customer in customers}
    due = [item for item in [*_agreements(desk), *_commitments(desk)] if item.customer_id is None or item.customer_id in known]
    return Portfolio(customers, sorted(due, key=lambda item: (item.on, item.kind, item.title)))


def _agreements(desk: Desk) -> list[Due]:
    """Ends and last days of notice, as amendments in force have left them."""
    session, today = desk.session, desk.today
    ready = or_(col(Agreement.document_id).is_(None), col(Document.state) == "ready")
    rows = session.execute(
        select(Agreement, Document.source)  # type: ignore[call-overload]
        .outerjoin(Document, col(Agreement.document_id) == col(Document.id))
        .where(col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Agreement), ready, col(Agreement.ends_on).is_not(None))
    ).all()
    amended = {row.customer_id for row, _ in rows if row.kind == "amendment"} | _amended(session, desk.viewer)
    dossiers = {number: _dossier(desk, number) for number in amended if number is not None}
    found = []
    for agreement, source in rows:
        if agreement.kind == "amendment":
            continue
        end = _end_of(agreement, dossiers.get(agreement.customer_id), session, today)
        title = shorten(agreement.number or agreement.title, 80)
        days = [("agreement_end", end)]
        if agreement.notice_value and agreement.notice_unit:
            days.append(("notice", deadline_before(end, agreement.notice_value, agreement.notice_unit, own_holidays(session, agreement))))
        found += [Due(day, kind, agreement.customer_id, title, source=source or "", document=agreement.kind, record=f"agreement:{agreement.id}") for kind, day in days if today <= day <= today + AHEAD]
    return found


def _amended(session: Session, viewer: Viewer) -> set[int | None]:
    """Customers with an amendment on file, whether or not it has an end of its own."""
    query = select(col(Agreement.customer_id)).where(col(Agreement.kind) == "amendment", col(Agreement.withdrawn).is_(False), record_clause(viewer, Agreement))
    return set(session.execute(query).scalars())


def _dossier(desk: Desk, customer_id: int) -> Dossier | None:
    customer = desk.session.get(Customer, customer_id)
    return Dossier(desk, DraftRequest("brief", customer_id), customer) if customer else None


def _end_of(agreement: Agreement, dossier: Dossier | None, session: Session, today: date) -> date:
    """The end; that of the amending clause where one in force changes the clause that the end rests on."""
    assert agreement.ends_on is not None
    clause = session.get(Clause, agreement.ends_on_clause_id) if dossier and agreement.ends_on_clause_id else None
    newer = dossier.amending(clause) if dossier and clause else None
    return (amended_end(clause.text, newer.text, today) if clause and newer else None) or agreement.ends_on


def _commitments(desk: Desk) -> list[Due]:
    """Open promises, actions and requests with a day, each once."""
    today = desk.today
    ready = or_(col(Commitment.document_id).is_(None), col(Document.state) == "ready")
    rows = desk.session.execute(
        select(Commitment, Document.source)  # type: ignore[call-overload]
        .outerjoin(Document, col(Commitment.document_id) == col(Document.id))
        .where(
            col(Commitment.withdrawn).is_(False), record_clause(desk.viewer, Commitment), ready, col(Commitment.kind).in_(PROMISED),
            col(Commitment.due).between(today - LATE, today + AHEAD),
        )
        .order_by(col(Commitment.due), col(Commitment.id))
    ).all()  # fmt: skip
    found: dict[tuple[Any, ...], Due] = {}
    for item, source in rows:
        text = " ".join(item.text.split())
        if not text or is_kept(item) or not words_allowed(text, "internal"):
            continue
        same = (item.customer_id, item.due, normalise(text)[:40])
        found.setdefault(same, Due(item.due, item.kind, item.customer_id, shorten(text, 160), item.owner or "", source or "", record=f"commitment:{item.id}"))
    return list(found.values())


def _words() -> dict[str, Any]:
    return words_beside(__file__, "portfolio")

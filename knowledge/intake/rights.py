"""What may be written on somebody's behalf: who uploads a file in a chat writes about their own customers and nobody else.

An import on somebody's behalf is planned in the world that they may see: customers and people outside it are not there to be linked
to, changed or joined with, and a name from outside reads like any unknown name, from the first look to the last answer
(docs/decisions/0011-uploads.md). `claim` gives what names nobody to the document's own customers; `objection` is the last word on each
plan before anything is written. Pure, but for `rights_of`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from knowledge.access import Viewer, viewer_for
from knowledge.intake.plan import DocumentPlan, PlannedRecord
from knowledge.intake.prose.facts import Draft
from knowledge.language.vocabulary import words_beside
from knowledge.records.access import Account
from knowledge.records.customers import Customer

NOT_THEIRS: Literal["not_theirs"] = "not_theirs"
"""Code of a problem: a file that may not be taken on this person's behalf."""
ROWS_NOT_THEIRS: Literal["rows_not_theirs"] = "rows_not_theirs"
"""Code of a problem: rows that may not be."""


class RightsChanged(Exception):
    """The person's rights are others than when the files were read: nothing was written; import again."""


@dataclass(frozen=True)
class Rights:
    """customers   that may be written about
    shared      whether records about nobody in particular (the catalogue, contacts of the provider) may be written
    adds        whether new customers may be, and new names: only where no customer is hidden from the person, or what becomes of a
                name would tell whether it is known
    everything  the local owner: no limit at all
    """

    account: str
    customers: frozenset[int] = field(default_factory=frozenset)
    shared: bool = False
    adds: bool = False
    everything: bool = False

    def covers(self, customer: int) -> bool:
        """Whether may be written about a customer of a plan; ids below zero are new ones."""
        return self.everything or customer in self.customers or (self.adds and customer < 0)

    @property
    def apart(self) -> bool:
        """Whether what is written stays with its own customers, touching nothing that others' files gave."""
        return not (self.everything or self.adds)


def rights_of(session: Session, viewer: Viewer) -> Rights:
    """The rights that somebody has now, and no more than `viewer` has. Raises UnknownAccount."""
    if viewer.everything:
        return Rights(viewer.account, everything=True)
    now = viewer_for(session, viewer.account)
    wanted = viewer.account.strip().lower()
    same = or_(*(func.lower(column) == wanted for column in (Account.username, Account.name, Account.email)))
    sees_all = any(session.execute(select(col(Account.all_customers)).where(same)).scalars()) and now.customers <= viewer.customers
    known = set(session.execute(select(col(Customer.id)).where(col(Customer.merged_into_id).is_(None), col(Customer.withdrawn).is_(False))).scalars())
    return Rights(viewer.account, now.customers & viewer.customers, shared=sees_all, adds=sees_all and known <= now.customers)


def claim(plan: DocumentPlan, rights: Rights) -> None:
    """What names no customer is about the document's, so that not everybody reads what belongs to them.

    A document about one customer belongs to it whole. Of one about several, what names none is for those who may see all of them, and
    of what prose says only what is about somebody becomes a record.
    """
    if not rights.apart or _in_catalogue(plan, rights):
        return
    named = {customer for passage in plan.passages for customer in passage.customers}
    main = plan.document["customer_id"]
    if main is None and len(named) == 1:
        main = plan.document["customer_id"] = next(iter(named))
    if main is None:
        _only_about_somebody(plan)
    for passage in plan.passages:
        passage.customers = passage.customers or dict.fromkeys(sorted(named | ({main} if main is not None else set())), True)
    for row in (row for table in plan.tables for row in table.rows if row.customer_id is None and row.passage is None):
        row.customer_id = main
        row.cells = row.cells if main is not None else {}
    if main is not None and any(map(_about_nobody, plan.records)):
        plan.records = [_about(record, main) if _about_nobody(record) else record for record in plan.records]


def _in_catalogue(plan: DocumentPlan, rights: Rights) -> bool:
    """Whether a plan may speak of nobody in particular: tables alone, of somebody who sees all customers that are not restricted."""
    return rights.shared and plan.facts is None


def _only_about_somebody(plan: DocumentPlan) -> None:
    facts = plan.facts
    if facts is None:
        return

    def about(draft: Draft) -> bool:
        return 0 <= draft.passage < len(plan.passages) and bool(plan.passages[draft.passage].customers)

    facts.meeting, facts.planned_meetings = None, []
    facts.commitments = [draft for draft in facts.commitments if about(draft)]
    facts.feedback = [draft for draft in facts.feedback if about(draft)]
    facts.risks = [draft for draft in facts.risks if about(draft)]


def _about_nobody(record: PlannedRecord) -> bool:
    return not record.touched if record.kind == "known_error" else record.customer_id is None


def _about(record: PlannedRecord, customer: int) -> PlannedRecord:
    return replace(record, touched=(customer,)) if record.kind == "known_error" else replace(record, customer_id=customer)


def objection(plan: DocumentPlan, rights: Rights) -> bool:
    """Whether a plan holds anything that may not be written on this person's behalf."""
    if rights.everything:
        return False
    if plan.accounts or any(table.record_kind == "access" for table in plan.tables):
        return True
    if not all(rights.covers(customer) for customer in customers_of(plan)):
        return True
    if rights.apart and not _in_catalogue(plan, rights) and not (any(True for _ in customers_of(plan)) and all(one.customers for one in plan.passages)):
        return True
    if rights.shared:
        return False
    agreement = plan.facts.agreement if plan.facts else None
    return any(map(_about_nobody, plan.records)) or (agreement is not None and agreement.customer_id is None)


def customers_of(plan: DocumentPlan) -> Iterator[int]:
    """Every customer that a plan would write about."""
    found: Iterable[int | None] = [
        plan.document["customer_id"],
        *(customer for passage in plan.passages for customer in passage.customers),
        *(row.customer_id for table in plan.tables for row in table.rows),
        *(customer for record in plan.records for customer in (record.customer_id, *record.touched)),
        *(customer for account in plan.accounts for customer in account.customers),
        *(customer for customer, _, _ in plan.names),
        *(getattr(draft, "customer_id", None) for draft in (plan.facts.drafts() if plan.facts else ())),
    ]
    return (customer for customer in found if customer is not None)


def words(code: str, lang: str, **values: Any) -> str:
    """What the person is told: for NOT_THEIRS, and for ROWS_NOT_THEIRS with `count`."""
    entry = "file" if code == NOT_THEIRS else "row" if str(values.get("count")) == "1" else "rows"
    return _words()[entry][lang if lang in ("id", "en") else "en"].format(**values)


def _words() -> dict[str, dict[str, str]]:
    return words_beside(__file__, "rights")

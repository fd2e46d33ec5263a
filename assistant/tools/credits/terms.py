"""What a customer's agreements say about credits and fees on a given day: clauses as amended, in force on that day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.wording import place_numbers
from assistant.evidence import Evidence
from assistant.tools.credits.clauses import (
    AgreedFee,
    InForce,
    all_fees_in,
    fee_in,
    is_claim,
    read_whole,
    rules_of,
    stored_rules,
    whole_fee_in,
)
from assistant.tools.credits.services import KnownService, service_named
from assistant.tools.credits.words import pattern
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.access import record_clause
from knowledge.intake.prose.bases import annexes_of
from knowledge.language.numbers import find_percentages
from knowledge.records.agreements import Agreement, Clause
from knowledge.rules.credit import CreditRule

NOT_WITH_CUSTOMER = ("amendment", "ola", "underpinning_contract")


@dataclass
class CreditTerm:
    """A clause that gives credits, with the rules that hold and the clauses beside it: caps, and how to claim.

    rules: empty when its words cannot be computed with; caps: the clauses that the cap rules among `rules` stand in.
    """

    wording: InForce
    rules: list[CreditRule]
    caps: list[Clause] = field(default_factory=list)
    claim: Clause | None = None
    service: KnownService | None = None

    @property
    def fixed(self) -> bool:
        """Whether it names amounts, so that no fee is needed."""
        return bool(self.rules) and all(rule.amount is not None for rule in self.rules)

    @property
    def currency(self) -> str:
        """The currency of the amounts that it names."""
        return next((rule.currency for rule in self.rules if rule.currency), "")

    def limit(self, cap: InForce, limits: list[CreditRule], about: KnownService | None) -> None:
        """Add a cap that stands in a clause of its own, unless it is another service's or a cap on all services together."""
        of_one = bool(pattern("affected").search(cap.text))
        applies = [rule for rule in limits if of_one or not (rule.of and pattern("all_services").search(rule.of))]
        if self.rules and applies and (about is None or self.service is None or about is self.service):
            self.rules = [*self.rules, *applies]
            self.caps.append(cap.clause)

    @property
    def of_all_services(self) -> bool:
        """Whether it is a share of everything that the agreement has paid, not of one service's fee."""
        return any(rule.gives and rule.of and pattern("all_services").search(rule.of) for rule in self.rules)


class Terms:
    """The clauses of one customer's agreements in force on a day."""

    def __init__(self, desk: Desk, customer_id: int, day: date) -> None:
        self.desk, self.day = desk, day
        agreements = (
            desk.session.execute(
                select(Agreement).where(
                    col(Agreement.customer_id) == customer_id,
                    col(Agreement.withdrawn).is_(False),
                    record_clause(desk.viewer, Agreement),
                )
            )
            .scalars()
            .all()
        )
        self.agreements = [item for item in agreements if item.kind not in NOT_WITH_CUSTOMER and _holds(item, day)]
        base = {item.id for item in self.agreements}
        self.base_of_annex = {annex.id: one.id for one in self.agreements for annex in annexes_of(one, self.agreements)}
        self.amendments = [
            item for item in agreements if item.kind == "amendment" and item.amends_id in base and _holds(item, day)
        ]
        numbers = [item.id for item in (*self.agreements, *self.amendments)]
        clauses = desk.session.execute(
            select(Clause)
            .where(
                col(Clause.agreement_id).in_(numbers),
                col(Clause.withdrawn).is_(False),
                record_clause(desk.viewer, Clause),
            )
            .order_by(col(Clause.id))
        ).scalars()
        self.clauses = list(clauses)
        self.by_id = {clause.id: clause for clause in self.clauses}
        self.since = {item.id: item.effective_from or date.min for item in self.amendments}
        amending = {item.id for item in self.amendments}
        replacing = {known.amended_by_id for known in self.clauses}
        self.naming = [
            (other, {place["number"] for place in place_numbers().finditer(other.text)})
            for other in self.clauses
            if other.agreement_id in amending and other.id not in replacing
        ]

    def in_force(self, agreement: Agreement) -> list[InForce]:
        """An agreement's own clauses, each as it reads on the day."""
        return [self._as_amended(clause) for clause in self.clauses if clause.agreement_id == agreement.id]

    def _as_amended(self, clause: Clause) -> InForce:
        linked = self.by_id.get(clause.amended_by_id)
        if linked is not None and clause.amended_from is not None and clause.amended_from > self.day:
            linked = None
        amending = [*([linked] if linked else []), *self._naming(clause)]
        amending.sort(key=lambda item: (self.since.get(item.agreement_id, date.min), item.id or 0), reverse=True)
        partly = bool(amending) and (amending[0] is not linked or clause.extra.get("amended") == "partly")
        return InForce([*amending, clause], partly, latest=bool(amending) and amending[0] is linked)

    def _naming(self, clause: Clause) -> Iterator[Clause]:
        """Clauses of amendments in force that speak of this clause by number, though they are not what it is linked to:
        an amendment before the last one, or one whose words import could not apply."""
        base = self.base_of_annex.get(clause.agreement_id, clause.agreement_id)
        amending = {item.id for item in self.amendments if item.amends_id == base}
        for other, named in self.naming:
            if other.agreement_id in amending and clause.number in named:
                yield other

    def credit_terms(self, services: Sequence[KnownService]) -> list[CreditTerm]:
        """The clauses that give credits, in the order of the agreements."""
        found = []
        for agreement in self.agreements:
            wordings = self.in_force(agreement)
            caps = [
                (item, rules)
                for item in wordings
                if (rules := rules_of(item)) and not any(rule.gives for rule in rules)
            ]
            claim = next((item.clause for item in wordings if is_claim(item)), None)
            for wording in wordings:
                rules = rules_of(wording)
                gives = any(rule.gives for rule in rules)
                gave = any(rule.gives for clause in wording.clauses for rule in stored_rules(clause))
                unread = not rules and (wording.clause.topic or "") == "credit" and bool(find_percentages(wording.text))
                if not (gives or gave or unread):
                    continue
                for term in _by_service(wording, rules if gives and read_whole(wording) else [], services):
                    term.claim = claim
                    for cap, limits in caps:
                        term.limit(cap, limits, service_named(services, cap.text))
                    found.append(term)
        return found

    def fee_of(self, service: KnownService, services: Sequence[KnownService]) -> AgreedFee | None:
        """The monthly fee that the agreements name for a service on the day, newest wording first."""
        for agreement in self.agreements:
            for wording in self.in_force(agreement):
                if wording.worked_out and (fee := fee_in(wording.original, service, services, wording.worked_out)):
                    return replace(fee, clause=wording.clause)
                for clause in wording.clauses if wording.partly else wording.clauses[:1]:
                    if fee := fee_in(clause, service, services):
                        return fee
        return None

    def whole_fee(self, term: CreditTerm, services: Sequence[KnownService]) -> AgreedFee | None:
        """The one monthly fee of the agreement that a term stands in, where the term is a share of "the monthly fee" and of no service's own."""
        bases = " ".join(rule.of or "" for rule in term.rules)
        if pattern("affected").search(f"{bases} {term.wording.text}") or any(rule.of_service for rule in term.rules):
            return None
        own = next((item for item in self.agreements if item.id == term.wording.original.agreement_id), None)
        found = [fee for wording in (self.in_force(own) if own else []) for fee in whole_fee_in(wording.clause, services, wording.worked_out)]
        return found[0] if len({(fee.amount, fee.currency) for fee in found}) == 1 else None

    def all_fees(self, agreement_id: int) -> list[AgreedFee]:
        """What an agreement has paid each month altogether, in one currency: a stated sum, else every line; none where that is not clear."""
        own = next((item for item in self.agreements if item.id == agreement_id), None)
        wordings = [wording for wording in (self.in_force(own) if own else []) if not wording.partly or wording.worked_out]
        found = [fee for wording in wordings for fee in all_fees_in(wording.clause, wording.worked_out)]
        return found if len({fee.currency for fee in found}) == 1 else []

    def evidence(self, clause: Clause, line: str = "") -> Evidence | None:
        """The clause's passage; of a clause with a table, the row that `line` is."""
        numbers = [number for number in (clause.passage_id, *clause.extra.get("passage_ids", [])) if number]
        found = passages_as_evidence(self.desk.session, self.desk.viewer, numbers)
        fitting = [found[number] for number in numbers if number in found]
        wanted = " ".join(line.split())
        chosen = next((item for item in fitting if wanted and wanted in " ".join(item.quote.split())), None)
        chosen = chosen or next(iter(fitting), None)
        return self.desk.keep(chosen) if chosen else None


def _holds(agreement: Agreement, day: date) -> bool:
    return (agreement.effective_from is None or agreement.effective_from <= day) and (
        agreement.kind == "amendment" or agreement.ends_on is None or agreement.ends_on >= day or agreement.renewal == "automatic"
    )


def _by_service(wording: InForce, rules: list[CreditRule], services: Sequence[KnownService]) -> list[CreditTerm]:
    """One term a service where the rules of a clause are for several, else one for the service that its words name."""
    whole = service_named(services, wording.text)
    named = [service_named(services, f"{rule.of_service or ''} {rule.service or ''}") for rule in rules]
    distinct = {service.code: service for service in named if service is not None}
    if len(distinct) < 2:
        return [CreditTerm(wording, rules, service=next(iter(distinct.values()), whole))]
    return [
        CreditTerm(
            wording,
            [rule for rule, about in zip(rules, named, strict=True) if about in (None, service)],
            service=service,
        )
        for service in distinct.values()
    ]

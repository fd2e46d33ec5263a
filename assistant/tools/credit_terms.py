"""What a customer's agreements say about credits and fees on a given day: clauses as amended, in force on that day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.wording import place_numbers
from assistant.evidence import Evidence
from assistant.tools.credit_services import KnownService, service_named
from assistant.tools.credit_words import pattern
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.access import record_clause
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages
from knowledge.records.agreements import Agreement, Clause
from knowledge.rules.credit import CreditRule, rules_from, with_values_read_as

NOT_WITH_CUSTOMER = ("amendment", "ola", "underpinning_contract")


@dataclass
class InForce:
    """A clause as it reads on a day: `texts`, newest wording first, and `clauses` likewise; more than one where it was amended.

    partly: the newest wording changes only part of the one before it.
    """

    clauses: list[Clause]
    partly: bool = False

    @property
    def clause(self) -> Clause:
        return self.clauses[0]

    @property
    def original(self) -> Clause:
        return self.clauses[-1]

    @property
    def text(self) -> str:
        return "\n".join(clause.text for clause in self.clauses)


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
    def of_all_services(self) -> bool:
        return any(rule.gives and rule.of and pattern("all_services").search(rule.of) for rule in self.rules)


@dataclass(frozen=True)
class AgreedFee:
    """A monthly fee that a clause names for a service."""

    amount: Decimal
    currency: str
    clause: Clause
    line: str


class Terms:
    """The clauses of one customer's agreements in force on a day."""

    def __init__(self, desk: Desk, customer_id: int, day: date) -> None:
        self.desk, self.day = desk, day
        agreements = (
            desk.session.execute(
                select(Agreement).where(
                    Agreement.customer_id == customer_id,
                    col(Agreement.withdrawn).is_(False),
                    record_clause(desk.viewer, Agreement),
                )
            )
            .scalars()
            .all()
        )
        self.agreements = [item for item in agreements if item.kind not in NOT_WITH_CUSTOMER and _holds(item, day)]
        base = {item.id for item in self.agreements}
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

    def in_force(self, agreement: Agreement) -> list[InForce]:
        """An agreement's own clauses, each as it reads on the day."""
        return [self._as_amended(clause) for clause in self.clauses if clause.agreement_id == agreement.id]

    def _as_amended(self, clause: Clause) -> InForce:
        chain, partly = [clause], False
        while (newer := self.by_id.get(chain[0].amended_by_id)) and newer not in chain:
            since = chain[0].amended_from
            if since is not None and since > self.day:
                break
            partly = chain[0].extra.get("amended") == "partly"
            chain.insert(0, newer)
        for other in self._naming(clause):
            if other not in chain:
                chain.insert(0, other)
                partly = True
        return InForce(chain, partly)

    def _naming(self, clause: Clause) -> Iterator[Clause]:
        """Clauses of amendments in force that speak of this clause by number, though no whole clause is replaced."""
        if not clause.number:
            return
        replacing = {known.amended_by_id for known in self.clauses}
        amending = {item.id for item in self.amendments if item.amends_id == clause.agreement_id}
        for other in self.clauses:
            named = {place["number"] for place in place_numbers().finditer(other.text)}
            if other.agreement_id in amending and other.id not in replacing and clause.number in named:
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
            claim = next((item.clause for item in wordings if _is_claim(item)), None)
            for wording in wordings:
                rules = rules_of(wording)
                gives = any(rule.gives for rule in rules)
                gave = any(rule.gives for clause in wording.clauses for rule in _stored(clause))
                unread = not rules and (wording.clause.topic or "") == "credit" and bool(find_percentages(wording.text))
                if not (gives or gave or unread):
                    continue
                term = CreditTerm(wording, rules if gives and _read_whole(wording) else [], claim=claim)
                term.service = service_named(services, wording.text)
                for cap, limits in caps:
                    about = service_named(services, cap.text)
                    if about is None or term.service is None or about is term.service:
                        limits = [rule for rule in limits if not (rule.of and pattern("all_services").search(rule.of))]
                        term.rules = [*term.rules, *limits] if term.rules else []
                        term.caps += [cap.clause] if limits else []
                found.append(term)
        return found

    def fee_of(self, service: KnownService, services: Sequence[KnownService]) -> AgreedFee | None:
        """The monthly fee that the agreements name for a service on the day, newest wording first."""
        for agreement in self.agreements:
            for wording in self.in_force(agreement):
                for clause in wording.clauses if wording.partly else wording.clauses[:1]:
                    if fee := _fee_in(clause, service, services):
                        return fee
        return None

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
        agreement.kind == "amendment" or agreement.ends_on is None or agreement.ends_on >= day
    )


def _stored(clause: Clause) -> list[CreditRule]:
    return rules_from(clause.extra.get("credit") or [])


def rules_of(wording: InForce) -> list[CreditRule]:
    """The rules of a clause as amended: the newest wording's, with what it leaves as it was where it changes only a part."""
    rules: list[CreditRule] = []
    for clause in reversed(wording.clauses):
        own, changes = _stored(clause), _read_as(clause.text)
        if clause is wording.original:
            rules = own
        elif own:
            kept = rules if wording.partly else []
            gives = any(rule.gives for rule in own)
            capped = any(not rule.gives for rule in own)
            rules = own + [rule for rule in kept if (not gives if rule.gives else not capped)]
        elif changes and rules:
            rules = with_values_read_as(rules, changes)
        elif not wording.partly:
            rules = []
    return rules


def _read_whole(wording: InForce) -> bool:
    """Whether every percentage of the clause found its place in its rules: a tier overlooked would give a wrong amount."""
    for clause in wording.clauses:
        known = {
            value
            for rule in _stored(clause)
            for value in (rule.percent, rule.below, rule.at_least, rule.step, rule.cap)
        }
        known |= {value for pair in _read_as(clause.text).items() for value in pair}
        if {span.value for span in find_percentages(clause.text)} - known:
            return False
        if not wording.partly:
            return True
    return True


def _read_as(text: str) -> dict[Decimal, Decimal]:
    """ "4% shall read 6% and 10% shall read 12%" as {4: 6, 10: 12}."""
    spans = find_percentages(text)
    return {
        old.value: new.value
        for old, new in zip(spans, spans[1:], strict=False)
        if pattern("read_as").fullmatch(text[old.end : new.start].strip(" \"“”'‘’,"))
    }


def _is_claim(wording: InForce) -> bool:
    text = wording.clause.text
    return bool(
        (wording.clause.topic or "").startswith("credit")
        and not rules_of(wording)
        and pattern("claim").search(text)
        and find_durations(text)
    )


_UNIT_PRICE = re.compile(r"^\s*(?:per|/|tiap|for each|each)\s+(?!bulan\b|month\b|bln\b)", re.IGNORECASE)


def _fee_in(clause: Clause, service: KnownService, services: Sequence[KnownService]) -> AgreedFee | None:
    """An amount right after the service's name, which is not the price of a unit or of something extra."""
    if not (clause.topic in ("charges", "payment", "price") and not clause.extra.get("credit")):
        return None
    for line in clause.text.splitlines():
        at = 0
        for money in find_money(line):
            before = line[at : money.start]
            at = money.end
            if pattern("besides").search(before) or _UNIT_PRICE.match(line[money.end :]):
                continue
            if money.per in (None, "month") and service_named(services, before) is service:
                return AgreedFee(money.amount, money.currency, clause, line)
    return None

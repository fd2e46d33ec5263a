"""Credits that an agreement gives for each breach, hour or day: counted from tickets, from measurements or as the question states."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credits.clauses import InForce
from assistant.tools.credits.inputs import fee_of
from assistant.tools.credits.services import KnownService, service_named
from assistant.tools.credits.terms import Terms
from assistant.tools.credits.words import generic, pattern
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.intake.prose.counted_credits import counted_rules
from knowledge.intake.prose.text import sentence_texts
from knowledge.language.calendar import month_end
from knowledge.language.concepts import concept_names
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.tokens import codes
from knowledge.records.agreements import Target
from knowledge.records.customers import Customer
from knowledge.records.operations import Measurement, Ticket
from knowledge.rules.counted_credit import CountedDue, CountedRule, counted_due

_STATED = re.compile(
    r"\b(?P<n>\d{1,4}(?:[.,]\d+)?)\s*(?:x|kali|times)?\s*(?P<unit>pelanggaran|breach(?:es)?|insiden|incidents?|kejadian|jam|hours?|hari|days?|menit|minutes?|panggilan|calls?|failures?|kegagalan)\b", re.IGNORECASE
)
_UNITS = {"jam": "hour", "hour": "hour", "hours": "hour", "hari": "day", "day": "day", "days": "day", "menit": "minute", "minute": "minute", "minutes": "minute"}
_A_MONTH = re.compile(r"[\s,.\-–]*(?:\([^()]*\)\s*)?(?:per|setiap|tiap|/|a|each|every)\s*(?:bulan|month)\b", re.IGNORECASE)
_FIELDS = {"response": "response_minutes", "resolution": "resolution_minutes"}


@dataclass(frozen=True)
class Counted:
    """One source of the count: a ticket's minutes over its target, a measurement, or what the question states (no evidence).

    minutes, target: both in minutes, for a ticket.
    """

    count: Decimal
    label: str = ""
    evidence: Evidence | None = None
    minutes: Decimal | None = None
    target: Decimal | None = None


@dataclass
class CountedCredit:
    """What one clause gives in one month. `due` is None where the count or the fee is not known (missing: count | fee).

    cap_unchecked: `due` is without the clause's cap, a share of a fee that is not known.
    """

    customer: str
    month: date | None
    rule: CountedRule
    clause: Evidence | None
    parts: list[Counted] = field(default_factory=list)
    fee: Decimal | None = None
    currency: str = ""
    fee_evidence: list[Evidence] = field(default_factory=list)
    target_evidence: Evidence | None = None
    due: CountedDue | None = None
    missing: str | None = None
    cap_unchecked: bool = False

    @property
    def count(self) -> Decimal:
        return sum((part.count for part in self.parts), Decimal(0))

    @property
    def evidence(self) -> list[Evidence]:
        """Everything that it rests on."""
        found = [self.clause, *(part.evidence for part in self.parts), self.target_evidence, *self.fee_evidence]
        return [item for item in found if item is not None]


def counted_credits(desk: Desk, customer: Customer, question: str, months: Sequence[date], services: Sequence[KnownService]) -> list[CountedCredit]:
    """The credits by the unit that a question asks for; a ticket that it names decides the month."""
    tickets = _tickets(desk, customer, question)
    stated = _stated(question)
    days = [ticket.opened_at.date().replace(day=1) for ticket in tickets if ticket.opened_at] or list(months) or [desk.today.replace(day=1)]
    found = []
    for month in dict.fromkeys(days):
        terms = Terms(desk, customer.id or 0, month_end(month))
        for wording, rule in _rules(terms, question, bool(tickets or stated)):
            parts, target = _count(desk, customer, terms, rule, wording, month, tickets, stated)
            if parts:
                found.append(_credit(desk, customer, terms, wording, rule, None if stated and not months else month, parts, target, services))
    return found


def names_a_count(question: str) -> bool:
    """Whether a question states how many breaches, hours or days there were, or names a ticket."""
    return bool(_STATED.search(question) or codes(question))


def _rules(terms: Terms, question: str, asked: bool) -> list[tuple[InForce, CountedRule]]:
    """The clauses that give so much a unit; of several the ones that share most words with the question, where it names a count."""
    known = [
        (wording, rule)
        for agreement in terms.agreements
        for wording in terms.in_force(agreement)
        for rule in counted_rules(wording.worked_out or wording.clause.text, wording.clause.heading)
    ]
    words = concept_names(question) - generic()
    scored = [(len(words & concept_names(f"{wording.clause.heading} {wording.clause.text}")) + (_unit_asked(question) == rule.per), wording, rule) for wording, rule in known]
    best = max((score for score, _, _ in scored), default=0)
    return [(wording, rule) for score, wording, rule in scored if not asked or score == best]


def _unit_asked(question: str) -> str | None:
    match = _STATED.search(question)
    return _UNITS.get(match["unit"].lower(), "breach") if match else None


def _stated(question: str) -> Counted | None:
    match = _STATED.search(question)
    return Counted(Decimal(match["n"].replace(",", ".")), match[0]) if match else None


def _tickets(desk: Desk, customer: Customer, question: str) -> list[Ticket]:
    named = [code.upper() for code in codes(question)]
    if not named:
        return []
    rows = select(Ticket).where(col(Ticket.customer_id) == customer.id, col(Ticket.withdrawn).is_(False), record_clause(desk.viewer, Ticket), col(Ticket.key).in_(named))
    return list(desk.session.execute(rows).scalars())


def _count(
    desk: Desk, customer: Customer, terms: Terms, rule: CountedRule, wording: InForce, month: date, tickets: Sequence[Ticket], stated: Counted | None
) -> tuple[list[Counted], Evidence | None]:
    if stated is not None and (_UNITS.get(stated.label.split()[-1].lower(), "breach") == rule.per):
        return [stated], None
    if measured := _measured(desk, customer, rule, wording, month):
        return measured, None
    target, evidence = _target(desk, terms, rule)
    if target is None or rule.indicator is None:
        return [], None
    of_month = tickets or _tickets_of(desk, customer, rule, month)
    parts = []
    for ticket in of_month:
        minutes = getattr(ticket, _FIELDS[rule.indicator])
        found = record_as_evidence(desk.session, desk.viewer, "ticket", ticket.id or 0)
        if minutes is None or found is None:
            continue
        over = max(minutes - target, Decimal(0))
        count = Decimal(int(over > 0)) if rule.per == "breach" else over / MINUTES_IN[rule.per]
        if over > 0 or tickets:
            whole = _whole(rule, count)
            parts.append(Counted(whole, ticket.key or "", desk.keep(found), minutes, target))
    return parts, evidence


def _whole(rule: CountedRule, count: Decimal) -> Decimal:
    """Each ticket's hours are counted for themselves: what one lacks to a full hour, another does not fill."""
    due = counted_due(CountedRule(rule.per, amount=Decimal(1), step=rule.step, begun=rule.begun), count)
    return due.steps * rule.step


def _tickets_of(desk: Desk, customer: Customer, rule: CountedRule, month: date) -> list[Ticket]:
    first, last = datetime.combine(month, datetime.min.time()), datetime.combine(month_end(month), datetime.max.time())
    rows = select(Ticket).where(
        col(Ticket.customer_id) == customer.id, col(Ticket.withdrawn).is_(False), record_clause(desk.viewer, Ticket), col(Ticket.opened_at).between(first, last)
    )
    return [ticket for ticket in desk.session.execute(rows).scalars() if rule.priority in (None, ticket.priority)]


def _measured(desk: Desk, customer: Customer, rule: CountedRule, wording: InForce, month: date) -> list[Counted]:
    """A measurement of the month that counts what the clause speaks of: its name shares the clause's words."""
    rows = select(Measurement).where(
        col(Measurement.customer_id) == customer.id, col(Measurement.withdrawn).is_(False), record_clause(desk.viewer, Measurement),
        col(Measurement.period_start).between(month, month_end(month)), col(Measurement.value).is_not(None), col(Measurement.unit) != "percent",
    )  # fmt: skip
    words = concept_names(wording.clause.text)
    scored = []
    for row in desk.session.execute(rows).scalars():
        names = concept_names(row.indicator) - generic()
        counts = row.unit == rule.per if rule.per != "breach" else row.unit not in ("minute", "hour", "percent")
        if counts and names and 2 * len(names & words) >= len(names):
            scored.append((len(names & words), row))
    if not scored:
        return []
    row = max(scored, key=lambda pair: pair[0])[1]
    found = record_as_evidence(desk.session, desk.viewer, "measurement", row.id or 0)
    return [Counted(row.value or Decimal(0), row.indicator, desk.keep(found))] if found else []


def _target(desk: Desk, terms: Terms, rule: CountedRule) -> tuple[Decimal | None, Evidence | None]:
    """The time agreed for the rule's indicator and priority on the day, in minutes."""
    ids = {item.id for item in (*terms.agreements, *terms.amendments)}
    rows = desk.session.execute(
        select(Target).where(col(Target.agreement_id).in_(ids), col(Target.withdrawn).is_(False), col(Target.indicator) == rule.indicator, record_clause(desk.viewer, Target))
    ).scalars()
    fitting = [row for row in rows if row.unit in MINUTES_IN and rule.priority in (None, row.priority) and (row.valid_from is None or row.valid_from <= terms.day)]
    newest = max(fitting, key=lambda row: (row.valid_from or date.min, row.id or 0), default=None)
    if newest is None or newest.value is None or newest.unit is None:
        return None, None
    found = record_as_evidence(desk.session, desk.viewer, "target", newest.id or 0)
    return newest.value * MINUTES_IN[newest.unit], desk.keep(found) if found else None


def _credit(
    desk: Desk, customer: Customer, terms: Terms, wording: InForce, rule: CountedRule, month: date | None, parts: list[Counted], target: Evidence | None,
    services: Sequence[KnownService],
) -> CountedCredit:  # fmt: skip
    credit = CountedCredit(customer.name, month, rule, terms.evidence(wording.clause), parts, target_evidence=target, currency=rule.currency or "")
    if rule.needs_fee:
        _set_fee(desk, terms, credit, wording, services)
    if rule.needs_fee and credit.fee is None:
        if rule.amount is None:
            credit.missing = "fee"
            return credit
        rule, credit.cap_unchecked = replace(rule, cap=None), True
    credit.due = counted_due(rule, credit.count, credit.fee)
    computed = desk.computed
    computed.quantities |= {Quantity(round(value, 2).normalize(), credit.currency) for value in (credit.due.amount, credit.due.uncapped, credit.due.each)}
    computed.numbers |= {Decimal(credit.due.steps), credit.count.normalize()}
    for part in parts:
        if part.minutes is not None and part.target is not None:
            over = max(part.minutes - part.target, Decimal(0))
            computed.quantities |= {Quantity(value.normalize(), "minute") for value in (part.minutes, part.target, over)}
            computed.numbers |= {round(value / 60, 2).normalize() for value in (part.minutes, part.target, over)}
    return credit


def _set_fee(desk: Desk, terms: Terms, credit: CountedCredit, wording: InForce, services: Sequence[KnownService]) -> None:
    """All monthly fees where the clause speaks of them, else the fee of the service that it names, of the only service, or the only price."""
    of_fees = [sentence for sentence in sentence_texts(wording.clause.text) if find_percentages(sentence)]
    paid = terms.all_fees(wording.original.agreement_id) if any(pattern("all_services").search(sentence) for sentence in of_fees) else []
    if paid:
        credit.fee, credit.currency = sum((fee.amount for fee in paid), Decimal(0)), paid[0].currency
        credit.fee_evidence = [shown for fee in paid if (shown := terms.evidence(fee.clause, fee.line))]
        return
    service = service_named(services, wording.clause.text) or (services[0] if len(services) == 1 else None)
    if service is not None:
        credit.fee, credit.currency, credit.fee_evidence = fee_of(desk, terms, service, services)
    if credit.fee is not None:
        return
    prices = [(money, clause) for agreement in terms.agreements for known in terms.in_force(agreement) for clause in [known.clause] for text in [known.worked_out or clause.text] for money in find_money(text) if money.per == "month" or _A_MONTH.match(text[money.end :])]
    if len(prices) == 1:
        money, clause = prices[0]
        credit.fee, credit.currency = money.amount, money.currency
        stated = terms.evidence(clause)
        credit.fee_evidence = [stated] if stated else []

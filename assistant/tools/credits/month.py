"""One service's credit in one month: the rule in force, what was measured, the fee, and what is due or missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credits.excluded_downtime import TakenOut, taken_out
from assistant.tools.credits.inputs import agreed_target, fee_of, measurement_in
from assistant.tools.credits.services import KnownService
from assistant.tools.credits.terms import CreditTerm, Terms
from assistant.tools.credits.words import pattern
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.records.customers import Customer
from knowledge.records.operations import Measurement
from knowledge.rules.credit import CreditDue, NotCovered, credit_due


@dataclass
class ServiceCredit:
    """One service in one month. `due` is None where a part is missing; then `missing` names it.

    missing   rule | unclear (the clause cannot be computed with) | not_covered | target | measurement | fee
    month     its first day, None when the question names none; measured in points, stated in the question or from the record `measurement`
    recorded  what that record says where the question states another value
    rule      the clause in force; older: the wording it replaced (`partly`: what it leaves still holds); caps, claim: clauses beside it
    """

    customer: str
    service: str
    month: date | None
    missing: str | None = None
    due: CreditDue | None = None
    measured: Decimal | None = None
    recorded: Decimal | None = None
    measurement: Evidence | None = None
    target: Decimal | None = None
    fee: Decimal | None = None
    currency: str = ""
    fee_evidence: list[Evidence] = field(default_factory=list)
    rule: Evidence | None = None
    older: list[Evidence] = field(default_factory=list)
    caps: list[Evidence] = field(default_factory=list)
    cap: Decimal | None = None
    claim: Evidence | None = None
    partly: bool = False
    taken_out: TakenOut | None = None
    """Downtime that the agreement does not count; `due` is worked out without it where its `value` is known."""

    @property
    def counts(self) -> Decimal | None:
        """The availability that the credit is worked out from."""
        return self.taken_out.value if self.taken_out and self.taken_out.value is not None else self.measured

    @property
    def evidence(self) -> list[Evidence]:
        """Everything that it rests on."""
        found = [self.rule, self.measurement, *self.fee_evidence, *self.caps, *self.older, self.claim]
        return [item for item in found if item is not None] + (self.taken_out.evidence if self.taken_out else [])


def credit_in_month(
    desk: Desk,
    customer: Customer,
    month: date,
    terms: Terms,
    term: CreditTerm,
    service: KnownService,
    services: Sequence[KnownService],
    measurements: Sequence[Measurement],
    stated: Decimal | None,
) -> ServiceCredit:
    """One service's credit in one month, with its evidence."""
    credit = ServiceCredit(customer.name, service.name, month, measured=stated)
    credit.rule = terms.evidence(term.wording.clause, "")
    credit.partly = term.wording.partly
    credit.older = [item for clause in term.wording.clauses[1:] if (item := terms.evidence(clause))]
    credit.caps = [item for clause in term.caps if (item := terms.evidence(clause))]
    credit.cap = min((rule.cap for rule in term.rules if rule.cap is not None), default=None)
    credit.claim = terms.evidence(term.claim) if term.claim else None
    record = measurement_in(measurements, service, month, term)
    if record is not None and record.value is not None:
        credit.target = record.target
        found = record_as_evidence(desk.session, desk.viewer, "measurement", record.id or 0)
        credit.measurement = desk.keep(found) if found else None
        if stated is None or record.value == stated:
            credit.measured = record.value
        else:
            credit.recorded = record.value
    if record is not None and credit.measured is not None and (stated is None or record.value == stated):
        credit.taken_out = taken_out(terms, customer.id or 0, service, services, month, credit.measured)
    credit.target = agreed_target(terms, service, services) or credit.target
    if term.of_all_services:
        paid = terms.all_fees(term.wording.original.agreement_id)
        credit.fee, credit.currency = (sum((fee.amount for fee in paid), Decimal(0)), paid[0].currency) if paid else (None, "")
        credit.fee_evidence = [shown for fee in paid if (shown := terms.evidence(fee.clause, fee.line))]
    else:
        credit.fee, credit.currency, credit.fee_evidence = fee_of(desk, terms, service, services)
        if credit.fee is None and (whole := terms.whole_fee(term, services)) is not None:
            shown = terms.evidence(whole.clause, whole.line)
            credit.fee, credit.currency, credit.fee_evidence = whole.amount, whole.currency, [shown] if shown else []
    credit.currency = credit.currency or term.currency
    if credit.counts is not None and met(term, credit.counts, credit.target):
        credit.due = CreditDue(Decimal(0), Decimal(0))
    elif not term.rules:
        credit.missing = "unclear"
    elif credit.measured is None:
        credit.missing = "measurement"
    elif credit.fee is None and not (term.fixed and credit.cap is None):
        credit.missing = "fee"
    elif term.currency and credit.fee is not None and term.currency != credit.currency:
        credit.missing = "unclear"
    else:
        try:
            credit.due = credit_due(term.rules, credit.counts or credit.measured, credit.fee or Decimal(0), credit.target)
        except NotCovered:
            needs = any(rule.gives and rule.below is None for rule in term.rules)
            credit.missing = "target" if needs and credit.target is None else "not_covered"
    return credit


def met(term: CreditTerm, value: Decimal, target: Decimal | None) -> bool:
    """Whether nothing can be due at a value, whatever the fee: no rule gives anything at it, or its words cannot be computed with
    and the target that it gives credits under is reached."""
    if term.rules:
        try:
            return not credit_due(term.rules, value, Decimal(100), target).amount
        except NotCovered:
            return False
    return target is not None and value >= target and bool(pattern("under_target").search(term.wording.text))


def register(desk: Desk, credit: ServiceCredit) -> None:
    """What was read from records and what was computed may be stated: month, value, fee, amount, percentages and steps."""
    computed = desk.computed
    if credit.month is not None and credit.measurement is not None:
        computed.dates.add(credit.month)
    read = credit.recorded if credit.recorded is not None else credit.measured if credit.measurement else None
    computed.quantities |= {Quantity(read.normalize(), "%")} if read is not None else set()
    computed.quantities |= {Quantity(credit.fee.normalize(), credit.currency)} if credit.fee is not None else set()
    if (out := credit.taken_out) is not None:
        computed.quantities |= {Quantity(out.value.normalize(), "%")} if out.value is not None else set()
        computed.quantities.add(Quantity(out.minutes.normalize(), "minute"))
        computed.numbers.add(out.minutes.normalize())
    due = credit.due
    if due is None:
        return
    computed.quantities |= {
        Quantity(round(due.amount, 2).normalize(), credit.currency),
        Quantity(due.percent.normalize(), "%"),
        Quantity(due.uncapped.normalize(), "%"),
    }
    computed.numbers |= {round(due.amount, 2).normalize(), due.percent.normalize(), Decimal(due.steps or 0)}

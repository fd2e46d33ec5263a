"""The service credit that a customer is entitled to, month by month, computed from the agreement's own rule; or what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credits.counted import CountedCredit, counted_credits, names_a_count
from assistant.tools.credits.inputs import measurements_of
from assistant.tools.credits.month import ServiceCredit, credit_in_month, register
from assistant.tools.credits.services import KnownService, service_named, services_of
from assistant.tools.credits.terms import CreditTerm, Terms
from assistant.tools.credits.words import generic, pattern
from assistant.tools.desk import Desk
from knowledge.access import record_clause
from knowledge.intake.prose.counted_credits import PeriodCap, period_cap
from knowledge.language.calendar import add_months
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.numbers import find_percentages
from knowledge.language.periods import Period, find_period
from knowledge.language.tokens import codes, normalise
from knowledge.records.customers import Customer
from knowledge.records.operations import Measurement, Ticket
from knowledge.records.services import Subscription

__all__ = ["CountedCredit", "CreditFindings", "ServiceCredit", "counted_of", "credits_of", "service_credits"]
MOST_MONTHS = 12


@dataclass
class CreditFindings:
    """Credits of the months and services that the question means. missing: customer | month | rule | service (then `choices`)."""

    credits: list[ServiceCredit] = field(default_factory=list)
    missing: str | None = None
    customer: str = ""
    choices: list[str] = field(default_factory=list)
    counted: list[CountedCredit] = field(default_factory=list)
    """Credits for each breach, hour or day."""
    cap: PeriodCap | None = None
    """What all credits of the period together may come to, with its clause."""
    cap_evidence: Evidence | None = None

    @property
    def evidence(self) -> list[Evidence]:
        beside = [item for credit in self.counted for item in credit.evidence]
        return [item for credit in self.credits for item in credit.evidence] + beside + ([self.cap_evidence] if self.cap_evidence else [])

    @property
    def worked_out(self) -> bool:
        """Whether an amount, be it nothing, is known for any of them."""
        return any(credit.due is not None for credit in self.credits) or any(counted.due is not None for counted in self.counted)


def service_credits(desk: Desk, question: str, asked: str | None = None) -> CreditFindings:
    """The credits that a question asks for; a value that it states counts as measured, else the record of the month.

    Without a month, a stated value is judged by the rule in force today. What is due is registered as computed.
    asked: the person's own words, where `question` comes from a model that may make a value up: only theirs counts.
    """
    customer = customer_meant(desk, question)
    if customer is None:
        return CreditFindings(missing="customer")
    stated = _stated_value(question)
    if asked is not None and stated not in {span.value for span in find_percentages(asked)}:
        stated = None
    period = _period(question, desk.today)
    months = _months(period, desk.today) if period else [desk.today.replace(day=1)] if stated else []
    if not months and not names_a_count(question):
        return CreditFindings(missing="month", customer=customer.name)
    measurements = measurements_of(desk, customer.id or 0)
    services = services_of(desk, customer.id or 0, measurements)
    found = CreditFindings(customer=customer.name)
    for month in months:
        day = month if period else desk.today
        terms = Terms(desk, customer.id or 0, day)
        chosen = _chosen(question, terms.credit_terms(services), services, day)
        if len(chosen) > 1 and stated is not None:
            return CreditFindings(
                missing="service", customer=customer.name, choices=[service.name for _, service in chosen]
            )
        found.credits += [
            credit_in_month(desk, customer, month, terms, term, service, services, measurements, stated)
            for term, service in chosen
        ]
    if stated is None and not pattern("availability").search(question):
        _add_counted(desk, found, customer, question, months, services)
    if len(months) > 1 and period is not None:
        _set_cap(desk, found, customer, period)
    if not found.credits and not found.counted:
        found.missing = "rule"
    elif len(found.credits) > 1:
        found.credits = _worth_telling(found.credits)
    for credit in found.credits:
        credit.month = credit.month if period else None
        register(desk, credit)
    made = [(credit.due.amount, credit.currency) for credit in found.credits if credit.due] + [(one.due.amount, one.currency) for one in found.counted if one.due]
    total = sum((amount for amount, _ in made), Decimal(0))
    for currency in {currency for _, currency in made}:
        desk.computed.quantities.add(Quantity(round(total, 2).normalize(), currency))
    return found


def _add_counted(desk: Desk, found: CreditFindings, customer: Customer, question: str, months: Sequence[date], services: Sequence[KnownService]) -> None:
    """Credits by the unit beside those by percentage; alone where the question names a count or a ticket."""
    named = names_a_count(question)
    counted = counted_credits(desk, customer, question, months, services)
    found.counted = [credit for credit in counted if credit.count or named]
    if found.counted and (named or not any(credit.due for credit in found.credits)):
        found.credits = []
    elif found.counted:
        found.credits = [credit for credit in found.credits if credit.due]


def _set_cap(desk: Desk, found: CreditFindings, customer: Customer, period: Period) -> None:
    """A cap in money over the very period asked about."""
    terms = Terms(desk, customer.id or 0, period.start)
    length = {"month": 31, "quarter": 92, "year": 366}
    for wording in (item for agreement in terms.agreements for item in terms.in_force(agreement)):
        cap = period_cap(wording.worked_out or wording.clause.text)
        if cap is not None and 0.8 * length[cap.period] < (period.end - period.start).days + 1 <= length[cap.period]:
            found.cap, found.cap_evidence = cap, terms.evidence(wording.clause)
            desk.computed.quantities.add(Quantity(cap.amount.normalize(), cap.currency))
            return


def credits_of(desk: Desk, customer: Customer, period: Period) -> list[ServiceCredit]:
    """The credit of each service that a clause gives credits for, in each month of a period, by the rule in force in that month.

    Without those whose month was not measured; what is due is registered as computed.
    """
    measurements = measurements_of(desk, customer.id or 0)
    services = services_of(desk, customer.id or 0, measurements)
    first = period.start.replace(day=1)
    count = (period.end.year - first.year) * 12 + period.end.month - first.month + 1
    found = []
    for month in (add_months(first, number) for number in range(count)):
        terms = Terms(desk, customer.id or 0, month)
        given = terms.credit_terms(services)
        for service in (service for service in services if service.runs_on(month)):
            fitting = [term for term in given if term.service is service] or [term for term in given if term.service is None]
            made = [credit_in_month(desk, customer, month, terms, term, service, services, measurements, None) for term in fitting[:1]]
            found += [credit for credit in made if credit.measurement is not None]
    for credit in found:
        register(desk, credit)
    return found


def counted_of(desk: Desk, customer: Customer, period: Period) -> list[CountedCredit]:
    """The credits by the breach, hour or day that tickets and measurements of a period give, by the rule in force in each month."""
    services = services_of(desk, customer.id or 0, measurements_of(desk, customer.id or 0))
    return counted_credits(desk, customer, "", _months(period, desk.today), services)


def _period(question: str, today: date) -> Period | None:
    """The period that the question names; "in a month" said of any month is none."""
    period = find_period(question, today)
    any_month = period and period.start > today and all(span.relative for span in find_dates(question, today))
    return None if any_month else period


def customer_meant(desk: Desk, question: str) -> Customer | None:
    """The first customer that the question names and the viewer may see; without a name the only one of a service or ticket that it names."""
    mentions = desk.linker.customers(question)
    for mention in mentions:
        for number in mention.customer_ids:
            if desk.viewer.may_see(number) and (customer := desk.session.get(Customer, number)):
                return customer
    owners = set() if mentions else {number for number in _owners(desk, question) if desk.viewer.may_see(number)}
    return desk.session.get(Customer, owners.pop()) if len(owners) == 1 else None


def _owners(desk: Desk, question: str) -> set[int]:
    """Whose services or tickets a question names."""
    named = normalise(question)
    found: set[int] = set()
    for model in (Measurement, Subscription):
        rows = select(col(model.customer_id), col(model.service)).where(col(model.withdrawn).is_(False), record_clause(desk.viewer, model)).distinct()
        found |= {number for number, service in desk.session.execute(rows) if number and service and len(service) > 3 and normalise(service) in named}
    tickets = select(col(Ticket.customer_id)).where(col(Ticket.key).in_(codes(question)), col(Ticket.withdrawn).is_(False), record_clause(desk.viewer, Ticket))
    return found or {number for number in desk.session.execute(tickets).scalars() if number}


def _stated_value(question: str) -> Decimal | None:
    """The measured percentage that the question states; a percentage of credit ("a credit of 20%") is none."""
    for span in find_percentages(question):
        lead = question[: span.start].rstrip(" :(=≥").split()
        if not pattern("credit").search(" ".join(lead[-2:])):
            return span.value
    return None


def _months(period: Period, today: date) -> list[date]:
    """First days of the months of a period, up to this month, at most a year of them."""
    first = period.start.replace(day=1)
    months = [add_months(first, number) for number in range(MOST_MONTHS)]
    return [month for month in months if month <= period.end and (month <= today or month == first)]


def _chosen(
    question: str, terms: Sequence[CreditTerm], services: Sequence[KnownService], day: date
) -> list[tuple[CreditTerm, KnownService]]:
    """The clauses and services that the question means: those it names, else all that a clause gives credits for."""
    running = [service for service in services if service.runs_on(day)]
    asked = service_named(running, question)
    if asked is None:
        words = _telling(question)
        shared = {id(term): len(words & _telling(term.wording.text)) for term in terms}
        best = [term for term in terms if shared[id(term)] and shared[id(term)] == max(shared.values())]
        if len(best) == 1 and best[0].service is not None:
            return [(best[0], best[0].service)]
        own = [(term, term.service) for term in terms if term.service is not None]
        if own:
            return own
        measured = [service for service in running if service.measured] or running
        return [(term, service) for term in terms[:1] for service in measured]
    specific = [term for term in terms if term.service is asked]
    fitting = specific or [term for term in terms if term.service is None]
    words = _telling(question)
    fitting.sort(key=lambda term: -len(words & _telling(term.wording.text)))
    return [(term, asked) for term in fitting[:1]]


def _telling(text: str) -> set[str]:
    """Concepts that may tell one clause from another; numbers do not."""
    return {name for name in concept_names(text) - generic() if not name.isdigit()}


def _worth_telling(found: list[ServiceCredit]) -> list[ServiceCredit]:
    """Of several services or months those with a credit, or with a part missing although something was measured."""
    due = [credit for credit in found if credit.due and credit.due.amount]
    unsure = [credit for credit in found if credit.due is None and credit.measured is not None]
    return [*due, *unsure] or [credit for credit in found if credit.due] or found[:1]

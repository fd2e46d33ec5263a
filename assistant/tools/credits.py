"""The service credit that a customer is entitled to, month by month, computed from the agreement's own rule; or what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credit_inputs import measurements_of
from assistant.tools.credit_month import ServiceCredit, credit_in_month, register
from assistant.tools.credit_services import KnownService, service_named, services_of
from assistant.tools.credit_terms import CreditTerm, Terms
from assistant.tools.credit_words import generic, pattern
from assistant.tools.desk import Desk
from knowledge.language.calendar import add_months
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.numbers import find_percentages
from knowledge.language.periods import Period, find_period
from knowledge.records.customers import Customer

__all__ = ["CreditFindings", "ServiceCredit", "credits_of", "service_credits"]
MOST_MONTHS = 12


@dataclass
class CreditFindings:
    """Credits of the months and services that the question means. missing: customer | month | rule | service (then `choices`)."""

    credits: list[ServiceCredit] = field(default_factory=list)
    missing: str | None = None
    customer: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def evidence(self) -> list[Evidence]:
        return [item for credit in self.credits for item in credit.evidence]


def service_credits(desk: Desk, question: str, asked: str | None = None) -> CreditFindings:
    """The credits that a question asks for; a value that it states counts as measured, else the record of the month.

    Without a month, a stated value is judged by the rule in force today. What is due is registered as computed.
    asked: the person's own words, where `question` comes from a model that may make a value up: only theirs counts.
    """
    customer = _customer(desk, question)
    if customer is None:
        return CreditFindings(missing="customer")
    stated = _stated_value(question)
    if asked is not None and stated not in {span.value for span in find_percentages(asked)}:
        stated = None
    period = _period(question, desk.today)
    months = _months(period, desk.today) if period else [desk.today.replace(day=1)] if stated else []
    if not months:
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
    if not found.credits:
        found.missing = "rule"
    elif len(found.credits) > 1:
        found.credits = _worth_telling(found.credits)
    for credit in found.credits:
        credit.month = credit.month if period else None
        register(desk, credit)
    total = sum((credit.due.amount for credit in found.credits if credit.due), Decimal(0))
    for currency in {credit.currency for credit in found.credits if credit.due}:
        desk.computed.quantities.add(Quantity(round(total, 2).normalize(), currency))
    return found


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


def _period(question: str, today: date) -> Period | None:
    """The period that the question names; "in a month" said of any month is none."""
    period = find_period(question, today)
    any_month = period and period.start > today and all(span.relative for span in find_dates(question, today))
    return None if any_month else period


def _customer(desk: Desk, question: str) -> Customer | None:
    """The first customer that the question names and the viewer may see."""
    for mention in desk.linker.customers(question):
        for number in mention.customer_ids:
            if desk.viewer.may_see(number) and (customer := desk.session.get(Customer, number)):
                return customer
    return None


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

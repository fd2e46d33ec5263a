"""What a credit is worked out from besides its rule: the value measured, the target agreed, the fee of the month."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.credits.services import KnownService, service_named
from assistant.tools.credits.terms import CreditTerm, Terms
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.calendar import month_end
from knowledge.language.concepts import concept_names
from knowledge.records.agreements import Target
from knowledge.records.operations import Measurement


def measurements_of(desk: Desk, customer_id: int) -> list[Measurement]:
    """The customer's measurements in percent, the strongest first."""
    rows = desk.session.execute(
        select(Measurement)
        .where(
            col(Measurement.customer_id) == customer_id,
            col(Measurement.withdrawn).is_(False),
            col(Measurement.value).is_not(None),
            col(Measurement.unit) == "percent",
            record_clause(desk.viewer, Measurement),
        )
        .order_by(col(Measurement.id))
    ).scalars()
    return list(rows)


def measurement_in(
    measurements: Sequence[Measurement], service: KnownService, month: date, term: CreditTerm
) -> Measurement | None:
    """What was measured of a service in a month; of several measures the one that the clause speaks of."""
    of_month = [
        row
        for row in measurements
        if (row.service or "").casefold() == service.code.casefold()
        and row.period_start is not None
        and row.period_start.replace(day=1) == month
        and (row.period_end is None or row.period_end <= month_end(month))
    ]
    words = concept_names(term.wording.text)
    return max(of_month, key=lambda row: len(words & concept_names(row.indicator)), default=None)


def agreed_target(terms: Terms, service: KnownService, services: Sequence[KnownService]) -> Decimal | None:
    """The availability that the agreements promise for a service on the day, the latest wording of it."""
    numbers = {item.id for item in (*terms.agreements, *terms.amendments)}
    rows = terms.desk.session.execute(
        select(Target).where(
            col(Target.agreement_id).in_(numbers),
            col(Target.withdrawn).is_(False),
            col(Target.indicator) == "availability",
            col(Target.unit) == "percent",
            record_clause(terms.desk.viewer, Target),
        )
    ).scalars()
    fitting = [
        row
        for row in rows
        if row.service
        and service_named(services, row.service) is service
        and (row.valid_from is None or row.valid_from <= terms.day)
    ]
    newest = max(fitting, key=lambda row: (row.valid_from or date.min, row.id or 0), default=None)
    return newest.value if newest else None


def fee_of(
    desk: Desk, terms: Terms, service: KnownService, services: Sequence[KnownService]
) -> tuple[Decimal | None, str, list[Evidence]]:
    """The monthly fee with its currency: as the agreement names it, else the customer's subscription of that month.

    Both are cited where they agree.
    """
    fee, currency, evidence = None, "", []
    agreed = terms.fee_of(service, services)
    if agreed is not None:
        fee, currency = agreed.amount, agreed.currency
        stated = terms.evidence(agreed.clause, agreed.line)
        evidence += [stated] if stated else []
    for subscription in service.held_on(terms.day):
        if subscription.fee is None or not subscription.currency or subscription.fee_per not in (None, "month"):
            continue
        if fee is None:
            fee, currency = subscription.fee, subscription.currency
        if (fee, currency) == (subscription.fee, subscription.currency):
            found = record_as_evidence(desk.session, desk.viewer, "subscription", subscription.id or 0)
            evidence += [desk.keep(found)] if found else []
            break
    return fee, currency, evidence

"""What tools found, in the form in which a language model reads it; and what a model passed in, kept out of what counts as computed."""

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.answers.facts import Quantity, facts_of
from assistant.tools.agreements.dates import AgreementDates
from assistant.tools.credits.due import CreditFindings
from assistant.tools.desk import Desk
from assistant.tools.reading_form import Reader
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.troubles.known_errors import KnownErrorMatch
from knowledge.language.dates import find_dates


def note_units(desk: Desk, answer: RecordAnswer) -> None:
    """Sums with their currency, the unit of a measure, and how many rows a list leaves out."""
    result = answer.result
    computed = desk.computed
    computed.quantities |= {
        Quantity(Decimal(amount).normalize(), currency) for currency, amount in result.currencies.items()
    }
    names = [result.unit or "", *(measure.expression.replace("_", " ") for measure in answer.scored.spec.measures)]
    computed.units |= {unit for name in names if name for unit in facts_of(name, desk.today).labels}
    computed.units |= {str(values["currency"]) for values, _ in answer.rows if values.get("currency")}
    if result.n > len(answer.rows):
        computed.numbers.add(Decimal(result.n - len(answer.rows)))


def forget_arguments(desk: Desk, answer: RecordAnswer, asked: str) -> None:
    """The period of a query is the caller's own words, not a result, unless the person asked for it."""
    period = set(answer.scored.spec.period or ()) - {
        day for span in find_dates(asked, desk.today) for day in (span.value, span.until)
    }
    stated: set[date] = {value for values, _ in answer.rows for value in values.values() if isinstance(value, date)}
    desk.computed.dates -= period - stated


def agreement_form(item: AgreementDates, today: date, reader: Reader) -> dict[str, Any]:
    """An agreement's end and last day of notice, with the clauses that say so."""
    return {
        "agreement": item.agreement.title,
        "number": item.agreement.number,
        "ends_on": item.ends_on.isoformat(),
        "ends_on_says": reader.evidence(item.end_evidence),
        "notice": f"{item.notice_value} {item.notice_unit}" if item.deadline else None,
        "notice_deadline": item.deadline.isoformat() if item.deadline else None,
        "notice_says": reader.evidence(item.notice_evidence) if item.notice_evidence else None,
        "renewal": item.renewal,
        "days_left": item.days_left(today),
    }


def credits_form(found: CreditFindings, reader: Reader) -> dict[str, Any]:
    """Credits with their amounts and what they rest on, or what is missing."""
    return {
        "customer": found.customer,
        "missing": found.missing,
        "choose_from": found.choices,
        "credits": [
            {
                "service": credit.service,
                "month": f"{credit.month:%Y-%m}" if credit.month else None,
                "amount": f"{credit.due.amount.normalize():f} {credit.currency}" if credit.due else None,
                "percent_of_fee": f"{credit.due.percent.normalize():f}%" if credit.due else None,
                "capped": bool(credit.due and credit.due.capped),
                "measured": f"{credit.measured.normalize():f}%" if credit.measured is not None else None,
                "monthly_fee": f"{credit.fee.normalize():f} {credit.currency}" if credit.fee is not None else None,
                "missing": credit.missing,
                "refs": [item.id for item in credit.evidence],
                "says": [reader.evidence(item) for item in credit.evidence],
            }
            for credit in found.credits
        ],
        "counted": [
            {
                "month": f"{one.month:%Y-%m}" if one.month else None,
                "per": one.rule.per,
                "count": f"{one.count.normalize():f}",
                "amount": f"{one.due.amount.normalize():f} {one.currency}" if one.due else None,
                "capped": bool(one.due and one.due.capped),
                "missing": one.missing,
                "refs": [item.id for item in one.evidence],
            }
            for one in found.counted
        ],
        "at_most_together": f"{found.cap.amount.normalize():f} {found.cap.currency}" if found.cap else None,
    }


def known_error_form(match: KnownErrorMatch, reader: Reader) -> dict[str, Any]:
    """A known error with its workaround and fix."""
    return {
        "ref": match.evidence.id,
        "key": match.key,
        "title": match.title,
        "workaround": match.workaround,
        "cause": match.cause,
        "status": match.status,
        "fix": match.fix,
        "fits": "well" if match.convincing else "perhaps",
        "says": reader.evidence(match.evidence),
    }

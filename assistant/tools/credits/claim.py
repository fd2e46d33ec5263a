"""Until when a service credit may still be claimed: the clause's own words, counted from the end of the month."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.evidence import Evidence
from assistant.tools.credits.due import customer_meant
from assistant.tools.credits.inputs import measurements_of
from assistant.tools.credits.services import services_of
from assistant.tools.credits.terms import Terms
from assistant.tools.credits.words import pattern
from assistant.tools.desk import Desk
from knowledge.documents.passages import sentences
from knowledge.language.calendar import month_end, shift
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.periods import find_period
from knowledge.language.vocabulary import section_pattern

_UNITS = ("day", "business_day", "week", "month")


@dataclass
class ClaimDeadline:
    """The last day for the credits of one month; sentence: the clause's words that it is counted by."""

    customer: str
    month_end: date
    day: date
    length: DurationSpan
    sentence: str
    evidence: Evidence


_pattern = partial(section_pattern, __file__, "claim")


def asks_until_when_to_claim(question: str) -> bool:
    """Whether a question asks for the last day to claim a credit."""
    return bool(_pattern("until").search(question) and _pattern("claim").search(question) and (pattern("credit").search(question) or pattern("loose").search(question)))


def claim_deadline(desk: Desk, question: str) -> ClaimDeadline | None:
    """The last day for the month that the question names; None without a month, a customer or a clause that counts from the month's end."""
    customer, period = customer_meant(desk, question), find_period(question, desk.today)
    if customer is None or customer.id is None or period is None or not asks_until_when_to_claim(question):
        return None
    end = month_end(period.end)
    terms = Terms(desk, customer.id, period.start)
    given = terms.credit_terms(services_of(desk, customer.id, measurements_of(desk, customer.id)))
    clause = next((term.claim for term in given if term.claim is not None), None)
    evidence = terms.evidence(clause) if clause else None
    if clause is None or evidence is None:
        return None
    for text in [clause.text[start:stop] for start, stop in sentences(clause.text)]:
        lengths = find_durations(text)
        if len(lengths) == 1 and _pattern("month_end").search(text) and lengths[0].unit in _UNITS:
            day = shift(end, lengths[0].value, lengths[0].unit)
            desk.computed.dates |= {day, end}
            return ClaimDeadline(customer.name, end, day, lengths[0], text, evidence)
    return None

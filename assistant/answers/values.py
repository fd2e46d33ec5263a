"""The rule of values: days, times, amounts, numbers, codes, clause numbers and addresses of a statement stand in its evidence."""

import re
from datetime import date, timedelta
from decimal import Decimal

from assistant.answers.basis import Basis
from assistant.answers.canonical import folded, readings_of
from assistant.answers.claim import Claim, has_words
from assistant.answers.facts import Quantity, clock_times, duration, facts_of, followed_by_noun
from assistant.answers.wording import negation
from knowledge.language.calendar import shift
from knowledge.language.spans import DateSpan

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|id|io|co|info|biz|dev|app|cloud|sg|my|eu|uk|us|de|ru|cn|xyz|top|site|online)(?:/[^\s)\]]*)?(?![\w])",
    re.IGNORECASE,
)


def fault_of_values(claim: Claim, basis: Basis, question_alone: bool = False) -> str | None:
    """Days, times, amounts, numbers, codes, clause numbers and addresses; what only the question states carries nothing by itself."""
    facts = claim.facts
    from_question: list[str] = []
    carried = bool(claim.quotations)
    asked_dates = [*basis.asked.dates, *basis.asked.relative, DateSpan(0, 0, "", claim.today, claim.today, "day")]
    for span in facts.dates:
        if basis.carries_date(span):
            carried = True
        elif any(
            (span.value, span.until) == (known.value, known.until) or span.value in (known.value, known.until)
            for known in asked_dates
        ):
            from_question.append("")
        elif not _follows(span, claim, basis):
            return f"date not in evidence: {span.text}"
    for span in facts.relative:
        if re.search(r"[\d)]\s*$", claim.own[: span.start]):
            continue  # "3 bulan sebelumnya" is a length
        if (
            claim.strict
            and not basis.carries_date(span)
            and folded(span.text) not in basis.words
            and folded(span.text) not in folded(basis.question)
            and len(facts.weekdays) == 0
        ):
            return f"date not in evidence: {span.text}"
    for quantity in facts.quantities:
        if basis.carries_quantity(quantity):
            carried = True
        elif not quantity.measured and claim.items and quantity.value == claim.items:
            continue
        elif quantity.written and any(other.written == quantity.written and basis.carries_quantity(other) for other in facts.quantities):
            carried = True  # its digits in another reading
        elif quantity in basis.asked.quantities:
            from_question.append("amount")
        elif not _difference(quantity, claim, basis):
            return f"amount not in evidence: {quantity.value:f} {quantity.unit}"
    for token in facts.bare:
        values = readings_of(token)
        if values & (basis.bare if followed_by_noun(claim.own, token) else basis.numbers):
            carried = True
        elif clock_times(token) & basis.times:
            carried = True  # "02.10" where the evidence says "02.10 WIB"
        elif claim.items and Decimal(claim.items) in values:
            continue
        elif values & basis.asked.numbers or has_words(basis.question, token):
            from_question.append("number")
        elif not values & basis.numbers or claim.strict:
            return f"number not in evidence: {token}"
    for code in facts.codes:
        if _code_in(code, basis):
            carried = True
        elif code in folded(basis.question):
            from_question.append("")
        else:
            return f"code not in evidence: {code}"
    if missing := [
        number
        for number in facts.places
        if number not in basis.clauses and not has_words(basis.words, number) and number not in basis.question
    ]:
        return f"no such clause or page: {missing[0]}"
    if missing_times := [clock for clock in facts.times if clock not in basis.times and clock not in basis.asked.times]:
        return f"time not in evidence: {missing_times[0]}"
    if (
        facts.weekdays
        - basis.weekdays
        - basis.asked.weekdays
        - {span.value.weekday() for span in facts.dates if span.precision == "day"}
    ):
        return "weekday not in evidence"
    for span in facts.dates:
        if (
            span.precision == "day"
            and span.has_year
            and (named := facts_of(span.text, claim.today).weekdays)
            and span.value.weekday() not in named
        ):
            return f"weekday does not fit: {span.text}"
    for address in _ADDRESS.findall(claim.own):
        if folded(address) not in basis.words and folded(address) not in folded(basis.question):
            return f"address not in evidence: {address}"
    if claim.strict:
        spoken = (
            {value for value in facts.spoken if value >= 3} - basis.numbers - basis.asked.numbers - basis.asked.spoken
        )
        if spoken - ({Decimal(claim.items)} if claim.items else set()):
            return "number in words not in evidence"
    if from_question and claim.strict and not question_alone:
        turned = bool(negation().search(claim.own))
        if not carried or (any(from_question) and not turned):
            return "only the question states it"
    return None


def _code_in(code: str, basis: Basis) -> bool:
    if re.search(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", basis.words):
        return True
    parts = [part for part in re.split(r"[-–/:+&×x]", code) if part]
    if len(parts) < 2:
        return False
    return all(
        has_words(basis.words, part) or bool(readings_of(part) & basis.numbers) or not re.search(r"\d", part)
        for part in parts
    )


def _named_days(claim: Claim) -> list[date]:
    spans = [*claim.facts.dates, *claim.facts.relative, *facts_of(claim.before, claim.today).dates]
    return [day for span in spans if span.precision in ("day", "range") for day in {span.value, span.until}]


def _follows(span: DateSpan, claim: Claim, basis: Basis) -> bool:
    """A day that the statement works out before the reader's eyes: another day that it names, moved by a length that it names."""
    if span.precision != "day":
        return False
    lengths = [
        quantity
        for quantity in claim.facts.quantities
        if quantity.unit in ("minute", "month", "business_day") and basis.carries_quantity(quantity)
    ]
    for anchor in _named_days(claim):
        if anchor == span.value:
            continue
        for length in lengths:
            value, unit = (length.value / 1440, "day") if length.unit == "minute" else (length.value, length.unit)
            if value != int(value) or value > 40_000:
                continue
            if span.value in (shift(anchor, value, unit), shift(anchor, -value, unit)):
                return True
    return False


def _difference(quantity: Quantity, claim: Claim, basis: Basis) -> bool:
    """The days between two days that the statement (or the one it goes on from) names, today included; never a bare guess."""
    if quantity.unit != "minute":
        return False
    days = [*_named_days(claim), claim.today]
    if any(
        quantity == duration(Decimal(abs((one - other) // timedelta(days=1))), "day")
        for one in days
        for other in days
        if one != other
    ):
        return True
    if claim.strict:
        return False
    minutes = sorted(clock.hour * 60 + clock.minute for facts in basis.facts for clock in facts.times)
    return any(quantity.value == late - early for early in minutes for late in minutes if late > early)

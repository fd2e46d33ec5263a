"""Credits for each breach, hour or day ("USD 150 for each full hour", "Rp2.500.000 per pelanggaran"), and caps in money."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages
from knowledge.rules.counted_credit import CountedRule

_UNITS = {
    "breach": r"insiden|incidents?|tiket|tickets?|pelanggaran|breach(?:es)?|kejadian|occurrences?|failures?|kegagalan|misses|panggilan|calls?",
    "hour": r"jam|hours?",
    "day": r"hari(?:\s+(?:kerja|kalender))?|(?:business\s+|working\s+|calendar\s+)?days?",
    "minute": r"menit|minutes?",
}
_EACH = re.compile(
    rf"{any_of('targets.per_step')}\s+(?:(?:full|whole|complete|additional|started|begun|commenced|penuh|tambahan|utuh)\s+)?(?:(?P<n>\d{{1,3}})\s*(?:\([^()]*\)\s*)?|[a-z-]+\s+\((?P<said>\d{{1,3}})\)\s*)?(?P<unit>{'|'.join(_UNITS.values())})(?!\w)",
    re.IGNORECASE,
)
_CAP = re.compile(rf"{any_of('targets.cap')}[^\w,;]*(?:\w+[^\w,;]+){{0,3}}$", re.IGNORECASE)
_PER_MILLE = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?:‰|permil|per\s?mil|per\s?mille)", re.IGNORECASE)
_PRIORITY = re.compile(r"\b(?:P|prioritas\s+|priority\s+|sev(?:erity)?\s*)([1-5])\b", re.IGNORECASE)
_LATE_PAYMENT = re.compile(r"\b(?:keterlambatan\s+pembayaran|telat\s+bayar|late\s+payments?|overdue|invoices?|faktur)\b", re.IGNORECASE)
_INDICATORS = ("response", "resolution")
_PERIODS = {"month": r"bulan|month", "quarter": r"kuartal|triwulan|quarter", "year": r"tahun|year|annum"}
_IN_PERIOD = re.compile(rf"\b(?:satu|setiap|tiap|per|dalam|a|any|each|one|every|in)\s+(?:(?:satu|a|any|one|calendar|contract)\s+)*(?P<unit>{'|'.join(_PERIODS.values())})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodCap:
    """At most `amount` in `currency` in a `period` (month | quarter | year), all credits together."""

    amount: Decimal
    currency: str
    period: str


def counted_rules(text: str, heading: str = "") -> list[CountedRule]:
    """The rules by the unit that a clause states, under a heading of credits or in words of its own; none where a sentence gives
    no amount or several."""
    of_credits = bool(pattern("targets.credit").search(heading))
    found: list[CountedRule] = []
    before: tuple[str | None, str | None] = (None, None)
    for sentence in (sentence for line in text.split("\n") for sentence in sentence_texts(line)):
        said = _measured(sentence)
        if rule := _rule(sentence, of_credits):
            found.append(rule if said[0] else replace(rule, indicator=before[0], priority=rule.priority or before[1]))
        before = said if said[0] else before
    return found


def _measured(sentence: str) -> tuple[str | None, str | None]:
    """What is to be done in time, response or resolution, and of which priority; "for each hour beyond that" speaks of the sentence before it."""
    priority = _PRIORITY.search(sentence)
    return next((name for name in _INDICATORS if pattern(f"targets.{name}").search(sentence)), None), f"P{priority[1]}" if priority else None


def period_cap(text: str) -> PeriodCap | None:
    """A cap in money over a period, which stands in a sentence of its own."""
    for line in text.split("\n"):
        for sentence in sentence_texts(line):
            amounts, period = find_money(sentence), _IN_PERIOD.search(sentence)
            if len(amounts) == 1 and period and pattern("targets.credit").search(sentence) and _CAP.search(sentence[: amounts[0].start]):
                name = next(name for name, words in _PERIODS.items() if re.fullmatch(words, period["unit"], re.IGNORECASE))
                return PeriodCap(amounts[0].amount, amounts[0].currency, name)
    return None


def _rule(sentence: str, of_credits: bool) -> CountedRule | None:
    each = _EACH.search(sentence)
    if each is None or _LATE_PAYMENT.search(sentence):
        return None
    amounts = find_money(sentence)
    given = [money for money in amounts if not _CAP.search(sentence[: money.start])]
    cap_amount = next((money.amount for money in amounts if money not in given), None)
    shares = [(span.value, bool(_CAP.search(sentence[: span.start]))) for span in find_percentages(sentence)]
    shares += [(Decimal(match["n"].replace(",", ".")) / 10, False) for match in _PER_MILLE.finditer(sentence)]
    percents = [value for value, capped in shares if not capped]
    cap = next((value for value, capped in shares if capped), None)
    paid = of_credits or pattern("targets.credit").search(sentence) or re.search(r"\b(?:membayar|pays?|mengganti)\b", sentence, re.IGNORECASE)
    if not paid or len(given) + len(percents) != 1:
        return None
    indicator, priority = _measured(sentence)
    return CountedRule(
        per=next(name for name, words in _UNITS.items() if re.fullmatch(words, each["unit"], re.IGNORECASE)),
        percent=percents[0] if percents else None,
        amount=given[0].amount if given else None,
        currency=given[0].currency if given else None,
        step=Decimal(each["n"] or each["said"] or 1),
        begun=bool(pattern("targets.begun").search(sentence)),
        cap=cap,
        cap_amount=cap_amount,
        indicator=indicator,
        priority=priority,
    )

"""Sentences about credits for each breach, hour or day: the amount, the count and where it comes from."""

from decimal import Decimal

from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.credits.counted import Counted, CountedCredit
from knowledge.language.formats import format_duration, format_money, format_month, format_number, format_percent
from knowledge.language.vocabulary import Language


def counted_told(credit: CountedCredit, language: Language) -> str:
    """The amount first, then steps times what each is worth, what was counted, and the cap where it took something off."""
    subject = credit.customer + (f", {format_month(credit.month, language)}" if credit.month else "")
    marks = mark(*credit.evidence)
    if credit.due is None:
        return phrase(f"counted_missing_{credit.missing}", language, subject=subject, marks=marks)
    counted = "; ".join(told for part in credit.parts if (told := _part(part, language)))
    if not credit.due.amount:
        return phrase("counted_none", language, subject=subject, counted=counted or "0", marks=marks)
    each = format_money(credit.due.each, credit.currency, language)
    sum_of = f"{format_number(Decimal(credit.due.steps), language)} × {each}"
    name = "counted_capped" if credit.due.capped else "counted_due"
    told = phrase(
        name, language, amount=format_money(credit.due.amount, credit.currency, language), subject=subject, sum=sum_of, counted=counted,
        uncapped=format_money(credit.due.uncapped, credit.currency, language), marks=marks,
    )  # fmt: skip
    if credit.cap_unchecked and credit.rule.cap is not None:
        told += phrase("counted_cap_unchecked", language, cap=format_percent(credit.rule.cap, language))
    return told


def clause_told(credit: CountedCredit, language: Language) -> str:
    """The clause that gives the credit, in its own words."""
    if credit.clause is None:
        return ""
    return phrase("credit_rule", language, place=place(credit.clause, language), quote=shorten(credit.clause.quote, 240), mark=mark(credit.clause))


def _part(part: Counted, language: Language) -> str:
    if part.minutes is None or part.target is None:
        return part.label if part.evidence is None else f"{part.label}: {format_number(part.count, language)}"
    return phrase("counted_ticket", language, key=part.label, took=_length(part.minutes, language), allowed=_length(part.target, language))


def _length(minutes: Decimal, language: Language) -> str:
    if minutes < 60:
        return format_duration(minutes, "minute", language)
    return format_duration(round(minutes / 60, 2).normalize(), "hour", language)

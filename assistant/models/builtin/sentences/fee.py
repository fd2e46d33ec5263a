"""Sentences about what an agreement charges altogether: the sum, its lines, and what keeps it from being sure."""

from decimal import Decimal

from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.agreements.fees import AgreementFees
from knowledge.intake.prose.fee_lines import together
from knowledge.language.formats import format_date, format_money
from knowledge.language.letter_case import calm
from knowledge.language.time_units import MONTHS_IN
from knowledge.language.vocabulary import Language


def fees_told(found: list[AgreementFees], language: Language) -> tuple[str, bool]:
    """The answer with reference marks, and whether it says that no sum is sure."""
    told = [_told(fees, language) for fees in found]
    return "\n".join(told), not any(fees.sure for fees in found)


def _told(fees: AgreementFees, language: Language) -> str:
    lines = [
        f"• {line.name}: {_amount(line.amount, line.currency, line.per, language)} {mark(item)}" if line.name else f"• “{shorten(item.quote)}” {mark(item)}"
        for line, item in fees.lines
        if not line.total
    ]
    agreement = calm(fees.agreement.title) or fees.agreement.number or ""
    stated = [item.title for _, item in fees.lines]
    if stated and fees.agreement.title not in stated:  # all of it was changed: the amendment says it
        agreement = calm(stated[0])
    day = format_date(fees.day, language)
    if fees.untold is not None:
        return "\n".join([phrase("fees_untold", language, agreement=agreement, day=day, place=place(fees.untold, language), mark=mark(fees.untold)), *lines])
    marks = mark(*(item for _, item in fees.lines))
    if fees.left_open and fees.open_by:
        names = ", ".join(f"{line.name} {_amount(line.amount, line.currency, line.per, language)} {mark(item)}" for line, item in fees.left_open)
        everything = together([line for line, _ in (*fees.lines, *fees.left_open)])
        parts = {"without": _sums(fees.sums, language), "including": _sums(everything, language)}
        lead = phrase("fees_open", language, agreement=agreement, day=day, place=place(fees.open_by, language), mark=mark(fees.open_by), names=names, **parts)
        return "\n".join([lead, *lines])
    total = _sums(fees.sums, language) or phrase("fees_no_sum", language)
    if fees.yearly and any(per == "month" for _, per in fees.sums):
        year = {(currency, "year"): amount * MONTHS_IN["year"] for (currency, per), amount in fees.sums.items() if per == "month"}
        total = f"{_sums(year, language)} ({phrase('fees_twelve', language, month=_sums(fees.sums, language))})"
    units = ", ".join(line.name for line, _ in fees.lines if line.per == "unit")
    more = [phrase("fees_units", language, names=units)] if units else []
    return "\n".join([phrase("fees_total", language, total=total, agreement=agreement, day=day, marks=marks), *lines, *more])


def _sums(sums: dict[tuple[str, str], Decimal], language: Language) -> str:
    return " + ".join(_amount(amount, currency, per, language) for (currency, per), amount in sums.items())


def _amount(amount: Decimal, currency: str, per: str, language: Language) -> str:
    said = phrase(f"fees_per_{per}", language) if per in ("month", "year", "once", "unit") else ""
    return f"{format_money(amount, currency, language)}{said}"

"""Service credits of a review: each month under its threshold with what the agreement's own rule gives, computed by assistant.tools.credits.due."""

from collections.abc import Iterable
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.drafts import agreements
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line, money, number, section
from assistant.drafts.wording import phrase
from assistant.evidence import Evidence
from assistant.tools.credits.counted import Counted, CountedCredit
from assistant.tools.credits.due import ServiceCredit
from knowledge.language.formats import format_duration, format_month
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language


def due_in(dossier: Dossier, period: Period) -> list[ServiceCredit]:
    """Credits due in the period, or that cannot be computed although the month missed its target; with evidence that this audience may see."""
    end = min(period.end, dossier.today)
    found = dossier.credits(Period(period.start, end, "")) if period.start <= end else []
    missed = [one for one in found if (one.due and one.due.amount) or (one.due is None and one.measured is not None and one.target is not None and one.measured < one.target)]
    return sorted(missed, key=lambda one: (one.service, one.month or period.start))


def counted_in(dossier: Dossier, period: Period) -> list[CountedCredit]:
    """Credits for each breach, hour or day of the period by which something is due."""
    end = min(period.end, dossier.today)
    found = dossier.counted_credits(Period(period.start, end, "")) if period.start <= end else []
    return [one for one in found if one.due and one.due.amount]


def totals(found: Iterable[ServiceCredit | CountedCredit]) -> dict[str, Decimal]:
    """Currency → sum of what is due."""
    sums: dict[str, Decimal] = {}
    for one in found:
        if one.due and one.due.amount:
            sums[one.currency] = sums.get(one.currency, Decimal(0)) + one.due.amount
    return sums


def table(dossier: Dossier, period: Period) -> Section:
    """A row for each service and month, or for what is counted: measured, rule, fee, credit; then the total."""
    language = dossier.language
    found, counted = due_in(dossier, period), counted_in(dossier, period)
    rows = [*(_row(dossier, one) for one in found), *(_counted_row(dossier, one) for one in counted)]
    if rows and (sums := totals([*found, *counted])):
        for currency, value in sums.items():
            note(dossier, value, currency)
        whole = "; ".join(money(value, currency, language) for currency, value in sums.items())
        evidence = {item.id: item for items in (*(_cited(one)[:2] for one in found), *(one.evidence for one in counted)) for item in items}
        cells = (phrase("review.total", language), "", "", "", "", whole)
        made = line(" | ".join(cells), *list(evidence.values())[:8], cells=cells)
        rows.append(_marked(made, cells))
    headings = tuple(phrase(f"review.heading_{name}", language) for name in ("service", "month", "measured", "rule", "fee", "credit"))
    return section(dossier, "credits", rows, headings)


def _counted_row(dossier: Dossier, one: CountedCredit) -> Line:
    """ "T-17 | October 2026 | 7 hours (target 4 hours) | 3 × IDR 1,500,000 | — | IDR 4,500,000"."""
    language, due = dossier.language, one.due
    assert due is not None
    what = ", ".join(part.label for part in one.parts if part.label) or phrase("review.counted", language)
    measured = "; ".join(_took(part, language) for part in one.parts) or "—"
    given = phrase("review.times", language, count=due.steps, each=money(due.each, one.currency, language))
    given += phrase("review.capped", language) if due.capped else phrase("review.cap_unchecked", language) if one.cap_unchecked else ""
    dossier.computed(due.steps)
    fee = money(one.fee, one.currency, language) if one.fee is not None and one.rule.amount is None else "—"
    cells = (what, format_month(one.month, language) if one.month else "—", measured, given, fee, money(due.amount, one.currency, language))
    note(dossier, due.amount, one.currency)
    note(dossier, due.each, one.currency)
    return _marked(line(" | ".join(cells), *one.evidence[:4], cells=cells), cells)


def _took(part: Counted, language: Language) -> str:
    """How long it took and how long it may, else the count."""
    if part.minutes is None or part.target is None:
        return number(part.count, language)
    took, target = (format_duration(minutes, "minute", language) for minutes in (part.minutes, part.target))
    return phrase("review.took", language, took=took, target=target)


def rules(dossier: Dossier) -> list[Line]:
    """The clauses on credits in force, as they read today."""
    return agreements.clauses(dossier, ("credit",), 4)


def note(dossier: Dossier, value: Decimal, currency: str) -> None:
    """An amount that was computed here may be stated."""
    dossier.desk.computed.numbers.add(round(value, 2).normalize())
    dossier.desk.computed.quantities.add(Quantity(round(value, 2).normalize(), currency))


def _row(dossier: Dossier, one: ServiceCredit) -> Line:
    language = dossier.language
    measured = f"{number(one.measured, language)}%" if one.measured is not None else "—"
    fee = money(one.fee, one.currency, language) if one.fee is not None else "—"
    if one.due is not None:
        amount = money(one.due.amount, one.currency, language)
        given = phrase("review.percent_of_fee", language, percent=number(one.due.percent, language)) if one.due.percent else phrase("review.fixed", language)
        given += phrase("review.capped", language) if one.due.capped else ""
    else:
        amount, given = phrase(f"review.credit_missing_{one.missing}", language), ""
    cells = (dossier.service(one.service), format_month(one.month, language) if one.month else "—", measured, given or "—", fee, amount)
    return _marked(line(" | ".join(cells), *_cited(one), cells=cells), cells)


def _cited(one: ServiceCredit) -> list[Evidence]:
    return [item for item in (one.rule, one.measurement, *one.fee_evidence[:1], *one.caps[:1]) if item is not None]


def _marked(made: Line, cells: tuple[str, ...]) -> Line:
    """The row with its marks in the last cell."""
    made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)):]}")
    return made

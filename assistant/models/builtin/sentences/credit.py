"""Sentences about service credits: the amount first, then how it is worked out, each with what it rests on."""

from decimal import Decimal

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.counted import clause_told, counted_told
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.credits.due import CreditFindings, ServiceCredit
from knowledge.language.formats import format_money, format_month, format_number, format_percent
from knowledge.language.vocabulary import Language

_BRIEF = 110
"""Characters of a clause's quote where another clause stands beside it."""


def credit_answer(found: CreditFindings, language: Language) -> tuple[str, bool]:
    """The answer with reference marks, and whether it says that something is missing instead of an amount."""
    if not found.credits and not found.counted:
        parts = {"customer": found.customer, "choices": "; ".join(dict.fromkeys(found.choices))}
        return phrase(f"credit_needs_{found.missing}", language, **parts), True
    if found.counted and not found.credits and len(found.counted) == 1:
        return counted_told(found.counted[0], language) + clause_told(found.counted[0], language), found.counted[0].due is None
    if len(found.credits) == 1 and not found.counted:
        only = found.credits[0]
        return _whole(only, language), only.due is None
    lines = [f"• {_lead(credit, language)}{_taken_out(credit, language)}" for credit in found.credits]
    lines += [f"• {counted_told(credit, language)}" for credit in found.counted]
    if found.credits:
        first = found.credits[0]
        lines.append(_clause("credit_rule", first, first.rule, language).strip())
    return "\n".join([*_total(found, language), *lines]), not found.worked_out


def _total(found: CreditFindings, language: Language) -> list[str]:
    """The sum, where every part is known and in one currency, up to what the period may come to."""
    parts = [(credit.due and credit.due.amount, credit.currency) for credit in found.credits] + [(one.due and one.due.amount, one.currency) for one in found.counted]
    if any(amount is None for amount, _ in parts) or len({currency for _, currency in parts}) != 1:
        return []
    total = sum((amount for amount, _ in parts if amount), Decimal(0))
    marks = mark(*(item for credit in found.credits for item in _sources(credit)), *(item for counted in found.counted for item in counted.evidence))
    currency = parts[0][1]
    if found.cap and found.cap_evidence and found.cap.currency == currency and total > found.cap.amount:
        most = format_money(found.cap.amount, currency, language)
        place_of = place(found.cap_evidence, language)
        return [phrase("credit_total_capped", language, amount=most, total=format_money(total, currency, language), place=place_of, cap_mark=mark(found.cap_evidence), marks=marks)]
    return [phrase("credit_total", language, amount=format_money(total, currency, language), marks=marks)]


def _whole(credit: ServiceCredit, language: Language) -> str:
    text = _lead(credit, language) + _taken_out(credit, language) + _clause("credit_rule", credit, credit.rule, language)
    if credit.older:
        still_needed = credit.partly or credit.missing == "unclear"
        text += _clause("credit_rule" if still_needed else "credit_older", credit, credit.older[-1], language)
    if credit.due and credit.due.capped:
        for cap in credit.caps:
            text += _clause("credit_cap", credit, cap, language)
    if credit.recorded is not None:
        text += phrase(
            "credit_recorded", language, value=format_percent(credit.recorded, language), mark=_recorded(credit)
        )
    if credit.claim is not None and credit.due and credit.due.amount:
        text += _clause("credit_claim", credit, credit.claim, language)
    return text


def _lead(credit: ServiceCredit, language: Language) -> str:
    """The amount and how it comes about; or the part that is missing, beside those that are known."""
    subject = f"{credit.service}, {format_month(credit.month, language)}" if credit.month else credit.service
    parts = {
        "customer": credit.customer,
        "subject": subject,
        "measured": format_percent(credit.measured, language) if credit.measured is not None else "—",
        "fee": format_money(credit.fee, credit.currency, language) if credit.fee is not None else "—",
        "marks": mark(*_sources(credit)),
    }
    due = credit.due
    if due is None:
        return phrase(f"credit_missing_{credit.missing}", language, **parts)
    if not due.amount:
        return phrase("credit_none", language, **parts)
    amount = format_money(due.amount, credit.currency, language)
    if due.rule is not None and due.rule.amount is not None and not due.capped:
        return phrase("credit_due_fixed", language, amount=amount, **parts)
    percent = format_percent(due.percent, language)
    if due.steps is not None and due.steps > 1 and due.rule is not None:
        each = format_percent(due.rule.percent or Decimal(0), language)
        steps = phrase("credit_steps", language, steps=format_number(due.steps, language), each=each)
        percent = f"{percent} ({steps})" if not due.capped else percent
    name = "credit_due_capped" if due.capped else "credit_due"
    uncapped = format_percent(due.uncapped, language) if due.uncapped else _fixed(credit, language)
    return phrase(name, language, amount=amount, percent=percent, uncapped=uncapped, **parts)


def _taken_out(credit: ServiceCredit, language: Language) -> str:
    """What the clause does not count, by which records, and what could not be told."""
    out = credit.taken_out
    if out is None:
        return ""
    quote = shorten(out.exclusion.sentence, 160)
    clause = {"place": place(out.exclusion.evidence, language), "quote": quote, "mark": mark(out.exclusion.evidence)}
    told = ""
    if out.counted:
        each = "; ".join(phrase("excluded_incident", language, key=one.key, cause=phrase(f"cause_{one.cause}", language), minutes=format_number(one.minutes or 0, language), mark=mark(one.evidence)) for one in out.counted)
        name = "excluded_too_much" if out.too_much else "excluded_taken_out"
        value = format_percent(out.value, language) if out.value is not None else ""
        told += phrase(name, language, minutes=format_number(out.minutes, language), each=each, value=value, **clause)
    if out.untold:
        names = ", ".join(f"{one.key} {mark(one.evidence)}" for one in out.untold)
        told += phrase("excluded_untold", language, names=names, **clause)
    if out.exclusion.notice and any(one.cause == "maintenance" for one in out.counted) and not out.too_much:
        told += phrase("excluded_notice", language)
    return told


def _sources(credit: ServiceCredit) -> list[Evidence]:
    """What the amount was worked out from."""
    capping = credit.caps if credit.due and credit.due.capped else []
    measured = [credit.measurement] if credit.measurement and credit.recorded is None else []
    found = [credit.rule, *credit.older[:1], *measured, *credit.fee_evidence, *capping]
    return [item for item in found if item is not None]


def _clause(name: str, credit: ServiceCredit, evidence: Evidence | None, language: Language) -> str:
    if evidence is None:
        return ""
    longest = 420 if name == "credit_rule" and credit.due is None else _BRIEF if credit.taken_out else 240
    quote = shorten(evidence.quote, longest)
    return phrase(name, language, place=place(evidence, language), quote=quote, mark=mark(evidence))


def _recorded(credit: ServiceCredit) -> str:
    return mark(credit.measurement) if credit.measurement else ""


def _fixed(credit: ServiceCredit, language: Language) -> str:
    """A rule's own amount, all its steps counted, before the cap."""
    due = credit.due
    if due is None or due.rule is None or due.rule.amount is None:
        return "—"
    return format_money(due.rule.amount * (due.steps or 1), credit.currency, language)

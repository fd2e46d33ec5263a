"""The options of a business case: doing nothing and what that has cost so far by the records, the proposal, what else is on record."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.drafts import outlook
from assistant.drafts.case_evidence import Reckoning
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import GRAVE
from assistant.drafts.relevance import on_topic, services_on_topic
from assistant.drafts.sections import day, line, money, number, section
from assistant.drafts.usage import trends
from assistant.drafts.wording import phrase
from knowledge.language.calendar import add_months
from knowledge.language.periods import Period
from knowledge.records.operations import Ticket


def options(dossier: Dossier) -> Section:
    """Doing nothing, the proposal, and open opportunities about the topic."""
    language = dossier.language
    nothing = phrase("business_case.nothing", language)
    found = [*_forgone(dossier), *_credits(dossier), *_incidents(dossier), *_growth(dossier)]
    if found:
        lines = [Line("; ".join(one.text for one in found), tuple(number for one in found for number in one.evidence_ids), lead=nothing)]
    else:
        text = phrase("business_case.nothing_known", language)
        lines = [line(text, Reckoning.of(dossier).assumed(text), lead=nothing)]
    lines += _proposal(dossier)
    recorded = on_topic(dossier, outlook.opportunities(dossier).lines, 2) if dossier.topic.names else []
    lines += [Line(made.text, made.evidence_ids, lead=f"{phrase('business_case.recorded', language)} {made.lead}".strip()) for made in recorded]
    return section(dossier, "options", lines)


def past_year(dossier: Dossier) -> Period:
    """The twelve whole months before this one."""
    first = dossier.today.replace(day=1)
    return Period(add_months(first, -12), first - timedelta(days=1), "")


def _forgone(dossier: Dossier) -> list[Line]:
    """What is stated to be gained is not."""
    reckoned = Reckoning.of(dossier)
    case = reckoned.case
    if not case.gains or case.mixed:
        return []
    months = reckoned.number(Decimal(case.months), "1")
    text = phrase("business_case.forgone", dossier.language, amount=reckoned.money(case.total(case.gains)), months=months)
    return [line(text, *[reckoned.of_item(item) for item in case.gains])]


def _credits(dossier: Dossier) -> list[Line]:
    """Credits due in the past year for the services concerned, by the clause in force in each month."""
    period, codes = past_year(dossier), services_on_topic(dossier)
    names = {dossier.service(code).lower() for code in codes} | codes
    due = [one for one in dossier.credits(period) if one.due and one.due.amount and (not codes or one.service.lower() in names)]
    if not due:
        return []
    lines = []
    for currency in dict.fromkeys(one.currency for one in due):
        own = [one for one in due if one.currency == currency]
        total = sum((one.due.amount for one in own if one.due), Decimal(0))
        dossier.computed(len(own), round(total, 2), period.start, period.end)
        text = phrase("business_case.credits", dossier.language, amount=money(total, currency, dossier.language), count=len(own), start=day(period.start, dossier.language), end=day(period.end, dossier.language))
        text += _scope(dossier, codes)
        evidence = {item.id: item for one in own for item in (one.rule, one.measurement) if item is not None}
        lines.append(line(text, *list(evidence.values())[:6]))
    return lines


def _scope(dossier: Dossier, codes: Collection[str]) -> str:
    """On which services a count rests, so that the reader can count again."""
    if not codes:
        return phrase("business_case.all_services", dossier.language)
    names = ", ".join(sorted({dossier.service(code) for code in codes}))
    return phrase("business_case.on_services", dossier.language, names=names)


def _incidents(dossier: Dossier) -> list[Line]:
    """Grave incidents of the past year on the services concerned, and the time until they were over."""
    period, codes = past_year(dossier), services_on_topic(dossier)
    found = [
        one for one in dossier.records(Ticket)
        if one.opened_at and period.start <= one.opened_at.date() <= dossier.today and (one.priority or "").upper() in GRAVE and (not codes or (one.service or "").lower() in codes)
    ]  # fmt: skip
    if not found:
        return []
    minutes = sum((_minutes(one) for one in found), Decimal(0))
    hours = (minutes / 60).quantize(Decimal("0.1"))
    dossier.computed(len(found), hours, period.start)
    dossier.desk.computed.quantities.add(Quantity((hours * 60).normalize(), "minute"))
    name = "business_case.incidents" if minutes else "business_case.incidents_only"
    by = ", ".join(f"{name}: {count}" for name, count in sorted(Counter(one.priority or "" for one in found).items()))
    text = phrase(name, dossier.language, count=len(found), by=by, hours=number(hours, dossier.language), start=day(period.start, dossier.language))
    text += _scope(dossier, codes)
    ranked = sorted(found, key=lambda one: -_minutes(one))
    return [line(text, *[dossier.cite(one, counted=by) for one in ranked[:4]])]


def _minutes(one: Ticket) -> Decimal:
    """Minutes until it was resolved: as recorded, else from its opening to its end; 0 where neither is known."""
    if one.resolution_minutes is not None:
        return one.resolution_minutes
    return Decimal(int((one.closed_at - one.opened_at).total_seconds() // 60)) if one.closed_at and one.opened_at else Decimal(0)


def _growth(dossier: Dossier) -> list[Line]:
    """How use of what the topic names grows."""
    known = trends(dossier).lines
    return [Line(f"{made.lead} {made.text}", made.evidence_ids) for made in on_topic(dossier, known, 1)]


def _proposal(dossier: Dossier) -> list[Line]:
    """The proposal itself, in its totals."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    if not case.items or case.mixed:
        return []
    months = reckoned.number(Decimal(case.months), "1")
    parts = [phrase(f"business_case.proposal_{name}", language, amount=reckoned.money(case.total(items)), months=months) for name, items in (("out", case.outlays), ("in", case.gains)) if items]
    if case.computable:
        parts.append(phrase("business_case.proposal_npv", language, amount=reckoned.money(case.value())))
    evidence = [reckoned.of_item(item) for item in (*case.outlays, *case.gains) if item.amount.value]
    return [line("; ".join(parts), *evidence, lead=phrase("business_case.proposal", language))]

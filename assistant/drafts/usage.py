"""Use of services as measured: how it grows, and how long the capacity that the agreement includes lasts at that pace."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.drafts.audience import agreement_allowed
from assistant.drafts.case_figures import limit_in, periods_left, quantity_in
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line, number, priority, section
from assistant.drafts.wording import phrase
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.services import Figure


@dataclass(frozen=True)
class Growth:
    """How a measured use grew: first and last value, and the mean step a period."""

    first: Decimal
    last: Decimal
    step: Decimal
    periods: int


def growth(values: list[Decimal]) -> Growth | None:
    """Growth over at least three values in order of time; None with fewer."""
    if len(values) < 3:
        return None
    step = ((values[-1] - values[0]) / (len(values) - 1)).quantize(Decimal("0.01"))
    return Growth(values[0], values[-1], step, len(values))


def trends(dossier: Dossier) -> Section:
    """Measured usage by name: first, last, mean step a period; what the topic names first. Never revenue, cost or margin for a customer."""
    language = dossier.language
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in dossier.records(Figure):
        if figure.metric == "usage" and not figure.forecast and figure.value is not None and figure.period_start:
            grouped[(figure.name or figure.metric, figure.service or "")].append(figure)
    lines: list[tuple[float, Line]] = []
    for (name, service), figures in grouped.items():
        figures.sort(key=lambda one: one.period_start or date.min)
        found = growth([one.value for one in figures if one.value is not None])
        newest = figures[-1]
        unit = newest.unit or ""
        label = f"{name} ({dossier.service(service)})" if service else name
        shown = f"{number(newest.value, language)} {unit}".strip()
        text = phrase("case.newest", language, value=shown, period=newest.period_label or "")
        cited = [dossier.cite(newest)]
        if found:
            dossier.computed(*(moment for one in figures for moment in (one.period_start, one.period_end) if moment))
            dossier.computed(found.step, abs(found.step), found.periods)
            key = "case.grew" if found.step > 0 else "case.fell" if found.step < 0 else "case.level"
            text += phrase(key, language, first=f"{number(found.first, language)} {unit}".strip(), period=figures[0].period_label or "", step=f"{number(abs(found.step), language)} {unit}".strip(), periods=found.periods)
            cited.append(dossier.cite(figures[0]))
            if lasting := runway(dossier, figures, found):
                text += lasting[0]
                cited.append(dossier.cite(lasting[1]))
        lines.append((priority(dossier, f"{name} {label}"), line(text, *cited, lead=f"{label}:")))
    lines.sort(key=lambda pair: -pair[0])
    return section(dossier, "usage", [made for _, made in lines[:8]])


def runway(dossier: Dossier, figures: list[Figure], found: Growth) -> tuple[str, Clause] | None:
    """How long the capacity that a clause in force includes lasts at the present pace."""
    unit = figures[-1].unit or next((word for word in (figures[-1].name or "").split() if quantity_in(f"1 {word}")), "")
    for clause in charging_clauses(dossier):
        limit = limit_in(clause.text)
        if not limit or not unit or limit[1].lower() != unit.lower():
            continue
        left = periods_left(found.last, found.step, limit[0])
        if left is None:
            return None
        dossier.computed(left)
        shown = f"{number(limit[0], dossier.language)} {limit[1]}"
        name = "case.limit_passed" if left == 0 else "case.limit"
        return phrase(name, dossier.language, limit=shown, number=clause.number, periods=number(left, dossier.language)), clause
    return None


def charging_clauses(dossier: Dossier) -> list[Clause]:
    """Clauses in force of the customer's agreements that this audience may know."""
    allowed = {own.id for own in dossier.records(Agreement) if agreement_allowed(own, dossier.request.audience)}
    return [clause for clause in dossier.records(Clause) if clause.agreement_id in allowed and dossier.is_current(clause) and dossier.may_quote(clause.text)]

"""Service performance against targets: months missed first, with the trend; and the table of a period for a review."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Section
from assistant.drafts.sections import line, number, priority, section
from assistant.drafts.wording import phrase, word
from knowledge.intake.prose.classify import AGREEMENT_KINDS
from knowledge.language.calendar import month_end
from knowledge.language.formats import format_month
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language
from knowledge.records.documents import Document
from knowledge.records.operations import Measurement

Trend = Literal["rising", "falling", "steady"]
RECENT_MONTHS = 6
LIMIT = 7
ROUNDED = Decimal("100.5")
"""The most that a percentage of time is written as, by somebody's rounding."""


@dataclass
class Series:
    """One service level of one service, months in order."""

    service: str
    indicator: str
    months: list[Measurement]

    @property
    def missed(self) -> list[Measurement]:
        return [month for month in self.months if breached(month)]


def breached(month: Measurement) -> bool:
    """Whether the month missed its target: as the source says, else a percentage below its target."""
    if month.met is not None:
        return not month.met
    if month.value is None or month.target is None:
        return False
    return month.value < month.target if is_percent(month) else month.value > month.target


def is_percent(month: Measurement) -> bool:
    """Whether the value is a percentage: its unit says so, or value and target lie in 50–100 and no unit of time is given."""
    unit = (month.unit or "").lower()
    if unit:
        return unit in ("%", "percent", "persen")
    return month.value is not None and 50 <= month.value <= ROUNDED and (month.target is None or 50 <= month.target <= 100)


def trend(values: list[Decimal], tolerance: Decimal = Decimal("0.02")) -> Trend:
    """The way of the last three values: each step within `tolerance` of the value counts as level."""
    last = values[-3:]
    if len(last) < 2 or abs(last[-1] - last[0]) <= abs(last[0]) * tolerance / 10:
        return "steady"
    return "rising" if last[-1] > last[0] else "falling"


def series(dossier: Dossier, period: Period | None = None) -> list[Series]:
    """Measurements of the period, or of the last six months on file, by service and indicator."""
    agreed = {document for document, in dossier.desk.session.execute(select(col(Document.id)).where(col(Document.kind).in_(AGREEMENT_KINDS)))}
    found = [month for month in dossier.records(Measurement) if month.value is not None and month.period_start and month.document_id not in agreed]
    if period is not None:
        found = [month for month in found if month.period_start and period.start <= month.period_start <= period.end]
    elif found:
        newest = max(month.period_start for month in found if month.period_start)
        found = [month for month in found if month.period_start and (newest - month.period_start).days < RECENT_MONTHS * 31 - 5]
    grouped: dict[tuple[str, str], dict[date, Measurement]] = defaultdict(dict)
    for month in found:
        grouped[(month.service or "", month.indicator)][month.period_start] = month  # type: ignore[index]
    return [Series(service, indicator, [months[start] for start in sorted(months)]) for (service, indicator), months in grouped.items()]


def shown(dossier: Dossier, value: Decimal | None, month: Measurement) -> str:
    """A measured value with its unit."""
    if value is None:
        return "—"
    text = number(value, dossier.language)
    return f"{text}%" if is_percent(month) else f"{text} {word('units', month.unit, dossier.language)}".strip()


def month_of(month: Measurement, language: Language) -> str:
    """The month that was measured, in words."""
    return format_month(month.period_start, language) if month.period_start else "—"


def label(dossier: Dossier, one: Series) -> str:
    indicator = word("indicators", one.indicator, dossier.language)
    name = dossier.service(one.service)
    return f"{name} — {indicator}" if name and indicator else name or indicator


def performance(dossier: Dossier) -> Section:
    """The last months: the newest value against its target, the months missed, the trend; breaches first."""
    language, lines = dossier.language, []
    found = series(dossier)
    found.sort(key=lambda one: (-priority(dossier, label(dossier, one)), -breached(one.months[-1]), -len(one.missed)))
    for one in found[:LIMIT]:
        newest = one.months[-1]
        _register(dossier, one.months)
        evidence = [dossier.cite(newest)]
        name = "missed" if breached(newest) else "met" if newest.target is not None else "measured"
        text = phrase(f"performance.{name}", language, month=month_of(newest, language), value=shown(dossier, newest.value, newest), target=shown(dossier, newest.target, newest))
        before = [month for month in one.missed if month is not newest]
        if before:
            evidence += [dossier.cite(month) for month in before]
            listed = ", ".join(f"{month_of(month, language)} {shown(dossier, month.value, month)}" for month in before)
            text += phrase("performance.missed_before", language, months=listed)
        way = trend([month.value for month in one.months if month.value is not None])
        if len(one.months) >= 3:
            text += phrase(f"performance.{way}", language)
        if newest.notes and dossier.may_quote(newest.notes):
            text += f" ({newest.notes.strip().rstrip('.')})"
        lines.append(line(text, *evidence, lead=f"{label(dossier, one)}:"))
    return section(dossier, "performance", lines)


def table(dossier: Dossier, period: Period) -> Section:
    """Each service level of the period: one row a month, target, measured, missed or met."""
    language, lines = dossier.language, []
    found = series(dossier, period)
    found.sort(key=lambda one: (-len(one.missed), label(dossier, one)))
    for one in found:
        _register(dossier, one.months)
        for month in one.months:
            evidence = dossier.cite(month)
            if evidence is None:
                continue
            state = phrase("performance.cell_missed" if breached(month) else "performance.cell_met" if month.target is not None else "performance.cell_no_target", language)
            note = f" ({month.notes.strip().rstrip('.')})" if month.notes and dossier.may_quote(month.notes) else ""
            cells = (label(dossier, one), month_of(month, language), shown(dossier, month.target, month), shown(dossier, month.value, month), state + note)
            made = line(" | ".join(cells), evidence, cells=cells)
            made.cells = (*cells[:-1], f"{cells[-1]} [{evidence.id}]")
            lines.append(made)
    headings = tuple(phrase(f"performance.heading_{name}", language) for name in ("service", "month", "target", "measured", "result"))
    return section(dossier, "measured", lines, headings)


def summary(dossier: Dossier, period: Period) -> Section:
    """For each service level of the period: how many months met the target, the lowest month, the newest."""
    language, lines = dossier.language, []
    found = series(dossier, period)
    found.sort(key=lambda one: (-len(one.missed), label(dossier, one)))
    for one in found:
        _register(dossier, one.months)
        worst = (min if is_percent(one.months[0]) else max)(one.months, key=lambda month: month.value or Decimal(0))
        met = len([month for month in one.months if month.target is not None and not breached(month)])
        rated = len([month for month in one.months if month.target is not None])
        dossier.computed(met, rated)
        text = phrase("performance.summary", language, met=met, rated=rated, worst=shown(dossier, worst.value, worst), month=month_of(worst, language), target=shown(dossier, worst.target, worst))
        lines.append(line(text, dossier.cite(worst), lead=f"{label(dossier, one)}:"))
    return section(dossier, "summary", lines)


def _register(dossier: Dossier, months: list[Measurement]) -> None:
    for month in months:
        if month.period_start:
            dossier.computed(month.period_start, month_end(month.period_start))

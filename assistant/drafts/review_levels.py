"""Service levels of a review: one row a level with its months met, its worst month, the period before and the trend."""

from dataclasses import dataclass
from decimal import Decimal

from assistant.drafts import charts, performance
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.performance import Series
from assistant.drafts.periods import period_before
from assistant.drafts.sections import line, section
from assistant.drafts.wording import phrase
from knowledge.language.calendar import month_end
from knowledge.language.periods import Period
from knowledge.records.operations import Measurement


@dataclass(frozen=True)
class Tally:
    """How many of the rated months met their target."""

    met: int
    rated: int

    @property
    def missed(self) -> int:
        return self.rated - self.met


def tally(found: list[Series]) -> Tally:
    """Over all levels and months that have a target."""
    rated = [month for one in found for month in one.months if month.target is not None]
    return Tally(sum(not performance.breached(month) for month in rated), len(rated))


def levels(dossier: Dossier, period: Period) -> Section:
    """A row a service level: target, months met, worst month, the same of the period before, and which way it goes."""
    language = dossier.language
    found = performance.series(dossier, period)
    before = {(one.service, one.indicator): one for one in performance.series(dossier, period_before(period))}
    found.sort(key=lambda one: (-len(one.missed), performance.label(dossier, one)))
    rows = [_row(dossier, one, before.get((one.service, one.indicator))) for one in found]
    headings = tuple(phrase(f"review.heading_{name}", language) for name in ("service", "target", "met", "worst", "before", "trend"))
    return section(dossier, "levels", [row for row in rows if row], headings)


def _row(dossier: Dossier, one: Series, before: Series | None) -> Line | None:
    language = dossier.language
    register(dossier, one, *([before] if before else []))
    newest, worst = one.months[-1], worst_of(one)
    now, past = tally([one]), tally([before]) if before else None
    dossier.computed(now.met, now.rated, *((past.met, past.rated) if past else ()))
    met = phrase("review.of", language, met=now.met, rated=now.rated) if now.rated else "—"
    shown_worst = f"{performance.shown(dossier, worst.value, worst)} ({performance.month_of(worst, language)})"
    shown_before = phrase("review.of", language, met=past.met, rated=past.rated) if past and past.rated else "—"
    way = phrase(f"review.{performance.trend([month.value for month in [*(before.months if before else []), *one.months] if month.value is not None])}", language)
    cells = (performance.label(dossier, one), performance.shown(dossier, newest.target, newest), met, shown_worst, shown_before, way)
    evidence = [dossier.cite(month) for month in {worst.id: worst, newest.id: newest}.values()]
    if not any(evidence):
        return None
    made = line(" | ".join(cells), *evidence, cells=cells)
    made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)):]}")
    return made


def worst_of(one: Series) -> Measurement:
    """The month furthest from what is wanted: the lowest percentage, the longest time."""
    return (min if performance.is_percent(one.months[0]) else max)(one.months, key=lambda month: month.value or Decimal(0))


def register(dossier: Dossier, *found: Series) -> None:
    """The months of these levels may be named."""
    for one in found:
        for month in one.months:
            if month.period_start:
                dossier.computed(month.period_start, month_end(month.period_start))


def monthly(dossier: Dossier, period: Period) -> Section:
    """Each month of each level, with its charts."""
    made = performance.table(dossier, period)
    made.charts = charts.measured(dossier, period)
    return made

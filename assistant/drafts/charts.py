"""Charts of a draft: which values are drawn, from records that may be cited. How they look is the export's business."""

from datetime import date
from decimal import Decimal

from assistant.drafts import performance
from assistant.drafts.dossier import Dossier, marks
from assistant.drafts.model import Chart, Series
from assistant.drafts.wording import phrase, word
from knowledge.language.months import month_name
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language
from knowledge.records.operations import Measurement

FEWEST_POINTS = 2
"""One month is no trend: the table says it better."""
MOST = 6
"""Charts of one section; those with missed months come first."""


def short_month(day: date, language: Language) -> str:
    """ "Okt 2026" / "Oct 2026"."""
    return f"{month_name(day.month, language)[:3]} {day.year}"


def measured(dossier: Dossier, period: Period | None = None) -> list[Chart]:
    """One chart a service level: measured beside target, month by month; levels that missed their target first."""
    found = [one for one in performance.series(dossier, period) if len(one.months) >= FEWEST_POINTS]
    found.sort(key=lambda one: (-len(one.missed), performance.label(dossier, one)))
    drawn = (of_level(dossier, one) for one in found)
    return [chart for chart in drawn if chart is not None][:MOST]


def of_level(dossier: Dossier, one: performance.Series) -> Chart | None:
    """The chart of one service level, from the months that may be cited; None with fewer than two."""
    language = dossier.language
    cited = [(month, evidence) for month in one.months if month.period_start and (evidence := dossier.cite(month)) is not None]
    if len(cited) < FEWEST_POINTS:
        return None
    months = [month for month, _ in cited]
    return Chart(
        title=performance.label(dossier, one),
        labels=[short_month(month.period_start, language) for month in months if month.period_start],
        series=[Series(phrase("performance.heading_measured", language), [_plain(month.value) for month in months])],
        target=[_plain(month.target) for month in months] if any(month.target is not None for month in months) else None,
        unit=_unit(months[-1], language),
        marks=marks(*(evidence for _, evidence in cited)),
        form="line",
        missed=[performance.breached(month) for month in months],
    )


def _unit(month: Measurement, language: Language) -> str:
    return "%" if performance.is_percent(month) else word("units", month.unit, language)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)

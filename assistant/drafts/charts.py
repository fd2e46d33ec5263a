"""Charts of a draft: which values are drawn, from records that may be cited. How they look is the export's business."""

from datetime import date
from decimal import Decimal

from assistant.drafts import performance
from assistant.drafts.case_evidence import Reckoning
from assistant.drafts.case_model import Driver
from assistant.drafts.dossier import Dossier, marks
from assistant.drafts.model import Chart, Series
from assistant.drafts.wording import phrase, word
from knowledge.language.months import month_name
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language
from knowledge.records.operations import Measurement
from knowledge.rules.investment import Flow, discount_factor

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


def cumulative(reckoned: Reckoning, found: list[Flow], labels: list[str], mark: str) -> Chart:
    """What has come back so far at the start and at the end of each year, as it is and in present value: where a line crosses nought the outlay is
    back. `labels`: one a flow; `mark`: the evidence that tells how it is reckoned."""
    language, rate = reckoned.dossier.language, reckoned.case.rate
    plain, present = [], []
    so_far = worth = Decimal(0)
    for flow in found:
        so_far, worth = so_far + flow.net, worth + flow.net * discount_factor(rate, flow.at)
        plain.append(so_far)
        present.append(worth)
    unit, scale = _money_unit(reckoned, [*plain, *present])
    rows = [Series(phrase(f"business_case.chart_{name}", language), [_scaled(value, scale) for value in values]) for name, values in (("undiscounted", plain), ("present", present))]
    return Chart(phrase("business_case.chart_flows", language, unit=unit), labels, rows, marks=f"[{mark}]", form="line")


def sensitivity(reckoned: Reckoning, found: list[tuple[str, Driver]], share: Decimal, mark: str) -> Chart:
    """NPV with one thing at a time lower and higher by a share (0.2: a fifth), beside NPV as it is. `found`: each thing with its short name."""
    language, base = reckoned.dossier.language, reckoned.case.value()
    values = [(one.at(1 - share), base, one.at(1 + share)) for _, one in found]
    unit, scale = _money_unit(reckoned, [value for row in values for value in row])
    percent = f"{(share * 100).normalize():f}%"
    names = (f"−{percent}", phrase("business_case.base", language), f"+{percent}")
    rows = [Series(name, [_scaled(row[at], scale) for row in values]) for at, name in enumerate(names)]
    return Chart(phrase("business_case.chart_sensitivity", language, unit=unit), [name for name, _ in found], rows, marks=f"[{mark}]", form="bars")


def _money_unit(reckoned: Reckoning, values: list[Decimal]) -> tuple[str, Decimal]:
    """In what the amounts are drawn: ("Rp juta", 1,000,000), so that the axis has few digits."""
    language, currency = reckoned.dossier.language, reckoned.case.currency
    most = max((abs(value) for value in values), default=Decimal(0))
    step = next((one for one in (Decimal(1_000_000_000), Decimal(1_000_000), Decimal(1_000)) if most >= 20 * one), Decimal(1))
    name = "Rp" if (currency, language) == ("IDR", "id") else currency
    return (phrase(f"business_case.unit_{step:f}", language, currency=name) if step > 1 else name), step


def _scaled(value: Decimal, scale: Decimal) -> float:
    return float(round(value / scale, 1))


def _unit(month: Measurement, language: Language) -> str:
    return "%" if performance.is_percent(month) else word("units", month.unit, language)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)

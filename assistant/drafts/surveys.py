"""Satisfaction surveys of one customer by wave: their means, their gaps, and the time that each stands for."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.drafts import servqual
from assistant.drafts.dossier import Dossier
from assistant.drafts.sections import day
from assistant.drafts.servqual import DIMENSIONS, Gap
from knowledge.language.calendar import month_end
from knowledge.language.periods import Period, find_period
from knowledge.records.relationship import SurveyResponse

_HALF = re.compile(r"(?<!\d)(20\d\d)\D{0,3}[SH]\D{0,9}([12])(?!\d)|[SH]\D{0,9}([12])\D{1,3}(20\d\d)(?!\d)", re.IGNORECASE)


@dataclass
class Wave:
    """The answers to one survey, in the order of time."""

    name: str
    end: date
    answers: list[SurveyResponse]

    @property
    def gaps(self) -> list[Gap]:
        """The gap of each dimension, the greatest shortfall first."""
        return servqual.gaps([({name: getattr(one, name) for name in DIMENSIONS}, servqual.expectations(one.extra)) for one in self.answers])

    def mean(self, name: str) -> Decimal | None:
        """The mean of "score" or "nps" over those who gave one."""
        values = [value for one in self.answers if (value := getattr(one, name)) is not None]
        return servqual.mean(values) if values else None


def waves(dossier: Dossier, until: date | None = None) -> list[Wave]:
    """All surveys up to a day, the oldest first."""
    grouped: dict[str, list[SurveyResponse]] = {}
    for answer in dossier.records(SurveyResponse):
        grouped.setdefault(answer.wave or day(answer.on, dossier.language), []).append(answer)
    found = [Wave(name, wave_end(name, answers, dossier.today), answers) for name, answers in grouped.items()]
    return sorted((wave for wave in found if until is None or _start(wave.name, wave.end, dossier.today) <= until), key=lambda wave: (wave.end, wave.name))


def wave_end(name: str, answers: list[SurveyResponse], today: date) -> date:
    """The last day of a survey: that of its last answer, else of the half-year, quarter or year that it is called after."""
    days = [answer.on for answer in answers if answer.on]
    period = _called_after(name, today)
    return max(days) if days else period.end if period else date.min


def _called_after(name: str, today: date) -> Period | None:
    if match := _HALF.search(name):
        year, half = int(match[1] or match[4]), int(match[2] or match[3])
        return Period(date(year, 6 * half - 5, 1), month_end(date(year, 6 * half, 1)), name)
    return find_period(name, today)


def _start(name: str, end: date, today: date) -> date:
    period = _called_after(name, today)
    return period.start if period else end


def latest(dossier: Dossier, period: Period) -> list[Wave]:
    """The newest survey that overlaps the period, and the one before it; none where the period has none."""
    known = waves(dossier, period.end)
    return known[-2:] if known and known[-1].end >= period.start else []

"""What remarks in cells say beside their value: a target that changes within the year, from when or until when somebody holds a post."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from knowledge.intake.tables.periods import read_period
from knowledge.intake.tables.values import read_number
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import literal_alternatives, section_alternatives

_words = partial(section_alternatives, __file__, "remarks")
_STEP = re.compile(
    rf"(?P<value>\d[\d.,]*)\s*%?\s*(?:(?P<until>{_words('until')})|(?P<since>{_words('since')}))\s+(?P<when>[^\W\d]+(?:\s+\d{{4}})?|\d{{4}}-\d{{2}})", re.IGNORECASE
)
_NEAR = 40


def target_on(text: str, day: dt.date) -> Decimal | None:
    """The target that a cell gives for a day: "99.5 until Jun, 99.7 from Jul"; None where it gives none."""
    held: Decimal | None = None
    for match in _STEP.finditer(text):
        period, value = read_period(match["when"], day.year), read_number(match["value"])
        if period is None or value is None:
            return None
        if match["until"] and day <= period.end:
            return value
        if match["since"] and day >= period.start:
            held = value
    return held


def day_after(text: str, words: Iterable[str]) -> dt.date | None:
    """The day with its year that follows one of the words closely: "retired 31 August 2031" after "retired"."""
    said = re.compile(rf"(?<!\w)(?:{literal_alternatives(words)})(?!\w)", re.IGNORECASE)
    for match in said.finditer(text):
        near = text[match.end() : match.end() + _NEAR]
        for span in find_dates(near, dt.date(2000, 1, 1)):
            if span.has_year and span.precision == "day" and not span.relative and not re.search(r"[.;]\s", near[: span.start]):
                return span.value
    return None

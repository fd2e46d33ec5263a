"""When known errors will be mended: the day on record for a permanent fix, and those that have none."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from assistant.tools.troubles.touched import touched_customers
from knowledge.access import known_error_clause
from knowledge.language.calendar import add_months
from knowledge.language.dates import find_dates, parse_date_cell
from knowledge.language.periods import Period, find_period, period_label
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_expressions, section_pattern
from knowledge.masking import Masks
from knowledge.records.operations import KnownError

_said = partial(section_pattern, __file__, "fixes")
"""Any word of a section of fixes.toml."""
_expression = partial(section_expressions, __file__, "fixes")
_YEAR = 12


@dataclass
class KnownFix:
    """A known error that is not closed, its fix in the register's words and the day on record for it, if any."""

    evidence: Evidence
    key: str
    title: str
    fix: str | None
    day: date | None


@dataclass
class Fixes:
    """The known errors that a question about fixes asks for. undated: those without a day, else those due in the period that it names.

    looked: how many open ones of the customers asked about are on file
    """

    undated: bool
    known: list[KnownFix]
    looked: int = 0


def asks_which_fixes(question: str) -> bool:
    """Whether a question asks which known errors have no day for a fix, or get one in a period."""
    plain = normalise(question)
    return bool(_expression("which").search(plain)) and bool(_said("errors").search(plain)) and bool(_said("undated").search(plain) or _said("mended").search(plain))


def asks_when_fixed(question: str) -> bool:
    """Whether a question about one known error asks when it is mended."""
    return bool(_expression("when").search(normalise(question)))


def fix_day(error: KnownError, today: date) -> date | None:
    """The day on record for the permanent fix: in the fix's own words, or in a column of its own, whatever it is called but for days of something else."""
    own = [span.value for span in find_dates(error.permanent_fix or "", today) if span.precision == "day" and not span.relative]
    if own:
        return own[-1]
    days = {normalise(name.replace("_", " ")): day for name, value in (error.extra or {}).items() if (day := parse_date_cell(str(value)))}
    named = next((day for name, day in days.items() if _said("fix_day").search(name)), None)
    return named or next((day for name, day in days.items() if not _said("other_day").search(name)), None)


def _ahead(question: str, today: date) -> Period | None:
    """The period that a question names; what is still to be mended is mended in the December to come, not in the last one."""
    period = find_period(question, today)
    if period is None or period.end >= today or any(span.has_year for span in find_dates(question, today)):
        return period
    start, end = add_months(period.start, _YEAR), add_months(period.end, _YEAR)
    return Period(start, end, period_label(start, end, "en"))


def is_closed(error: KnownError) -> bool:
    """Whether the register calls the error mended."""
    return bool(_said("closed").match(normalise(error.status or "")))


def fixes(desk: Desk, question: str, customers: tuple[int, ...]) -> Fixes | None:
    """Open known errors without a day for a fix, or with one in the period that the question names; of the customers named, if any are."""
    if not asks_which_fixes(question):
        return None
    undated = bool(_said("undated").search(normalise(question)))
    period = None if undated else _ahead(question, desk.today)
    if not undated and period is None:
        return None
    errors = list(desk.session.execute(select(KnownError).where(col(KnownError.withdrawn).is_(False), known_error_clause(desk.viewer)).order_by(col(KnownError.id))).scalars())
    touched = touched_customers(desk, [error.id or 0 for error in errors])
    masks = Masks.of(desk.session, desk.viewer, (error.passage_id for error in errors))
    known, looked = [], 0
    for error in errors:
        theirs = touched.get(error.id or 0)
        day = fix_day(error, desk.today)
        wanted = day is None if period is None else day is not None and period.start <= day <= period.end
        if is_closed(error) or customers and theirs and not theirs & set(customers):
            continue
        looked += 1
        if not wanted:
            continue
        if evidence := record_as_evidence(desk.session, desk.viewer, "known_error", error.id or 0):
            fix = masks.apply(error.passage_id, error.permanent_fix or "") or None
            known.append(KnownFix(desk.keep(evidence), error.key or "", masks.apply(error.passage_id, error.title), fix, day))
    return Fixes(undated, known, looked)

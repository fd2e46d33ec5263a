"""Times in which an agreement allows no changes: the clause, and whether the day that a question names falls within one."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.clause_history import evidence_of, histories_of
from assistant.tools.desk import Desk
from knowledge.access import record_clause
from knowledge.documents.passages import sentences
from knowledge.language.calendar import month_end
from knowledge.language.dates import find_dates
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_alternatives, section_expressions
from knowledge.records.agreements import Clause

_said = partial(section_expressions, __file__, "freezes")
_YEARS = (-1, 0, 1)


@dataclass
class Freeze:
    """A sentence that allows no changes for a time. inside: whether the day asked about falls within it; None without such a day."""

    evidence: Evidence
    sentence: str
    inside: bool | None


@dataclass
class FreezesFound:
    """The freezes of the customers asked about, those that the day falls within first. day: the one asked about, if any."""

    day: date | None
    freezes: list[Freeze]


def asks_about_freeze(question: str) -> bool:
    """Whether a question asks if something may be changed on a day, or when nothing may."""
    plain = normalise(question)
    return _asks_on_a_day(plain) or _asks_when(plain)


def _asks_on_a_day(plain: str) -> bool:
    return bool(_said("changing").search(plain) and _said("allowed").search(plain) and not _said("no_system").search(plain))


def _asks_when(plain: str) -> bool:
    return bool(_said("when").search(plain) and (_said("freeze").search(plain) or _said("changing").search(plain) and _said("forbidden").search(plain)))


def freezes(desk: Desk, question: str, customers: tuple[int, ...]) -> FreezesFound | None:
    """What the agreements of these customers say; None without such a question or clause, or where no clause tells for the day asked about."""
    if not customers or not asks_about_freeze(question):
        return None
    days = [span.value for span in find_dates(question, desk.today) if span.precision == "day"]
    day = days[-1] if days and _asks_on_a_day(normalise(question)) else None
    if day is None and not _asks_when(normalise(question)):
        return None
    rows = select(Clause).where(col(Clause.withdrawn).is_(False), record_clause(desk.viewer, Clause), col(Clause.customer_id).in_(customers)).order_by(col(Clause.id))
    clauses = list(desk.session.execute(rows).scalars())
    told = [history for history in histories_of(desk, {clause.agreement_id for clause in clauses}) if history.amended]
    over = {version.clause.id for history in told for version in history.versions if not version.holds_on(day or desk.today)}
    found = []
    for clause in clauses:
        sentence = _freezing(clause) if clause.id not in over else None
        inside = _inside(sentence, day) if sentence and day else None
        if sentence is None or day is not None and inside is None:
            continue
        if evidence := evidence_of(desk, clause, sentence):
            found.append(Freeze(evidence, sentence, inside))
    if day is not None:
        desk.computed.dates.add(day)
    return FreezesFound(day, sorted(found, key=lambda freeze: not freeze.inside)) if found else None


def _freezing(clause: Clause) -> str | None:
    """The sentence of a clause that allows no changes for a time."""
    for start, end in sentences(clause.text):
        sentence = clause.text[start:end]
        if _said("freeze").search(normalise(f"{clause.heading} {sentence}")) and (_said("freeze").search(normalise(sentence)) or find_dates(sentence, date.today())):
            return sentence
    return None


def _inside(sentence: str, day: date) -> bool | None:
    """Whether a day falls within a time that a sentence names, every year where it names none; None where it names no time."""
    times = [(span.value, span.until, span.has_year) for span in find_dates(sentence, day) if not span.relative and span.precision in ("range", "month", "day")]
    monthly = [(_of_month(day, int(match["first"])), _of_month(day, int(match["last"]))) for match in _monthly().finditer(sentence)]
    if not times and not monthly:
        return None
    years = ((_moved(first, by), _moved(last, by)) for first, last, dated in times for by in (_YEARS if not dated else (0,)))
    return any(first <= day <= last for first, last in (*years, *monthly))


def _moved(day: date, years: int) -> date:
    """The same day of another year; 28 February for the 29th."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, month_end(date(year, day.month, 1)).day))


def _of_month(day: date, number: int) -> date:
    return day.replace(day=min(number, month_end(day).day))


@cache
def _monthly() -> re.Pattern[str]:
    """ "tanggal 15 sampai 20 setiap bulan", "from the 15th to the 20th of each month"."""
    to, each = (section_alternatives(__file__, "freezes", section) for section in ("to", "each_month"))
    return re.compile(rf"(?<!\d)(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:{to})\s*(?:the\s+|tanggal\s+)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:{each})", re.IGNORECASE)

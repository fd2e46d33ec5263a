"""The improvement plan by the seven steps of continual service improvement, with its register and the evidence that each loop closed.

Seven-step improvement process, ITIL 2011 Continual Service Improvement 4.1: strategy, what to measure, gather, process, analyse, present and
use, implement.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

from assistant.drafts import operations, outlook, performance, satisfaction
from assistant.drafts.dossier import Dossier
from assistant.drafts.error_notice import fix_words, planned_day
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, quoted, table
from assistant.drafts.wording import matcher, phrase, word
from assistant.models.builtin.phrasing import shorten
from knowledge.language.calendar import month_end
from knowledge.language.periods import Period
from knowledge.records.operations import KnownError, Measurement, Ticket
from knowledge.records.relationship import Feedback, Improvement

LIMIT = 8
WIDTH = 110
NOTABLE = Decimal("0.5")
"""A gap that moved by less is level."""


def streak(months: list[Measurement]) -> int:
    """How many months at the end met their target, one after the other. Pure."""
    count = 0
    for month in reversed(months):
        if month.target is None or performance.breached(month):
            break
        count += 1
    return count


def aim(dossier: Dossier) -> list[Line]:
    """What the customer wants to reach, as agreed with them."""
    return [made for made in outlook.registers(dossier).lines if matcher("improvement.objective").search(f"{made.lead} {made.text}")]


def data(dossier: Dossier, period: Period) -> list[Line]:
    """How much of each kind of data there is for the time: measurements, tickets, survey answers, feedback."""
    language = dossier.language
    measured = [month for one in performance.series(dossier, period) for month in one.months]
    answers = [answer for wave in satisfaction.latest(dossier, period) for answer in wave.answers]
    kinds = (("measurements", measured), ("tickets", _tickets(dossier, period)), ("answers", answers), ("feedback", satisfaction.feedback(dossier, period)))
    lines = []
    for name, found in kinds:
        dossier.computed(len(found))
        if found:
            lines.append(line(phrase(f"improvement.{name}", language, count=len(found)) + ".", *[dossier.cite(one) for one in (found[0], found[-1])]))
    missing = ", ".join(phrase(f"improvement.no_{name}", language) for name, found in kinds if not found)
    if missing and lines:
        lines.append(Line(phrase("improvement.no_data", language, names=missing), stated=True))
    return lines


def _tickets(dossier: Dossier, period: Period) -> list[Ticket]:
    return [one for one in dossier.records(Ticket) if one.opened_at and period.start <= one.opened_at.date() <= period.end]


def analysis(dossier: Dossier, period: Period) -> list[Line]:
    """What the data say: targets missed, the greatest gap, what is reported and complained of most, causes known."""
    lines = [*_missed(dossier, period), *_gap(dossier, period), *_categories(dossier, period), *_causes(dossier)]
    return lines[:LIMIT]


def _missed(dossier: Dossier, period: Period) -> list[Line]:
    language, lines = dossier.language, []
    for one in _levels(dossier, period)[:4]:
        _register(dossier, one.months)
        rated = [month for month in one.months if month.target is not None]
        worst = (min if performance.is_percent(rated[0]) else max)(one.missed, key=lambda month: month.value or Decimal(0))
        dossier.computed(len(one.missed), len(rated))
        text = phrase("improvement.missed", language, missed=len(one.missed), rated=len(rated), worst=performance.shown(dossier, worst.value, worst), month=performance.month_of(worst, language), target=performance.shown(dossier, worst.target, worst))
        lines.append(line(f"{text}.", dossier.cite(worst), dossier.cite(one.missed[-1]), lead=f"{performance.label(dossier, one)}:"))
    return lines


def _levels(dossier: Dossier, period: Period) -> list[performance.Series]:
    """Service levels that missed a target in the time, those missed most first."""
    return sorted((one for one in performance.series(dossier, period) if one.missed), key=lambda one: (-len(one.missed), performance.label(dossier, one)))


def _gap(dossier: Dossier, period: Period) -> list[Line]:
    return [made for made in satisfaction.headline(dossier, period)[:1] if satisfaction.latest(dossier, period)]


def _categories(dossier: Dossier, period: Period) -> list[Line]:
    """The category that most tickets of the time have, where it is more than one in four."""
    tickets = [one for one in _tickets(dossier, period) if one.category]
    counts = Counter(one.category for one in tickets)
    if len(tickets) < 4:
        return []
    category, count = counts.most_common(1)[0]
    if count * 4 < len(tickets):
        return []
    own = [one for one in tickets if one.category == category]
    dossier.computed(count, len(tickets))
    return [line(phrase("improvement.category", dossier.language, category=category, count=count, total=len(tickets)) + ".", dossier.cite(own[0]), dossier.cite(own[-1]))]


def _causes(dossier: Dossier) -> list[Line]:
    lines = []
    for error in _errors(dossier):
        if error.root_cause and error.root_cause.strip(" -–") and dossier.may_quote(error.root_cause):
            lines.append(line(phrase("improvement.cause", dossier.language, text=error.root_cause.strip(" .")) + ".", dossier.cite(error), lead=f"{joined(error.key, error.title, by=' ')}:"))
    return lines[:3]


def _errors(dossier: Dossier) -> list[KnownError]:
    """Known errors that touch the customer and are not closed."""
    return [error for error in dossier.known_errors() if not operations.is_done(error.status)]


def register(dossier: Dossier, period: Period) -> Section:
    """The register: what is improved and why, where it started, where it should be, where it is, its state."""
    rows = [*_recorded(dossier), *_of_levels(dossier, period), *_of_complaints(dossier, period), *_of_errors(dossier)]
    headings = tuple(phrase(f"improvement.heading_{name}", dossier.language) for name in ("what", "why", "baseline", "target", "measured", "state"))
    return table(rows[:12], headings)


def _row(dossier: Dossier, cells: tuple[str, ...], *records: object) -> Line:
    shown = tuple(cell or "–" for cell in cells)
    made = line(" | ".join(shown), *[dossier.cite(one) for one in records])  # type: ignore[arg-type]
    marks = made.text[len(" | ".join(shown)) :]
    made.cells = (*shown[:-1], f"{shown[-1]}{marks}")
    return made


def _recorded(dossier: Dossier) -> list[Line]:
    """Entries of the register on file."""
    rows = []
    for one in sorted(dossier.records(Improvement), key=lambda one: (operations.is_done(one.status), one.on or date.min)):
        if dossier.may_quote(one.text):
            dossier.note_used(one.text)
            rows.append(_row(dossier, (shorten(one.text, WIDTH), joined(one.person, day(one.on, dossier.language), by=", "), "", "", "", one.status or ""), one))
    return rows


def _of_levels(dossier: Dossier, period: Period) -> list[Line]:
    """A service level that missed its target: first value, target, newest value."""
    language, rows = dossier.language, []
    for one in _levels(dossier, period)[:5]:
        _register(dossier, one.months)
        first, newest = one.missed[0], one.months[-1]
        count = streak(one.months)
        dossier.computed(count)
        state = phrase("improvement.met_again", language, count=count) if count else phrase("improvement.still_missed", language)
        baseline, measured = (f"{performance.shown(dossier, month.value, month)} ({performance.month_of(month, language)})" for month in (first, newest))
        cells = (performance.label(dossier, one), phrase("improvement.why_missed", language), baseline, performance.shown(dossier, newest.target, newest), measured, state)
        rows.append(_row(dossier, cells, first, newest))
    return rows


def _of_complaints(dossier: Dossier, period: Period) -> list[Line]:
    """A complaint with what follows it: the same complained of again since?"""
    language, rows = dossier.language, []
    for one in satisfaction.feedback(dossier, period, "complaint"):
        follow = (one.follow_up or "").strip(" -–.")
        if not follow or not dossier.may_quote(follow):
            continue
        why = phrase("improvement.why_complaint", language, words=quoted(one.words, 60), day=day(one.on, language))
        measured = _again(dossier, one) if operations.is_done(one.status) else ""
        rows.append(_row(dossier, (shorten(follow, WIDTH), why, "", "", measured, one.status or ""), one))
    return rows[:5]


def _of_errors(dossier: Dossier) -> list[Line]:
    """A known error with its permanent fix and the day it is planned for."""
    rows = []
    for error in _errors(dossier):
        planned = planned_day(error, dossier.today)
        fix = fix_words(error, dossier.today) or (phrase("improvement.fix_of", dossier.language, key=error.key or error.title) if planned else "")
        if fix and dossier.may_quote(f"{fix} {error.title}"):
            if planned:
                dossier.computed(planned)
            target = phrase("improvement.fix_by", dossier.language, day=day(planned, dossier.language)) if planned else ""
            rows.append(_row(dossier, (shorten(fix, WIDTH), joined(error.key, error.title, by=" "), "", target, "", error.status or ""), error))
    return rows[:4]


def _again(dossier: Dossier, one: Feedback) -> str:
    """How many complaints of the same kind about the same service came later."""
    later = later_alike(one, dossier.records(Feedback))
    dossier.computed(len(later))
    return phrase("improvement.again", dossier.language, count=len(later)) if one.servqual_dimension or one.service else ""


def later_alike(one: Feedback, others: list[Feedback]) -> list[Feedback]:
    """Complaints after this one about the same service and dimension. Pure."""
    return [
        other
        for other in others
        if other.kind == "complaint" and other.on and one.on and other.on > one.on and other.service == one.service and other.servqual_dimension == one.servqual_dimension
    ]


def loop(dossier: Dossier, period: Period) -> list[Line]:
    """Evidence that a loop closed: months met again since a miss, complaints that did not come back, gaps that narrowed."""
    return [*_closed_levels(dossier, period), *_closed_complaints(dossier, period), *_narrowed(dossier, period)][:LIMIT]


def _closed_levels(dossier: Dossier, period: Period) -> list[Line]:
    language, lines = dossier.language, []
    for one in _levels(dossier, period)[:5]:
        count, last = streak(one.months), one.missed[-1]
        _register(dossier, one.months)
        dossier.computed(count)
        name = "improvement.closed_level" if count else "improvement.open_level"
        text = phrase(name, language, count=count, month=performance.month_of(last, language), value=performance.shown(dossier, one.months[-1].value, one.months[-1]))
        lines.append(line(f"{text}.", dossier.cite(last), dossier.cite(one.months[-1]), lead=f"{performance.label(dossier, one)}:"))
    return lines


def _closed_complaints(dossier: Dossier, period: Period) -> list[Line]:
    language, lines, everything = dossier.language, [], dossier.records(Feedback)
    for one in satisfaction.feedback(dossier, period, "complaint"):
        if not operations.is_done(one.status) or not (one.servqual_dimension or one.service):
            continue
        later = later_alike(one, everything)
        dossier.computed(len(later))
        name = "improvement.came_back" if later else "improvement.not_again"
        about = joined(word("servqual", one.servqual_dimension, language), dossier.service(one.service), by=", ")
        text = phrase(name, language, words=quoted(one.words, 80), about=about, count=len(later), day=day(one.on, language))
        lines.append(line(f"{text}.", dossier.cite(one), *[dossier.cite(other) for other in later[:2]], lead=f"{one.key}:" if one.key else ""))
    return lines[:4]


def _narrowed(dossier: Dossier, period: Period) -> list[Line]:
    """Dimensions whose gap narrowed or widened since the survey before, where one falls short."""
    found = satisfaction.latest(dossier, period)
    if len(found) < 2:
        return []
    language, before = dossier.language, {one.dimension: one for one in found[0].gaps}
    lines = []
    for one in found[1].gaps:
        past = before.get(one.dimension)
        if one.gap is None or past is None or past.gap is None or abs(one.gap - past.gap) < NOTABLE or min(one.gap, past.gap) >= 0:
            continue
        dossier.computed(one.gap, abs(one.gap), past.gap, abs(past.gap))
        name = "improvement.narrowed" if one.gap > past.gap else "improvement.widened"
        text = phrase(name, language, dimension=word("servqual", one.dimension, language), before=satisfaction.signed(past.gap, language), now=satisfaction.signed(one.gap, language), first=found[0].name, last=found[1].name)
        lines.append(line(f"{text}.", *[dossier.cite(answer) for answer in [*found[1].answers[:3], *found[0].answers[:3]]]))
    return lines


def _register(dossier: Dossier, months: list[Measurement]) -> None:
    """The days of the months that a line names."""
    dossier.computed(*(day for month in months if month.period_start for day in (month.period_start, month_end(month.period_start))))

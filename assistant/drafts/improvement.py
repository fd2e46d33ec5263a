"""The improvement plan by the seven steps of continual service improvement, with the evidence that each loop closed.

Seven-step improvement process, ITIL 2011 Continual Service Improvement 4.1: strategy, what to measure, gather, process, analyse, present and
use, implement.
"""

from collections import Counter
from decimal import Decimal

from assistant.drafts import operations, outlook, performance, satisfaction, surveys
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.sections import day, joined, line, quoted
from assistant.drafts.wording import matcher, phrase, word
from knowledge.language.calendar import month_end
from knowledge.language.periods import Period
from knowledge.records.operations import KnownError, Measurement, Ticket
from knowledge.records.relationship import Feedback

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


def later_alike(one: Feedback, others: list[Feedback]) -> list[Feedback]:
    """Complaints after this one about the same service and dimension. Pure."""
    return [
        other
        for other in others
        if other.kind == "complaint" and other.on and one.on and other.on > one.on and other.service == one.service and other.servqual_dimension == one.servqual_dimension
    ]


def aim(dossier: Dossier) -> list[Line]:
    """What the customer wants to reach, as agreed with them."""
    return [outlook.as_told(dossier, made) for made in outlook.registers(dossier).lines if matcher("improvement.objective").search(f"{made.lead} {made.text}")]


def data(dossier: Dossier, period: Period) -> list[Line]:
    """How much of each kind of data there is for the time: measurements, tickets, survey answers, feedback."""
    language = dossier.language
    measured = [month for one in performance.series(dossier, period) for month in one.months]
    answers = [answer for wave in surveys.latest(dossier, period) for answer in wave.answers]
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
    for one in missed_levels(dossier, period)[:4]:
        note_months(dossier, one.months)
        rated = [month for month in one.months if month.target is not None]
        worst = (min if performance.is_percent(rated[0]) else max)(one.missed, key=lambda month: month.value or Decimal(0))
        dossier.computed(len(one.missed), len(rated))
        text = phrase("improvement.missed", language, missed=len(one.missed), rated=len(rated), worst=performance.shown(dossier, worst.value, worst), month=performance.month_of(worst, language), target=performance.shown(dossier, worst.target, worst))
        lines.append(line(f"{text}.", dossier.cite(worst), dossier.cite(one.missed[-1]), lead=f"{performance.label(dossier, one)}:"))
    return lines


def missed_levels(dossier: Dossier, period: Period) -> list[performance.Series]:
    """Service levels that missed a target in the time, those missed most first."""
    return sorted((one for one in performance.series(dossier, period) if one.missed), key=lambda one: (-len(one.missed), performance.label(dossier, one)))


def _gap(dossier: Dossier, period: Period) -> list[Line]:
    return [made for made in satisfaction.headline(dossier, period)[:1] if surveys.latest(dossier, period)]


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
    for error in open_errors(dossier):
        if error.root_cause and error.root_cause.strip(" -–") and dossier.may_quote(error.root_cause):
            lines.append(line(phrase("improvement.cause", dossier.language, text=error.root_cause.strip(" .")) + ".", dossier.cite(error), lead=f"{joined(error.key, error.title, by=' ')}:"))
    return lines[:3]


def open_errors(dossier: Dossier) -> list[KnownError]:
    """Known errors that touch the customer and are not closed."""
    return [error for error in dossier.known_errors() if not operations.is_done(error.status)]


def loop(dossier: Dossier, period: Period) -> list[Line]:
    """Evidence that a loop closed: months met again since a miss, complaints that did not come back, gaps that narrowed."""
    return [*_closed_levels(dossier, period), *_closed_complaints(dossier, period), *_narrowed(dossier, period)][:LIMIT]


def _closed_levels(dossier: Dossier, period: Period) -> list[Line]:
    language, lines = dossier.language, []
    for one in missed_levels(dossier, period)[:5]:
        count, last = streak(one.months), one.missed[-1]
        note_months(dossier, one.months)
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
    found = surveys.latest(dossier, period)
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


def note_months(dossier: Dossier, months: list[Measurement]) -> None:
    """The days of the months that a line names."""
    dossier.computed(*(day for month in months if month.period_start for day in (month.period_start, month_end(month.period_start))))

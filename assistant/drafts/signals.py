"""Warning signals of a customer relationship (J14): each from a record or a quoted sentence, the gravest first."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.drafts import agreements, operations, people, performance, promises, satisfaction, surveys
from assistant.drafts.dossier import Dossier
from assistant.drafts.kinds import described
from assistant.drafts.matching import quotation, saying
from assistant.drafts.model import Line
from assistant.drafts.periods import default_period
from assistant.drafts.sections import day, joined, line, money, number, quoted
from assistant.drafts.states import state_word
from assistant.drafts.wording import phrase, word
from assistant.models.builtin.sentences.phrasing import document_word
from knowledge.language.calendar import month_end
from knowledge.records.customers import Contact
from knowledge.records.operations import Ticket
from knowledge.records.relationship import Risk
from knowledge.records.services import Figure

NEAR = 180
"""Days before an end or a last day of notice in which it is a signal."""
WINDOW = 90
RISE = Decimal("1.3")
"""So many times the tickets of the window before are a signal."""
FALL = Decimal("0.02")
"""Revenue that fell by less than this share is level."""


@dataclass(frozen=True)
class Signal:
    """What warns. rank: 0 is gravest."""

    rank: int
    line: Line


def signals(dossier: Dossier, limit: int = 12) -> list[Line]:
    """Section: all signals, the gravest first."""
    finders: tuple[Callable[[Dossier], list[Signal]], ...] = (_leaving, _ending, _decider_gone, _missed, _late, _complaints, _satisfaction, _revenue, _tickets, _risks)
    found = [signal for finder in finders for signal in finder(dossier)]
    return [signal.line for signal in sorted(found, key=lambda signal: signal.rank)][:limit]


def _lead(dossier: Dossier, name: str) -> str:
    return phrase(f"account_plan.signal_{name}", dossier.language) + ":"


def _leaving(dossier: Dossier) -> list[Signal]:
    """What was said of competitors, tenders and leaving."""
    words = described("account_plan").words["leaving"]
    made = [one for one in (quotation(dossier, spoken) for spoken in saying(dossier, words)) if one][:2]
    for one in made:
        one.lead = f"{phrase('account_plan.signal_leaving', dossier.language)}, {one.lead}"
    return [Signal(0, one) for one in made]


def _ending(dossier: Dossier) -> list[Signal]:
    """An agreement that ends, or whose last day of notice comes, within half a year."""
    language, found = dossier.language, []
    for item in agreements.dates_of(dossier):
        own = item.agreement
        name = joined(own.title or document_word(own.kind, language), own.number, by=" ")
        notice = item.deadline if item.deadline and item.deadline >= dossier.today else None
        left = ((notice or item.ends_on) - dossier.today).days
        if not 0 <= left <= NEAR:
            continue
        dossier.computed_days(left)
        dossier.computed(item.ends_on, *([notice] if notice else []))
        key = "account_plan.notice_near" if notice else "account_plan.end_near"
        text = phrase(key, language, name=name, day=day(notice or item.ends_on, language), days=left, end=day(item.ends_on, language))
        found.append(Signal(1, line(text, item.end_evidence, item.notice_evidence if notice else None, dossier.cite(own), lead=_lead(dossier, "ending"))))
    return found


def _decider_gone(dossier: Dossier) -> list[Signal]:
    """A decision maker, sponsor or signatory who left within half a year, or leaves soon."""
    language, found = dossier.language, []
    for one in dossier.records(Contact):
        near = one.valid_until and dossier.months_ago(6) <= one.valid_until <= dossier.today + timedelta(days=WINDOW)
        roles = [role for role in people.roles_of(one) if role in ("decision_maker", "sponsor", "signatory")]
        if near and roles:
            key = "account_plan.left" if one.valid_until and one.valid_until <= dossier.today else "account_plan.leaves"
            text = phrase(key, language, name=one.name, role=word("roles", roles[0], language), day=day(one.valid_until, language))
            found.append(Signal(1, line(text, dossier.cite(one), lead=_lead(dossier, "people"))))
    return found


def _missed(dossier: Dossier) -> list[Signal]:
    """Service levels whose newest month missed the target."""
    language, found = dossier.language, []
    for one in performance.series(dossier):
        newest = one.months[-1]
        if not performance.breached(newest) or newest.period_start is None or newest.period_start < dossier.months_ago(4):
            continue
        row = len(one.months) - next((place for place, month in reversed(list(enumerate(one.months, 1))) if not performance.breached(month)), 0)
        dossier.computed(row, newest.period_start, month_end(newest.period_start))
        text = phrase("account_plan.missed", language, name=performance.label(dossier, one), month=performance.month_of(newest, language), value=performance.shown(dossier, newest.value, newest), target=performance.shown(dossier, newest.target, newest), row=row)
        found.append(Signal(2, line(text, *[dossier.cite(month) for month in one.months[-row:][:4]], lead=_lead(dossier, "level"))))
    return found


def _late(dossier: Dossier) -> list[Signal]:
    """Our promises that are overdue."""
    late = [item for item in promises.open_commitments(dossier, "provider") if item.due and item.due < dossier.today]
    found = []
    for item in sorted(late, key=lambda item: item.due or dossier.today)[:3]:
        days = (dossier.today - (item.due or dossier.today)).days
        dossier.computed_days(days)
        text = phrase("account_plan.late", dossier.language, text=quoted(item.text, 140), day=day(item.due, dossier.language), days=days)
        found.append(Signal(2, line(text, dossier.cite(item), lead=_lead(dossier, "promise"))))
    return found


def _complaints(dossier: Dossier) -> list[Signal]:
    """Complaints of the last year that are open."""
    still = [one for one in satisfaction.feedback(dossier, default_period(dossier.today, 12), "complaint") if not satisfaction.is_closed(one)]
    if not still:
        return []
    oldest = min(still, key=lambda one: one.on or date.max)
    days = (dossier.today - (oldest.on or dossier.today)).days
    dossier.computed(len(still))
    dossier.computed_days(days)
    text = phrase("account_plan.complaints", dossier.language, count=len(still), words=quoted(oldest.words, 100), days=days)
    return [Signal(2, line(text, *[dossier.cite(one) for one in [oldest, *(one for one in still if one is not oldest)][:4]], lead=_lead(dossier, "complaint")))]


def _satisfaction(dossier: Dossier) -> list[Signal]:
    """Willingness to recommend or overall score that fell since the survey before."""
    language, found = dossier.language, []
    known = surveys.waves(dossier, dossier.today)[-2:]
    for name in ("nps", "score") if len(known) == 2 else ():
        before, now = known[0].mean(name), known[1].mean(name)
        if before is not None and now is not None and now < before:
            dossier.computed(before, now, before - now)
            text = phrase(f"account_plan.{name}_fell", language, now=number(now, language), before=number(before, language), wave=known[1].name, first=known[0].name)
            found.append(Signal(3, line(text, *[dossier.cite(one) for one in [*known[1].answers[:3], *known[0].answers[:3]]], lead=_lead(dossier, "satisfaction"))))
    return found


def _revenue(dossier: Dossier) -> list[Signal]:
    """Revenue of the newest period below that of the one before."""
    found = []
    for figures in revenue(dossier).values():
        if len(figures) < 2 or not figures[-2].value or figures[-1].value is None:
            continue
        now, before = figures[-1].value, figures[-2].value
        if now < before * (1 - FALL):
            share = ((before - now) / before * 100).quantize(Decimal("0.1"))
            dossier.computed_share(share)
            text = phrase("account_plan.revenue_fell", dossier.language, now=money(now, figures[-1].currency, dossier.language), period=figures[-1].period_label, before=money(before, figures[-2].currency, dossier.language), first=figures[-2].period_label, share=number(share, dossier.language))
            found.append(Signal(3, line(text, dossier.cite(figures[-1]), dossier.cite(figures[-2]), lead=_lead(dossier, "revenue"))))
    return found


def revenue(dossier: Dossier) -> dict[tuple[str, str], list[Figure]]:
    """Revenue on record by name and length of period, the oldest first; forecasts left out."""
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in dossier.records(Figure):
        if one.metric == "revenue" and not one.forecast and one.value is not None and one.period_start and one.period_end and one.period_start <= dossier.today:
            months = (one.period_end - one.period_start).days // 28
            grouped[(f"{one.name or ''} {one.service or ''}".strip(), str(months))].append(one)
    return {key: sorted(found, key=lambda one: one.period_start or date.min) for key, found in grouped.items()}


def _tickets(dossier: Dossier) -> list[Signal]:
    """Clearly more tickets in the last ninety days than in the ninety before."""
    start, middle = dossier.today - timedelta(days=2 * WINDOW), dossier.today - timedelta(days=WINDOW)
    opened = [(one.opened_at.date(), one) for one in dossier.records(Ticket) if one.opened_at]
    now = [one for moment, one in opened if middle < moment <= dossier.today]
    before = [one for moment, one in opened if start < moment <= middle]
    if len(before) < 3 or len(now) < RISE * len(before):
        return []
    dossier.computed(len(now), len(before))
    dossier.computed_days(WINDOW)
    grave = sorted(now, key=lambda one: (not operations.is_open(one), one.priority or "z"))
    text = phrase("account_plan.tickets", dossier.language, now=len(now), before=len(before), days=WINDOW)
    return [Signal(3, line(text, *[dossier.cite(one) for one in [*grave[:3], before[0]]], lead=_lead(dossier, "tickets")))]


def _risks(dossier: Dossier) -> list[Signal]:
    """Risks on record that are not closed and not quoted already."""
    found = []
    for one in sorted(dossier.records(Risk), key=lambda one: one.on or date.min, reverse=True):
        if one.text and not operations.is_done(one.status) and dossier.may_quote(one.text) and not dossier.is_used(one.text):
            dossier.note_used(one.text)
            found.append(Signal(1, line(joined(quoted(one.text, 200), state_word(one.level, dossier.language), day(one.on, dossier.language), by=" — "), dossier.cite(one), lead=_lead(dossier, "risk"))))
    return found[:3]

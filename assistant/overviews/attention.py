"""What is due soon or has become late, with one customer or with all that the asker may see: their day's agenda."""

from datetime import timedelta
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.drafts.model import Line, Section
from assistant.drafts.wording import phrase
from assistant.models.builtin.sentences.phrasing import mark
from assistant.overviews.overview import Overview
from assistant.portfolio import Due, portfolio
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.language.calendar import days_between
from knowledge.language.formats import format_date
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language

AHEAD = timedelta(days=14)
MOST = 12
MINUTES_A_DAY = 1440


def attention(desk: Desk, customer_id: int | None, period: Period | None, language: Language) -> Overview:
    """Late things first, then by day, up to the end of the period (two weeks where none is named, or it is over today)."""
    found = portfolio(desk)
    names = {customer.id: customer.name for customer in found.customers}
    until = period.end if period is not None and period.end > desk.today else desk.today + AHEAD
    wanted = [item for item in found.due if item.on <= until and customer_id in (None, item.customer_id)]
    lines = [line for item in wanted[:MOST] if (line := _line(desk, item, names, language))]
    desk.computed.dates.add(until)
    title = phrase("titles.attention", language, day=format_date(until, language))
    section = Section("attention", title, lines)
    nothing = phrase("empty.attention", language, day=format_date(until, language))
    return Overview.of(desk, [section] if lines else [], nothing, "nothing_due")


def _line(desk: Desk, item: Due, names: dict[int, str], language: Language) -> Line | None:
    kind, _, number = item.record.partition(":")
    evidence = record_as_evidence(desk.session, desk.viewer, kind, int(number))
    if evidence is None:
        return None
    evidence = desk.keep(evidence)
    away = days_between(desk.today, item.on)
    desk.computed.dates.add(item.on)
    desk.computed.numbers.add(Decimal(abs(away)).normalize())
    desk.computed.quantities.add(Quantity(Decimal(abs(away) * MINUTES_A_DAY).normalize(), "minute"))
    near = phrase("attention.late" if away < 0 else "attention.today" if not away else "attention.left", language, days=abs(away))
    text = " — ".join(part for part in (names.get(item.customer_id or 0, ""), item.what(language)) if part)
    return Line(f"{text} {mark(evidence)}", (evidence.id,), lead=f"{format_date(item.on, language)} ({near}):")

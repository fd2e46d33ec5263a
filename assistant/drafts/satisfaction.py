"""Satisfaction of one customer over a time: surveys by wave, SERVQUAL gaps, complaints and compliments with their trend, and what was done."""

from collections import Counter
from datetime import date
from decimal import Decimal

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import is_done
from assistant.drafts.periods import period_before
from assistant.drafts.sections import day, joined, line, number, quoted, table
from assistant.drafts.servqual import Gap
from assistant.drafts.states import state_word
from assistant.drafts.surveys import Wave, latest, waves
from assistant.drafts.wording import phrase, word
from knowledge.language.periods import Period
from knowledge.language.tokens import stems
from knowledge.records.relationship import Feedback

LIMIT = 8
WAVES = 4
DAYS_APART = 14
SHARED = 0.8
"""How much of the shorter one's words two notes of the same feedback share."""


def feedback(dossier: Dossier, period: Period, kind: str = "") -> list[Feedback]:
    """What was said in the period, what is open first, then the newest."""
    found = [one for one in dossier.records(Feedback) if one.on and period.start <= one.on <= period.end and one.words.strip() and dossier.may_quote(one.words)]
    unique = [one for number, one in enumerate(found) if not any(_same(one, other) for other in (found[:number] if one.key else [*found[:number], *(each for each in found[number + 1 :] if each.key)]))]
    return sorted((one for one in unique if not kind or one.kind == kind), key=lambda one: (is_closed(one), -(one.on or date.min).toordinal()))


def _same(one: Feedback, other: Feedback) -> bool:
    """Whether the same thing was said, noted twice: in a register and in minutes of about the same day."""
    if not (one.on and other.on) or abs((one.on - other.on).days) > DAYS_APART:
        return False
    first, second = (set(stems(each.words, "id")) for each in (one, other))
    return len(first & second) >= SHARED * min(len(first), len(second))


def is_closed(one: Feedback) -> bool:
    """Whether a complaint's status says that it is over."""
    return is_done(one.status)


def headline(dossier: Dossier, period: Period) -> list[Line]:
    """The greatest gap, the newest willingness to recommend, complaints against the time before, what is complained of most."""
    lines = [made for made in (_worst(dossier, period), _counted(dossier, period), _repeated(dossier, period)) if made]
    trend = recommend(dossier, period)
    return lines[:1] + trend[:1] + lines[1:] if trend else lines


def _worst(dossier: Dossier, period: Period) -> Line | None:
    found = latest(dossier, period)
    gaps = found[-1].gaps if found else []
    if not gaps:
        return None
    first, language = gaps[0], dossier.language
    _register(dossier, gaps)
    name = "satisfaction.lowest" if first.gap is None else "satisfaction.worst" if first.gap < 0 else "satisfaction.all_met"
    said = phrase(name, language, dimension=word("servqual", first.dimension, language), seen=number(first.perception, language), wanted=_or_none(dossier, first.expectation), gap=signed(first.gap, language))
    count = len(found[-1].answers)
    dossier.computed(count)
    source = phrase("satisfaction.from_wave", language, wave=found[-1].name, count=count)
    return line(f"{said} ({source}).", *[dossier.cite(one) for one in found[-1].answers[:6]])


def _counted(dossier: Dossier, period: Period) -> Line | None:
    complaints, compliments = feedback(dossier, period, "complaint"), feedback(dossier, period, "compliment")
    if not complaints and not compliments:
        return None
    still = [one for one in complaints if not is_closed(one)]
    dossier.computed(len(complaints), len(compliments), len(still))
    text = phrase("satisfaction.counts", dossier.language, complaints=len(complaints), open=len(still), compliments=len(compliments))
    before = feedback(dossier, period_before(period), "complaint")
    first = min((one.on for one in dossier.records(Feedback) if one.on), default=period.start)
    if first <= period_before(period).start or before:
        change = len(complaints) - len(before)
        dossier.computed(len(before), abs(change))
        name = "satisfaction.more" if change > 0 else "satisfaction.fewer" if change < 0 else "satisfaction.same"
        text += phrase(name, dossier.language, before=len(before), change=abs(change))
    return line(f"{text}.", *[dossier.cite(one) for one in [*complaints, *compliments][:8]])


def _repeated(dossier: Dossier, period: Period) -> Line | None:
    """The dimension that most complaints are about, where it is more than one complaint."""
    complaints = feedback(dossier, period, "complaint")
    counts = Counter(one.servqual_dimension for one in complaints if one.servqual_dimension)
    if not counts or counts.most_common(1)[0][1] < 2:
        return None
    dimension, count = counts.most_common(1)[0]
    dossier.computed(count, len(complaints))
    text = phrase("satisfaction.repeated", dossier.language, dimension=word("servqual", dimension, dossier.language), count=count, total=len(complaints))
    return line(f"{text}.", *[dossier.cite(one) for one in complaints if one.servqual_dimension == dimension][:4])


def gaps_of(dossier: Dossier, period: Period) -> Section:
    """A row a dimension: expected, perceived, gap, and the gap of the survey before."""
    language, found = dossier.language, latest(dossier, period)
    gaps = found[-1].gaps if found else []
    before = {one.dimension: one for one in found[0].gaps} if len(found) > 1 else {}
    _register(dossier, [*gaps, *before.values()])
    evidence = [dossier.cite(one) for one in (found[-1].answers if found else [])][:6]
    earlier = [dossier.cite(one) for one in (found[0].answers if before else [])][:4]
    asked = any(each.expectation is not None for each in [*gaps, *before.values()])
    lines = []
    for one in gaps:
        past = before.get(one.dimension)
        shown = signed(past.gap, language) if past and past.gap is not None else number(past.perception, language) if past else phrase("satisfaction.no_wave", language)
        expected = number(one.expectation, language) if one.expectation is not None else phrase("satisfaction.no_expectation", language)
        cells = (word("servqual", one.dimension, language), *([expected] if asked else []), number(one.perception, language), *([signed(one.gap, language) or "–"] if asked else []), shown)
        made = line(" | ".join(cells), *evidence, *earlier, cells=cells)
        made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)):]}")
        lines.append(made)
    headings = tuple(phrase(f"satisfaction.heading_{name}", language) for name in ("dimension", "expected", "perceived", "gap", "before") if asked or name not in ("expected", "gap"))
    return table(lines, headings)


def recommend(dossier: Dossier, period: Period) -> list[Line]:
    """Overall score and willingness to recommend of the newest survey, with the step from the one before."""
    found = latest(dossier, period)
    lines = [_stepped(dossier, found[-1], found[0] if len(found) > 1 else None, name) for name in ("score", "nps")] if found else []
    return [made for made in lines if made]


def _stepped(dossier: Dossier, wave: Wave, before: Wave | None, name: str) -> Line | None:
    language, value = dossier.language, wave.mean(name)
    past = before.mean(name) if before else None
    if value is None:
        return None
    dossier.computed(value, len(wave.answers))
    text = phrase(f"satisfaction.{name}", language, value=number(value, language))
    if before and past is not None:
        step = value - past
        dossier.computed(past, abs(step))
        way = "satisfaction.up" if step > 0 else "satisfaction.down" if step < 0 else "satisfaction.level"
        text += phrase(way, language, step=number(abs(step), language), wave=before.name, before=number(past, language))
    source = phrase("satisfaction.from_wave", language, wave=wave.name, count=len(wave.answers))
    cited = [*wave.answers[:4], *(before.answers[:4] if before and past is not None else [])]
    return line(f"{text} ({source}).", *[dossier.cite(one) for one in cited])


def wave_by_wave(dossier: Dossier, period: Period) -> list[Line]:
    """The last surveys, newest first: scores, willingness to recommend, the dimension that fell shortest."""
    language, lines = dossier.language, []
    for wave in reversed(waves(dossier, period.end)[-WAVES:]):
        parts = [phrase("satisfaction.answers", language, count=len(wave.answers))]
        for name in ("score", "nps"):
            if (value := wave.mean(name)) is not None:
                dossier.computed(value)
                parts.append(phrase(f"satisfaction.{name}", language, value=number(value, language)))
        if gaps := wave.gaps[:1]:
            _register(dossier, gaps)
            shown = signed(gaps[0].gap, language) or number(gaps[0].perception, language)
            parts.append(phrase("satisfaction.shortest", language, dimension=word("servqual", gaps[0].dimension, language), value=shown))
        dossier.computed(len(wave.answers))
        lines.append(line(joined(*parts), *[dossier.cite(one) for one in wave.answers[:6]], lead=f"{wave.name}:"))
    return lines


def told(dossier: Dossier, period: Period, kind: str) -> list[Line]:
    """Complaints or compliments of the period in the customer's own words, what is open first."""
    language, lines = dossier.language, []
    for one in feedback(dossier, period, kind)[:LIMIT]:
        dimension = word("servqual", one.servqual_dimension, language) if one.servqual_dimension else ""
        text = joined(quoted(one.words), joined(one.person, dossier.service(one.service), dimension, state_word(one.status, language), by=", "), by=" — ")
        dossier.note_used(one.words)
        lines.append(line(text, dossier.cite(one), lead=f"{joined(one.key, day(one.on, language), by=', ')}:"))
    return lines


def comments(dossier: Dossier, period: Period) -> list[Line]:
    """What respondents wrote in the newest survey of the period, and suggestions."""
    lines = []
    for wave in latest(dossier, period)[-1:]:
        for one in wave.answers:
            if one.comment and one.comment.strip(" -") and dossier.may_quote(one.comment) and not dossier.is_used(one.comment):
                dossier.note_used(one.comment)
                lines.append(line(joined(quoted(one.comment), one.respondent, by=" — "), dossier.cite(one), lead=f"{wave.name}:"))
    for each in feedback(dossier, period):
        if each.kind not in ("complaint", "compliment") and not dossier.is_used(each.words):
            dossier.note_used(each.words)
            lines.append(line(joined(quoted(each.words), each.person, by=" — "), dossier.cite(each), lead=f"{day(each.on, dossier.language)}:"))
    return lines[:LIMIT]


def done(dossier: Dossier, period: Period) -> list[Line]:
    """What followed each complaint and suggestion, with its state."""
    language, lines = dossier.language, []
    for one in feedback(dossier, period):
        follow = (one.follow_up or "").strip(" -–.")
        if one.kind == "compliment" or not follow or not dossier.may_quote(follow):
            continue
        name = "satisfaction.followed" if one.status else "satisfaction.followed_plain"
        text = phrase(name, language, words=quoted(one.words, 90), follow=follow, status=state_word(one.status, language))
        lines.append(line(text, dossier.cite(one), lead=f"{day(one.on, language)}:"))
    return lines[:LIMIT]


def still_to_do(dossier: Dossier, period: Period) -> list[Line]:
    """Complaints without a follow-up, or whose follow-up is not finished, the oldest first."""
    language, lines = dossier.language, []
    for one in sorted(feedback(dossier, period, "complaint"), key=lambda one: one.on or date.min):
        if is_closed(one):
            continue
        follow = (one.follow_up or "").strip(" -–.")
        name = "satisfaction.unfinished" if follow and dossier.may_quote(follow) else "satisfaction.unanswered"
        waited = (dossier.today - one.on).days if one.on else 0
        dossier.computed_days(waited)
        text = phrase(name, language, words=quoted(one.words, 90), follow=follow) + phrase("satisfaction.waiting", language, days=waited) + "."
        lines.append(line(text, dossier.cite(one), lead=f"{joined(one.key, day(one.on, language), by=', ')}:"))
    return lines[:LIMIT]


def signed(gap: Decimal | None, language: str) -> str:
    """ "−1,25", "+0,5", "0"; "" where there is none."""
    if gap is None:
        return ""
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return f"{sign}{number(abs(gap), language)}"


def _register(dossier: Dossier, gaps: list[Gap]) -> None:
    for one in gaps:
        for value in (one.perception, one.expectation, one.gap):
            if value is not None:
                dossier.computed(value, abs(value))


def _or_none(dossier: Dossier, value: Decimal | None) -> str:
    return number(value, dossier.language) if value is not None else ""

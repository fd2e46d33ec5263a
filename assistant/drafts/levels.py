"""Service levels in a brief: one line a level, the newest month against its target, what was missed of late, and the trend."""

from decimal import Decimal

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.performance import Series, breached, is_percent, label, month_of, series, shown
from assistant.drafts.sections import line, number, priority, section
from assistant.drafts.wording import phrase
from knowledge.language.calendar import month_end

LIMIT = 6


def levels(dossier: Dossier) -> Section:
    """The levels that miss their target now first, then those that missed it most often of late."""
    found = series(dossier)
    found.sort(key=lambda one: (-priority(dossier, label(dossier, one)), -breached(one.months[-1]), -len(one.missed)))
    told = [one for one in found if one.missed or one.months[-1].target is None or priority(dossier, label(dossier, one))]
    return section(dossier, "performance", [*(_line(dossier, one) for one in told[:LIMIT]), *_met(dossier, [one for one in found if one not in told])])


def _met(dossier: Dossier, found: list[Series]) -> list[Line]:
    """In one line the levels that missed no month on file."""
    if not found:
        return []
    language, listed = dossier.language, []
    for one in found:
        newest = one.months[-1]
        if newest.period_start:
            dossier.computed(newest.period_start, month_end(newest.period_start))
        slots = {"name": label(dossier, one), "month": month_of(newest, language), "value": shown(dossier, newest.value, newest), "target": shown(dossier, newest.target, newest)}
        listed.append(phrase("levels.one_met", language, **slots))
    return [line(phrase("levels.all_met", language, listed="; ".join(listed)), *[dossier.cite(one.months[-1]) for one in found])]


def _line(dossier: Dossier, one: Series) -> Line:
    language, newest, name = dossier.language, one.months[-1], label(dossier, one)
    for month in one.months:
        if month.period_start:
            dossier.computed(month.period_start, month_end(month.period_start))
    proof, missed = dossier.cite(newest), breached(newest)
    slots = {"name": name, "month": month_of(newest, language), "value": shown(dossier, newest.value, newest), "target": shown(dossier, newest.target, newest)}
    text = phrase(f"levels.{'missed' if missed else 'met' if newest.target is not None else 'measured'}", language, **slots)
    evidence = [proof]
    before = [month for month in one.missed if month is not newest]
    if before:
        evidence += [dossier.cite(month) for month in before]
        listed = ", ".join(f"{month_of(month, language)} {shown(dossier, month.value, month)}" for month in before)
        text += "; " + phrase("levels.missed_before" if missed else "levels.missed_once", language, months=listed)
    text += _trend(dossier, one)
    if newest.notes and dossier.may_quote(newest.notes):
        text += f" ({newest.notes.strip().rstrip('.')})"
    if missed:
        dossier.raise_point("breach", 4 + 0.1 * len(before), proof, **slots)
    return line(text, *evidence, lead=f"{name}:")


def _trend(dossier: Dossier, one: Series) -> str:
    """The step from the month before, in points for a percentage: "naik 0,35 poin dari Desember 2026"."""
    if len(one.months) < 2 or one.months[-1].value is None or one.months[-2].value is None:
        return ""
    step: Decimal = one.months[-1].value - one.months[-2].value
    if not is_percent(one.months[-1]) or step == 0:
        return "; " + phrase("levels.level", dossier.language) if step == 0 else ""
    dossier.computed(abs(step))
    name = "levels.up" if step > 0 else "levels.down"
    return "; " + phrase(name, dossier.language, step=number(abs(step), dossier.language), month=month_of(one.months[-2], dossier.language))

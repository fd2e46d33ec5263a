"""Sentences about why a service level fell: what was measured, then what the records show of that time, as recorded."""

from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.troubles.level_falls import LevelFall, Told
from knowledge.language.formats import format_date, format_month, format_number, format_percent
from knowledge.language.vocabulary import Language


def fall_told(fall: LevelFall, language: Language) -> str:
    """Measured values, then a line for each record; where there is none, that the cause is not known."""
    measured = [_measured(fall, number, language) for number in range(len(fall.measured))]
    if fall.nothing:
        period = format_month(fall.period.start, language) if _one_month(fall) else f"{format_date(fall.period.start, language)} – {format_date(fall.period.end, language)}"
        return " ".join([phrase("fall_nothing", language, service=fall.service, customer=fall.customer, period=period), *measured])
    lines = [_told("fall_incident", told, language) for told in fall.incidents]
    lines += [_told("fall_change", told, language) for told in fall.changes]
    lines += [_told("fall_error", told, language) for told in fall.errors]
    lines += [phrase("fall_said", language, place=place(item, language), quote=shorten(text, 200), mark=mark(item)) for text, item in fall.words]
    lead = " ".join([(phrase("fall_risen", language) if _risen(fall) else "") + " ".join(measured), phrase("fall_records", language)]).strip()
    return "\n".join([lead, *(f"• {line}" for line in lines), phrase("fall_no_more", language)])


def _risen(fall: LevelFall) -> bool:
    """Whether the one month asked about was better than the one before, and reached its target."""
    if len(fall.measured) != 1 or fall.earlier is None:
        return False
    row, before = fall.measured[0][0], fall.earlier[0]
    return row.value is not None and before.value is not None and row.value > before.value and (row.target is None or row.value >= row.target)


def _measured(fall: LevelFall, number: int, language: Language) -> str:
    row, item = fall.measured[number]
    if row.value is None or row.period_start is None:
        return ""
    target = phrase("fall_target", language, target=format_percent(row.target, language)) if row.target is not None else ""
    month = format_month(row.period_start, language)
    told = phrase("fall_measured", language, service=fall.service, customer=fall.customer, month=month, value=format_percent(row.value, language), target=target, mark=mark(item))
    if number == 0 and fall.earlier and fall.earlier[0].value is not None and fall.earlier[0].period_start:
        before, source = fall.earlier
        told += phrase("fall_earlier", language, month=format_month(fall.earlier[0].period_start, language), value=format_percent(before.value or 0, language), mark=mark(source))
    return told


def _told(name: str, told: Told, language: Language) -> str:
    minutes = phrase("fall_minutes", language, minutes=format_number(told.minutes, language)) if told.minutes else ""
    why = phrase("fall_outcome" if name == "fall_change" else "fall_why", language, why=shorten(told.why, 120).rstrip(".")) if told.why else ""
    note = f" ({told.note})" if told.note else ""
    day = format_date(told.day, language) if told.day else ""
    return phrase(name, language, key=told.key, day=day, what=shorten(told.what, 90), minutes=minutes, why=why, note=note, mark=mark(told.evidence))


def _one_month(fall: LevelFall) -> bool:
    return (fall.period.start.year, fall.period.start.month) == (fall.period.end.year, fall.period.end.month)

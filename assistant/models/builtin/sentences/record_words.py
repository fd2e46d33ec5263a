"""What fields, values and conditions of the records are called in an answer, in the asker's language."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.models.builtin.sentences.phrasing import plain_value
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.records.numbers import is_share
from knowledge.language.dates import find_dates
from knowledge.language.formats import (
    format_date,
    format_duration,
    format_money,
    format_month,
    format_number,
    format_percent,
)
from knowledge.language.periods import period_label
from knowledge.language.vocabulary import Language, words_beside
from knowledge.queries.spec import Filter, Period
from knowledge.queries.vocabulary import STATES, expectation_of, heading_label, state_alone
from knowledge.records.schema import FieldSchema, schemas

UNSAID = frozenset({"document_id", "superseded", "forecast", "valid_from", "valid_until", "fee_per"})
"""Conditions that go without saying."""
BORROWED = {"target": ("measurement", "ticket"), "obligation": ("commitment",)}
"""Kinds that come from prose alone take the words for their fields from kinds with the same fields."""
_MANY_MINUTES = 90
_ANY_DAY, _LONGEST_DAY = date(2000, 1, 1), 24
_LENGTHS = frozenset({"minute", "hour", "day", "business_day", "week", "month", "year"})
SAID_IN_BOTH = frozenset({"metric", "kind", "status", "stage", "party", "indicator"})
"""Fields whose canonical words have a name in both languages."""
_SIGNS = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥", "contains": "…"}


def _table() -> dict[str, Any]:
    return words_beside(__file__, "record_words")


def said(name: str, language: Language, **parts: object) -> str:
    """A phrase of record_words.toml, filled in."""
    return str(_table()["phrases"][name][language]).format(**parts)


def thing(target: str, n: int, language: Language) -> str:
    """ "tiket", "recovery tests": what the records are, for so many of them."""
    known = _table()["things"]
    return str(known.get(target, known["sheet"])[language][0 if n == 1 else 1])


def aggregate(name: str, language: Language) -> str:
    return str(_table()["aggregates"][name][language])


def field_schema(target: str, field: str) -> FieldSchema | None:
    schema = schemas().get(target)
    return schema.fields.get(field) if schema else None


def label(target: str, field: str, language: Language) -> str:
    """What people call a field: its first heading in the language, capitalised."""
    known = next((found for each in (target, *BORROWED.get(target, ())) if (found := field_schema(each, field))), None)
    words = known.words.get(language) if known else None
    if field.startswith("extra.") and expectation_of(target, field.removeprefix("extra.")):
        return said("expectation", language)
    name = words[0] if words else heading_label(field.removeprefix("extra."), language)
    name = " ".join(word.upper() if word in _table()["acronyms"] else word for word in name.split())
    return name[:1].upper() + name[1:]


def choice(target: str, field: str, value: object, language: Language) -> str:
    """A state or kind in the asker's language, where the record has the canonical word."""
    schema = field_schema(target, field)
    canonical = (schema.canonical(str(value)) if schema else None) or str(value)
    known = _table()["values"].get(canonical) if target == "target" or schema and field in SAID_IN_BOTH else None
    return str(known[language]) if known else str(value)


def day_or_period(start: date, end: date | None, language: Language) -> str:
    """The day a period starts, or the whole month, quarter or year."""
    return period_label(start, end, language) if end else format_date(start, language)


def group_name(name: str, value: object, language: Language) -> str:
    """The key of a group: "2026-07" by month is a month's name."""
    step = name.rpartition(":")[2]
    text = plain_value(value, language)
    if step == "month" and len(text) == 7:
        return format_month((int(text[:4]), int(text[5:])), language)
    if step == "quarter" and "-Q" in text:
        year, quarter = text.split("-Q")
        return f"triwulan {quarter} {year}" if language == "id" else f"Q{quarter} {year}"
    return text


def with_unit(number: Decimal, unit: str, language: Language) -> str:
    """ "99,5%", "40 TB", "15 menit"."""
    if unit in _LENGTHS:
        return format_duration(number, unit, language)
    return format_percent(number, language) if unit in ("percent", "%") else f"{format_number(number, language)} {unit}"


def duration(number: Decimal, unit: str, language: Language) -> str:
    """A duration as people say it: a third of an hour is 20 minutes."""
    if unit == "hour" and 0 < number < 1:
        number, unit = round(number * 60, 2), "minute"
    return format_duration(round(number, 2), unit, language)


def told_duration(number: Decimal, unit: str, language: Language) -> str:
    """A computed duration, beside it in hours where it is many minutes: "176 menit (2,93 jam)"."""
    told = duration(number, unit, language)
    if unit == "minute" and number >= _MANY_MINUTES:
        return f"{told} ({duration(number / 60, 'hour', language)})"
    return told


def field_value(answer: RecordAnswer, name: str, values: dict[str, Any], language: Language) -> str:
    """A field's value in words: money with its currency, shares with their sign, durations, times of day, months, services."""
    target, value = answer.scored.spec.target, values[name]
    known = field_schema(target, name)
    kind = known.type if known else None
    if name == "service" and value in answer.services:
        own = answer.services[value][language]
        return f"{own} ({value})" if own and own != value and not any(map(str.isdigit, own)) else str(value)
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{format_date(value.date(), language)} {value:%H.%M}" if language == "id" else f"{format_date(value.date(), language)}, {value:%H:%M}"
    if name == "period_start" and isinstance(value, date):
        return day_or_period(value, values.get("period_end"), language)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        number = Decimal(str(value))
        if name == "notice_value" and values.get("notice_unit"):
            return format_duration(number, str(values["notice_unit"]), language)
        if name == "renewal_months":
            return format_duration(number, "month", language)
        if kind == "percent":
            return format_percent(number * 100 if name == "probability" and number <= 1 else number, language)
        if kind == "duration" or name.endswith("_minutes"):
            return duration(number, (known.unit if known else None) or "minute", language)
        if (kind == "money" or name == "value") and values.get("currency"):
            return format_money(number, str(values["currency"]), language)
        if name in ("value", "target") and not values.get("unit") and is_share(str(values.get("indicator") or "")):
            return format_percent(number, language)
        if name in ("value", "target") and values.get("unit"):
            return with_unit(number, str(values["unit"]), language)
    if isinstance(value, str):
        if (day := _whole_day(value)) is not None:
            return format_date(day, language)
        return _as_written(answer, known, choice(target, name, value, language))
    return plain_value(value, language)


def _whole_day(text: str) -> date | None:
    """The day that a text is, and nothing else: "04-Jun-2027" in a column of texts."""
    spans = find_dates(text, _ANY_DAY) if 6 <= len(text) <= _LONGEST_DAY and any(map(str.isdigit, text)) else []
    whole = len(spans) == 1 and spans[0].precision == "day" and spans[0].has_year and not spans[0].relative and spans[0].end - spans[0].start == len(text.strip())
    return spans[0].value if whole else None


def _as_written(answer: RecordAnswer, field: FieldSchema | None, value: str) -> str:
    """A priority in the words of the rows behind the answer, where they do not have its code: "kritis" for P1."""
    spellings = field.values.get(value, ()) if field and field.name == "priority" else ()
    rows = " ".join(item.quote for item in answer.evidence).lower()
    if not spellings or not rows or re.search(rf"\b{re.escape(value.lower())}\b", rows):
        return value
    return next((word for word in sorted(spellings, key=len, reverse=True) if re.search(rf"\b{re.escape(word)}\b", rows)), value)


def amount(number: Decimal, currency: str, scale: str | None, language: Language) -> str:
    """Money, in the scale that was asked for: "IDR 3,785 million"."""
    if scale is None:
        return format_money(number, currency, language)
    known = _table()["scales"][scale]
    written = format_money(number / known["factor"], currency, language) if number % known["factor"] == 0 else None
    if written is None:
        shown = format_number(number / known["factor"], language)
        written = f"Rp{shown}" if currency == "IDR" and language == "id" else f"{currency} {shown}"
    return said("scaled", language, amount=written, scale=known[language])


def period_words(period: Period, language: Language) -> str:
    first, last = period
    if first.year <= 1900 and last.year < 9000:  # "before July" has no beginning
        return said("until", language, day=format_date(last, language))
    if first.day == 1 and (last.year, last.month) != (first.year, first.month) and period_label(first, last, language).count("–"):
        return f"{format_month(first, language)} – {format_month(last, language)}" if _ends_month(last) else period_label(first, last, language)
    return period_label(first, last, language)


def joined(texts: list[str], language: Language) -> str:
    """ "Q1, Q2 and Q4"."""
    return texts[0] if len(texts) == 1 else said("joined", language, first=", ".join(texts[:-1]), last=texts[-1])


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def conditions(answer: RecordAnswer, language: Language, without: frozenset[str] = frozenset()) -> str:
    """The filters in words, so that a number says what it counts."""

    spec = answer.scored.spec
    parts = [said("not_by_name", language, n=len(spec.customer_ids))] if answer.not_by_name and len(spec.customer_ids) > 1 else []
    parts += [said("except", language, names=joined(answer.except_names, language))] if answer.except_names else []
    parts += [text for item in spec.filters if item.field not in UNSAID | without and (item.field, item.op) != ("kind", "ne") and (text := condition(answer, item, language))]
    if spec.without is not None:
        inner = conditions(replace(answer, scored=replace(answer.scored, spec=spec.without), except_names=[]), language)
        parts.append(said("without", language, things=thing(spec.without.target, 2, language)) + (f", {inner}" if inner else ""))
    if spec.period:
        parts.append(joined([period_words(each, language) for each in (spec.period, *spec.further_periods)], language))
    return "; ".join(dict.fromkeys(parts))


def condition(answer: RecordAnswer, item: Filter, language: Language) -> str:
    """One filter in words."""
    target, flags = answer.scored.spec.target, _table()["flags"]
    name = label(target, item.field, language)
    name = name if name.isupper() else name[:1].lower() + name[1:]
    if item.op in ("is_null", "not_null"):
        return said("empty" if item.op == "is_null" else "filled", language, field=name)
    if isinstance(item.value, bool):
        if item.field in flags:
            return str(flags[item.field][language][item.value])
        return name if item.value else said("not_value", language, value=name)
    several = item.values
    if item.field in STATES and item.op in ("ne", "leave_out"):  # "closed 25 Sep 2026": the state, not the day of one of them
        several = tuple(state_alone(value) if isinstance(value, str) and any(map(str.isdigit, value)) else value for value in several)
    if len(several) > 2 and item.field in answer.scored.spec.select:
        return ""  # the rows show which of them
    sample = next((values for values, _ in answer.rows), {})
    shown = [field_value(answer, item.field, sample | {item.field: value}, language) for value in several]
    value = ", ".join(dict.fromkeys(shown[:3])) + (" …" if len(shown) > 3 else "")
    if item.op in ("ne", "leave_out"):
        return said("not_value", language, value=value)
    if item.op in _SIGNS:
        return f"{name} {_SIGNS[item.op]} {value}"
    if item.field in ("status", "stage", "priority", "result", "wave", "roles", "kind") and target != "figure":
        return f"{name} {value}"
    return value

"""Sentences for what a query of the records gave."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.phrasing import mark, phrase, plain_value, shorten
from assistant.tools.records import RecordAnswer
from knowledge.language.formats import format_date, format_money, format_percent
from knowledge.language.vocabulary import Language
from knowledge.queries.spec import Measure
from knowledge.records.schema import schemas

INTERNAL_FILTERS = frozenset({"document_id", "superseded", "forecast", "valid_from"})
HIDDEN = frozenset({"currency", "id", "customer", "meeting_id", "person_id", "unit"})
TITLE_FIELDS = ("key", "name", "title", "subject", "number", "application", "respondent", "words", "text", "indicator")


def sentence(answer: RecordAnswer, language: Language, subject: str) -> str:
    """The result in one or a few sentences, with reference marks."""
    result, spec = answer.result, answer.scored.spec
    if answer.empty:
        return _nothing(answer, language, subject)
    if spec.group_by:
        return _groups(answer, language)
    if spec.aggregates:
        return _one_number(answer, language)
    return _rows(answer, language) if result.rows else _nothing(answer, language, subject)


def _label(target: str, field: str, language: Language) -> str:
    """What people call a field: its first heading in the language."""
    schema = schemas().get(target)
    known = schema.fields.get(field) if schema else None
    words = known.words.get(language) if known else None
    name = words[0] if words else field.removeprefix("extra.").replace("_", " ")
    return name[:1].upper() + name[1:]


def _thing(target: str, language: Language) -> str:
    schema = schemas().get(target)
    names = schema.names.get(language) if schema else None
    return names[0] if names else {"id": "baris", "en": "rows"}[language]


def _conditions(answer: RecordAnswer, language: Language) -> str:
    """The filters in words, so that a number says what it counts."""
    spec = answer.scored.spec
    parts = []
    for condition in spec.filters:
        if condition.field in INTERNAL_FILTERS:
            continue
        label = _label(spec.target, condition.field, language)
        value = condition.value
        shown = ", ".join(plain_value(item, language) for item in value) if isinstance(value, tuple) else plain_value(value, language)
        sign = {"eq": ":", "in": ":", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "contains": ":", "between": ":", "valid_on": ":"}.get(condition.op)
        parts.append(f"{label}{sign if sign == ':' else ' ' + str(sign)} {shown}" if sign else f"{label}: {'—' if condition.op == 'is_null' else '✓'}")
    if spec.period:
        first, last = spec.period
        parts.append(f"{format_date(first, language)} – {format_date(last, language)}")
    return "; ".join(parts)


def _customers(answer: RecordAnswer) -> list[str]:
    return list(dict.fromkeys(str(values["customer"]) for values, _ in answer.rows if values.get("customer")))


def _marks(answer: RecordAnswer) -> str:
    return mark(*answer.evidence[:4])


def _measured(value: Any, measure: Measure, answer: RecordAnswer, language: Language) -> str:
    currencies = answer.result.currencies
    currency = next(iter(currencies)) if len(currencies) == 1 and measure.agg != "count" else None
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal) and measure.agg == "avg":
        value = value.quantize(Decimal("0.001")).normalize()
        value = value.quantize(Decimal(1)) if value == value.to_integral() else value
    text = plain_value(value, language, currency)
    return f"{text} {answer.result.unit}" if answer.result.unit and not currency and measure.agg != "count" else text


AGGREGATE = {
    "sum": {"id": "Jumlah", "en": "Total"},
    "avg": {"id": "Rata-rata", "en": "Average"},
    "min": {"id": "Paling kecil", "en": "Lowest"},
    "max": {"id": "Paling besar", "en": "Highest"},
}
FROM_ROWS = {"id": "dari {n} baris", "en": "from {n} rows"}
LEFT_OUT = {"id": "; {n} baris tanpa nilai tidak dihitung", "en": "; {n} rows without a value are left out"}


def _measure(target: str, measure: Measure, language: Language) -> str:
    sign = {"-": " − ", "*": " × ", "+": " + ", "/": " / "}.get(measure.operator or "", ", ")
    return sign.join(_label(target, name, language) for name in measure.fields) or measure.agg


def _one_number(answer: RecordAnswer, language: Language) -> str:
    spec, result = answer.scored.spec, answer.result
    measure = spec.measures[0]
    conditions = _conditions(answer, language)
    customers = answer.customer_names
    about = "; ".join(part for part in (", ".join(customers), conditions) if part)
    if measure.agg == "count":
        text = f"{plain_value(result.value, language)} {_thing(spec.target, language)}"
        return f"{text} ({about}). {_marks(answer)}" if about else f"{text}. {_marks(answer)}"
    fields = " − ".join(_label(spec.target, name, language) for name in measure.fields) if measure.operator == "-" else " × ".join(_label(spec.target, name, language) for name in measure.fields)
    head = f"{AGGREGATE[measure.agg][language]} {fields.lower()}" if measure.agg in AGGREGATE else fields
    if result.currencies and len(result.currencies) > 1:
        value = "; ".join(format_money(amount, currency, language) for currency, amount in result.currencies.items())
    else:
        value = _measured(result.value if result.value is not None else next(iter(result.currencies.values()), None), measure, answer, language)
    tail = FROM_ROWS[language].format(n=result.n) + (LEFT_OUT[language].format(n=result.null_count) if result.null_count else "")
    return f"{head}{' (' + about + ')' if about else ''}: {value}, {tail}. {_marks(answer)}"


def _groups(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    lines = []
    for values, _ in answer.rows:
        keys = [plain_value(values.get(name), language) for name in spec.group_by]
        unit = values.get("unit") or ("%" if values.get("metric") == "margin" or any(str(condition.value) == "margin" for condition in spec.filters) else "")
        numbers = [_measured(values.get(measure.name), measure, answer, language) + ("" if measure.agg == "count" or not unit else f" {unit}".replace(" %", "%")) for measure in spec.measures]
        lines.append(f"{', '.join(keys)}: {', '.join(numbers)}")
    conditions = _conditions(answer, language)
    head = f"{_thing(spec.target, language).capitalize()}{' (' + conditions + ')' if conditions else ''}: " if conditions or len(lines) > 1 else ""
    return f"{head}{'; '.join(lines)}. {_marks(answer)}"


def _rows(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    shown = []
    for values, evidence in answer.rows:
        title = _title(values, spec.select)
        fields = [
            f"{_label(spec.target, name, language)}: {shorten(_field(spec.target, name, values, language), 260)}"
            for name in (spec.select or tuple(values))
            if values.get(name) not in (None, "") and name not in HIDDEN and str(values[name]) not in title
        ]
        fields += [f"{_measure(spec.target, measure, language)}: {plain_value(values.get(measure.name), language, values.get('currency'))}" for measure in spec.measures]
        text = f"{title} — {'; '.join(fields)}" if title and fields else title or "; ".join(fields)
        shown.append(f"{text} {mark(evidence) if evidence else ''}".strip())
    extra = answer.result.n - len(shown)
    more = phrase("more", language, n=extra) if extra > 0 else ""
    if len(shown) == 1:
        return f"{shown[0]}{more}"
    conditions = _conditions(answer, language)
    head = f"{len(answer.rows) + max(extra, 0)} {_thing(spec.target, language)}{' (' + conditions + ')' if conditions else ''}: {_marks(answer)}\n"
    return head + "\n".join(f"• {line}" for line in shown) + more


def _title(values: dict[str, Any], selected: tuple[str, ...]) -> str:
    parts = [str(values[name]) for name in TITLE_FIELDS if values.get(name) and (name not in selected or name in ("key", "name", "title"))]
    customer = str(values["customer"]) if values.get("customer") else ""
    head = ", ".join(dict.fromkeys(parts[:2]))
    return f"{head} ({customer})" if head and customer and customer not in head else head or customer


def _field(target: str, name: str, values: dict[str, Any], language: Language) -> str:
    """A field's value in words: money with its currency, percentages with their sign, times of day."""
    schema = schemas().get(target)
    known = schema.fields.get(name) if schema else None
    kind = known.type if known else None
    value = values[name]
    if kind == "money":
        return plain_value(value, language, values.get("currency"))
    if kind == "percent" and isinstance(value, (int, float, Decimal)):
        number = Decimal(str(value))
        return format_percent(number * 100 if name == "probability" and number <= 1 else number, language)
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{format_date(value.date(), language)} {value:%H.%M}" if language == "id" else f"{format_date(value.date(), language)}, {value:%H:%M}"
    unit = values.get("unit")
    text = plain_value(value, language)
    return f"{text} {unit}" if unit and name in ("value", "target") and isinstance(value, (int, float, Decimal)) else text


def _is_money(target: str, name: str) -> bool:
    schema = schemas().get(target)
    known = schema.fields.get(name) if schema else None
    return bool(known and known.type == "money")


def _nothing(answer: RecordAnswer, language: Language, subject: str) -> str:
    result = answer.result
    if result.reason == "no_rows_in_period" and result.known_range and result.spec.period:
        first, last = result.spec.period
        known = f"{format_date(result.known_range[0], language)} – {format_date(result.known_range[1], language)}"
        return phrase("no_rows_in_period", language, subject=subject, period=f"{format_date(first, language)} – {format_date(last, language)}", known=known)
    if result.reason == "empty_field":
        spec = answer.scored.spec
        field = _label(spec.target, spec.select[0] if spec.select else "", language)
        return phrase("empty_field", language, field=field, subject=subject, mark=_marks(answer))
    return phrase("not_known", language, subject=f"“{subject}”")


def evidence_sources(answer: RecordAnswer) -> list[Evidence]:
    return answer.evidence

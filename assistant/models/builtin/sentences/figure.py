"""Sentences for computed numbers: one, one a period, one a group."""

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.models.builtin.sentences.phrasing import mark, plain_value
from assistant.models.builtin.sentences.record_words import (
    aggregate,
    amount,
    conditions,
    field_schema,
    field_value,
    group_name,
    label,
    period_words,
    said,
    thing,
    told_duration,
    with_unit,
)
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.records.numbers import difference, is_share
from knowledge.language.formats import format_number
from knowledge.language.vocabulary import Language
from knowledge.queries.spec import Measure


def marks_of(answer: RecordAnswer) -> str:
    return mark(*answer.evidence[:4])


def told_number(value: Any, measure: Measure, answer: RecordAnswer, language: Language, values: dict[str, Any] | None = None) -> str:
    """A computed number with its currency or unit; averages to two decimals where they go on."""
    currencies = answer.result.currencies
    currency = (values or {}).get("currency") or (next(iter(currencies)) if len(currencies) == 1 else None)
    if not isinstance(value, (int, float, Decimal)) or measure.agg in ("count", "count_distinct"):
        return plain_value(value, language)
    number = Decimal(str(value))
    if measure.agg == "avg":
        number = round(number, 2) if number != round(number, 2) else number
    if currency and any(_is_money(answer, name) for name in measure.fields):
        return amount(number, str(currency), answer.scored.scale, language)
    unit = (values or {}).get("unit") or answer.result.unit or _own_unit(answer)
    if unit:
        return with_unit(number, str(unit), language)
    known = field_schema(answer.scored.spec.target, measure.field or "")
    if known and known.type == "duration" or (measure.field or "").endswith("_minutes"):
        return told_duration(number, (known.unit if known else None) or "minute", language)
    if known and known.type == "percent":
        return with_unit(number, "percent", language)
    return format_number(number, language)


def _is_money(answer: RecordAnswer, name: str) -> bool:
    known = field_schema(answer.scored.spec.target, name)
    return name == "value" or known is None or known.type == "money"


def _own_unit(answer: RecordAnswer) -> str | None:
    """A margin is a share, and so is what is headed with the sign for it."""
    shares = (str(item.value) for item in answer.scored.spec.filters if item.field in ("metric", "indicator"))
    return "percent" if any(value == "margin" or is_share(value) for value in shares) else None


def what_is_measured(answer: RecordAnswer, measure: Measure, language: Language) -> tuple[str, frozenset[str]]:
    """What is measured, and the conditions that this says already: the indicator or metric gives a bare value its name."""
    spec = answer.scored.spec
    named = next((item for item in spec.filters if item.field in ("indicator", "metric") and item.op == "eq"), None)
    if measure.field == "value" and named:
        return field_value(answer, named.field, {named.field: named.value}, language), frozenset({named.field})
    sign = {"-": " − ", "*": " × ", "+": " + ", "/": " / "}.get(measure.operator or "", ", ")
    names = [label(spec.target, name, language) for name in measure.fields]
    what = sign.join([*names[:1], *(name if name.isupper() else name[:1].lower() + name[1:] for name in names[1:])])
    return f"{what} × {measure.times}" if measure.times != 1 else what, frozenset()


def one_number(answer: RecordAnswer, language: Language) -> str:
    spec, result = answer.scored.spec, answer.result
    measure = spec.measures[0]
    if measure.agg in ("count", "count_distinct") and not spec.compare_periods:
        n = result.value if isinstance(result.value, int) else 0
        about = "; ".join(part for part in (", ".join(answer.customer_names), conditions(answer, language)) if part)
        text = f"{plain_value(result.value, language)} {thing(spec.target, n, language)}"
        if answer.beside is not None:
            every = said("none_of", language, n=answer.beside.n, things=thing(spec.target, answer.beside.n, language))
            return f"{text} ({about}): {every} {marks_of(answer)}" if about else f"{text}: {every} {marks_of(answer)}"
        return f"{text} ({about}). {marks_of(answer)}" if about else f"{text}. {marks_of(answer)}"
    what, unsaid = what_is_measured(answer, measure, language)
    if not measure.field:
        what = thing(spec.target, 2, language)
    about = "; ".join(part for part in (", ".join(answer.customer_names), conditions(answer, language, unsaid)) if part)
    if result.value is None and not result.currencies and (by_period := _by_period(answer, measure, language)):
        if (gap := difference(spec, [values for values, _ in answer.rows])) is not None:
            by_period.append(said("difference", language, amount=told_number(gap, measure, answer, language, answer.rows[0][0])))
        return f"{'; '.join(by_period)} ({what}{'; ' + about if about else ''}). {marks_of(answer)}"
    if len(result.currencies) > 1:
        value = "; ".join(amount(each, currency, answer.scored.scale, language) for currency, each in result.currencies.items())
    else:
        value = told_number(result.value if result.value is not None else next(iter(result.currencies.values()), None), measure, answer, language)
    how = aggregate(measure.agg, language)
    head = what.lower() if what.lower().startswith(how) else f"{how} {what[:1].lower() + what[1:] if not what[:2].isupper() else what}"
    tail = said("from_records", language, n=result.n, things=thing(spec.target, result.n, language)) if result.n > 1 else ""
    if result.null_count:
        tail += said("left_out", language, n=result.null_count, things=thing(spec.target, result.null_count, language))
    return f"{value}: {head}{' (' + about + ')' if about else ''}{', ' + tail if tail else ''}. {marks_of(answer)}"


def _by_period(answer: RecordAnswer, measure: Measure, language: Language) -> list[str]:
    """Of a comparison of periods the value of each, in the order of time."""
    found = []
    for values, _ in answer.rows:
        first, _, last = str(values.get("period") or "").partition("/")
        if not last or values.get(measure.name) is None:
            return []
        found.append((first, f"{period_words((date.fromisoformat(first), date.fromisoformat(last)), language)}: {told_number(values[measure.name], measure, answer, language, values)}"))
    return [text for _, text in sorted(found)]


def told_behind(answer: RecordAnswer, language: Language) -> str:
    """The records behind a number, a line each, where the question wants them named."""
    lines = []
    for values, evidence in answer.behind:
        measured = {name for measure in answer.scored.spec.measures for name in measure.fields}
        names = ", ".join(str(value) for name, value in values.items() if name in answer.scored.listed and name not in measured and value not in (None, ""))
        numbers = ", ".join(plain_value(value, language) for name, value in values.items() if name in measured and value is not None)
        lines.append(f"\n• {names}{': ' if names and numbers else ''}{numbers}{' ' + mark(evidence) if evidence else ''}")
    return "".join(lines)


def told_groups(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    lines = []
    for values, _ in answer.rows:
        keys = [group_name(name, values.get(name), language) for name in spec.group_by]
        numbers = [
            f"{told_number(values.get(measure.name), measure, answer, language, values)}"
            + (f" {thing(spec.target, int(values.get(measure.name) or 0), language)}" if measure.name == "count(*)" else "")
            for measure in spec.measures
        ]
        lines.append(f"{', '.join(keys)}: {', '.join(numbers)}")
    what, unsaid = what_is_measured(answer, spec.measures[0], language) if spec.measures and spec.measures[0].field else ("", frozenset())
    whose = "" if "customer" in spec.group_by else ", ".join(answer.customer_names)
    about = "; ".join(part for part in (what, whose, conditions(answer, language, unsaid)) if part)
    return f"{'; '.join(lines)}{' (' + about + ')' if about else ''}. {marks_of(answer)}"


def told_positions(answer: RecordAnswer) -> str:
    """People with positions at several customers: each with the title there."""
    held: dict[str, list[str]] = {}
    for values, _ in answer.rows:
        title = values.get("job_title") or values.get("roles")
        held.setdefault(str(values["name"]), []).append(f"{values['customer']}: {title}" if title else str(values["customer"]))
    lines = [f"{name} — {'; '.join(dict.fromkeys(positions))} {marks_of(answer)}" for name, positions in held.items()]
    return lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines)

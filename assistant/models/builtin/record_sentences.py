"""Sentences for what a query of the records gave: the value first, then what it is of, with reference marks."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.phrasing import mark, phrase, plain_value, shorten
from assistant.models.builtin.record_words import (
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
from assistant.models.builtin.target_sentences import are_targets, target_lines
from assistant.tools.records import RecordAnswer, difference, is_share
from knowledge.language.formats import format_number
from knowledge.language.vocabulary import Language
from knowledge.queries.spec import Measure

HIDDEN = frozenset({"currency", "id", "customer", "meeting_id", "person_id", "unit", "period_end", "notice_unit", "fee_per"})
TITLE_FIELDS = ("key", "name", "title", "subject", "number", "application", "respondent", "words", "text")
NAMES = frozenset({"key", "name", "title", "number"})
TELLING = frozenset({"service", "priority", "indicator", "metric", "period_label", "application"})
"""Fields that tell which of several values of a customer it is."""
CUSTOMER_HEADINGS = frozenset({"pelanggan", "nama pelanggan", "klien", "nama klien", "customer", "customer name", "client", "client name"})
LONGEST, LONGEST_LIST = 260, 1300


def sentence(answer: RecordAnswer, language: Language, subject: str) -> str:
    """The result in one or a few sentences."""
    spec = answer.scored.spec
    if answer.empty:
        return _nothing(answer, language, subject)
    if spec.target == "contact" and spec.measures and all(values.get("name") and values.get("customer") for values, _ in answer.rows):
        return _positions(answer, language)
    if spec.group_by:
        return _groups(answer, language)
    if spec.aggregates:
        return _one_number(answer, language)
    return _rows(answer, language) if answer.result.rows else _nothing(answer, language, subject)


def _marks(answer: RecordAnswer) -> str:
    return mark(*answer.evidence[:4])


def _number(value: Any, measure: Measure, answer: RecordAnswer, language: Language, values: dict[str, Any] | None = None) -> str:
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


def _what(answer: RecordAnswer, measure: Measure, language: Language) -> tuple[str, frozenset[str]]:
    """What is measured, and the conditions that this says already: the indicator or metric gives a bare value its name."""
    spec = answer.scored.spec
    named = next((item for item in spec.filters if item.field in ("indicator", "metric") and item.op == "eq"), None)
    if measure.field == "value" and named:
        return field_value(answer, named.field, {named.field: named.value}, language), frozenset({named.field})
    sign = {"-": " − ", "*": " × ", "+": " + ", "/": " / "}.get(measure.operator or "", ", ")
    names = [label(spec.target, name, language) for name in measure.fields]
    what = sign.join([*names[:1], *(name if name.isupper() else name[:1].lower() + name[1:] for name in names[1:])])
    return f"{what} × {measure.times}" if measure.times != 1 else what, frozenset()


def _one_number(answer: RecordAnswer, language: Language) -> str:
    spec, result = answer.scored.spec, answer.result
    measure = spec.measures[0]
    if measure.agg in ("count", "count_distinct") and not spec.compare_periods:
        n = result.value if isinstance(result.value, int) else 0
        about = "; ".join(part for part in (", ".join(answer.customer_names), conditions(answer, language)) if part)
        text = f"{plain_value(result.value, language)} {thing(spec.target, n, language)}"
        if answer.beside is not None:
            every = said("none_of", language, n=answer.beside.n, things=thing(spec.target, answer.beside.n, language))
            return f"{text} ({about}): {every} {_marks(answer)}" if about else f"{text}: {every} {_marks(answer)}"
        return f"{text} ({about}). {_marks(answer)}" if about else f"{text}. {_marks(answer)}"
    what, unsaid = _what(answer, measure, language)
    if not measure.field:
        what = thing(spec.target, 2, language)
    about = "; ".join(part for part in (", ".join(answer.customer_names), conditions(answer, language, unsaid)) if part)
    if result.value is None and not result.currencies and (by_period := _by_period(answer, measure, language)):
        if (gap := difference(spec, [values for values, _ in answer.rows])) is not None:
            by_period.append(said("difference", language, amount=_number(gap, measure, answer, language, answer.rows[0][0])))
        return f"{'; '.join(by_period)} ({what}{'; ' + about if about else ''}). {_marks(answer)}"
    if len(result.currencies) > 1:
        value = "; ".join(amount(each, currency, answer.scored.scale, language) for currency, each in result.currencies.items())
    else:
        value = _number(result.value if result.value is not None else next(iter(result.currencies.values()), None), measure, answer, language)
    how = aggregate(measure.agg, language)
    head = what.lower() if what.lower().startswith(how) else f"{how} {what[:1].lower() + what[1:] if not what[:2].isupper() else what}"
    tail = said("from_records", language, n=result.n, things=thing(spec.target, result.n, language)) if result.n > 1 else ""
    if result.null_count:
        tail += said("left_out", language, n=result.null_count, things=thing(spec.target, result.null_count, language))
    return f"{value}: {head}{' (' + about + ')' if about else ''}{', ' + tail if tail else ''}. {_marks(answer)}"


def _by_period(answer: RecordAnswer, measure: Measure, language: Language) -> list[str]:
    """Of a comparison of periods the value of each, in the order of time."""
    found = []
    for values, _ in answer.rows:
        first, _, last = str(values.get("period") or "").partition("/")
        if not last or values.get(measure.name) is None:
            return []
        found.append((first, f"{period_words((date.fromisoformat(first), date.fromisoformat(last)), language)}: {_number(values[measure.name], measure, answer, language, values)}"))
    return [text for _, text in sorted(found)]


def _groups(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    lines = []
    for values, _ in answer.rows:
        keys = [group_name(name, values.get(name), language) for name in spec.group_by]
        numbers = [
            f"{_number(values.get(measure.name), measure, answer, language, values)}"
            + (f" {thing(spec.target, int(values.get(measure.name) or 0), language)}" if measure.name == "count(*)" else "")
            for measure in spec.measures
        ]
        lines.append(f"{', '.join(keys)}: {', '.join(numbers)}")
    what, unsaid = _what(answer, spec.measures[0], language) if spec.measures and spec.measures[0].field else ("", frozenset())
    whose = "" if "customer" in spec.group_by else ", ".join(answer.customer_names)
    about = "; ".join(part for part in (what, whose, conditions(answer, language, unsaid)) if part)
    return f"{'; '.join(lines)}{' (' + about + ')' if about else ''}. {_marks(answer)}"


def _positions(answer: RecordAnswer, language: Language) -> str:
    """People with positions at several customers: each with the title there."""
    held: dict[str, list[str]] = {}
    for values, _ in answer.rows:
        title = values.get("job_title") or values.get("roles")
        held.setdefault(str(values["name"]), []).append(f"{values['customer']}: {title}" if title else str(values["customer"]))
    lines = [f"{name} — {'; '.join(dict.fromkeys(positions))} {_marks(answer)}" for name, positions in held.items()]
    return lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines)


def _rows(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    same = _same_everywhere(answer)
    _in_order(answer)
    if spec.select[:1] == ("met",):
        shown = [line for values, evidence in answer.rows if (line := _whether_met(answer, values, evidence, language))]
        if len(shown) == 1:
            return shown[0]
    elif are_targets(answer):
        shown = target_lines(answer, language, alone=answer.result.n == len(answer.rows))
        if len(shown) == 1:
            return shown[0]
        shown = target_lines(answer, language, alone=False)
    else:
        shown = _once([_row(answer, values, evidence, language, same) for values, evidence in answer.rows])
        if len(shown) == 1 and (answer.result.n == 1 or spec.limit == 1):
            return shown[0]
    kept: list[str] = []
    for line in dict.fromkeys(shown):
        if kept and sum(map(len, kept)) + len(line) > LONGEST_LIST:
            break
        kept.append(line)
    extra = max(0, answer.result.n - len(answer.rows)) + (len(dict.fromkeys(shown)) - len(kept))
    more = phrase("more", language, n=extra) if extra > 0 else ""
    customers = answer.customer_names[0] if len(answer.customer_names) == 1 else ""
    about = "; ".join(part for part in (customers, conditions(answer, language)) if part)
    things = thing("month" if spec.select[:1] == ("period_start",) and spec.target == "measurement" else spec.target, answer.result.n, language)
    head = f"{answer.result.n} {things}{' (' + about + ')' if about else ''}: {_marks(answer)}\n"
    total = "".join(f"\n{said('total', language, amount=amount(each, currency, None, language))} {_marks(answer)}" for currency, each in answer.totals.items())
    return head + "\n".join(f"• {line}" for line in kept) + more + total


def _whether_met(answer: RecordAnswer, values: dict[str, Any], evidence: Evidence | None, language: Language) -> str:
    """ "No: 99.1% against a target of 99.5% — availability, October 2026"."""
    shown = {name: field_value(answer, name, values, language) for name in ("value", "target", "period_start", "service") if values.get(name) not in (None, "")}
    verdict = said("met" if values.get("met") else "not_met", language)
    numbers = said("against_target", language, **shown) if {"value", "target"} <= set(shown) else shown.get("value", "")
    indicator = field_value(answer, "indicator", values, language) if values.get("indicator") else ""
    rest = ", ".join(text for text in (indicator, shown.get("service", ""), shown.get("period_start", ""), ", ".join(answer.customer_names[:1])) if text)
    return f"{verdict}: {numbers}{' — ' if numbers and rest else ''}{rest} {mark(evidence) if evidence else ''}".strip()


def _in_order(answer: RecordAnswer) -> None:
    """A list of dates that nobody asked to have in another order begins with the earliest."""
    spec = answer.scored.spec
    first = spec.select[0] if spec.select else ""
    if first and not spec.order_by and answer.result.n == len(answer.rows) and all(isinstance(values.get(first), date) for values, _ in answer.rows):
        answer.rows.sort(key=lambda row: str(row[0][first]))


MARKS = re.compile(r"\s*((?:\[E\d+\])+)$")


def _once(lines: list[str]) -> list[str]:
    """Lines that say the same as one, with all their marks."""
    marks: dict[str, list[str]] = {}
    for line in lines:
        at = MARKS.search(line)
        said = marks.setdefault(line[: at.start()] if at else line, [])
        said += [each for each in re.findall(r"\[E\d+\]", at[1]) if each not in said] if at else []
    return [f"{line} {''.join(found)}".strip() for line, found in marks.items()]


def _same_everywhere(answer: RecordAnswer) -> frozenset[str]:
    """Fields that the conditions fix and that every row repeats: said once, in the head."""
    if len(answer.rows) < 2:
        return frozenset()
    fixed = {item.field for item in answer.scored.spec.filters if item.op == "eq"}
    return frozenset(name for name in fixed if name not in NAMES and len({str(values.get(name)) for values, _ in answer.rows}) == 1)


def _row(answer: RecordAnswer, values: dict[str, Any], evidence: Evidence | None, language: Language, same: frozenset[str]) -> str:
    """One record: what was asked for, then which record it is; a person's name first."""
    spec = answer.scored.spec
    alone = answer.result.n == 1
    names = [name for name in (spec.select or tuple(values)) if values.get(name) not in (None, "") and name not in HIDDEN | same]
    bare = _bare(answer, names) if len(names) > 1 else []
    whole_row = spec.target.startswith("sheet:") and len(names) > 3
    title = _title(answer, values, bare, language, alone)
    fields = [_field(answer, name, values, language) for name in names if name not in bare and str(values[name]) not in title]
    if {"person", "words"} <= set(names):  # what somebody said, not fields of it
        others = [_field(answer, name, values, language) for name in names if name not in ("person", "words", *bare) and str(values[name]) not in title]
        fields = [f"{values['person']}: {shorten(str(values['words']), LONGEST)}", *others]
    for measure in spec.measures:
        what, _ = _what(answer, measure, language)
        fields.append(f"{what}: {_number(values.get(measure.name), measure, answer, language, values)}")
    first = title if spec.target in ("contact", "customer") or len(fields) > 2 or len(bare) > 1 and whole_row else "; ".join(fields)
    rest = "; ".join(fields) if first == title else title
    text = f"{first} — {rest}" if first and rest else first or rest
    return f"{text} {mark(evidence) if evidence else ''}".strip()


def _field(answer: RecordAnswer, name: str, values: dict[str, Any], language: Language) -> str:
    """ "Biaya: Rp5.000.000"; a bare "value" is named by the metric beside it."""
    text = shorten(field_value(answer, name, values, language), LONGEST)
    named = name == "value" and (values.get("metric") or values.get("indicator"))
    return text if named else f"{label(answer.scored.spec.target, name, language)}: {text}"


def _bare(answer: RecordAnswer, names: list[str]) -> list[str]:
    """Fields that say which record it is, beside the value asked for: their values need no heading. Of a whole row of a sheet,
    the customer and the first words."""
    spec = answer.scored.spec
    fixed = {item.field for item in spec.filters if item.op in ("eq", "in") and not isinstance(item.value, bool)}
    if not spec.target.startswith("sheet:") or len(names) < 3:
        return [name for name in names[1:] if name in TELLING or name in fixed]
    whose = [name for name in names if name.strip().lower() in CUSTOMER_HEADINGS]
    if not whose and len(names) < 4:
        return [name for name in names[1:] if name in fixed]
    texts = [name for name in names if name not in whose and all(isinstance(values.get(name), (str, type(None))) for values, _ in answer.rows)]
    return [*texts[:1], *whose]


def _title(answer: RecordAnswer, values: dict[str, Any], bare: list[str], language: Language, alone: bool) -> str:
    """Which record it is: its key, name or title, what else tells it from others, and whose it is."""
    selected, one_customer = answer.scored.spec.select, len(answer.customer_names) == 1
    parts = [str(values[name]) for name in TITLE_FIELDS if values.get(name) and (name not in selected or name in NAMES)][:2]
    parts += [field_value(answer, name, values, language) for name in bare if name not in TITLE_FIELDS]
    head = shorten(", ".join(dict.fromkeys(parts)), LONGEST)
    customer = str(values["customer"]) if values.get("customer") else ""
    if one_customer:
        customer = answer.customer_names[0] if alone and not values.get("customer") and answer.scored.spec.target != "contact" else customer if alone else ""
    return f"{head} ({customer})" if head and customer and customer not in head else head or customer


def _nothing(answer: RecordAnswer, language: Language, subject: str) -> str:
    result = answer.result
    target = answer.scored.spec.target
    recorded = not target.startswith("sheet:")
    if recorded and result.reason == "no_rows":
        return phrase("none", language, kind=thing(target, 2, language), subject=f"“{subject}”")
    if recorded and result.reason == "no_rows_in_period" and result.known_range and result.spec.period and not result.spec.customer_ids:
        known = period_words(result.known_range, language)
        period = period_words(result.spec.period, language)
        return phrase("none_in_period", language, kind=thing(target, 2, language), period=period, subject=f"“{subject}”", known=known)
    if result.reason == "no_rows_in_period" and result.known_range and result.spec.period:
        known = period_words(result.known_range, language)
        return phrase("no_rows_in_period", language, subject=f"“{subject}”", period=period_words(result.spec.period, language), known=known)
    if result.reason == "empty_field":
        spec = answer.scored.spec
        field = label(spec.target, spec.select[0] if spec.select else "", language)
        return phrase("empty_field", language, field=field, subject=f"“{subject}”", mark=_marks(answer))
    return phrase("not_known", language, subject=f"“{subject}”")


"""Sentences for the records themselves: what was asked for, then which record it is."""

import re
from datetime import date
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.figure import marks_of, told_number, what_is_measured
from assistant.models.builtin.sentences.phrasing import mark, phrase, shorten
from assistant.models.builtin.sentences.record_words import (
    amount,
    conditions,
    field_value,
    label,
    said,
    thing,
)
from assistant.models.builtin.sentences.target import are_targets, target_lines
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.formats import format_number
from knowledge.language.vocabulary import Language

HIDDEN = frozenset({"currency", "id", "customer", "meeting_id", "person_id", "unit", "period_end", "notice_unit", "fee_per"})
TITLE_FIELDS = ("key", "name", "title", "subject", "number", "application", "respondent", "words", "text")
NAMES = frozenset({"key", "name", "title", "number"})
TELLING = frozenset({"service", "priority", "indicator", "metric", "period_label", "application"})
"""Fields that tell which of several values of a customer it is."""
CUSTOMER_HEADINGS = frozenset({"pelanggan", "nama pelanggan", "klien", "nama klien", "customer", "customer name", "client", "client name"})
_OF_SEVERAL = ("known_error", "change")
"""Kinds of which one record may be about several customers."""
LONGEST = 260
LONGEST_LIST = 1300
MARKS = re.compile(r"\s*((?:\[E\d+\])+)$")


def told_rows(answer: RecordAnswer, language: Language) -> str:
    spec = answer.scored.spec
    same = _same_everywhere(answer)
    _in_order(answer)
    if (touched := _one_of_several(answer, language)) is not None:
        return touched
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
    head = f"{answer.result.n} {things}{' (' + about + ')' if about else ''}: {marks_of(answer)}\n"
    total = "".join(f"\n{said('total', language, amount=amount(each, currency, None, language))} {marks_of(answer)}" for currency, each in answer.totals.items())
    apart = f"\n{said('difference', language, amount=format_number(answer.difference, language))} {marks_of(answer)}" if answer.difference is not None else ""
    return head + "\n".join(f"• {line}" for line in kept) + more + total + apart


def _one_of_several(answer: RecordAnswer, language: Language) -> str | None:
    """One record that is about several customers, told once with all of them: "KE-15, Labels fail: Surya, Melati"."""
    names = [str(values.get("customer") or "") for values, _ in answer.rows]
    records = {(values.get("key"), values.get("title")) for values, _ in answer.rows}
    if answer.scored.spec.target not in _OF_SEVERAL or len(answer.rows) < 2 or len(records) > 1 or not all(names) or answer.result.n > len(answer.rows):
        return None
    what = ", ".join(str(part) for part in records.pop() if part)
    return f"{said('touches', language, what=what, n=len(set(names)), names=', '.join(dict.fromkeys(names)))} {marks_of(answer)}".strip()


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
        what, _ = what_is_measured(answer, measure, language)
        fields.append(f"{what}: {told_number(values.get(measure.name), measure, answer, language, values)}")
    first = title if spec.target in ("contact", "customer") or len(fields) > 2 or len(bare) > 1 and whole_row else "; ".join(fields)
    rest = "; ".join(fields) if first == title else title
    text = f"{first} — {rest}" if first and rest else first or rest
    return f"{text} {mark(evidence) if evidence else ''}".strip()


def _field(answer: RecordAnswer, name: str, values: dict[str, Any], language: Language) -> str:
    """ "Biaya: Rp5.000.000"; a bare "value" is named by the metric beside it; the words of a clause are quoted."""
    text = shorten(field_value(answer, name, values, language), LONGEST)
    if answer.scored.spec.target == "clause" and name == "text":
        return f"“{text}”"
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

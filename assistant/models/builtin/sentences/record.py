"""Sentences for what a query of the records gave: the value first, then what it is of, with reference marks."""

from dataclasses import replace

from assistant.models.builtin.sentences.change import told_changes
from assistant.models.builtin.sentences.days import told_days
from assistant.models.builtin.sentences.figure import marks_of, one_number, told_behind, told_groups, told_positions
from assistant.models.builtin.sentences.phrasing import phrase
from assistant.models.builtin.sentences.record_words import (
    condition,
    label,
    period_words,
    said,
    thing,
)
from assistant.models.builtin.sentences.row import told_rows
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.vocabulary import Language


def sentence(answer: RecordAnswer, language: Language, subject: str) -> str:
    """The result in one or a few sentences."""
    spec = answer.scored.spec
    if answer.empty:
        return _nothing(answer, language, subject)
    if spec.target == "contact" and spec.measures and all(values.get("name") and values.get("customer") for values, _ in answer.rows):
        return told_positions(answer)
    if spec.change is not None:
        return told_changes(answer, language)
    if spec.group_by:
        return told_groups(answer, language)
    if spec.aggregates:
        return one_number(answer, language) + told_behind(answer, language)
    if spec.days_between and (counted := told_days(answer, language)):
        return counted
    return told_rows(answer, language) if answer.result.rows else _nothing(answer, language, subject)


def _nothing(answer: RecordAnswer, language: Language, subject: str) -> str:
    result = answer.result
    target = answer.scored.spec.target
    recorded = not target.startswith("sheet:")
    if answer.none_of is not None:
        rows = [item for item in answer.evidence if all(item is not own for _, _, own in answer.apart)]
        parts = [f"{condition(answer, item, language)} ({n}) [{evidence.id}]" for item, n, evidence in answer.apart]
        parts += [period_words(each, language) for each in ((result.spec.period, *result.spec.further_periods) if result.spec.period else ())]
        n = answer.none_of.n
        return said("none_of_all", language, n=n, things=thing(target, n, language), mark=marks_of(replace(answer, evidence=rows)), parts="; ".join([*answer.customer_names, *parts]))
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
        return phrase("empty_field", language, field=field, subject=f"“{subject}”", mark=marks_of(answer))
    return phrase("not_known", language, subject=f"“{subject}”")

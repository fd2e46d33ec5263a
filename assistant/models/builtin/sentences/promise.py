"""Sentences about what may be promised: yes or no first, then the agreement, what stands behind it and what was measured."""

from datetime import date

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.agreements.promise_weighing import Reached, Weighed
from knowledge.language.formats import format_duration, format_month, format_number, format_percent
from knowledge.language.vocabulary import Language


def promise_answer(weighed: Weighed, language: Language) -> str:
    """ "No. The OLA gives us 3 hours only …": what keeps it from being kept decides; a promise must not be made on half of the evidence."""
    lines = [_verdict(weighed, language)]
    lines += [_behind(weighed, number, language) for number in range(1, len(weighed.behind))]
    if weighed.agreed:
        value = weighed.agreed.value
        told = format_percent(value, language) if weighed.agreed.unit == "percent" else format_duration(value, weighed.agreed.unit, language)
        lines.append(phrase("promise_agreed", language, value=told, place=place(weighed.agreed.evidence, language), mark=mark(weighed.agreed.evidence)))
    if weighed.reached:
        lines.append(_reached(weighed.reached, weighed.promised.text, language))
    return "\n".join([lines[0], *(f"• {line}" for line in lines[1:])])


def _verdict(weighed: Weighed, language: Language) -> str:
    if weighed.behind and (weighed.verdict == "yes" or not weighed.behind[0].carries):
        return _behind(weighed, 0, language)
    if weighed.verdict == "no":
        lead = phrase("promise_not_reached", language, promised=weighed.promised.text)
        return f"{lead} {_behind(weighed, 0, language, alone=False)}" if weighed.behind else f"{lead} {phrase('promise_nothing_behind', language)}"
    return phrase("promise_unsure" if weighed.reached else "promise_untold", language, promised=weighed.promised.text)


def _behind(weighed: Weighed, number: int, language: Language, *, alone: bool = True) -> str:
    item = weighed.behind[number]
    name = ("may_promise" if item.carries else "may_not_promise") if number == 0 and alone else "promise_also_behind"
    parts = {"promised": item.promised.text, "given": item.given.text, "place": place(item.evidence, language)}
    return phrase(name, language, quote=shorten(item.sentence, 200), mark=mark(item.evidence), **parts)


def _reached(reached: Reached, promised: str, language: Language) -> str:
    parts = [f"{_when(reached, name, language)} {_value(reached, value, language)} {mark(item)}" for name, value, item in reached.shown()]
    shown: list[Evidence] = [item for _, _, item in reached.shown()]
    rest = [item for _, _, item in reached.values if item not in shown]
    name = "promise_months" if reached.percent else "promise_incidents"
    held, count = (format_number(each, language) for each in (reached.held, len(reached.values)))
    return phrase(name, language, values="; ".join(parts), held=held, count=count, promised=promised, rest=f" {mark(*rest[:8])}" if rest else "")


def _when(reached: Reached, name: str, language: Language) -> str:
    return format_month(date.fromisoformat(name), language) if reached.percent else name


def _value(reached: Reached, value: object, language: Language) -> str:
    return format_percent(value, language) if reached.percent else format_duration(value, "minute", language)  # type: ignore[arg-type]

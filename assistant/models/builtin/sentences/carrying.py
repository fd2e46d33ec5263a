"""Sentences about whether agreements behind an agreement carry it: yes or no first, then both values with their places."""

from decimal import Decimal

from assistant.models.builtin.sentences.phrasing import mark, phrase, place
from assistant.models.builtin.sentences.record_words import choice, with_unit
from assistant.tools.agreements.supporting import Carried
from knowledge.language.vocabulary import Language
from knowledge.records.agreements import Target


def carrying_answer(found: list[Carried], language: Language) -> str:
    """ "Tidak. Waktu respons P1: …": one statement a target, those that do not hold first."""
    verdicts = {item.carries for item in found}
    lead = phrase("carries_all" if verdicts == {True} else "carries_none" if verdicts == {False} else "carries_some", language)
    lines = [_line(item, language) for item in sorted(found, key=lambda item: item.carries)]
    return f"{lead} {lines[0]}" if len(lines) == 1 else "\n".join([lead, *(f"• {line}" for line in lines)])


def _line(item: Carried, language: Language) -> str:
    words = [choice("target", "indicator", item.indicator, language), item.priority or "", item.service or ""]
    what = " ".join(word for word in words if word)
    if item.promised is None or item.promised_by is None:
        value, unit = item.stated or (Decimal(0), "")
        return phrase(
            "carried_stated" if item.carries else "not_carried_stated",
            language,
            what=what[:1].upper() + what[1:],
            given=_value(item.given, language),
            given_place=place(item.given_by, language),
            given_mark=mark(item.given_by),
            stated=with_unit(value, unit, language).strip(),
        )
    return phrase(
        "carried" if item.carries else "not_carried",
        language,
        what=what[:1].upper() + what[1:],
        given=_value(item.given, language),
        given_place=place(item.given_by, language),
        given_mark=mark(item.given_by),
        promised=_value(item.promised, language),
        promised_place=place(item.promised_by, language),
        promised_mark=mark(item.promised_by),
    )


def _value(target: Target, language: Language) -> str:
    return with_unit(target.value or Decimal(0), target.unit or "", language).strip()

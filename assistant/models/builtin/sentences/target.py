"""Sentences about agreed service levels: what holds for which priority, service and customer, and where it is agreed."""

from decimal import Decimal
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import mark, phrase, place
from assistant.models.builtin.sentences.record_words import choice, said, with_unit
from assistant.tools.agreements.targets_compared import TheirTargets
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.vocabulary import Language
from knowledge.records.agreements import Target


def are_targets(answer: RecordAnswer) -> bool:
    """Whether the rows are service levels with their values."""
    return answer.scored.spec.target == "target" and bool(answer.rows) and all(_value(values) is not None for values, _ in answer.rows)


def target_lines(answer: RecordAnswer, language: Language, alone: bool) -> list[str]:
    """One line a service level, the same one of several places once; `alone`: with the customer's name."""
    places: dict[tuple[str, str], list[Evidence]] = {}
    for values, evidence in answer.rows:
        key = (_what(answer, values, language, alone), with_unit(_value(values) or Decimal(0), str(values.get("unit") or ""), language).strip())
        places.setdefault(key, []).extend([evidence] if evidence else [])
    return [
        f"{said('agreed', language, what=what, value=value, place=place(found[0], language))} {mark(*found)}" if found else f"{what}: {value}"
        for (what, value), found in places.items()
    ]


def _value(values: dict[str, Any]) -> Decimal | None:
    value = values.get("value")
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else None


def _what(answer: RecordAnswer, values: dict[str, Any], language: Language, alone: bool) -> str:
    """ "Waktu respons P2 Toko Lima", "P2 response time, Toko Lima"."""
    given = {item.field: item.value for item in answer.scored.spec.filters if item.op == "eq"} | {name: value for name, value in values.items() if value}
    indicator = choice("target", "indicator", given.get("indicator") or "", language) if given.get("indicator") else ""
    level = str(given.get("priority") or "")
    service = str(given.get("service") or "")
    customer = str(values.get("customer") or (answer.customer_names[0] if alone and len(answer.customer_names) == 1 else ""))
    if language == "id":
        text = " ".join(part for part in (indicator, level, service, customer) if part)
    else:
        text = ", ".join(part for part in (f"{level} {indicator}".strip(), service, customer) if part)
    return text[:1].upper() + text[1:]


def compared_told(found: list[TheirTargets], language: Language) -> str:
    """A line a customer with its targets; that no target of its is on file where it has none."""
    lines = []
    for each in found:
        told = [f"{_named(target, language)} {with_unit(target.value or Decimal(0), str(target.unit or ''), language).strip()} {mark(item)}" for target, item in each.targets]
        lines.append(f"• {each.customer}: {'; '.join(told)}" if told else f"• {phrase('targets_none', language, customer=each.customer)}")
    return "\n".join(lines)


def _named(target: Target, language: Language) -> str:
    indicator = choice("target", "indicator", target.indicator, language) if target.indicator else ""
    return " ".join(part for part in (indicator, target.priority or "", target.service or "") if part)

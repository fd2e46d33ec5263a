"""Sentences for how many days lie between two days: "7 days after Due date (23 October 2026): Paid on 30 October 2026 — B-12"."""

from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import mark
from assistant.models.builtin.sentences.record_words import conditions, field_value, label, said
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.records.days import DAYS
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language
from knowledge.queries.spec import NOW


def told_days(answer: RecordAnswer, language: Language) -> str | None:
    """A line for each record whose days are known; None where there is none."""
    lines = [line for values, evidence in answer.rows if (line := _line(answer, values, evidence, language))]
    if not lines:
        return None
    if len(lines) == 1:
        return lines[0]
    about = "; ".join(part for part in (", ".join(answer.customer_names[:1]), conditions(answer, language)) if part)
    return f"{len(lines)}{' (' + about + ')' if about else ''}: {mark(*answer.evidence[:4])}\n" + "\n".join(f"• {line}" for line in lines)


def _line(answer: RecordAnswer, values: dict[str, Any], evidence: Evidence | None, language: Language) -> str:
    between = answer.scored.spec.days_between
    if between is None or answer.counted_on is None or values.get(DAYS) is None:
        return ""
    days, (first, second) = values[DAYS], between
    length = format_duration(abs(days), "day", language)
    ahead = first == NOW
    fixed, other = (second, NOW) if ahead else (first, second)
    shown = f"{label(answer.scored.spec.target, fixed, language)} ({field_value(answer, fixed, values, language)})"
    which = "until" if ahead and days >= 0 else "before" if not ahead and days < 0 else "after"
    text = said(f"days_{which}", language, length=length, day=shown)
    done = values.get(other) if other != NOW else None
    text += ": " + (f"{label(answer.scored.spec.target, other, language)} {field_value(answer, other, values, language)}" if done else said("as_of", language, day=format_date(answer.counted_on, language)))
    names = [str(values[name]) for name in answer.scored.spec.select if name not in between and values.get(name) not in (None, "")]
    whose = str(values.get("customer") or next(iter(answer.customer_names), ""))
    rest = ", ".join(dict.fromkeys([*names, whose] if whose else names))
    return f"{text}{' — ' + rest if rest else ''} {mark(evidence) if evidence else ''}".strip()

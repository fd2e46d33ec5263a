"""Sentences for what changed from one time to another: each customer with the value before, the value after and the difference."""

from assistant.models.builtin.sentences.figure import marks_of, told_number, what_is_measured
from assistant.models.builtin.sentences.record_words import conditions, group_name, period_words, said
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.vocabulary import Language
from knowledge.queries.changes import AFTER, BEFORE, BY


def told_changes(answer: RecordAnswer, language: Language) -> str:
    """ "Nusa Media: 8 → 6 (−2); Toko Mekar: …", with what is measured and when."""
    spec = answer.scored.spec
    measure = spec.measures[0]
    lines = []
    for values, _ in answer.rows:
        name = ", ".join(group_name(each, values.get(each), language) for each in spec.group_by)
        before, after = (told_number(values[side], measure, answer, language, values) for side in (BEFORE, AFTER))
        sign = "+" if values[BY] > 0 else "−" if values[BY] < 0 else "±"
        lines.append(f"{name}: {before} → {after} ({sign}{told_number(abs(values[BY]), measure, answer, language, values)})")
    what, unsaid = what_is_measured(answer, measure, language)
    about = "; ".join(part for part in (what, _times(answer, language), conditions(answer, language, unsaid)) if part)
    return f"{'; '.join(lines)} ({about}). {marks_of(answer)}"


def _times(answer: RecordAnswer, language: Language) -> str:
    change = answer.scored.spec.change
    if change is None or change.times is None:
        return ""
    one, other = (period_words(period, language) for period in change.times)
    return said("from_to", language, first=one, last=other)

"""Which way answered better: the records or the documents, and whether they agree."""

import re
from decimal import Decimal

from assistant.answers.canonical import dates_in, numbers_in
from assistant.models.builtin.reading import Reading
from assistant.models.builtin.understanding import Understanding
from assistant.tools.records import RecordAnswer

DOCUMENT_WORDS = re.compile(
    r"\b(kontrak|perjanjian|pks|pasal|klausul|adendum|amandemen|sla|ola|surat|notulen|rapat|catatan|panduan|pemberitahuan|surel|email|telepon|"
    r"contract|agreement|msa|clause|amendment|addendum|letter|minutes|meeting|note|notes|guide|e-mail|call)\b",
    re.IGNORECASE,
)
CERTAIN = 0.8
USABLE = 0.5


def certain(record: RecordAnswer) -> bool:
    """The query explains the whole question and found something."""
    return not record.empty and record.scored.score >= CERTAIN and not record.scored.uncovered


def usable(record: RecordAnswer) -> bool:
    """Good enough to answer from when the documents hold nothing better."""
    return not record.empty and record.scored.score >= USABLE


def known_to_be_missing(record: RecordAnswer) -> bool:
    """The records know the thing, but not for this time, or the field is empty: an answer of its own."""
    return record.result.reason in ("no_rows_in_period", "empty_field") and record.scored.score >= 0.6 and len(record.scored.uncovered) <= 1


def record_wins(asked: Understanding, record: RecordAnswer, best: Reading | None) -> bool:
    """Whether to answer from the records rather than from the sentence that reads best."""
    if best is None:
        return usable(record)
    if record.empty:
        return known_to_be_missing(record) and not DOCUMENT_WORDS.search(asked.own)
    if record.scored.spec.aggregates:
        return record.scored.score >= USABLE and len(record.scored.uncovered) <= 1
    from_document = best.evidence.notes.get("kind") != "table_row" and DOCUMENT_WORDS.search(asked.own) and best.coverage >= 0.7
    if from_document and record.scored.spec.target not in ("agreement", "clause", "target", "obligation"):
        return certain(record) and best.score < 0.85
    return record.scored.score - 0.06 * len(record.scored.uncovered) >= best.score - 0.05


def same_value(asked: Understanding, record: RecordAnswer, reading: Reading) -> bool:
    """Whether a sentence states a number or date that the query found."""
    numbers: set[Decimal] = set()
    for value in [record.result.value, *record.result.currencies.values(), *(value for values, _ in record.rows[:3] for value in values.values())]:
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            numbers.add(Decimal(str(value)).normalize())
    dates = {value for values, _ in record.rows[:3] for value in values.values() if hasattr(value, "isoformat")}
    text = reading.text
    return bool({number for number in numbers if abs(number) >= 5} & numbers_in(text)) or bool(dates & dates_in(text, asked.today))

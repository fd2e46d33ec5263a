"""Which way answered better: the records or the documents, and whether they agree."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers.canonical import dates_in, numbers_in
from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.fitting import (
    CERTAIN,
    DOCUMENT_WORDS,
    OF_AGREEMENTS,
    VALUES,
    asks_agreed_level,
    fit,
    one_named_row,
)
from assistant.models.builtin.weighing.reading import Reading
from assistant.tools.records.asking import RecordAnswer
from knowledge.queries.vocabulary import field_sort
from knowledge.records.authority import Authority

FROM_PROSE = frozenset({"clause", "target", "obligation", "commitment", "meeting", "risk", "improvement"})
"""Kinds taken out of prose: the sentence itself says more than the record made from it."""


def agreement_unknown(asked: Understanding, known_of: Iterable[int | None]) -> bool:
    """Whether the question asks for a value of a customer's agreement, and none of that customer's is on file. `known_of`: whose are."""
    of_agreement = bool(asked.sources & {"agreement", "contract"}) and asked.sources <= OF_AGREEMENTS
    return of_agreement and bool(asked.customers) and asked.asks_for(*VALUES) and not set(known_of) & set(asked.customers)


def of_their_agreement(asked: Understanding, evidence: Evidence) -> bool:
    """Whether a passage can be of an agreement with the customers asked about: not a table's row, a meeting's minutes or another's contract."""
    return bool(set(evidence.customers) & set(asked.customers)) and evidence.doc_kind in OF_AGREEMENTS | {"other", "", None}


def usable(asked: Understanding, record: RecordAnswer) -> bool:
    """Good enough to answer from when the documents hold nothing better."""
    judged = fit(asked, record)
    return not record.empty and not judged.beside and (judged.score >= 0.78 or judged.score >= 0.55 and one_named_row(asked, record))


def known_to_be_missing(asked: Understanding, record: RecordAnswer) -> bool:
    """The records know the thing, but not for this time, or the field is empty: an answer of its own."""
    anchored = asked.asks_for("date", "deadline") and any(span.precision == "day" and not span.relative for span in asked.dates)
    judged = fit(asked, record)
    return record.result.reason in ("no_rows_in_period", "empty_field") and judged.covered >= 0.85 and not judged.beside and not anchored


def known_to_be_none(asked: Understanding, record: RecordAnswer) -> bool:
    """A list or count over the records in which every word of the question became a condition, and no row meets them all."""
    spec, judged = record.scored.spec, fit(asked, record)
    listed = asked.asks_for("list") or any(measure.agg == "count" for measure in spec.measures)
    told = bool(spec.period or spec.filters or spec.without) and record.result.reason in ("no_rows", "no_rows_in_period")
    if spec.target.startswith("sheet:") and record.none_of is None:
        return False
    return record.empty and told and listed and judged.covered >= 0.95 and not judged.beside and record.scored.score >= 0.8


def record_wins(asked: Understanding, record: RecordAnswer, best: Reading | None) -> bool:
    """Whether to answer from the records rather than from the sentence that reads best."""
    if record.empty:
        if known_to_be_none(asked, record) and (not asked.customers or best is None):
            return True  # over the whole portfolio a sentence or a single row cannot say so
        return known_to_be_missing(asked, record) and not (best and (DOCUMENT_WORDS.search(asked.own) or _agreed_hours(asked, best)))
    if not usable(asked, record):
        return False
    if best is None:
        return True
    judged = fit(asked, record)
    spec = record.scored.spec
    if _of_more_customers(asked, record, best):
        return True
    if spec.target == "target" and judged.score >= CERTAIN and asks_agreed_level(asked) and _tells_of_an_event(best):
        return True
    if spec.target == "clause" and not spec.aggregates and (len(record.rows) == 1 or not asked.asks_for("list")) and best.evidence.doc_kind in OF_AGREEMENTS:
        return False  # the clause is what is asked for, not a record of its number
    if spec.target in FROM_PROSE and not spec.aggregates and not asked.asks_for("list"):
        return judged.score > best.coverage + 0.3
    if spec.aggregates and judged.typed:
        return judged.covered >= min(best.coverage, 0.9)
    in_prose = best.evidence.notes.get("kind") != "table_row" or best.evidence.authority <= Authority.ANNEX
    if in_prose and DOCUMENT_WORDS.search(asked.own) and spec.target not in ("agreement", "clause", "target", "obligation", "meeting", "commitment"):
        return judged.score > best.coverage + 0.1
    return judged.score >= best.coverage - 0.03


def _agreed_hours(asked: Understanding, best: Reading) -> bool:
    """Hours of service are agreed for good: that no record is of the day asked about says nothing of them."""
    return asked.asks[:1] == ("time",) and best.typed and best.evidence.authority <= Authority.ANNEX


def _tells_of_an_event(best: Reading) -> bool:
    """A row of a table beside the agreements: what happened once, or what somebody noted."""
    return best.evidence.notes.get("kind") == "table_row" and best.evidence.doc_kind not in OF_AGREEMENTS


def _of_more_customers(asked: Understanding, record: RecordAnswer, best: Reading) -> bool:
    """Several customers asked about, and the records know of more of them than the sentence does."""
    if len(asked.customers) < 2:
        return False
    told = {number for _, item in record.rows if item for number in item.customers} & set(asked.customers)
    return len(told) > 1 and len(told) > len(set(best.evidence.customers) & set(asked.customers))


def same_value(asked: Understanding, record: RecordAnswer, reading: Reading) -> bool:
    """Whether a sentence of another file states a number or date that the query found."""
    if reading.evidence.source in {item.source for item in record.evidence}:
        return False
    numbers: set[Decimal] = set()
    for value in [record.result.value, *record.result.currencies.values(), *(value for values, _ in record.rows[:3] for value in values.values())]:
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            numbers.add(Decimal(str(value)).normalize())
    dates = {value for values, _ in record.rows[:3] for value in values.values() if hasattr(value, "isoformat")}
    text = reading.text
    return bool({number for number in numbers if abs(number) >= 5} & numbers_in(text)) or bool(dates & dates_in(text, asked.today))


def gives_all(asked: Understanding, record: RecordAnswer, parts: Sequence[Understanding]) -> bool:
    """Whether one query's result has a value for each of the questions: "which services and what do they cost"."""
    if record.empty or record.scored.uncovered:
        return False
    kinds = [part.asks[:1] for part in parts]
    same = len(set(kinds)) < len(kinds)  # "who decides and who signs": two rows
    if same and record.result.n < len(kinds):
        return False
    if any(kind == ("person",) for kind in kinds) and record.scored.spec.target != "contact" and not _gives_a_person(record):
        return False
    return all(fit(replace(asked, asks=kind), record).typed for kind in kinds if kind)


def _gives_a_person(record: RecordAnswer) -> bool:
    spec = record.scored.spec
    return any(field_sort(spec.target, name) == "person" for name in spec.select)

"""Which way answered better: the records or the documents, and whether they agree."""

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answers.canonical import dates_in, numbers_in
from assistant.models.builtin.reading import Reading
from assistant.models.builtin.understanding import Understanding
from assistant.tools.records import RecordAnswer
from knowledge.language.concepts import concepts
from knowledge.records.schema import schemas

DOCUMENT_WORDS = re.compile(
    r"\b(kontrak|perjanjian|pks|pasal|klausul|adendum|amandemen|sla|ola|surat|notulen|rapat|catatan|panduan|pemberitahuan|surel|email|telepon|"
    r"contract|agreement|msa|clause|amendment|addendum|letter|minutes|meeting|note|notes|guide|e-mail|call)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fit:
    """How well a query's result fits the question. `covered`: share of the question's content words that the query or the rows
    that it found explain; `typed`: it gives the kind of value asked for."""

    covered: float
    typed: bool
    precise: bool

    @property
    def score(self) -> float:
        return self.covered - (0.0 if self.typed else 0.3) - (0.0 if self.precise else 0.25)


def fit(asked: Understanding, record: RecordAnswer) -> Fit:
    """Judge a query against the question, with the same measure as sentences are judged: what of it is covered."""
    spec = record.scored.spec
    uncovered = {word.lower() for word in record.scored.uncovered}
    rows = " ".join(item.quote + " " + item.title + " " + item.source.replace("_", " ") for item in record.evidence[:4])
    explained = {name for concept in concepts(rows) for name in concept.names}
    gained = possible = 0.0
    for concept in asked.focus:
        weight = 1.5 if concept.text[:1].isupper() or any(letter.isdigit() for letter in concept.text) else 1.0
        words = {word.lower() for word in concept.text.split()}
        possible += weight
        if not words & uncovered:
            gained += weight
        elif concept.names & explained:
            gained += 0.9 * weight
    covered = gained / possible if possible else 1.0
    few = spec.aggregates or record.result.n <= 3 or bool(spec.limit) or asked.asks_for("list", "conflict") or not asked.asks
    return Fit(covered, _typed(asked, record), few)


def _typed(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether the values that the query gives are of the kind asked for."""
    spec = record.scored.spec
    if any(measure.agg in ("count", "count_distinct") for measure in spec.measures):
        return asked.asks_for("number", "list") or not asked.asks
    wanted = [kind for kind in asked.asks if kind in TYPES_OF]
    if not wanted or spec.group_by:
        return True
    known = schemas().get(spec.target)
    names = [name for measure in spec.measures for name in measure.fields] or list(spec.select)
    types = {known.fields[name].type if known and name in known.fields else "any" for name in names}
    if spec.measures and spec.measures[0].agg in ("sum", "avg", "min", "max"):
        types |= {"number"}
    return bool(types & {"any"}) or any(types & TYPES_OF[kind] for kind in wanted[:3])


FROM_PROSE = frozenset({"clause", "target", "obligation", "commitment", "meeting", "risk", "improvement"})
"""Kinds taken out of prose: the sentence itself says more than the record made from it."""
TYPES_OF: dict[str, set[str]] = {
    "date": {"date", "datetime", "period"},
    "deadline": {"date", "datetime"},
    "time": {"datetime"},
    "duration": {"duration", "number"},
    "percent": {"percent", "number"},
    "money": {"money"},
    "person": {"person", "customer", "text"},
    "number": {"number", "money", "percent", "duration"},
    "frequency": {"number"},
    "phone": {"text"},
    "email": {"text"},
}


def certain(asked: Understanding, record: RecordAnswer) -> bool:
    """The query explains the whole question and found something."""
    judged = fit(asked, record)
    return not record.empty and judged.score >= 0.95


def usable(asked: Understanding, record: RecordAnswer) -> bool:
    """Good enough to answer from when the documents hold nothing better."""
    judged = fit(asked, record)
    return not record.empty and (judged.score >= 0.78 or judged.score >= 0.55 and _one_named_row(asked, record))


def _one_named_row(asked: Understanding, record: RecordAnswer) -> bool:
    """A single row that the question names by the very text of one of its cells: it is shown whole."""
    names = [str(condition.value).lower() for condition in record.scored.spec.filters if condition.op == "eq" and isinstance(condition.value, str)]
    question = asked.question.lower()
    return record.result.n == 1 and any(len(name) >= 5 and name in question for name in names)


def known_to_be_missing(asked: Understanding, record: RecordAnswer) -> bool:
    """The records know the thing, but not for this time, or the field is empty: an answer of its own."""
    anchored = asked.asks_for("date", "deadline") and any(span.precision == "day" and not span.relative for span in asked.dates)
    return record.result.reason in ("no_rows_in_period", "empty_field") and fit(asked, record).covered >= 0.85 and not anchored


def record_wins(asked: Understanding, record: RecordAnswer, best: Reading | None) -> bool:
    """Whether to answer from the records rather than from the sentence that reads best."""
    if record.empty:
        return known_to_be_missing(asked, record) and not (best and DOCUMENT_WORDS.search(asked.own))
    if not usable(asked, record):
        return False
    if best is None:
        return True
    judged = fit(asked, record)
    spec = record.scored.spec
    if spec.target in FROM_PROSE and not spec.aggregates and not asked.asks_for("list"):
        return judged.score > best.coverage + 0.3
    if spec.aggregates and judged.typed:
        return judged.covered >= min(best.coverage, 0.9)
    in_prose = best.evidence.notes.get("kind") != "table_row" or best.evidence.authority <= 25
    if in_prose and DOCUMENT_WORDS.search(asked.own) and spec.target not in ("agreement", "clause", "target", "obligation", "meeting", "commitment"):
        return judged.score > best.coverage + 0.1
    return judged.score >= best.coverage - 0.03


def same_value(asked: Understanding, record: RecordAnswer, reading: Reading) -> bool:
    """Whether a sentence states a number or date that the query found."""
    numbers: set[Decimal] = set()
    for value in [record.result.value, *record.result.currencies.values(), *(value for values, _ in record.rows[:3] for value in values.values())]:
        if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            numbers.add(Decimal(str(value)).normalize())
    dates = {value for values, _ in record.rows[:3] for value in values.values() if hasattr(value, "isoformat")}
    text = reading.text
    return bool({number for number in numbers if abs(number) >= 5} & numbers_in(text)) or bool(dates & dates_in(text, asked.today))

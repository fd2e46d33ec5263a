"""How well a query's result fits a question: what of it is covered, of what kind the values are, whether it answers another one."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from assistant.models.builtin.questions.understanding import Understanding, sources_of
from assistant.models.builtin.weighing.choosing import levels_in
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.tokens import codes, normalise
from knowledge.language.vocabulary import section_pattern, words_beside
from knowledge.records.schema import schemas

_FEW, _QUARTER, CERTAIN = 3, 92, 0.95

DOCUMENT_WORDS = re.compile(
    r"\b(kontrak|perjanjian|pks|pasal|klausul|adendum|amandemen|sla|ola|surat|notulen|rapat|catatan|panduan|pemberitahuan|surel|email|telepon|"
    r"contract|agreement|msa|clause|amendment|addendum|letter|minutes|meeting|note|notes|guide|e-mail|call)\b",
    re.IGNORECASE,
)


def _words() -> dict[str, Any]:
    return words_beside(__file__, "judging")


_said = partial(section_pattern, __file__, "judging")
"""Any word of a section of judging.toml."""


@dataclass(frozen=True)
class Fit:
    """How well a query's result fits the question. `covered`: share of the question's content words that the query or the rows
    that it found explain; `typed`: it gives the kind of value asked for; `beside`: it answers another question."""

    covered: float
    typed: bool
    precise: bool
    beside: bool = False

    @property
    def score(self) -> float:
        return self.covered - (0.0 if self.typed else 0.3) - (0.0 if self.precise else 0.25) - (0.6 if self.beside else 0.0)


def fit(asked: Understanding, record: RecordAnswer) -> Fit:
    """Judge a query against the question, with the same measure as sentences are judged: what of it is covered."""
    if id(asked) not in record.judged:
        record.judged[id(asked)] = _fit(asked, record)
    judged: Fit = record.judged[id(asked)]
    return judged


def _fit(asked: Understanding, record: RecordAnswer) -> Fit:
    spec = record.scored.spec
    uncovered = {word.lower() for word in record.scored.uncovered}
    explained = _explained(record)
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
    few = spec.aggregates or record.result.n <= 3 or bool(spec.limit) or "series" in record.scored.reasons or asked.asks_for("list", "conflict") or not asked.asks
    return Fit(covered, _typed(asked, record), few, beside_the_point(asked, record))


def _explained(record: RecordAnswer) -> set[str]:
    """What the rows say themselves; a query that merely lists what there is has not found them by it."""
    if not record.scored.spec.filters and record.result.n > _FEW:
        return set()
    if record.scored.spec.measures:  # a sum or count is of what all its rows say, not of what one of them says
        told = [set(concept_names(row)) for item in record.evidence for row in item.quote.split(" | ") if row != "…"]
        named = {name for item in record.evidence for name in concept_names(f"{item.title} {item.source.replace('_', ' ')}")}
        return set.intersection(*told) | named if told else named
    rows = " ".join(item.quote + " " + item.title + " " + item.source.replace("_", " ") for item in record.evidence[:4])
    if any(values.get("customer") for values, _ in record.rows):
        rows += " pelanggan customer"
    return {name for concept in concepts(rows) for name in concept.names}


def _typed(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether the values that the query gives are of the kind asked for."""
    spec = record.scored.spec
    if any(measure.agg in ("count", "count_distinct") for measure in spec.measures) and not spec.select and not spec.group_by:
        return asked.asks_for("number", "list") or not asked.asks or bool({"ever", "how often"} & set(record.scored.reasons))
    if spec.days_between:
        return asked.asks_for("duration", "number", "date", "deadline")
    wanted = [kind for kind in asked.asks if kind in TYPES_OF]
    if not wanted or spec.group_by or asked.asks_for("list") and spec.select[:1] in (("period_start",), ("customer",)):
        return True
    known = schemas().get(spec.target)
    names = [name for measure in spec.measures for name in measure.fields] or list(spec.select)
    types = {known.fields[name].type if known and name in known.fields else _type_of_values(record, name) for name in names}
    if spec.measures and spec.measures[0].agg in ("sum", "avg", "min", "max"):
        types |= {"number"}
    return bool(types & {"any"}) or any(types & TYPES_OF[kind] for kind in wanted[:3])


def _type_of_values(record: RecordAnswer, name: str) -> str:
    """The type of a field that no schema knows, by what stands in it."""
    value = next((values[name] for values, _ in record.rows if values.get(name) not in (None, "")), None)
    if isinstance(value, bool) or value is None:
        return "any"
    if isinstance(value, (date, datetime)):
        return "date"
    if isinstance(value, (int, float, Decimal)):
        return "amount"
    bare = str(value).strip()
    return "any" if any(map(str.isdigit, bare)) and codes(bare) != [bare] else "text"  # a row's own number says nothing of it


TYPES_OF: dict[str, set[str]] = {
    "date": {"date", "datetime", "period"},
    "deadline": {"date", "datetime"},
    "time": {"datetime"},
    "duration": {"duration", "number", "amount"},
    "percent": {"percent", "number", "amount"},
    "money": {"money", "amount"},
    "person": {"person", "customer", "text"},
    "number": {"number", "money", "percent", "duration", "amount"},
    "frequency": {"number", "amount"},
    "phone": {"text"},
    "email": {"text"},
}


def certain(asked: Understanding, record: RecordAnswer) -> bool:
    """The query explains the whole question and found something."""
    judged = fit(asked, record)
    return not record.empty and judged.score >= CERTAIN


def beside_the_point(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether a result, however well it fits, answers another question than the one asked: it tells what happened where the question
    asks what was agreed, it is not told in the document that the question names, it leaves out a name, a code or a "not", or nothing
    in the question names the field that it gives."""
    spec, uncovered = record.scored.spec, {word.lower() for word in record.scored.uncovered}
    words = _words()
    question = normalise(asked.own)
    if uncovered and _said("negation").search(" ".join(uncovered)):
        return True
    counts = any(measure.agg in ("count", "count_distinct") for measure in spec.measures)
    if counts and spec.target == "contact" and _said("workforce").search(question) and not _said("contacts").search(question):
        return True
    if counts and spec.target in ("figure", "measurement", "subscription") and _said("extreme").search(question):
        return True
    if spec.target == "figure" and _said("charged").search(question) and not _said("revenue").search(question) and _only_revenue(record):
        return True
    if spec.target == "ticket" and not spec.aggregates and asked.asks_for("duration", "number") and asks_agreed_level(asked):
        return True
    if spec.target in words["events"]["kinds"] and _asks_when_agreement_ends(asked):
        return True
    if spec.target in words["beside_agreements"]["kinds"] and _names_an_agreement(asked):
        return True
    told_in = asked.sources & set(words["told_in"]["kinds"])
    if told_in and spec.target != "contact" and not any(item.doc_kind in told_in for item in record.evidence) and not _is_named_so(asked, record):
        return True
    if _tells_what_happened(record) and (_said("normative").search(question) or _names_an_agreement(asked)):
        return True
    if _lacks_what_was_asked(record) or _leaves_out_the_time(asked, record) or _leaves_out_the_level(asked, record):
        return True
    people = {person.name for person in asked.people}
    if spec.target.startswith("sheet:") and one_named_row(asked, record) and not any(item.value in people for item in spec.filters):
        return False  # a heading may be in words that nobody knows
    explained = _explained(record)
    missed = [concept for concept in asked.focus if {word.lower() for word in concept.text.split()} & uncovered and not concept.names & explained]
    if any(_is_name(concept.text) and concept.start > 0 for concept in missed):
        return True
    return bool(missed) and not record.scored.named and bool(asked.asks)


def _is_named_so(asked: Understanding, record: RecordAnswer) -> bool:
    """ "The next meeting", of a sheet of meetings: what is asked for, not where it was told."""
    if not record.scored.spec.target.startswith("sheet:"):
        return False
    named = {name for item in record.evidence for name in concept_names(f"{item.title} {item.locator.get('sheet') or ''} {item.source.replace('_', ' ')} {item.quote}")}
    kinds = set(_words()["told_in"]["kinds"])
    return bool({name for word in normalise(asked.own).split() if sources_of(word) & kinds for name in concept_names(word)} & named)


def _only_revenue(record: RecordAnswer) -> bool:
    """Whether all figures found are of revenue."""
    metrics = {str(values["metric"]) for values, _ in record.rows if values.get("metric")} | {str(item.value) for item in record.scored.spec.filters if item.field == "metric"}
    return bool(metrics) and all(metric.lower() in ("revenue", "pendapatan") for metric in metrics)


def _lacks_what_was_asked(record: RecordAnswer) -> bool:
    """Rows found whose first field, the one asked for, is empty in all of them, while others are not."""
    spec, rows = record.scored.spec, record.rows
    return bool(rows and spec.select) and not spec.aggregates and record.result.reason is None and all(values.get(spec.select[0]) in (None, "") for values, _ in rows)


def _leaves_out_the_time(asked: Understanding, record: RecordAnswer) -> bool:
    """A month, quarter or day asked for, and nothing of it in the query: a value of another time."""
    spec, period = record.scored.spec, asked.period
    if period is None or spec.period or spec.compare_periods or (period.end - period.start).days > _QUARTER:
        return False
    return bool({word.lower() for word in period.label.split()} & {word.lower() for word in record.scored.uncovered})


def _leaves_out_the_level(asked: Understanding, record: RecordAnswer) -> bool:
    """A priority or class asked for ("insiden sedang"), and values of several in the result."""
    wanted = levels_in(asked.own) or levels_in(asked.question)
    agreed = record.scored.spec.target == "target" or record.scored.spec.target.startswith("sheet:")
    if not wanted or not agreed or record.result.n < 2 or not asked.asks_for("duration", "percent", "money"):
        return False
    return not any(wanted & levels_in(str(value)) for item in record.scored.spec.filters for value in item.values)


def _tells_what_happened(record: RecordAnswer) -> bool:
    kinds, spec = _words()["measured"], record.scored.spec
    if spec.target in kinds["mixed"]:
        return not set(spec.fields) & set(kinds["agreed_fields"])
    return spec.target in kinds["kinds"]


def _names_an_agreement(asked: Understanding) -> bool:
    """ "… dalam perjanjian X": the agreement is the source, not what is asked about."""
    return bool(asked.sources & {"agreement", "contract"}) and bool(_IN_AGREEMENT.search(normalise(asked.own)))


_IN_AGREEMENT = re.compile(r"\b(dalam|menurut|di|pada|sesuai|in|under|according to|per)\s+(the\s+|its\s+)?(\w+\s+)?(kontrak|perjanjian|pks|agreement|contract|msa)\b")


def asks_agreed_level(asked: Understanding) -> bool:
    """ "What is the priority 1 response time?": what was agreed, unless it names an incident, a time or what really happened."""
    question = normalise(asked.own)
    real = asked.period is not None or asked.dates or asked.codes or _said("happened").search(question)
    return bool(levels_in(asked.own)) and not real


def asks_what_holds(asked: Understanding) -> bool:
    """Whether it asks what is agreed for the time that it names ("which availability holds in March?"), and not what was measured."""
    return bool(_said("holds").search(normalise(asked.own))) and not happened(asked)


def happened(asked: Understanding) -> bool:
    """Whether a question names what really happened or was measured, beside what was agreed."""
    return bool(_said("happened").search(normalise(asked.own)))


def _asks_when_agreement_ends(asked: Understanding) -> bool:
    """ "When does the agreement end?": not when something else happened that ended."""
    return bool(asked.sources & {"agreement", "contract"}) and asked.asks_for("date") and bool(_said("ending").search(normalise(asked.own)))


OF_AGREEMENTS = frozenset({"contract", "agreement", "amendment", "sla", "statement_of_work", "underpinning_contract", "ola"})
VALUES = ("date", "deadline", "duration", "time", "percent", "money")


def _is_name(text: str) -> bool:
    """A name, code or acronym: what a result must not leave out."""
    return text[:1].isupper() or any(map(str.isdigit, text))


def one_named_row(asked: Understanding, record: RecordAnswer) -> bool:
    """A single row that the question names by the very text of one of its cells, or by a day: it is shown whole."""
    period = record.scored.spec.period
    if record.result.n == 1 and period and period[0] == period[1] and record.scored.named:
        return True
    people = {person.name for person in asked.people}
    if record.result.n == 1 and record.scored.spec.target == "contact" and asked.customers and any(people & {str(each) for each in item.values} for item in record.scored.spec.filters):
        return True  # "bu Ratna of X": the person, though by a part of the name
    names = [str(condition.value).lower() for condition in record.scored.spec.filters if condition.op == "eq" and isinstance(condition.value, str)]
    question = asked.question.lower()
    return record.result.n == 1 and any(len(name) >= 5 and name in question for name in names)

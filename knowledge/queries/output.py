"""What a spec gives back, and what is known of a target's fields for it."""

from dataclasses import dataclass, field

from knowledge.queries.asks import Asks
from knowledge.queries.matching import FieldMatch, is_person
from knowledge.queries.spec import Change, Filter, Measure, Order
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import field_sort, phrases, plain_words
from knowledge.queries.words import Match, read_words, same_word
from knowledge.records.schema import schemas

_IDENTITY = ("key", "number", "name", "title", "subject", "text", "words", "indicator", "service", "respondent", "metric", "period_label", "period_start")
MAIN_MEASURE = {"measurement": "value", "figure": "value", "target": "value", "subscription": "fee", "opportunity": "value"}
_COUNTERS = plain_words("counters")
"""Headings of the running number of rows."""
_RATES = frozenset({"percent", "duration"})


@dataclass
class Output:
    """`certain`: words of the question say what is wanted; `implied`: only the kind of answer says it ("who", "when"), and another
    field could be meant as well. `doubt` lowers the score."""

    select: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    group_by: tuple[str, ...] = ()
    having: tuple[Filter, ...] = ()
    order_by: tuple[Order, ...] = ()
    limit: int | None = None
    listed: tuple[str, ...] = ()
    change: Change | None = None
    days_between: tuple[str, str] | None = None
    certain: bool = False
    implied: bool = False
    covered: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    doubt: float = 0.0


def identity_fields(target: TargetValues) -> tuple[str, ...]:
    """The fields by which a person tells one record from another, two at most."""
    if isinstance(target.source, RecordTable):
        return tuple(name for name in _IDENTITY if name in target.filled)[:2]
    texts = [name for name, column in target.source.columns.items() if column.type == "text" and name in target.filled and name.lower().strip(". ") not in _COUNTERS]
    distinct = [name for name in texts if target.distinct.get(name, 0) == target.rows]
    return tuple((distinct or texts)[:1])


def duration_field(target: TargetValues) -> str | None:
    """The field of how long something lasted."""
    names = ["resolution_minutes", *(name for name in target.source.columns if field_sort(target.target, name) == "duration" and "target" not in name)]
    return next((name for name in names if name in target.filled), None)


def lasts(target: TargetValues, name: str) -> bool:
    """Whether a column of numbers is of how long something took: by its kind, or by a unit of time or such a word in its heading."""
    if field_sort(target.target, name) == "duration":
        return True
    said = read_words(name.removeprefix("extra."))
    return any(same_word(word, wanted.words[0]) for word in said for section in ("unit_of_time", "length_heading") for wanted in phrases(section) if len(wanted.words) == 1)


def suits_the_answer(target: TargetValues, asks: Asks, name: str) -> bool:
    sort = target.source.type_of(name)
    if asks.has("when"):
        return sort in TEMPORAL
    if asks.has("who"):
        return is_person(target, name)
    if asks.has("how_long"):
        return field_sort(target.target, name) == "duration"
    if asks.has("how_much") or asks.has("how_many") or asks.arithmetic:
        return sort in NUMERIC
    return True


def set_measure(output: Output, measure: Measure, match: FieldMatch, word: Match | None) -> None:
    output.measures, output.certain = (measure,), True
    output.covered |= match.indices | (word.indices if word else frozenset())
    output.reasons.append(measure.name)


def is_rate(target: TargetValues, name: str) -> bool:
    sort = target.source.type_of(name)
    return sort == "percent" or field_sort(target.target, name) in _RATES or target.target in ("measurement", "survey_response", "target", "continuity")


def dimension_of(target: TargetValues, group: str) -> str | None:
    source = target.source
    if group == "customer":
        return _customer_field(target)
    if group == "manager":
        return _manager_field(target)
    if group == "service":
        return "service" if "service" in target.filled else None
    return f"{source.date_field}:{group}" if source.date_field and source.date_field in target.filled else None


def _customer_field(target: TargetValues) -> str | None:
    """Whose a record is; of a sheet whose rows are about no known customer, the column that names theirs."""
    if target.target in ("customer", "service"):
        return "name" if target.target == "customer" else None
    if isinstance(target.source, RecordTable) or "customer" in target.filled:
        return "customer"
    names = schemas()["customer"].fields["name"].headings
    return next((name for name in target.source.columns if name in target.filled and " ".join(name.replace("_", " ").lower().split()) in names), "customer")


def _manager_field(target: TargetValues) -> str | None:
    """Who looks after the customer: the record's own field for it, else what is known of its customer."""
    source = target.source
    own = next((name for name in ("account_manager", "owner") if name in target.filled and target.target in ("customer", "opportunity")), None)
    if own or not isinstance(source, RecordTable):
        return own or ("account_manager" if not isinstance(source, RecordTable) else None)
    return "account_manager" if "customer_id" in source.table.c else None


def cover_groups(asks: Asks, output: Output) -> None:
    for name in asks.per | asks.which:
        output.covered |= asks.groups[name].indices

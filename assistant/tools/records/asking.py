"""Ask the records: look-ups, counts, sums, averages, rankings and lists, computed in SQL with the rows behind them."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.supporting import KINDS as BEHIND
from assistant.tools.desk import Desk
from assistant.tools.records.days import count_days
from assistant.tools.records.evidence import account_managers, contributing_evidence, kept_evidence, read_refs
from assistant.tools.records.numbers import notice_of, register
from assistant.tools.records.units import service_names, totals, units_of, with_unit
from knowledge.masking import Masks
from knowledge.queries.compiler import run
from knowledge.queries.question import ScoredSpec, propose_specs
from knowledge.queries.results import QueryResult, ResultRow
from knowledge.queries.scoring import COMPARED, NOT_BY_NAME
from knowledge.queries.spec import Filter, Measure, QuerySpec
from knowledge.records.agreements import Target
from knowledge.records.customers import Customer

_SURE = 0.8
SHOWN_ROWS = 12
_PAIR = 2
FROM_AGREEMENTS = frozenset({"target", "obligation", "agreement", "clause"})


@dataclass
class RecordAnswer:
    """What a query gave, and the evidence it rests on. `rows` pairs each result row with its evidence (None for groups)."""

    scored: ScoredSpec
    result: QueryResult
    evidence: list[Evidence] = field(default_factory=list)
    rows: list[tuple[dict[str, Any], Evidence | None]] = field(default_factory=list)
    customer_names: list[str] = field(default_factory=list)
    behind: list[tuple[dict[str, Any], Evidence | None]] = field(default_factory=list)
    """The records behind a sum or count, where the question wants them named: what tells them apart, and the evidence."""
    not_by_name: bool = False
    """The customers are not named in the question: the asker's own, those of a line of business."""
    except_names: list[str] = field(default_factory=list)
    services: dict[str, dict[str, str]] = field(default_factory=dict)
    """Service code → its name by language."""
    difference: Decimal | None = None
    """Between the two values that were looked up to be set against each other."""
    counted_on: date | None = None
    """The day on which days to or from today were counted."""
    totals: dict[str, Decimal] = field(default_factory=dict)
    """Of a complete list of amounts of one kind: their sum by currency."""
    beside: QueryResult | None = None
    """Of a count of nothing: the same records whatever their other conditions, so that the answer says of how many there is none."""
    none_of: QueryResult | None = None
    """Of a list of rows of a table of unknown kind of which none meets all conditions: all its rows."""
    apart: list[tuple[Filter, int, Evidence]] = field(default_factory=list)
    """Beside `none_of`: each condition with how many rows meet it alone, and one of them."""
    judged: dict[int, Any] = field(default_factory=dict)
    """What was made of it before, by the id of the question's understanding: judging is asked for several times."""

    @property
    def empty(self) -> bool:
        """Nothing was found; a count of zero over a known range is an answer, not nothing."""
        if self.beside is not None:
            return False
        return self.result.reason is not None or (not self.rows and self.result.value is None and not self.result.currencies)


def ask_records(desk: Desk, question: str, limit: int = 3) -> list[RecordAnswer]:
    """Answers from the records to a question in words, best first; specs that fail or find nothing rank last."""
    @cache
    def result(spec: QuerySpec) -> QueryResult:
        return run(desk.session, desk.viewer, spec, desk.today)

    answers = []
    for scored in propose_specs(
        desk.session, desk.linker, desk.viewer, question, desk.today, most=limit, counted=lambda spec: result(spec).n
    ):
        answer = with_evidence(desk, scored, result(scored.spec))
        if scored.spec.target == "target":
            _leave_out_replaced(desk, answer)
        if scored.spec.target in FROM_AGREEMENTS and not any(pattern.search(question) for pattern in BEHIND.values()):
            _leave_out_behind(answer)
        answers.append(answer)
    answers.sort(key=lambda answer: (answer.empty, -answer.scored.score))
    return answers


def _leave_out_replaced(desk: Desk, answer: RecordAnswer) -> None:
    """Without an agreement's level for what a signed amendment in force sets another level for, where the two were read apart."""
    numbers = {item.id: int((item.record or "").partition(":")[2] or 0) for _, item in answer.rows if item and (item.record or "").startswith("target:")}
    if len(numbers) < 2:
        return
    targets = {each.id: each for each in desk.session.execute(select(Target).where(col(Target.id).in_(numbers.values()))).scalars()}
    changed: set[tuple[object, ...]] = set()
    for _, item in answer.rows:
        target = targets.get(numbers.get(item.id, 0)) if item else None
        if item and target and item.doc_kind == "amendment" and (target.valid_from is None or target.valid_from <= desk.today):
            changed.add(_what_is_agreed(target))
    gone = {key for key, number in numbers.items() if number in targets and _what_is_agreed(targets[number]) in changed}
    gone -= {item.id for _, item in answer.rows if item and item.doc_kind == "amendment"}
    if gone:
        answer.rows = [(row, item) for row, item in answer.rows if item is None or item.id not in gone]
        answer.evidence = [item for item in answer.evidence if item.id not in gone]
        answer.result.n -= len(gone)


def _what_is_agreed(target: Target) -> tuple[object, ...]:
    return target.customer_id, (target.indicator or "").lower(), (target.priority or "").lower(), (target.service or "").lower()


def _leave_out_behind(answer: RecordAnswer) -> None:
    """Without what a supplier or another team of the provider's has agreed to: it is behind the customer's agreement, not of it."""
    kept = [(row, item) for row, item in answer.rows if item is None or item.doc_kind not in BEHIND]
    if kept and len(kept) < len(answer.rows):
        answer.result.n -= len(answer.rows) - len(kept)
        gone = {item.id for _, item in answer.rows if item} - {item.id for _, item in kept if item}
        answer.evidence = [item for item in answer.evidence if item.id not in gone]
        answer.rows = kept


def _counts_none(scored: ScoredSpec, result: QueryResult) -> bool:
    """Whether the query counts records, every word of the question is a condition, and nothing meets them."""
    spec = scored.spec
    counted = len(spec.measures) == 1 and spec.measures[0].agg == "count" and not spec.group_by and not spec.compare_periods
    return counted and not result.n and bool(spec.filters or spec.period) and not scored.uncovered and scored.score >= _SURE


def _lists_none(scored: ScoredSpec, result: QueryResult) -> bool:
    """Whether rows of a table of unknown kind are listed, every word of the question is in a condition, and no row meets the several there are: one value
    that is missing may stand elsewhere; several that are there, and never together, do not."""
    spec = scored.spec
    several = len(spec.filters) + bool(spec.period) > 1
    return spec.target.startswith("sheet:") and not spec.aggregates and not result.n and several and not scored.uncovered and scored.score >= _SURE


def _before_or_after_all(result: QueryResult) -> bool:
    """Whether the period asked about lies outside everything that is recorded: then nobody knows, and it is not none."""
    known, period = result.known_range, result.spec.period
    return result.reason == "no_rows_in_period" and known is not None and period is not None and period[1].year < known[0].year


def with_evidence(desk: Desk, scored: ScoredSpec, result: QueryResult) -> RecordAnswer:
    """A query's result with citable evidence: each row's own record, or one entry a file for what was counted."""
    answer = RecordAnswer(scored, result)
    register(desk, result)
    counted, listed = _counts_none(scored, result) and not _before_or_after_all(result), _lists_none(scored, result)
    if counted or listed:
        count = {"select": (), "measures": (Measure(agg="count"),), "order_by": (), "limit": None} if listed else {}
        every = run(desk.session, desk.viewer, scored.spec.model_copy(update={"filters": (), "period": None, "further_periods": (), **count}), desk.today)
        if every.n:
            answer.beside, answer.none_of = (every, None) if counted else (None, every)
            register(desk, every)
            answer.evidence += contributing_evidence(desk, every)
            answer.apart = _apart(desk, scored.spec) if listed else []
            answer.evidence += [evidence for _, _, evidence in answer.apart]
    visible = [number for number in scored.spec.customer_ids if desk.viewer.may_see(number)]
    if scored.listed and result.n <= SHOWN_ROWS:
        answer.behind = _behind(desk, scored)
    if NOT_BY_NAME in scored.reasons:
        desk.computed.numbers.add(Decimal(len(visible)))
        answer.not_by_name, visible = True, visible if len(visible) == 1 else []
    answer.customer_names = list(desk.session.execute(select(col(Customer.name)).where(col(Customer.id).in_(visible))).scalars())
    set_aside = [number for number in scored.spec.except_customers if desk.viewer.may_see(number)]
    if set_aside:
        answer.except_names = list(desk.session.execute(select(col(Customer.name)).where(col(Customer.id).in_(set_aside))).scalars())
    answer.evidence += _none_of_some(desk, scored.spec, result, answer.customer_names)
    shown = result.rows[:SHOWN_ROWS]
    own = [row.record for row in shown if row.record]
    known = read_refs(desk, [*own, *(other for row in shown for other in row.sources.values())])
    units = units_of(desk.session, own)
    _blot_out(desk, result, known)
    for row in shown:
        evidence = kept_evidence(desk, known, row.record)
        if evidence is not None:
            evidence.values |= {key: value for key, value in row.values.items() if value is not None}
        values = with_unit(units, row.record, row.values)
        desk.computed.quantities |= notice_of(values)
        answer.rows.append((values, evidence))
        for other in row.sources.values():
            if extra := kept_evidence(desk, known, other):
                answer.evidence.append(extra)
    if any("service" in values for values, _ in answer.rows) or any(item.field == "service" for item in scored.spec.filters):
        answer.services = service_names(desk.session)
    if not scored.spec.aggregates and len(visible) != 1:
        _name_owners(desk, answer)
    if scored.spec.days_between:
        answer.counted_on = desk.today
        count_days(desk, answer.rows, scored.spec.days_between)
    if COMPARED in scored.reasons and result.n == len(answer.rows) == _PAIR:
        answer.difference = _difference(answer)
        desk.computed.numbers |= {answer.difference.normalize()} if answer.difference is not None else set()
    answer.totals = totals(answer.scored.spec, [values for values, _ in answer.rows], answer.result.n)
    desk.computed.numbers |= {each.normalize() for each in answer.totals.values()}
    answer.evidence += [evidence for _, evidence in answer.rows if evidence is not None]
    if scored.spec.aggregates:
        answer.evidence += contributing_evidence(desk, result)
    answer.evidence += [evidence for _, evidence in answer.behind if evidence is not None]
    answer.evidence += account_managers(desk, scored.spec)
    return answer


def _difference(answer: RecordAnswer) -> Decimal | None:
    """By how much the first fields of two rows differ, where both are numbers."""
    name = answer.scored.spec.select[0]
    numbers = [Decimal(str(values[name])) for values, _ in answer.rows if isinstance(values.get(name), (int, float, Decimal)) and not isinstance(values[name], bool)]
    return abs(numbers[0] - numbers[1]) if len(numbers) == _PAIR else None


def _behind(desk: Desk, scored: ScoredSpec) -> list[tuple[dict[str, Any], Evidence | None]]:
    """The records that a sum or count rests on."""
    rows = run(desk.session, desk.viewer, scored.spec.model_copy(update={"measures": (), "order_by": (), "limit": None, "select": scored.listed}), desk.today)
    register(desk, rows)
    known = read_refs(desk, [row.record for row in rows.rows if row.record])
    _blot_out(desk, rows, known)
    return [(row.values, kept_evidence(desk, known, row.record)) for row in rows.rows]


def _apart(desk: Desk, spec: QuerySpec) -> list[tuple[Filter, int, Evidence]]:
    """Each condition of a query with how many rows meet it alone, and the first of them."""
    found = []
    for item in spec.filters:
        alone = run(desk.session, desk.viewer, spec.model_copy(update={"filters": (item,), "period": None, "further_periods": (), "limit": None}), desk.today)
        register(desk, alone)
        refs = [row.record for row in alone.rows[:1] if row.record]
        evidence = kept_evidence(desk, read_refs(desk, refs), refs[0]) if refs else None
        if evidence is not None:
            found.append((item, alone.n, evidence))
    return found


def _none_of_some(desk: Desk, spec: QuerySpec, result: QueryResult, names: list[str]) -> list[Evidence]:
    """Where the records of several customers are counted, those who have none are told as well, with what they do have."""
    counted = spec.group_by == ("customer",) and len(spec.measures) == 1 and spec.measures[0].agg == "count" and not spec.limit and not spec.having
    if not counted or len(names) < 2 or not result.rows:
        return []
    told = {row.values.get("customer") for row in result.rows}
    without = [name for name in names if name not in told]
    result.rows += [ResultRow(values={"customer": name, spec.measures[0].name: 0}) for name in without]
    desk.computed.numbers.add(Decimal(0))
    ids = tuple(desk.session.execute(select(col(Customer.id)).where(col(Customer.name).in_(without), col(Customer.id).in_(spec.customer_ids))).scalars())
    bare = QuerySpec(target=spec.target, customer_ids=ids, measures=spec.measures)
    return contributing_evidence(desk, run(desk.session, desk.viewer, bare, desk.today)) if ids else []


def _blot_out(desk: Desk, result: QueryResult, known: dict[tuple[str, int], Evidence]) -> None:
    """The texts of rows about several customers, without the names of those that the viewer may not see."""
    if desk.viewer.everything:
        return
    grouped = not any(row.record for row in result.rows)
    behind = read_refs(desk, result.contributing) if grouped and result.rows else known
    masks = Masks.of(desk.session, desk.viewer, (item.passage_id for item in behind.values()))
    if not masks.patterns:
        return
    for row in result.rows:
        evidence = known.get((row.record.kind, row.record.id)) if row.record else None
        for name, value in row.values.items():
            if isinstance(value, str):
                row.values[name] = masks.apply(evidence.passage_id, value) if evidence else masks.apply_all(value)
    if isinstance(result.value, str):
        result.value = masks.apply_all(result.value)


def _name_owners(desk: Desk, answer: RecordAnswer) -> None:
    """Rows of several customers say whose each is."""
    ids = {item.customers[0] for _, item in answer.rows if item and item.customers}
    if not ids:
        return
    seen = [number for number in ids if desk.viewer.may_see(number)]
    rows = desk.session.execute(select(col(Customer.id), col(Customer.name)).where(col(Customer.id).in_(seen))).all()
    names = {row[0]: row[1] for row in rows}
    for values, item in answer.rows:
        if item and item.customers and item.customers[0] in names:
            values.setdefault("customer", names[item.customers[0]])

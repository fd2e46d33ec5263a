"""Ask the records: look-ups, counts, sums, averages, rankings and lists, computed in SQL with the rows behind them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import records_as_evidence
from assistant.tools.supporting import KINDS as BEHIND
from knowledge.access import customer_clause
from knowledge.masking import Masks
from knowledge.queries.compiler import run
from knowledge.queries.question import ScoredSpec, propose_specs
from knowledge.queries.results import QueryResult, RecordRef, ResultRow
from knowledge.queries.spec import QuerySpec
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.kinds import KINDS
from knowledge.records.schema import KindSchema, schemas
from knowledge.records.services import Service

_SURE = 0.8
SHOWN_ROWS = 12
QUOTED_ROWS = 6
ADDED_UP = {"subscription": ("fee",), "opportunity": ("value",), "project": ("budget", "spent")}
"""Money of which a list also gives the sum."""
FROM_AGREEMENTS = frozenset({"target", "obligation", "agreement", "clause"})


@dataclass
class RecordAnswer:
    """What a query gave, and the evidence it rests on. `rows` pairs each result row with its evidence (None for groups)."""

    scored: ScoredSpec
    result: QueryResult
    evidence: list[Evidence] = field(default_factory=list)
    rows: list[tuple[dict[str, Any], Evidence | None]] = field(default_factory=list)
    customer_names: list[str] = field(default_factory=list)
    except_names: list[str] = field(default_factory=list)
    services: dict[str, dict[str, str]] = field(default_factory=dict)
    """Service code → its name by language."""
    totals: dict[str, Decimal] = field(default_factory=dict)
    """Of a complete list of amounts of one kind: their sum by currency."""
    beside: QueryResult | None = None
    """Of a count of nothing: the same records whatever their other conditions, so that the answer says of how many there is none."""
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
        if scored.spec.target in FROM_AGREEMENTS and not any(pattern.search(question) for pattern in BEHIND.values()):
            _leave_out_behind(answer)
        answers.append(answer)
    answers.sort(key=lambda answer: (answer.empty, -answer.scored.score))
    return answers


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


def _before_or_after_all(result: QueryResult) -> bool:
    """Whether the period asked about lies outside everything that is recorded: then nobody knows, and it is not none."""
    known, period = result.known_range, result.spec.period
    return result.reason == "no_rows_in_period" and known is not None and period is not None and period[1].year < known[0].year


def with_evidence(desk: Desk, scored: ScoredSpec, result: QueryResult) -> RecordAnswer:
    """A query's result with citable evidence: each row's own record, or one entry a file for what was counted."""
    answer = RecordAnswer(scored, result)
    _register(desk, result)
    if _counts_none(scored, result) and not _before_or_after_all(result):
        every = run(desk.session, desk.viewer, scored.spec.model_copy(update={"filters": (), "period": None, "further_periods": ()}), desk.today)
        if every.n:
            answer.beside = every
            _register(desk, every)
            answer.evidence += _contributing(desk, every)
    visible = [number for number in scored.spec.customer_ids if desk.viewer.may_see(number)]
    answer.customer_names = list(desk.session.execute(select(col(Customer.name)).where(col(Customer.id).in_(visible))).scalars())
    set_aside = [number for number in scored.spec.except_customers if desk.viewer.may_see(number)]
    if set_aside:
        answer.except_names = list(desk.session.execute(select(col(Customer.name)).where(col(Customer.id).in_(set_aside))).scalars())
    answer.evidence += _none_of_some(desk, scored.spec, result, answer.customer_names)
    shown = result.rows[:SHOWN_ROWS]
    own = [row.record for row in shown if row.record]
    known = _read_refs(desk, [*own, *(other for row in shown for other in row.sources.values())])
    units = _units(desk.session, own)
    _blot_out(desk, result, known)
    for row in shown:
        evidence = _kept(desk, known, row.record)
        if evidence is not None:
            evidence.values |= {key: value for key, value in row.values.items() if value is not None}
        answer.rows.append((_with_unit(units, row.record, row.values), evidence))
        for other in row.sources.values():
            if extra := _kept(desk, known, other):
                answer.evidence.append(extra)
    if any("service" in values for values, _ in answer.rows) or any(item.field == "service" for item in scored.spec.filters):
        answer.services = _service_names(desk.session)
    if not scored.spec.aggregates and len(visible) != 1:
        _name_owners(desk, answer)
    answer.totals = _totals(answer)
    desk.computed.numbers |= {each.normalize() for each in answer.totals.values()}
    answer.evidence += [evidence for _, evidence in answer.rows if evidence is not None]
    if scored.spec.aggregates:
        answer.evidence += _contributing(desk, result)
    return answer


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
    return _contributing(desk, run(desk.session, desk.viewer, bare, desk.today)) if ids else []


def _blot_out(desk: Desk, result: QueryResult, known: dict[tuple[str, int], Evidence]) -> None:
    """The texts of rows about several customers, without the names of those that the viewer may not see."""
    if desk.viewer.everything:
        return
    grouped = not any(row.record for row in result.rows)
    behind = _read_refs(desk, result.contributing) if grouped and result.rows else known
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


def _service_names(session: Session) -> dict[str, dict[str, str]]:
    found = {}
    for service in session.execute(select(Service).where(col(Service.key).is_not(None))).scalars():
        local = service.name_id or next((str(value) for name, value in service.extra.items() if name.lower() == "nama" and value), None)
        found[str(service.key)] = {"id": local or service.name, "en": service.name_en or service.name}
    return found


def _totals(answer: RecordAnswer) -> dict[str, Decimal]:
    """Sums of the one money field that a complete list gives, unless the rows repeat or overlap in time."""
    spec, rows = answer.scored.spec, [values for values, _ in answer.rows]
    money = [name for name in spec.select if name in ADDED_UP.get(spec.target, ())]
    if spec.aggregates or spec.limit or len(money) != 1 or len(rows) < 2 or answer.result.n != len(rows):
        return {}
    totals: dict[str, Decimal] = {}
    for values in rows:
        amount, currency = values.get(money[0]), values.get("currency")
        if not isinstance(amount, (int, float, Decimal)) or not currency:
            return {}
        totals[str(currency)] = totals.get(str(currency), Decimal(0)) + Decimal(str(amount))
    return totals


def _units(session: Session, refs: Iterable[RecordRef]) -> dict[tuple[str, int], dict[str, Any]]:
    """Currency and unit of records, which their amounts need to be understood, by (kind, id); one query a kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for kind, ids in by_kind.items():
        model: Any = KINDS.get(kind)
        names = [name for name in ("currency", "unit", "notice_unit", "period_end") if hasattr(model, name)]
        if names:
            rows = session.execute(select(model.id, *(getattr(model, name) for name in names)).where(model.id.in_(ids)))
            found |= {(kind, number): dict(zip(names, values, strict=True)) for number, *values in rows}
    return found


def _with_unit(units: dict[tuple[str, int], dict[str, Any]], ref: RecordRef | None, values: dict[str, Any]) -> dict[str, Any]:
    """The row's values, with the record's currency and unit."""
    extra = units.get((ref.kind, ref.id), {}) if ref else {}
    return values | {name: value for name, value in extra.items() if value and name not in values}


def _register(desk: Desk, result: QueryResult) -> None:
    """What the query computed may be stated: its value, the values of its groups, and how many rows it rests on."""
    values = [result.value, result.n, result.null_count, *result.currencies.values(), *(result.known_range or ()), *(result.spec.period or ()), *(day for period in result.spec.further_periods for day in period)]
    values += [value for row in result.rows for value in row.values.values()]
    values += [measure.times for measure in result.spec.measures if measure.times != 1]
    if (gap := difference(result.spec, [row.values for row in result.rows])) is not None:
        values.append(gap)
    for value in values:
        if isinstance(value, datetime):
            desk.computed.numbers.add(Decimal(f"{value:%H.%M}").normalize())
            value = value.date()
        if isinstance(value, date):
            desk.computed.dates.add(value)
        elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
            number = Decimal(str(value))
            desk.computed.numbers |= {each.normalize() for way in (number, abs(number)) for each in (way, round(way, 2), round(way, 3))}
    desk.computed.quantities |= set(_quantities(result))


def difference(spec: QuerySpec, rows: list[dict[str, Any]]) -> Decimal | None:
    """By how much the two periods that a query compares differ; None for amounts in two currencies."""
    if len(spec.compare_periods) != 2 or len(rows) != 2 or spec.group_by or len(spec.measures) != 1:
        return None
    one, other = (values.get(spec.measures[0].name) for values in rows)
    if not all(isinstance(each, (int, float, Decimal)) and not isinstance(each, bool) for each in (one, other)):
        return None
    same = len({str(values.get("currency")) for values in rows}) == 1
    return abs(Decimal(str(one)) - Decimal(str(other))) if same else None


def is_share(indicator: str) -> bool:
    """Whether an indicator is measured in percent, by its sign or by what it is."""
    schema = schemas().get("measurement")
    return "%" in indicator or "availability" in (indicator.lower(), schema.fields["indicator"].canonical(indicator) if schema else None)


def _quantities(result: QueryResult) -> Iterator[Quantity]:
    """Durations with their unit, which the rows have in the heading only; and how many months a list of months has."""
    schema = schemas().get(result.spec.target)
    if result.spec.target == "measurement" and "period_start" in result.spec.select:
        yield Quantity(Decimal(result.n), "month")
    named = next((str(item.value) for item in result.spec.filters if item.field == "indicator" and item.op == "eq"), "")
    fields = {measure.name: measure.field or "" for measure in result.spec.measures}
    if result.value is not None and not result.rows and len(fields) == 1:
        result_rows = [{next(iter(fields)): result.value}]
    else:
        result_rows = [row.values for row in result.rows]
    for values in result_rows:
        yield from _lengths({fields[name]: value for name, value in values.items() if name in fields}, schema)
    for row in result.rows:
        shared = is_share(str(row.values.get("indicator") or named))
        for name, value in row.values.items():
            if shared and isinstance(value, (float, Decimal, int)) and not isinstance(value, bool):
                yield from (Quantity(each.normalize(), "%") for each in (Decimal(str(value)), round(Decimal(str(value)), 2)))
            if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool):
                continue
            yield from _lengths({name: value}, schema)
            if name == "notice_value" and row.values.get("notice_unit"):
                yield Quantity(Decimal(str(value)), str(row.values["notice_unit"]))
            elif name == "renewal_months":
                yield Quantity(Decimal(str(value)), "month")


def _lengths(values: dict[str, Any], schema: KindSchema | None) -> Iterator[Quantity]:
    """Durations among fields' values, in minutes as they are written in minutes or in hours."""
    for name, value in values.items():
        known = schema.fields.get(name) if schema else None
        if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool) or not ((known and known.type == "duration") or name.endswith("_minutes")):
            continue
        number = Decimal(str(value))
        minutes = number * (60 if known and known.unit == "hour" else 1)
        readings = {minutes, round(minutes, 2), Decimal(round(minutes)), round(number, 2) * 60, round(minutes / 60, 2) * 60}
        yield from (Quantity(each.normalize(), "minute") for each in readings)


def _read_refs(desk: Desk, refs: Iterable[RecordRef]) -> dict[tuple[str, int], Evidence]:
    """Records and rows of sheets as evidence by (kind, id), as far as the viewer may see them; not registered yet."""
    pairs = [(ref.kind, ref.id) for ref in refs]
    found = records_as_evidence(desk.session, desk.viewer, [pair for pair in pairs if not pair[0].startswith("sheet:")])
    rows = _sheet_rows(desk.session, desk, {number for kind, number in pairs if kind.startswith("sheet:")})
    return found | {(kind, number): rows[number] for kind, number in pairs if kind.startswith("sheet:") and number in rows}


def _kept(desk: Desk, known: dict[tuple[str, int], Evidence], ref: RecordRef | None) -> Evidence | None:
    """The evidence of a reference, registered: a copy, since each row adds values of its own."""
    evidence = known.get((ref.kind, ref.id)) if ref else None
    return desk.keep(replace(evidence, values={}, notes={})) if evidence else None


def _sheet_rows(session: Session, desk: Desk, ids: Iterable[int]) -> dict[int, Evidence]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(SheetRow, SheetTable, Document)
        .join(SheetTable, col(SheetRow.table_id) == col(SheetTable.id))
        .join(Document, col(SheetRow.document_id) == col(Document.id))
        .where(col(SheetRow.id).in_(wanted), customer_clause(desk.viewer, col(SheetRow.customer_id)))
    ).all()
    return {
        row.id or 0: Evidence(
            id="",
            kind="record",
            quote="; ".join(f"{heading}: {value}" for heading, value in row.cells.items() if value not in (None, "")),
            source=document.source,
            locator={"sheet": table.name or None, "row": row.number},
            title=document.title,
            doc_kind=document.kind,
            dated=document.dated,
            authority=document.authority,
            internal=document.internal,
            language=document.language or "id",
            customers=(row.customer_id,) if row.customer_id else (),
            record=f"sheet:{table.id}:{row.id}",
            passage_id=row.passage_id,
        )
        for row, table, document in rows
    }


def _contributing(desk: Desk, result: QueryResult) -> list[Evidence]:
    """One piece of evidence a file: how many of its rows were counted, and the first of them in their own words."""
    by_source: dict[str, list[Evidence]] = {}
    known = _read_refs(desk, result.contributing)
    for ref in result.contributing:
        evidence = known.get((ref.kind, ref.id))
        if evidence is not None:
            by_source.setdefault(evidence.source, []).append(evidence)
    groups = []
    for source, rows in by_source.items():
        first = rows[0]
        quoted = " | ".join(row.quote for row in rows[:QUOTED_ROWS]) + (" | …" if len(rows) > QUOTED_ROWS else "")
        sheets = {row.locator.get("sheet") for row in rows}
        groups.append(
            desk.keep(
                Evidence(
                    id="",
                    kind="computed",
                    quote=quoted,
                    source=source,
                    locator={"sheet": sheets.pop()} if len(sheets) == 1 else {},
                    title=first.title,
                    doc_kind=first.doc_kind,
                    dated=max((row.dated for row in rows if row.dated), default=None),
                    authority=first.authority,
                    internal=any(row.internal for row in rows),
                    language=first.language,
                    customers=tuple({number for row in rows for number in row.customers}),
                    record=None,
                    notes={"rows": len(rows), "records": [row.record for row in rows]},
                )
            )
        )
    return groups

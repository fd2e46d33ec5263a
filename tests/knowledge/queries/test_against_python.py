"""The compiled SQL equals a plain evaluation in Python, over random small tables, specs and viewers."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlmodel import Session, SQLModel, create_engine

from knowledge.access import OWNER, Viewer
from knowledge.queries.compiler import run
from knowledge.queries.conditions import conditions
from knowledge.queries.spec import Filter, Measure, QuerySpec
from knowledge.queries.tables import RecordTable
from knowledge.records.customers import Customer
from knowledge.records.documents import Document, SheetRow, SheetTable
from knowledge.records.services import Project

TODAY = date(2027, 3, 15)
CUSTOMERS = (1, 2, 3)
WORDS = ("Hijau", "merah", "MERAH", "a%b", "a_b", "", None)
DAYS = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1), None)
ENGINE = create_engine("sqlite://")
SQLModel.metadata.create_all(ENGINE)

rows = st.lists(
    st.fixed_dictionaries({
        "customer_id": st.sampled_from((*CUSTOMERS, None)), "health": st.sampled_from(WORDS), "end": st.sampled_from(DAYS),
        "budget": st.one_of(st.none(), st.integers(-5, 100)), "spent": st.one_of(st.none(), st.integers(0, 9)), "withdrawn": st.booleans(),
    }), max_size=9,
)  # fmt: skip
text_filters = st.one_of(
    st.builds(Filter, field=st.just("health"), op=st.sampled_from(("eq", "ne", "contains")), value=st.sampled_from(("merah", "hijau", "a%", "_", "b"))),
    st.builds(Filter, field=st.just("health"), op=st.sampled_from(("is_null", "not_null"))),
    st.builds(Filter, field=st.just("health"), op=st.just("in"), value=st.just(("merah", "a_b"))),
)
other_filters = st.one_of(
    st.builds(Filter, field=st.just("budget"), op=st.sampled_from(("lt", "le", "gt", "ge", "eq", "ne")), value=st.integers(0, 60)),
    st.builds(Filter, field=st.just("budget"), op=st.just("between"), value=st.tuples(st.integers(0, 20), st.integers(20, 60))),
    st.builds(Filter, field=st.just("end"), op=st.sampled_from(("lt", "le", "gt", "ge")), value=st.sampled_from(DAYS[:4])),
)
filters = st.lists(st.one_of(text_filters, other_filters), max_size=2).map(tuple)
viewers = st.one_of(st.just(OWNER), st.frozensets(st.sampled_from(CUSTOMERS)).map(lambda ids: Viewer(account="x", customers=ids)))
measures = st.sampled_from((Measure(agg="count"), Measure(agg="sum", field="budget"), Measure(agg="min", field="budget"), Measure(agg="avg", field="spent"),
                            Measure(agg="sum", field="budget", operator="-", other="spent"), Measure(agg="count_distinct", field="health")))  # fmt: skip
periods = st.sampled_from((None, (date(2027, 1, 1), date(2027, 1, 31))))


def passes(row: dict[str, Any], item: Filter) -> bool:
    value, wanted = row[item.field], item.value
    empty = value is None or value == ""
    if item.op in ("is_null", "not_null"):
        return empty == (item.op == "is_null")
    if value is None or (empty and item.op == "ne"):
        return False
    if item.field == "health":
        low = value.lower()
        many = [w.lower() for w in wanted] if isinstance(wanted, tuple) else []
        return {"eq": low == wanted, "ne": low != wanted, "contains": isinstance(wanted, str) and wanted in low, "in": low in many}[item.op]
    if item.op == "between":
        return bool(wanted[0] <= value <= wanted[1])
    return bool({"lt": value < wanted, "le": value <= wanted, "gt": value > wanted, "ge": value >= wanted, "eq": value == wanted, "ne": value != wanted}[item.op])


def evaluate(table: list[dict[str, Any]], viewer: Viewer, spec: QuerySpec) -> Any:
    seen = [row for row in table if not row["withdrawn"] and viewer.may_see(row["customer_id"])]
    seen = [row for row in seen if not spec.customer_ids or row["customer_id"] in spec.customer_ids]
    seen = [row for row in seen if all(passes(row, item) for item in spec.filters)]
    if spec.period:
        seen = [row for row in seen if row["end"] and spec.period[0] <= row["end"] <= spec.period[1]]
    measure = spec.measures[0]
    seen = [row for row in seen if all(row[name] not in (None, "") for name in measure.fields)]
    numbers = [Decimal(row[measure.field] if not measure.other else row[measure.field] - row[measure.other]) for row in seen] if measure.agg not in (
        "count", "count_distinct") and measure.field else []  # fmt: skip
    match measure.agg:
        case "count":
            return len(seen)
        case "count_distinct":
            return len({row[measure.field] for row in seen})
        case "sum":
            return sum(numbers) if numbers else None
        case "min":
            return min(numbers, default=None)
        case _:
            return round(sum(numbers) / len(numbers), 6) if numbers else None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=rows, viewer=viewers, chosen=filters, measure=measures, period=periods, customers=st.sets(st.sampled_from(CUSTOMERS), max_size=2))
def test_records(table: list[dict[str, Any]], viewer: Viewer, chosen: tuple[Filter, ...], measure: Measure, period: Any, customers: set[int]) -> None:
    spec = QuerySpec(target="project", filters=chosen, measures=(measure,), period=period, customer_ids=tuple(customers))
    with Session(ENGINE) as session:
        session.add_all([Customer(id=number, name=f"P{number}") for number in CUSTOMERS])
        session.flush()
        session.add_all([Project(**row) for row in table])
        session.flush()
        result = run(session, viewer, spec, TODAY)
        session.rollback()
    assert result.value == evaluate(table, viewer, spec)
    assert len(result.contributing) == result.n


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=rows, viewer=viewers, chosen=filters, measure=measures, period=periods)
def test_sheets(table: list[dict[str, Any]], viewer: Viewer, chosen: tuple[Filter, ...], measure: Measure, period: Any) -> None:
    heads = {"health": "Größe °C", "budget": "Anggaran (Rp)", "spent": "Terpakai", "end": "Tgl. selesai"}

    def renamed(item: Any) -> Any:
        return item.model_copy(update={key: heads[getattr(item, key)] for key in ("field", "other") if getattr(item, key, None)})

    types = {"health": "text", "budget": "number", "spent": "number", "end": "date"}
    with Session(ENGINE) as session:
        session.add_all([Customer(id=number, name=f"P{number}") for number in CUSTOMERS])
        document = Document(source="x.csv", state="ready")
        session.add(document)
        session.flush()
        sheet = SheetTable(document_id=document.id, columns=[{"name": heads[name], "type": sort} for name, sort in types.items()])
        session.add(sheet)
        session.flush()
        for row in table:
            cells = {heads[name]: row[name].isoformat() if name == "end" and row[name] else row[name] for name in types}
            session.add(SheetRow(table_id=sheet.id, document_id=document.id, customer_id=row["customer_id"], cells=cells, is_total=row["withdrawn"]))
        session.flush()
        spec = QuerySpec(target=f"sheet:{sheet.id}", filters=tuple(map(renamed, chosen)), measures=(renamed(measure),), period=period)
        result = run(session, viewer, spec, TODAY)
        session.rollback()
    assert result.value == evaluate(table, viewer, QuerySpec(target="project", filters=chosen, measures=(measure,), period=period))


@given(viewer=viewers, chosen=filters)
def test_conditions_compile_for_postgresql_with_every_value_bound(viewer: Viewer, chosen: tuple[Filter, ...]) -> None:
    source = RecordTable("project", TODAY, "postgresql")
    for clause in conditions(source, QuerySpec(target="project", filters=chosen), viewer):
        assert "merah" not in str(clause.compile(dialect=postgresql.dialect()))

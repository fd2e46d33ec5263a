"""Specs against the portfolio, with values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from knowledge.access import OWNER
from knowledge.queries.compiler import run
from knowledge.queries.results import QueryResult
from knowledge.queries.spec import Filter, Measure, Order, QuerySpec
from knowledge.queries.tables import UnknownField, UnknownTarget
from tests.knowledge.queries.portfolio import ARSIP, EVERYBODY, KTJ, ONLY_RIMBA, OSLO, RIMBA, TODAY

COUNT = (Measure(agg="count"),)


def compute(session: Session, viewer=EVERYBODY, **spec) -> QueryResult:
    return run(session, viewer, QuerySpec(**spec), TODAY)


def test_a_count_names_the_records_it_counted(session: Session) -> None:
    result = compute(session, target="ticket", customer_ids=(RIMBA,), measures=COUNT, filters=(Filter(field="response_met", value=False),))
    assert result.value == 2
    assert result.n == len(result.contributing) == 2
    assert {ref.kind for ref in result.contributing} == {"ticket"}


def test_records_with_an_empty_field_are_reported_as_left_out(session: Session) -> None:
    result = compute(session, target="ticket", customer_ids=(KTJ,), measures=COUNT, filters=(Filter(field="response_met", value=False),))
    assert (result.value, result.null_count) == (1, 1)


def test_amounts_in_two_currencies_are_never_added(session: Session) -> None:
    result = compute(session, target="subscription", customer_ids=(OSLO,), measures=(Measure(agg="sum", field="fee"),))
    assert result.value is None
    assert result.currencies == {"EUR": Decimal(6500), "IDR": Decimal(9_000_000)}


def test_one_currency_gives_one_value(session: Session) -> None:
    active = Filter(field="status", value="active")
    result = compute(session, target="subscription", customer_ids=(RIMBA,), measures=(Measure(agg="sum", field="fee"),), filters=(active,))
    assert result.value == Decimal(52_000_000) and result.currencies == {"IDR": Decimal(52_000_000)}


def test_a_product_of_two_fields_is_summed_per_record(session: Session) -> None:
    weighted = Measure(agg="sum", field="value", operator="*", other="probability")
    assert compute(session, target="opportunity", customer_ids=(RIMBA,), measures=(weighted,)).value == Decimal(520_000_000)


def test_a_difference_of_two_fields_of_one_record(session: Session) -> None:
    left = Measure(field="budget", operator="-", other="spent")
    result = compute(session, target="project", measures=(left,), filters=(Filter(field="key", value="PJT-1"),))
    assert result.value == Decimal(180_000_000)
    assert result.rows[0].quote.startswith("PJT-1")


def test_the_largest_group_comes_with_those_that_tie(session: Session) -> None:
    spec = {"target": "ticket", "measures": COUNT, "group_by": ("customer",), "order_by": (Order(by="count(*)", direction="desc"),), "limit": 2}
    rows = compute(session, **spec).rows
    assert [row.values["customer"] for row in rows[:1]] == ["Rimba Lestari"]
    assert {row.values["customer"] for row in rows[1:]} == {"Koperasi Tani Jaya", "RS Bina Kasih"}


def test_groups_by_month(session: Session) -> None:
    rows = compute(session, target="ticket", customer_ids=(RIMBA,), measures=COUNT, group_by=("opened_at:month",)).rows
    assert [(row.values["opened_at:month"], row.values["count(*)"]) for row in rows] == [("2026-12", 1), ("2027-01", 2), ("2027-02", 1)]


def test_a_condition_on_groups_lists_their_records(session: Session) -> None:
    result = compute(
        session, target="contact", group_by=("name",), measures=(Measure(agg="count_distinct", field="customer"),),
        having=(Filter(field="count_distinct(customer)", op="ge", value=2),), select=("name", "customer", "job_title"),
    )  # fmt: skip
    assert {(row.values["name"], row.values["customer"], row.values["job_title"]) for row in result.rows} == {
        ("Doni Saputra", "Rimba Lestari", "Direktur Utama"), ("Doni Saputra", "Koperasi Tani Jaya", "Penasihat"),
    }  # fmt: skip


def test_an_amendment_in_force_gives_the_current_value_and_is_named(session: Session) -> None:
    spec = {"target": "agreement", "customer_ids": (RIMBA,), "select": ("ends_on", "notice_value"), "filters": (Filter(field="kind", value="contract"),)}
    row = compute(session, **spec).rows[0]
    assert row.values == {"ends_on": date(2028, 6, 30), "notice_value": 60}
    assert set(row.sources) == {"ends_on"}
    before = run(session, EVERYBODY, QuerySpec(**spec), date(2026, 7, 1)).rows[0]
    assert before.values["ends_on"] == date(2027, 6, 30) and not before.sources


def test_a_period_beyond_the_data_says_what_is_known(session: Session) -> None:
    result = compute(session, target="measurement", customer_ids=(RIMBA,), select=("value",), period=(date(2027, 3, 1), date(2027, 3, 31)))
    assert result.reason == "no_rows_in_period"
    assert result.known_range == (date(2026, 11, 1), date(2027, 2, 28))


def test_no_tickets_inside_the_known_time_is_an_honest_zero(session: Session) -> None:
    result = compute(session, target="ticket", customer_ids=(OSLO,), measures=COUNT, period=(date(2027, 1, 1), date(2027, 1, 31)))
    assert (result.value, result.reason) == (0, "no_rows")


def test_averages_do_not_mix_indicators(session: Session) -> None:
    result = compute(session, target="measurement", customer_ids=(RIMBA,), measures=(Measure(agg="avg", field="value"),))
    assert result.value is None
    assert {row.values["indicator"] for row in result.rows} == {"availability", "first_contact"}


def test_two_periods_side_by_side(session: Session) -> None:
    january, february = (date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 2, 28))
    rows = compute(session, target="ticket", measures=COUNT, compare_periods=(january, february)).rows
    assert [row.values["count(*)"] for row in rows] == [3, 5]


def test_validity_dates_choose_the_holder_of_a_role(session: Session) -> None:
    role = Filter(field="roles", op="contains", value="technical contact")
    for day, name in ((TODAY, "Retno Asih"), (date(2026, 6, 1), "Bagas Wirawan")):
        on = Filter(field="valid_from", op="valid_on", value=day)
        assert compute(session, target="contact", customer_ids=(KTJ,), select=("name",), filters=(role, on)).value == name


@pytest.mark.parametrize(
    ("viewer", "titles"), [(EVERYBODY, {"KNE-01", "KNE-02"}), (ONLY_RIMBA, {"KNE-02"}), (OWNER, {"KNE-01", "KNE-02", "KNE-03"})]
)
def test_known_errors_of_unseen_customers_stay_hidden(session: Session, viewer, titles: set[str]) -> None:
    assert {row.values["key"] for row in compute(session, viewer, target="known_error", select=("key",)).rows} == titles


def test_a_known_errors_customers_are_only_those_the_viewer_sees(session: Session) -> None:
    rows = compute(session, ONLY_RIMBA, target="known_error", select=("key", "customer")).rows
    assert [(row.values["key"], row.values["customer"]) for row in rows] == [("KNE-02", "Rimba Lestari")]


class TestSheets:
    def target(self, session: Session, name: str = "daftar_genset_rimba") -> str:
        from sqlmodel import select

        from knowledge.records.documents import SheetTable

        return f"sheet:{session.exec(select(SheetTable).where(SheetTable.name == name)).one().id}"

    def test_a_totals_row_is_never_counted(self, session: Session) -> None:
        result = compute(session, target=self.target(session), measures=(Measure(agg="sum", field="Nilai buku"),))
        assert (result.value, result.currencies) == (Decimal("345500000.5"), {"IDR": Decimal("345500000.5")})

    def test_a_cell_by_its_rows_name(self, session: Session) -> None:
        row = compute(session, target=self.target(session), select=("Garansi sampai",), filters=(Filter(field="Unit", value="genset b"),)).rows[0]
        assert row.values == {"Garansi sampai": date(2026, 12, 31)} and row.locator == {"row": 3}

    def test_dates_in_cells_take_periods(self, session: Session) -> None:
        result = compute(session, target=self.target(session), measures=COUNT, period=(date(2027, 1, 1), date(2027, 12, 31)))
        assert result.value == 1

    def test_rows_of_an_unseen_customer_do_not_exist(self, session: Session) -> None:
        target = self.target(session, "ruang_arsip")
        assert compute(session, EVERYBODY, target=target, measures=COUNT).value == 0
        assert compute(session, OWNER, target=target, measures=COUNT).value == 2


def test_unknown_names_are_refused(session: Session) -> None:
    with pytest.raises(UnknownField):
        compute(session, target="ticket", select=("customer_id; drop table ticket",))
    with pytest.raises(UnknownTarget):
        compute(session, target="account")
    with pytest.raises(UnknownTarget):
        compute(session, target="sheet:999")


def test_customers_outside_the_viewers_own_are_not_reached_by_id(session: Session) -> None:
    assert compute(session, EVERYBODY, target="ticket", customer_ids=(ARSIP,), measures=COUNT).value == 0

"""A last row that adds up the rows above it is a total, whatever it is called."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.grid_totals import adds_up, mark_totals
from knowledge.documents.model import Row

numbers = st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=3, max_size=12)


def rows(values: list[tuple[int, int]], last: tuple[int, int]) -> list[Row]:
    return [Row(number=at, cells=[f"Unit {at}", *pair]) for at, pair in enumerate([*values, last], 2)]


@given(numbers)
def test_a_row_of_sums_is_a_total_under_any_name(values: list[tuple[int, int]]) -> None:
    found = rows(values, (sum(one for one, _ in values), sum(other for _, other in values)))
    mark_totals(found)
    assert found[-1].is_total and not any(row.is_total for row in found[:-1])


@given(numbers, st.integers(2, 10**6))
def test_a_row_of_which_one_column_is_no_sum_is_none(values: list[tuple[int, int]], more: int) -> None:
    one, other = sum(one for one, _ in values), sum(other for _, other in values)
    assert not adds_up(rows(values, (one, other + max(more, other // 100))))

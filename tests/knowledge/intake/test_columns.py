"""What a column's cells are like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.model import Row, Table
from knowledge.intake.tables.columns import profile


def table(cells: list[str]) -> Table:
    return Table(name="fees", headings=["No"], rows=[Row(number, [cell]) for number, cell in enumerate(cells, 2)])


@pytest.mark.parametrize(("cells", "counts"), [(["1", "2", "3"], True), (["1.0", "2.0"], True), (["88.000.000", "46.500.000"], False), (["1.0.2", "1.0.3"], False)])
def test_a_running_number_is_whole(cells: list[str], counts: bool) -> None:
    assert profile(table(cells))[0].counter is counts


@given(st.lists(st.text(alphabet="0123456789.,²٣ ", min_size=1, max_size=12), min_size=1, max_size=6))
def test_any_cells_of_digits_and_marks_can_be_profiled(cells: list[str]) -> None:
    assert len(profile(table(cells))) == 1

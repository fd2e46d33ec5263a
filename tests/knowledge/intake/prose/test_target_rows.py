"""Targets in rows of tables."""

import pytest

from knowledge.intake.prose.target_rows import targets_in_row


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([("Item", "Severity 2 response / restoration"), ("Commitment", "10 minutes / 3 hours")], [("response", 10, "minute", "P2"), ("resolution", 3, "hour", "P2")]),
        ([("Sev", "2"), ("Fix / response", "3 hours / 10 min")], [("resolution", 3, "hour", "P2"), ("response", 10, "minute", "P2")]),
        ([("Ukuran", "Recovery time objective"), ("Komitmen", "2 jam")], [("rto", 2, "hour", None)]),
        ([("Measure", "Recovery point objective"), ("Commitment", "15 minutes")], [("rpo", 15, "minute", None)]),
        ([("Prioritas", "P1"), ("Waktu pulih", "4 jam")], [("resolution", 4, "hour", "P1")]),
    ],
)
def test_what_a_row_measures(cells: list[tuple[str, str]], found: list[tuple[str, int, str, str | None]]) -> None:
    assert [(target.indicator, target.value, target.unit, target.priority) for target in targets_in_row(cells, "")] == found

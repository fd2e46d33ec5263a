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


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([("Measure", "Restoration after a cut"), ("Lintas Fiber's promise", "7 hours")], [("resolution", 7, "hour", None, None)]),
        ([("Ukuran", "Tanggapan"), ("Janji pemasok", "25 menit")], [("response", 25, "minute", None, None)]),
        ([("Langkah", "P1 pulih"), ("Tim Server", "140 menit"), ("Tim Jaringan", "200 menit")], [("resolution", 140, "minute", "P1", "Tim Server"), ("resolution", 200, "minute", "P1", "Tim Jaringan")]),
        ([("Step", "Severity 2 restored"), ("Network", "6 hours"), ("Servers", "7 hours")], [("resolution", 6, "hour", "P2", "Network"), ("resolution", 7, "hour", "P2", "Servers")]),
        ([("Step", "Spare parts"), ("Network", "6 hours"), ("Servers", "7 hours")], []),
    ],
)
def test_what_suppliers_and_teams_promise(cells, found) -> None:  # type: ignore[no-untyped-def]
    told = targets_in_row(cells, "; ".join(f"{heading}: {value}" for heading, value in cells))
    assert [(each.indicator, int(each.value), each.unit, each.priority, each.service) for each in told] == found

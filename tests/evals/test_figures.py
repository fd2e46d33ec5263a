"""Intervals, measures of rankings, and the figures of a measured set."""

import math
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import ranking
from evals.intervals import bootstrap_mean, wilson
from evals.outcomes import Measured, Outcome, table


@given(st.integers(1, 400), st.data())
def test_the_share_lies_inside_its_interval_and_more_cases_make_it_narrower(of: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, of))
    one, more = wilson(right, of), wilson(right * 10, of * 10)
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert more.high - more.low < one.high - one.low


def test_wilson_as_published() -> None:
    """Newcombe 1998, Statistics in Medicine 17: 81 of 263 gives 0.2553 to 0.3662."""
    assert wilson(81, 263)[1:] == pytest.approx((0.2553, 0.3662), abs=1e-4)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_the_bootstrap_says_the_same_each_time_and_holds_the_mean(scores: list[float]) -> None:
    found = bootstrap_mean(scores)
    assert found == bootstrap_mean(scores)
    assert min(scores) - 1e-9 <= found.low <= found.high <= max(scores) + 1e-9
    assert found.value == pytest.approx(sum(scores) / len(scores))


RANKED = {"first": ["a", "b"], "third": ["x", "y", "c"], "none": ["x"], "two": ["d", "x", "e"]}
RELEVANT = {"first": frozenset("a"), "third": frozenset("c"), "none": frozenset("z"), "two": frozenset("de")}


def test_ndcg_of_known_rankings() -> None:
    found = ranking.ndcg_at_10(RANKED, RELEVANT)
    assert found["first"] == pytest.approx(1.0)
    assert found["third"] == pytest.approx(1 / math.log2(4))
    assert found["none"] == 0.0
    assert found["two"] == pytest.approx((1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3)))


def test_the_library_and_the_own_formula_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    if find_spec("ir_measures") is None:
        assert "own formula" in ranking.measured_by()
        return
    by_library = ranking.ndcg_at_10(RANKED, RELEVANT)
    monkeypatch.setattr(ranking, "find_spec", lambda name: None)
    assert ranking.ndcg_at_10(RANKED, RELEVANT) == pytest.approx(by_library)


def outcome(number: int, right: bool, stage: str | None = None) -> Outcome:
    return Outcome(f"q{number}", "kantin", f"Menu {number}?", "soto", "soto" if right else "rawon", right, 1.0 if right else 0.25, stage=stage)


def test_systems_are_compared_case_by_case() -> None:
    own = [outcome(number, number < 9, None if number < 9 else "retrieval") for number in range(10)]
    peer = [outcome(number, number < 2) for number in range(10)]
    report = Measured("menus", {"ours": own, "theirs": peer}, seconds={"ours": 1.0, "theirs": 0.1}).report()
    versus = report["against"]["theirs"]["kantin"]
    assert (versus["only_now"], versus["only_before"]) == (7, 0)
    assert versus["p"] == pytest.approx(2 / 2**7)
    assert report["stages"] == {"retrieval": 1}
    assert report["systems"]["ours"]["kantin"]["share"][0] == 0.9
    assert report["ms_a_question"] == {"ours": 100.0, "theirs": 10.0}
    headings, rows = table(report)
    assert [row[1] for row in rows] == ["ours", "theirs"]
    assert all(len(row) == len(headings) for row in rows)

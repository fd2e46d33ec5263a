"""Credits due: tiers, steps, caps, and what the rules leave open."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.credit import CreditRule, NotCovered, credit_due, rules_from, with_values_read_as

D = Decimal
TIERS = [CreditRule(D(4), below=D("99.6"), at_least=D("99.1")), CreditRule(D(9), below=D("99.1"))]
FEE = D(52_000_000)
measures = st.decimals(min_value=90, max_value=100, places=2)


@pytest.mark.parametrize(
    ("measured", "percent"),
    [("99.60", 0), ("99.59", 4), ("99.10", 4), ("99.09", 9), ("100", 0), ("12", 9)],
)
def test_a_value_exactly_at_a_threshold_has_met_it(measured: str, percent: int) -> None:
    due = credit_due(TIERS, D(measured), FEE)
    assert (due.percent, due.amount) == (percent, FEE * percent / 100)
    assert (due.rule is None) == (percent == 0)


def test_open_tiers_are_not_added_up() -> None:
    open_tiers = [CreditRule(D(5), below=D("99.7")), CreditRule(D(12), below=D("99.2"))]
    assert credit_due(open_tiers, D("99.1"), FEE).percent == 12
    assert credit_due(list(reversed(open_tiers)), D("99.1"), FEE).percent == 12


@pytest.mark.parametrize(
    ("measured", "begun", "steps"),
    [
        ("99.30", False, 2),
        ("99.31", False, 1),
        ("99.41", False, 0),
        ("99.31", True, 2),
        ("99.49", True, 1),
        ("99.5", True, 0),
    ],
)
def test_steps_are_counted_whole_or_as_soon_as_begun(measured: str, begun: bool, steps: int) -> None:
    rule = CreditRule(D(3), step=D("0.1"), begun=begun)
    due = credit_due([rule], D(measured), D(8000), target=D("99.5"))
    assert (due.percent, due.amount) == (3 * steps, D(240) * steps)


def test_steps_need_a_target() -> None:
    with pytest.raises(NotCovered):
        credit_due([CreditRule(D(3), step=D("0.1"))], D("99.3"), FEE)


def test_a_cap_takes_off_what_is_above_it() -> None:
    rules = [CreditRule(D(3), step=D("0.1"), below=D("99.5")), CreditRule(cap=D(10))]
    due = credit_due(rules, D("99.0"), D(8000))
    assert (due.percent, due.amount, due.capped, due.uncapped, due.steps) == (10, 800, True, 15, 5)
    assert not credit_due(rules, D("99.3"), D(8000)).capped


@pytest.mark.parametrize("measured", ["98.9", "99.35"])
def test_a_value_that_no_band_covers_is_left_open(measured: str) -> None:
    rules = [
        CreditRule(D(5), below=D("99.6"), at_least=D("99.4")),
        CreditRule(D(10), below=D("99.3"), at_least=D("99.0")),
    ]
    with pytest.raises(NotCovered):
        credit_due(rules, D(measured), FEE)


def test_a_fixed_amount_counts_once_or_for_each_step_up_to_the_cap() -> None:
    once = CreditRule(amount=D(500), currency="EUR", below=D("99.5"))
    each = CreditRule(amount=D(300), currency="EUR", below=D("99.5"), step=D("0.1"))
    assert credit_due([once], D("99.4"), D(8000)).amount == 500
    due = credit_due([each, CreditRule(cap=D(10))], D("99.0"), D(8000))
    assert (due.amount, due.capped, due.percent) == (800, True, 10)
    assert credit_due([each], D("99.3"), D(8000)).amount == 600


def test_a_cap_alone_gives_nothing() -> None:
    with pytest.raises(NotCovered):
        credit_due([CreditRule(cap=D(10))], D("99"), FEE)


@st.composite
def rule_sets(draw: st.DrawFn) -> list[CreditRule]:
    """Falling thresholds with rising credits, as bands or open, or steps; sometimes a cap."""
    cap = draw(st.none() | st.integers(1, 40))
    caps = [CreditRule(cap=D(cap))] if cap else []
    if draw(st.booleans()):
        step = D(draw(st.sampled_from(["0.05", "0.1", "0.5", "1"])))
        return [CreditRule(D(draw(st.integers(1, 5))), D("99.5"), step=step, begun=draw(st.booleans())), *caps]
    thresholds = sorted(
        draw(st.sets(st.decimals(min_value=91, max_value=100, places=1), min_size=1, max_size=4)), reverse=True
    )
    credits = sorted(draw(st.lists(st.integers(1, 50), min_size=len(thresholds), max_size=len(thresholds))))
    floors = [*thresholds[1:], None] if draw(st.booleans()) else [None] * len(thresholds)
    return [
        CreditRule(D(percent), below, floor) for percent, below, floor in zip(credits, thresholds, floors, strict=True)
    ] + caps


@given(rule_sets(), measures, measures)
def test_a_lower_value_never_gives_less(rules: list[CreditRule], first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert credit_due(rules, low, FEE).amount >= credit_due(rules, high, FEE).amount


@given(rule_sets(), measures, st.decimals(min_value=0, max_value=10**10, places=2))
def test_never_above_the_cap_and_always_the_percentage_of_the_fee(
    rules: list[CreditRule], measured: Decimal, fee: Decimal
) -> None:
    due = credit_due(rules, measured, fee)
    assert due.amount * 100 == due.percent * fee
    for rule in rules:
        assert rule.cap is None or due.percent <= rule.cap
    assert due.capped == (due.percent < due.uncapped)


@given(rule_sets(), st.decimals(min_value=0, max_value=9, places=2))
def test_what_is_met_gives_nothing(rules: list[CreditRule], above: Decimal) -> None:
    highest = max((rule.below for rule in rules if rule.below is not None), default=D(0))
    assert credit_due(rules, highest + above, FEE).amount == 0


def test_an_amendment_may_only_change_values() -> None:
    changed = with_values_read_as(TIERS, {D(4): D(6), D(9): D(14)})
    assert [(rule.percent, rule.below) for rule in changed] == [(6, D("99.6")), (14, D("99.1"))]


def test_stored_rules_are_read_and_what_cannot_be_computed_is_left_out() -> None:
    stored = [
        {"percent": "5", "below": "99.60", "of": "monthly fee"},
        {"cap": "15"},
        {"percent": "2", "step": "0.1", "begun": "True"},
        {"percent": "lima", "below": "99"},
        {"percent": "2", "step": "0", "below": "99"},
        {"of": "monthly fee"},
    ]
    assert rules_from(stored) == [
        CreditRule(D(5), D("99.60"), of="monthly fee"),
        CreditRule(cap=D(15)),
        CreditRule(D(2), step=D("0.1"), begun=True),
    ]

"""Worked examples of the literature, and the same figures by a spreadsheet library (numpy-financial)."""

from decimal import Decimal

import numpy_financial
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.rules.investment import Flow, break_even, discount_factor, irr, npv, payback, roi

D = Decimal
AMOUNTS = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=8)


def flows(*nets: int) -> list[Flow]:
    """One net flow a year from the start."""
    return [Flow(D(year), D(max(net, 0)), D(max(-net, 0))) for year, net in enumerate(nets)]


@pytest.mark.parametrize(
    ("nets", "value", "years"),
    [((-2000, 500, 500, 5000), 2624, D(3)), ((-2000, 500, 1800, 0), -58, D(2)), ((-2000, 1800, 500, 0), 50, D(2))],
)
def test_projects_a_b_and_c_of_brealey_myers_and_allen(nets, value, years):
    """Principles of Corporate Finance, chapter 5, the table on the payback rule: NPV at 10 % and payback (whole years there)."""
    made = flows(*nets)
    assert npv(made, D(10)).quantize(D(1)) == value
    found = payback(made)
    assert found is not None and years - 1 < found <= years


def test_internal_rate_of_return_of_brealey_myers_and_allen():
    """Chapter 5: outlay 4,000, then 2,000 and 4,000: about 28.08 %."""
    found = irr(flows(-4000, 2000, 4000))
    assert found is not None and found.quantize(D("0.01")) == D("28.08")


def test_no_internal_rate_where_flows_turn_twice():
    """Chapter 5, pitfall 2: a mine that must be restored has two rates, 6 and 28 %, so that neither is told."""
    made = flows(-22, 15, 15, 15, 15, -40)
    assert irr(made) is None
    assert abs(npv(made, D(6))) < 1 and abs(npv(made, D(28))) < 1


def test_the_examples_of_excels_own_reference():
    """Microsoft's pages on NPV (10 %: 1,188.44, all flows a year later there) and IRR (8.7 % after five years, -2.1 % after four)."""
    assert (npv(flows(-10000, 3000, 4200, 6800), D(10)) * discount_factor(D(10), D(1))).quantize(D("0.01")) == D("1188.44")
    five, four = irr(flows(-70000, 12000, 15000, 18000, 21000, 26000)), irr(flows(-70000, 12000, 15000, 18000, 21000))
    assert five is not None and five.quantize(D("0.1")) == D("8.7")
    assert four is not None and four.quantize(D("0.1")) == D("-2.1")


@given(outlay=st.integers(1, 10**9), returns=AMOUNTS, rate=st.integers(0, 40))
def test_same_value_as_the_spreadsheet_library(outlay, returns, rate):
    nets = [-outlay, *returns]
    expected = numpy_financial.npv(rate / 100, nets)
    assert float(npv(flows(*nets), D(rate))) == pytest.approx(float(expected), rel=1e-9, abs=1e-3)


def test_a_return_of_thousands_of_times_the_outlay_has_a_rate():
    assert irr(flows(-1, 409_800)) == D(40_979_900)


@given(outlay=st.integers(1, 10**6), returns=st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_same_rate_as_the_spreadsheet_library(outlay, returns):
    assume(sum(returns) > outlay / 2)
    found, expected = irr(flows(-outlay, *returns)), numpy_financial.irr([-outlay, *returns])
    assert found is not None and abs(npv(flows(-outlay, *returns), found)) < max(1, outlay / 10**5)
    if expected == expected and expected < 100:  # the library gives nan where its own search fails
        assert float(found) == pytest.approx(float(expected) * 100, rel=1e-4, abs=1e-3)


@given(outlay=st.integers(1, 10**6), yearly=st.integers(1, 10**6), years=st.integers(1, 12))
def test_even_returns_pay_back_after_outlay_over_return(outlay, yearly, years):
    found = payback(flows(-outlay, *[yearly] * years))
    exact = D(outlay) / D(yearly)
    if exact <= years:
        assert found is not None and abs(found - exact) < D("1e-20")
    else:
        assert found is None


@given(outlay=st.integers(1, 10**6), returns=AMOUNTS, rate=st.integers(1, 40))
def test_discounting_never_pays_back_sooner(outlay, returns, rate):
    made = flows(-outlay, *returns)
    plain, discounted = payback(made), payback(made, D(rate))
    assert discounted is None or (plain is not None and plain <= discounted)
    assert (discounted is not None) == (npv(made, D(rate)) >= 0)


def test_money_that_goes_out_again_is_not_paid_back_before_it_is_back():
    assert payback(flows(-100, 150, -100, 80)) == D(2) + D(50) / D(80)
    assert payback(flows(100, 50)) is None and payback(flows(-100, 40)) is None


def test_return_on_investment_is_the_surplus_on_all_that_goes_out():
    assert roi([Flow(D(0), outflow=D(200)), Flow(D(1), inflow=D(150), outflow=D(50))]) == D(-40)
    assert roi(flows(-100, 60, 60)) == D(20) and roi(flows(0, 5)) is None


@given(outlay=st.integers(1, 10**6), returns=AMOUNTS, rate=st.integers(0, 40))
def test_at_break_even_nothing_is_gained_or_lost(outlay, returns, rate):
    made = flows(-outlay, *returns)
    gains = sum((flow.inflow * discount_factor(D(rate), flow.at) for flow in made), D(0))
    factor = break_even(npv(made, D(rate)), gains)
    if gains:
        assert factor is not None and abs(gains * factor - outlay) < D("0.001")

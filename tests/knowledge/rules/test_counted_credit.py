"""Credits for each breach, hour or day: steps, caps, and reading them from a clause."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.prose.counted_credits import counted_rules, period_cap
from knowledge.intake.prose.credits import credit_rules
from knowledge.rules.counted_credit import CountedRule, counted_due

COUNTS = st.decimals(min_value=0, max_value=5000, places=2)


@given(COUNTS, st.integers(1, 12))
def test_only_full_steps_count_unless_a_begun_one_does(count: Decimal, step: int) -> None:
    full = counted_due(CountedRule("hour", amount=Decimal(150), currency="USD", step=Decimal(step)), count)
    begun = counted_due(CountedRule("hour", amount=Decimal(150), currency="USD", step=Decimal(step), begun=True), count)
    assert full.steps * step <= count <= begun.steps * step
    assert begun.steps - full.steps in (0, 1)


@given(COUNTS, st.decimals(min_value=1, max_value=10**7, places=0))
def test_a_cap_is_never_passed_and_only_taken_where_it_binds(count: Decimal, fee: Decimal) -> None:
    due = counted_due(CountedRule("day", percent=Decimal(2), cap=Decimal(30)), count, fee)
    assert due.amount == min(due.uncapped, fee * Decimal("0.3"))
    assert due.capped == (due.uncapped > fee * Decimal("0.3"))


def test_a_share_of_an_unknown_fee_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="fee"):
        counted_due(CountedRule("day", percent=Decimal(2)), Decimal(3))


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("For each full hour by which repair of a Priority 2 incident is late, the Customer receives a credit of EUR 90.", ("hour", None, 90, 1)),
        ("Untuk setiap panggilan yang tidak dijawab dalam batas waktu, Pemasok membayar Rp50.000.", ("breach", None, 50000, 1)),
        ("Potongan 3% dari biaya bulanan untuk setiap hari keterlambatan, paling banyak 20%.", ("day", 3, None, 1)),
        ("A credit of 1% of the monthly fee is given for every 4 hours of excess outage, up to 20%.", ("hour", 1, None, 4)),
        ("For every two (2) hours, or part thereof, by which a repair is late the Client receives EUR 120.", ("hour", None, 120, 2)),
        ("Denda Rp1.000.000 per pelanggaran.", ("breach", None, 1000000, 1)),
    ],
)
def test_what_is_due_for_each_unit_is_read(clause: str, expected: tuple[str, int | None, int | None, int]) -> None:
    (rule,) = counted_rules(clause)
    assert (rule.per, rule.percent, rule.amount, rule.step) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Cadangan diambil setiap hari pukul 02.00.",
        "Late payment bears a penalty of 1% per day.",
        "A credit of 2% is given for each 0.1 percentage point below 99.7%.",
        "The fee is USD 300 per month.",
    ],
)
def test_what_is_no_credit_by_the_unit_is_not_read_as_one(clause: str) -> None:
    assert counted_rules(clause) == []


def test_a_cap_in_money_over_a_period() -> None:
    cap = period_cap("Jumlah seluruh denda dalam satu triwulan paling banyak Rp40.000.000.")
    assert cap is not None
    assert (cap.amount, cap.currency, cap.period) == (40_000_000, "IDR", "quarter")
    assert period_cap("Denda dibayar paling lambat 30 hari setelah akhir triwulan.") is None


@pytest.mark.parametrize(
    "clause",
    [
        "Denda: Rp4.000.000 apabila 99,0% sampai di bawah 99,5%; Rp9.000.000 apabila di bawah 99,0%.",
        "Below 99.5% but not below 99% the penalty is Rp4.000.000; below 99% Rp9.000.000.",
        "Ketersediaan: 99,0% sampai kurang dari 99,5%; Denda: Rp4.000.000\nKetersediaan: kurang dari 99,0%; Denda: Rp9.000.000",
    ],
)
def test_tiers_in_money_are_never_read_as_percentages(clause: str) -> None:
    read = [(rule.below, rule.at_least, rule.amount, rule.percent) for rule in credit_rules(clause)]
    assert read == [(Decimal("99.5"), Decimal(99), Decimal(4_000_000), None), (Decimal(99), None, Decimal(9_000_000), None)]


@pytest.mark.parametrize(
    "clause",
    [
        "Severity 2 faults are repaired within 6 hours. For each full hour beyond that the Client receives 3% of the monthly fee.",
        "Gangguan Prioritas 2 harus pulih dalam 6 jam. Denda Rp900.000 untuk setiap jam keterlambatan.",
    ],
)
def test_an_hour_beyond_that_is_of_the_time_in_the_sentence_before(clause: str) -> None:
    (rule,) = counted_rules(clause)
    assert (rule.per, rule.indicator, rule.priority) == ("hour", "resolution", "P2")

"""Availability without downtime that does not count."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.availability import downtime, without_excluded

MONTH = Decimal(30 * 1440)


def test_a_maintenance_of_139_minutes() -> None:
    assert without_excluded(Decimal("99.40"), MONTH, Decimal(139)) == Decimal("99.722")


def test_more_than_was_down_cannot_be_taken_out() -> None:
    assert without_excluded(Decimal("99.9"), MONTH, Decimal(400)) is None


@given(st.decimals("90", "100", places=2), st.integers(0, 4320))
def test_what_is_taken_out_never_lowers_availability_and_never_passes_the_whole(measured: Decimal, minutes: int) -> None:
    found = without_excluded(measured, MONTH, Decimal(minutes))
    if found is None:
        assert minutes > downtime(measured, MONTH)
    else:
        assert measured <= found + Decimal("0.0005") <= Decimal("100.0005")

"""Availability in percent of the time of a period, and what it is without downtime that an agreement does not count."""

from decimal import ROUND_HALF_UP, Decimal

_PLACES = Decimal("0.001")
_ROUNDING = Decimal("0.05")
"""Points of measured availability by which a rounded figure and the minutes behind it may differ."""


def downtime(measured: Decimal, minutes: Decimal) -> Decimal:
    """Minutes of downtime that a measured availability (points) means in a period of so many minutes."""
    return (100 - measured) * minutes / 100


def without_excluded(measured: Decimal, minutes: Decimal, excluded: Decimal) -> Decimal | None:
    """The availability when `excluded` minutes of downtime do not count, to three decimals; the time of the period stays whole.

    None where more minutes would be taken out than the measured value has: it cannot have counted them.
    """
    if minutes <= 0 or excluded < 0 or excluded > downtime(measured - _ROUNDING, minutes):
        return None
    value = min(Decimal(100), measured + excluded * 100 / minutes)
    return value.quantize(_PLACES, ROUND_HALF_UP)

"""What an investment returns: net present value, internal rate of return, payback, return on investment. Exact decimals, nothing rounded.

Definitions as in Brealey, Myers and Allen, "Principles of Corporate Finance", chapters 2 and 5; flows count at the end of their year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

DIGITS = 40
_LOWEST, _HIGHEST = Decimal("-0.9999"), Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes in and goes out at one moment, both not negative. at: years from the start, 0 for the start itself."""

    at: Decimal
    inflow: Decimal = Decimal(0)
    outflow: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        return self.inflow - self.outflow


def discount_factor(rate: Decimal, at: Decimal) -> Decimal:
    """What 1 at that moment is worth at the start. rate: points a year (10 for 10 %), above -100."""
    with localcontext() as context:
        context.prec = DIGITS
        return 1 / (1 + rate / 100) ** at


def npv(flows: Sequence[Flow], rate: Decimal) -> Decimal:
    """Net present value at a rate in points a year."""
    with localcontext() as context:
        context.prec = DIGITS
        return sum((flow.net * discount_factor(rate, flow.at) for flow in flows), Decimal(0))


def irr(flows: Sequence[Flow]) -> Decimal | None:
    """The rate in points a year at which the net present value is nought, to six decimals.

    None where it is not defined: the flows must change their sign exactly once, from outlay to return (Descartes' rule of signs).
    """
    signs = [flow.net > 0 for flow in flows if flow.net]
    if len(signs) < 2 or signs[0] or sum(one is not other for one, other in zip(signs, signs[1:], strict=False)) != 1:
        return None
    low, high = _LOWEST * 100, Decimal(100)
    while npv(flows, high) > 0:
        high *= 4
        if high > _HIGHEST:
            return None
    if npv(flows, low) < 0:
        return None
    return _root(lambda rate: npv(flows, rate), low, high).quantize(Decimal("0.000001"))


def _root(value: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """Where a falling function crosses nought, by halving."""
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) > 0 else (low, middle)
    return (low + high) / 2


def payback(flows: Sequence[Flow], rate: Decimal = Decimal(0)) -> Decimal | None:
    """Years until what was laid out has come back for good, spread evenly within each year; discounted where a rate is given.

    None where it does not come back, or where nothing is ever outstanding.
    """
    total, before, found = Decimal(0), Decimal(0), None
    outstanding = False
    for flow in flows:
        worth = flow.net * discount_factor(rate, flow.at) if rate else flow.net
        if total < 0 <= total + worth:
            found = before + (flow.at - before) * (-total / worth)
        total += worth
        if total < 0:
            outstanding, found = True, None
        before = flow.at
    return found if outstanding else None


def roi(flows: Sequence[Flow]) -> Decimal | None:
    """Return on investment in points: what comes in beyond all that goes out, on what goes out; None where nothing goes out."""
    outlay = sum((flow.outflow for flow in flows), Decimal(0))
    return (sum((flow.inflow for flow in flows), Decimal(0)) - outlay) / outlay * 100 if outlay else None


def break_even(net: Decimal, share: Decimal) -> Decimal | None:
    """By which factor a part worth `share` (signed) of a present value `net` must be multiplied to make it nought; None below nought."""
    if not share:
        return None
    factor = 1 - net / share
    return factor if factor >= 0 else None

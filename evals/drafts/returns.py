"""What the figures that a request states give: return, payback, net present value, sensitivity; worked out apart from the product."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

SHIFTS = (-0.2, -0.1, 0.0, 0.1, 0.2)


@dataclass(frozen=True)
class Case:
    """The figures that a request for a business case states: cost once, benefit a month, years, discount rate in percent."""

    cost: int
    monthly: int
    years: int
    rate: float

    @property
    def figures(self) -> frozenset[float]:
        """Everything that a draft may compute from them, each rounded in the usual ways."""
        found: set[float] = set()
        for name, shift in product(("cost", "monthly", "rate", "months"), SHIFTS):
            terms = {"cost": float(self.cost), "monthly": float(self.monthly), "rate": self.rate, "months": 12.0 * self.years}
            terms[name] *= 1 + shift
            found |= _returns(terms["cost"], terms["monthly"], terms["rate"], round(terms["months"]))
        found |= self._by_year() | self._limits()
        return rounded(found)

    def _by_year(self) -> set[float]:
        """The rows of a table by year: factor, present value, sum so far."""
        found, total, rate = set[float](), -float(self.cost), 1 + self.rate / 100
        for year in range(1, self.years + 1):
            present = 12 * self.monthly / rate**year
            total += present
            found |= {1 / rate**year, present, total, 12.0 * self.monthly * year - self.cost, 12.0 * self.monthly * year}
        return found

    def _limits(self) -> set[float]:
        """Where the net present value is nought: the greatest cost, the least benefit, the internal rate, how far each is away."""
        worth = npv(0, self.monthly, self.rate, 12 * self.years)
        least = self.monthly * self.cost / worth
        low, high = 0.0, 1e6
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if npv(self.cost, self.monthly, middle, 12 * self.years) > 0 else (low, middle)
        return {self._discounted_payback(), worth, least, low, 100 * (1 - least / self.monthly), 100 * (worth / self.cost - 1), self.cost / self.monthly}

    def _discounted_payback(self) -> float:
        """Months until the present values make up for the cost, even within a year; 0 where they never do."""
        left, rate = float(self.cost), 1 + self.rate / 100
        for year in range(1, self.years + 1):
            present = 12 * self.monthly / rate**year
            if present >= left:
                return 12 * (year - 1 + left / present)
            left -= present
        return 0.0


def npv(cost: float, monthly: float, rate: float, months: int) -> float:
    """Benefits at the end of each year, those of a last part of a year at its own end."""
    whole, rest = divmod(months, 12)
    value = sum(12 * monthly / (1 + rate / 100) ** year for year in range(1, whole + 1)) - cost
    return value + (rest * monthly / (1 + rate / 100) ** (months / 12) if rest else 0.0)


def _returns(cost: float, monthly: float, rate: float, months: int) -> set[float]:
    total = monthly * months
    return {cost, monthly, 12 * monthly, rate, float(months), total, total - cost, 100 * (total - cost) / cost, cost / monthly, cost / monthly / 12, npv(cost, monthly, rate, months)}


def rounded(values: Iterable[float]) -> frozenset[float]:
    """Each value without its sign, rounded to 0, 1, 2 and 6 places."""
    return frozenset(abs(round(value, places)) for value in values for places in (0, 1, 2, 6))
